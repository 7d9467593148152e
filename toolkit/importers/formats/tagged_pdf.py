"""PDF with tags, read by its structure (ISO 32000-1, 14.8): whole paragraphs, exact tables.

Where lines and pages break does not matter here, so that two layouts of one text read the same.
"""

import io
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pdfplumber

from toolkit.diagnostics import Position
from toolkit.importers.blocks import Block, Document, Paragraph
from toolkit.importers.formats.pdf import FAULTS, broken, too_long
from toolkit.importers.spans import RawCell, grid
from toolkit.limits import limits

_TEXTS = frozenset(
    {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Caption", "LI", "Note", "BibEntry"}
)
_DEEPEST = 60

Element = dict[str, Any]
Contents = Mapping[tuple[int, int], str]
"""Page number and number of a marked content there → its characters."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """What a tagged PDF says.

    ``outside`` is what stands on its pages without a tag, or with one that no tag reaches.
    """

    document: Document
    outside: tuple[Paragraph, ...]


def read(data: bytes, file: str) -> Tagged | None:
    """Read a PDF by its tags; None if it has none.

    Raises:
        SourceError: it is broken, locked, too long, or takes too long (I001).
    """
    until = time.monotonic() + limits().import_seconds
    contents: dict[tuple[int, int], str] = {}
    outside: list[Paragraph] = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            tree = list(document.structure_tree)
            if not tree:
                return None
            for page in document.pages:
                if time.monotonic() > until or page.page_number > limits().import_pages:
                    raise too_long(file)
                _collect(page, contents)
                outside.extend(_outside(page, file))
                page.close()
            walk = _Walk(file, contents)
            blocks = [block for element in tree for block in walk.blocks(element, 1, 0)]
            outside.extend(walk.lost())
    except FAULTS:
        raise broken(file) from None
    return Tagged(Document(file, tuple(blocks)), tuple(outside))


def _collect(page: Any, contents: dict[tuple[int, int], str]) -> None:
    for char in page.chars:
        if char.get("mcid") is not None:
            at = (page.page_number, char["mcid"])
            contents[at] = contents.get(at, "") + char["text"]


def _outside(page: Any, file: str) -> Iterator[Paragraph]:
    """Yield words without a tag, and notes that a program has stuck onto the page."""
    place = Position(file, page.page_number * 10_000, 1, f"page {page.page_number}", "no tag")
    bare = page.filter(lambda item: item["object_type"] == "char" and item.get("mcid") is None)
    for line in bare.extract_text_lines(return_chars=False):
        yield Paragraph(line["text"], place)
    for note in page.annots:
        words = note.get("contents") or ""
        if words.strip() and str(note["data"].get("Subtype", "")) != "/'Link'":
            yield Paragraph(words, place)


class _Walk:
    """Walks the structure tree of one document."""

    def __init__(self, file: str, contents: Contents) -> None:
        self._file, self._contents = file, contents
        self._paragraphs = self._tables = 0
        self._reached: set[tuple[int, int]] = set()

    def blocks(self, element: Element, page: int, depth: int) -> Iterator[Block]:
        """Yield the paragraphs and tables of an element in reading order."""
        page = element.get("page_number") or page
        kind = element.get("type", "")
        if kind == "Table":
            yield self._table(element, page)
        elif kind in _TEXTS or depth > _DEEPEST:
            yield from self._paragraph(self._words(element, page), self._first_page(element, page))
        else:
            yield from self._paragraph(self._own(element, page), page)
            for child in element.get("children", ()):
                yield from self.blocks(child, page, depth + 1)

    def lost(self) -> Iterator[Paragraph]:
        """Yield the words of each page that are marked but were not met on the walk."""
        words: dict[int, str] = {}
        for (page, at), part in self._contents.items():
            if (page, at) not in self._reached:
                words[page] = words.get(page, "") + part
        for page, text in words.items():
            if text.strip():
                place = Position(self._file, page * 10_000, 1, f"page {page}", "no tag")
                yield Paragraph(text.strip(), place)

    def _paragraph(self, words: str, page: int) -> Iterator[Paragraph]:
        if words.strip():
            self._paragraphs += 1
            yield Paragraph(words.strip(), self._place(page, f"paragraph {self._paragraphs}"))

    def _own(self, element: Element, page: int) -> str:
        places = [(page, at) for at in element.get("mcids", ())]
        self._reached.update(places)
        words = "".join(self._contents.get(place, "") for place in places)
        return words or element.get("alt_text") or ""

    def _words(self, element: Element, page: int, depth: int = 0) -> str:
        page = element.get("page_number") or page
        below = element.get("children", ()) if depth < _DEEPEST else ()
        return self._own(element, page) + "".join(
            self._words(child, page, depth + 1) for child in below
        )

    def _first_page(self, element: Element, page: int) -> int:
        return int(element.get("page_number") or page)

    def _table(self, element: Element, page: int) -> Block:
        self._tables += 1
        name = f"table {self._tables}"
        rows = [
            [
                self._cell(cell, row.get("page_number") or page, f"{name}, row {index}, cell {at}")
                for at, cell in enumerate(_named(row, ("TH", "TD")), 1)
            ]
            for index, row in enumerate(_named(element, ("TR",)), 1)
        ]
        return grid(rows, self._place(page, name))

    def _cell(self, element: Element, page: int, name: str) -> RawCell:
        span = element.get("attributes") or {}
        page = element.get("page_number") or page
        place = self._place(page, name)
        size = (int(span.get(key) or 1) for key in ("RowSpan", "ColSpan"))
        return RawCell(self._words(element, page).strip(), place, *size)

    def _place(self, page: int, name: str) -> Position:
        order = page * 10_000 + self._paragraphs * 10 + self._tables
        return Position(self._file, order, 1, f"page {page}", name)


def _named(element: Element, kinds: tuple[str, ...]) -> Iterator[Element]:
    """Yield the nearest elements of some kinds, through THead, TBody and the like."""
    for child in element.get("children", ()):
        if child.get("type") in kinds:
            yield child
        elif child.get("type") != "Table":
            yield from _named(child, kinds)
