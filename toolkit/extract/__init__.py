"""Documents → the data file that travels inside, and whether the text still says the same."""

from toolkit.extract.carried import Carried, carried
from toolkit.extract.compare import compare
from toolkit.extract.read import Extracted, extract

__all__ = ["Carried", "Extracted", "carried", "compare", "extract"]
