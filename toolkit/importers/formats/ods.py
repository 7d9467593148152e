"""OpenDocument spreadsheets, as people see them; formulas are not worked out."""

from toolkit.importers.blocks import Document
from toolkit.importers.formats.archive import Archive
from toolkit.importers.formats.sheets import blocks
from toolkit.sources import ods


def read(data: bytes, file: str) -> Document:
    """Read the visible sheets of an ODS, in order."""
    return Document(file, tuple(blocks(ods.sheets(Archive(data, file)), file)))
