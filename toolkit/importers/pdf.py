"""PDF with text: tables by their lines, over pages too; the rest line by line."""

import io
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from toolkit.diagnostics import Position
from toolkit.importers import faults, pdf_weight
from toolkit.importers.blocks import PAGE, Block, Document, Paragraph, Word
from toolkit.importers.pdf_tables import Area, grid, joins
from toolkit.limits import limits, variable
from toolkit.messages import text

_PAGE_NUMBER = re.compile(
    r"[-—–·\s]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*[/共]\s*\d{1,3}\s*页?)?[-—–·\s]*"
)
_FEWEST = 10
"""Characters a page; below that on every page the file is a scan."""
_EDGE = 0.13
"""Share of a page at its top and bottom where page numbers stand."""
_THICK = 3.0
"""Points; what is filled and thicker is no line."""
_SHADED = 5
"""Rows of a table whose cells are told apart by colour alone; fewer are a shaded header."""
FAULTS = (
    PSException,
    PDFPasswordIncorrect,
    PdfminerException,
    MalformedPDFException,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    RecursionError,
    OSError,
)
"""What pdfplumber and pdfminer raise over files that are not what they should be."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text with its place on the page, in points from the upper left."""

    words: str
    page: int
    left: float
    right: float
    top: float
    size: float
    place: Position
    parts: tuple[Word, ...] = ()


def read(data: bytes, file: str) -> Document:
    """Read a PDF.

    Raises:
        SourceError: it is broken, locked, too long, unpacks beyond the limit, or takes too long
            (I001), or it is a scan without text (I002).
    """
    pdf_weight.weigh(data, file)
    until = time.monotonic() + limits().import_seconds
    pieces: list[Line | Area] = []
    characters = pages = 0
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for page in document.pages:
                pages += 1
                if time.monotonic() > until or pages > limits().import_pages:
                    raise too_long(file)
                characters += len(page.chars)
                pieces.extend(_page(page, file))
                page.close()
    except FAULTS:
        raise broken(file) from None
    if characters < _FEWEST * max(pages, 1):
        raise faults.scanned(Position(file))
    return Document(file, tuple(_blocks(pieces)))


def broken(file: str) -> Exception:
    """I001: no PDF that can be read."""
    return faults.refused(
        Position(file),
        text("The file is broken, encrypted, or not what its name says."),
        text("Open it in its own program, save it again without a password, and retry."),
    )


def too_long(file: str) -> Exception:
    """I001: beyond the limits of pages or time."""
    return faults.refused(
        Position(file),
        text("The file has too many pages, or reading it takes too long."),
        text(
            "Import only the pages of the report, or raise {pages} or {seconds}.",
            pages=variable("import_pages"),
            seconds=variable("import_seconds"),
        ),
    )


def _page(page: Any, file: str) -> list[Line | Area]:
    """Give lines and tables of a page from top to bottom."""
    tables = _tables(page)
    words = page.extract_words(x_tolerance=1.2, y_tolerance=3, keep_blank_chars=False)
    areas = [Area.of(table, words, page, file, n) for n, table in enumerate(tables, 1)]
    free = [word for word in words if not any(area.holds(word) for area in areas)]
    spaces = [char for char in page.chars if char["text"].isspace()]
    lines = [_line(row, page, file, number, spaces) for number, row in enumerate(_rows(free), 1)]
    height = float(page.height)
    kept = [line for line in lines if not _is_number(line, height)]
    return sorted([*kept, *areas], key=lambda piece: piece.top)


def _tables(page: Any) -> list[Any]:
    """Find ruled tables. Shaded rows look like cells; they count only where no line does."""
    ruled = [table for table in page.filter(_is_no_shade).find_tables() if _is_table(table)]
    if ruled:
        return ruled
    shaded = [table for table in page.find_tables() if _is_table(table)]
    return [table for table in shaded if len(table.rows) >= _SHADED]


def _is_no_shade(thing: dict[str, Any]) -> bool:
    """Whether something on the page is no area filled with colour; a thick line may be filled."""
    filled = thing["object_type"] == "rect" and not thing.get("stroke")
    return not filled or min(thing["width"], thing["height"]) < _THICK


