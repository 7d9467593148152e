"""What travels inside a document of ours, whichever of the two formats it has."""

import json
from dataclasses import dataclass

from toolkit.diagnostics import Position
from toolkit.extract import faults, pdf, word
from toolkit.messages import text
from toolkit.render.request import Attachment

_PDF_STARTS_WITHIN = 1024
"""Bytes before ``%PDF-`` that readers allow (ISO 32000-1, annex H.3)."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The files inside one document. ``format`` is ``"docx"`` or ``"pdf"``.

    ``unchanged`` tells by a checksum whether the text is still the one the document was made
    with; None if it carries no checksum.
    """

    format: str
    files: tuple[Attachment, ...]
    unchanged: bool | None = None

    @property
    def data(self) -> Attachment | None:
        """The data file."""
        return next((file for file in self.files if file.relationship == "Source"), None)

    @property
    def plugin(self) -> str:
        """Name of the plugin the document was made with; empty if it does not tell."""
        return self._made("plugin")

    @property
    def version(self) -> str:
        """Version of nianbao it was made with; empty if it does not tell."""
        return self._made("nianbao")

    def _made(self, key: str) -> str:
        for file in self.files:
            if file.relationship == "Supplement" and file.mime == "application/json":
                try:
                    told = json.loads(file.data)["made_with"][key]
                except (ValueError, LookupError, TypeError, RecursionError):
                    return ""
                return told if isinstance(told, str) else ""
        return ""


def carried(data: bytes, file: str) -> Carried:
    """Look into a document.

    Args:
        data: a .docx or .pdf, perhaps saved again by another program.
        file: how findings call it.

    Raises:
        SourceError: it is neither, is broken or encrypted, passes a limit (I001), or what
            travels inside is damaged (E102).
    """
    if data.startswith(b"PK"):
        files, unchanged = word.embedded(data, file)
        return Carried("docx", files, unchanged)
    if b"%PDF-" in data[:_PDF_STARTS_WITHIN]:
        return Carried("pdf", pdf.embedded(data, file))
    raise faults.refused(
        Position(file),
        text("This is neither a Word document (.docx) nor a PDF."),
        text("Give the document as nianbao made it."),
    )
