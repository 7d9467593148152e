"""PDF with text: tables by their lines, over pages too; the rest line by line."""

import io
import logging
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

from toolkit.diagnostics import Finding, Position
from toolkit.importers import faults
from toolkit.importers.blocks import PAGE, Block, Document, Paragraph, Word
from toolkit.importers.formats import pdf_limits
from toolkit.importers.formats.pdf_characters import Legible, cleaned, is_picture, turned
from toolkit.importers.formats.pdf_tables import Area, cut_ends, grid, joins
from toolkit.importers.radicals import meant
from toolkit.limits import limits, variable
from toolkit.messages import text

_PAGE_NUMBER = re.compile(
    r"[-—–·\s]*(?:第\s*)?\d{1,3}(?:\s*页)?(?:\s*[/共]\s*\d{1,3}\s*页?)?[-—–·\s]*"
)
_FEWEST = 10
"""Characters a page; below that on every page the file is a scan."""
_EDGE = 0.13
"""Share of a page at its top and bottom where page numbers stand."""
_MARGIN = 0.083
"""Share of a page at its top and bottom where running heads stand."""
_SPACE = 0.2
"""Of the size; in a ruled cell characters further apart are two words."""
_GAP = 1.2
"""Points; elsewhere columns may stand that near."""
_STRETCHED = 3.0
"""Times the size; one space in a justified line is no wider."""
_LONG_WORD = 9.0
"""Times the size; so much a line may leave free before a word that did not fit."""
_ENDS = re.compile(r"[。！？!?；;：:…][”」』）)]?$")
_HEADS = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}部分)")
_THICK = 3.0
"""Points; what is filled and thicker is no line."""
_SHADED = 5
"""Rows of a table whose cells are told apart by colour alone; fewer are a shaded header."""
logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of fonts that Chromium writes
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
    at_edge: bool = False


def read(data: bytes, file: str) -> Document:
    """Read a PDF.

    Raises:
        SourceError: it is broken, locked, too long, unpacks beyond the limit, or takes too long
            (I001), or it is a scan without text (I002).
    """
    pdf_limits.weigh(data, file)
    until = time.monotonic() + limits().import_seconds
    pieces: list[Line | Area] = []
    marks: list[Paragraph] = []
    findings: list[Finding] = []
    legible, pages = Legible(), 0
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for raw in document.pages:
                pages += 1
                if time.monotonic() > until or pages > limits().import_pages:
                    raise too_long(file)
                page, strange = cleaned(turned(raw), file)
                legible.add(page)
                marks.extend(strange)
                if page.chars and is_picture(page):
                    findings.append(faults.recognised(Position(file, sheet=f"page {pages}")))
                pieces.extend(_page(page, file))
                raw.close()
    except FAULTS:
        raise broken(file) from None
    if legible.all < _FEWEST * max(pages, 1):
        raise faults.scanned(Position(file))
    legible.check(file)
    body, around = _parted(pieces)
    return Document(file, (*_blocks(body), *marks, *around), findings=tuple(findings))


def _parted(pieces: Sequence[Line | Area]) -> tuple[list[Line | Area], list[Paragraph]]:
    """Part what stands on several pages at their edge, as a running head does, from the rest."""
    pages: dict[str, set[int]] = {}
    for piece in pieces:
        if isinstance(piece, Line) and piece.at_edge:
            pages.setdefault(_running(piece.words), set()).add(piece.page)
    body: list[Line | Area] = []
    around: dict[str, Paragraph] = {}
    for piece in pieces:
        if isinstance(piece, Line) and piece.at_edge and len(pages[_running(piece.words)]) > 1:
            around.setdefault(piece.words, Paragraph(piece.words, piece.place, caption=True))
        else:
            body.append(piece)
    return body, list(around.values())


def _running(words: str) -> str:
    return re.sub(r"[\d\s]+", "", words)


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
    """Return lines and tables of a page from top to bottom."""
    tables = _tables(page)
    once = page.dedupe_chars()
    set_apart = _words(once, x_tolerance_ratio=_SPACE) if tables else []
    areas = [Area.of(table, set_apart, page, file, n) for n, table in enumerate(tables, 1)]
    words = _words(once, x_tolerance=_GAP)
    free = [word for word in words if not any(area.holds(word) for area in areas)]
    spaces = [char for char in page.chars if char["text"].isspace()]
    lines = [_line(row, page, file, number, spaces) for number, row in enumerate(_rows(free), 1)]
    height = float(page.height)
    kept = [line for line in lines if not _is_number(line, height)]
    return sorted([*kept, *areas], key=lambda piece: piece.top)


def _words(page: Any, **tolerance: float) -> list[dict[str, Any]]:
    words: list[dict[str, Any]] = page.extract_words(y_tolerance=3, return_chars=True, **tolerance)
    return [{**word, "text": meant(word["text"])} for word in words]


def _tables(page: Any) -> list[Any]:
    """Find ruled tables. Shaded rows look like cells; they count only where no line does."""
    lines = page.filter(_is_no_shade)
    settings = {"explicit_horizontal_lines": cut_ends(lines)}
    ruled = [table for table in lines.find_tables(settings) if _is_table(table)]
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
        typed = sum(left["x1"] - 1 <= x <= right["x0"] for x in here)
        wide = gap > (_STRETCHED if typed == 1 else 1.2) * _height(left)
        words += ("  " if wide else " " if typed or (latin and gap > 1) else "") + right["text"]
    order = int(page.page_number) * 10_000 + number
    place = Position(file, order, 1, f"page {page.page_number}", f"line {number}")
    height = page.page_number * PAGE + (row[0]["top"] + row[0]["bottom"]) / 2
    parts = tuple(Word(w["text"], w["x0"], w["x1"], height, place) for w in row)
    left, right, top = row[0]["x0"], row[-1]["x1"], row[0]["top"]
    whole = float(page.height)
    edge = row[0]["bottom"] < whole * _MARGIN or top > whole * (1 - _MARGIN)
    return Line(words, page.page_number, left, right, top, _height(row[0]), place, parts, edge)


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
        if waiting and not _goes_on(waiting, piece, left, right):
            yield from _paragraph(waiting)
            waiting = []
        waiting.append(piece)
    yield from _paragraph(waiting)
    if areas:
        yield grid(areas)


def _goes_on(waiting: Sequence[Line], line: Line, left: float, right: float) -> bool:
    """Whether a line goes on with the paragraph above: a full line, then one without indent.

    Where the paragraph is indented and the line above ends within a sentence, a long word may not
    have fitted there. A numbered line after the end of a sentence is a heading: in a report of
    short lines the longest of them looks full.
    """
    above, indent = waiting[-1], 0.8 * line.size
    if _ENDS.search(above.words) and _HEADS.match(line.words):
        return False
    within = waiting[0].left - line.left >= indent and not _ENDS.search(above.words)
    full = right - above.right < (_LONG_WORD if within else 2.2) * above.size
    same = abs(above.size - line.size) < 1.5
    flush = line.left - left < indent
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