def _is_table(table: Any) -> bool:
    """Whether it has columns; lines below rows alone make none."""
    return len({round(cell[0]) for cell in table.cells}) > 1


def _rows(words: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Gather words into lines: those whose middles are at one height."""
    row: list[dict[str, Any]] = []
    for word in sorted(words, key=lambda w: ((w["top"] + w["bottom"]) / 2, w["x0"])):
        middle = (word["top"] + word["bottom"]) / 2
        if row and middle - (row[0]["top"] + row[0]["bottom"]) / 2 > _height(row[0]) / 2:
            yield sorted(row, key=lambda w: float(w["x0"]))
            row = []
        row.append(word)
    if row:
        yield sorted(row, key=lambda w: float(w["x0"]))


def _middle(char: dict[str, Any]) -> float:
    return (float(char["top"]) + float(char["bottom"])) / 2


def _height(word: dict[str, Any]) -> float:
    return max(4.0, float(word["bottom"]) - float(word["top"]))


def _line(
    row: list[dict[str, Any]], page: Any, file: str, number: int, spaces: Sequence[dict[str, Any]]
) -> Line:
    words = row[0]["text"]
    here = [space["x0"] for space in spaces if row[0]["top"] < _middle(space) < row[0]["bottom"]]
    for left, right in pairwise(row):
        gap = right["x0"] - left["x1"]
        latin = left["text"][-1].isascii() and right["text"][0].isascii()
        wide = gap > 1.2 * _height(left)
        typed = any(left["x1"] - 1 <= x <= right["x0"] for x in here)
        words += ("  " if wide else " " if typed or (latin and gap > 1) else "") + right["text"]
    order = int(page.page_number) * 10_000 + number
    place = Position(file, order, 1, f"page {page.page_number}", f"line {number}")
    height = page.page_number * PAGE + (row[0]["top"] + row[0]["bottom"]) / 2
    parts = tuple(Word(w["text"], w["x0"], w["x1"], height, place) for w in row)
    left, right, top = row[0]["x0"], row[-1]["x1"], row[0]["top"]
    return Line(words, page.page_number, left, right, top, _height(row[0]), place, parts)


def _is_number(line: Line, height: float) -> bool:
    at_edge = line.top < height * _EDGE or line.top > height * (1 - _EDGE)
    return at_edge and _PAGE_NUMBER.fullmatch(line.words) is not None


def _blocks(pieces: Sequence[Line | Area]) -> Iterator[Block]:
    """Join lines to paragraphs and the parts of a table that goes on over a page."""
    lines = [piece for piece in pieces if isinstance(piece, Line)]
    left = min((line.left for line in lines), default=0.0)
    right = max((line.right for line in lines), default=0.0)
    waiting: list[Line] = []
    areas: list[Area] = []
    for piece in pieces:
        if isinstance(piece, Area):
            yield from _paragraph(waiting)
            waiting = []
            if areas and not joins(areas[-1], piece):
                yield grid(areas)
                areas = []
            areas.append(piece)
            continue
        if areas:
            yield grid(areas)
            areas = []
        if waiting and not _goes_on(waiting[-1], piece, left, right):
            yield from _paragraph(waiting)
            waiting = []
        waiting.append(piece)
    yield from _paragraph(waiting)
    if areas:
        yield grid(areas)


def _goes_on(above: Line, line: Line, left: float, right: float) -> bool:
    """Whether a line goes on with the paragraph above: a full line, then one without indent."""
    full = right - above.right < 2.2 * above.size
    flush = line.left - left < 0.8 * line.size
    same = abs(above.size - line.size) < 1.5
    return full and flush and same and "  " not in above.words and "  " not in line.words


def _paragraph(lines: Sequence[Line]) -> Iterator[Paragraph]:
    if not lines:
        return
    words = lines[0].words
    for line in lines[1:]:
        latin = words[-1:].isascii() and line.words[:1].isascii() and words[-1:].isalpha()
        words += (" " if latin else "") + line.words
    parts = tuple(part for line in lines for part in line.parts)
    yield Paragraph(words, lines[0].place, layouts=(parts,))
