"""What a reader of a document sees: its paragraphs and tables in order, and its margins."""

from dataclasses import dataclass

from toolkit.errors import EnvironmentFault
from toolkit.extract import word
from toolkit.importers.blocks import Block, Paragraph
from toolkit.messages import text


@dataclass(frozen=True, slots=True)
class Visible:
    """The text of one document.

    ``blocks`` are in reading order. ``margins`` stand outside of it: headers, footers, page
    numbers, what somebody wrote over a page. ``tagged`` tells that a PDF was read by its tags.
    """

    blocks: tuple[Block, ...]
    margins: tuple[Paragraph, ...] = ()
    tagged: bool = True


def visible(data: bytes, kind: str, file: str, *, tagged: bool = True) -> Visible:
    """Read a document.

    Args:
        data: the document.
        kind: ``"docx"`` or ``"pdf"``.
        file: how places call it.
        tagged: read a PDF by its tags, if it has any; else by its lines.

    Raises:
        SourceError: it cannot be read (I001).
        EnvironmentFault: reading PDF needs a library that is not here.
    """
    if kind == "docx":
        from toolkit.importers.formats import docx  # only the reader that is needed

        return Visible(docx.read(data, file).blocks, word.margins(data, file))
    try:
        from toolkit.extract import pdf_tags
        from toolkit.importers.formats import pdf, tagged_pdf
    except ModuleNotFoundError as error:
        raise EnvironmentFault(
            text(
                "{file}: reading such files needs {library}: pip install 'nianbao[import]'",
                file=file,
                library=error.name or "pdfplumber",
            )
        ) from None
    found = tagged_pdf.read(pdf_tags.without_lost_pages(data), file) if tagged else None
    if found is None:
        return Visible(pdf.read(data, file).blocks, tagged=False)
    return Visible(found.document.blocks, found.outside)
