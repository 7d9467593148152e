"""Published reports → data files: read into blocks, recognised by the form's own labels."""

from toolkit.importers.emptied import left_empty, without
from toolkit.importers.read import SUFFIXES, import_report, read_document
from toolkit.importers.reading import Confidence, Reading, Taken, Unplaced
from toolkit.importers.recognise import recognise
from toolkit.importers.writer import write

__all__ = [
    "SUFFIXES",
    "Confidence",
    "Reading",
    "Taken",
    "Unplaced",
    "import_report",
    "left_empty",
    "read_document",
    "recognise",
    "without",
    "write",
]
