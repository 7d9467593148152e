"""Excel workbooks, as people see them; formulas are not worked out, links not followed."""

from toolkit.importers.blocks import Document
from toolkit.importers.formats.archive import Archive
from toolkit.importers.formats.sheets import blocks
from toolkit.sources import xlsx


def read(data: bytes, file: str) -> Document:
    """Read the visible sheets of an XLSX, in order."""
    return Document(file, tuple(blocks(xlsx.sheets(Archive(data, file)), file)))
