"""Word documents, read from their XML: tracked changes as accepted, text boxes, merged cells."""

from collections.abc import Iterator

from lxml import etree

from toolkit.diagnostics import Position
from toolkit.importers.blocks import Block, Cell, Document, Grid, Paragraph
from toolkit.importers.formats.archive import Archive
from toolkit.importers.formats.docx_numbering import Numbering, W, value
from toolkit.importers.labels import raised

_GONE = frozenset(
    f"{W}{name}"
    for name in (
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "pPr",
        "rPr",
        "fldData",
        "rt",
        "annotationRef",
        "tblPr",
        "tblGrid",
    )
)
_UNREAD = ("vanish", "strike", "dstrike")
"""Text that is hidden or struck out is not part of what a reader reads."""
_ROW_GONE = ("trPr/del", "trPr/hidden")
_NOTES = ("footnote", "endnote")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MAIN = "word/document.xml"
_DEEPEST = 60
_LONG_CELL = 400
"""Characters; a cell with more, in several paragraphs, lays a page out and is no data."""

Element = etree._Element


def read(data: bytes, file: str) -> Document:
    """Read a DOCX. Macros, links, pictures, headers and footers are passed over."""
    archive = Archive(data, file)
    root = archive.xml(_main_part(archive))
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise archive.broken()
    _join_deleted_marks(body)
    return Document(file, tuple(_Word(archive, file).blocks(body, 0)))


def _join_deleted_marks(body: Element) -> None:
    """Let a paragraph whose mark is deleted as a tracked change run on into the next."""
    for mark in list(body.iterfind(f".//{W}p/{W}pPr/{W}rPr/{W}del")):
        paragraph = next(mark.iterancestors(f"{W}p"))
        following = paragraph.getnext()
        if following is None or following.tag != f"{W}p":
            continue
        pieces = [child for child in paragraph if child.tag != f"{W}pPr"]
        start = 1 if following.find(f"{W}pPr") is not None else 0
        following[start:start] = pieces
        parent = paragraph.getparent()
        if parent is not None:
            parent.remove(paragraph)


def _main_part(archive: Archive) -> str:
    """Return the name of the main part; Word always uses one name, some programs another."""
    names = archive.names()
    if _MAIN in names:
        return _MAIN
    return next((n for n in names if n.startswith("word/document") and n.endswith(".xml")), _MAIN)


class _Word:
    """Walks the body of one document."""

    def __init__(self, archive: Archive, file: str) -> None:
        self._file = file
        self._numbering = Numbering(archive)
        self._notes = {kind: _notes(archive, kind) for kind in _NOTES}
        self._paragraphs = self._tables = 0

    def blocks(self, parent: Element, depth: int) -> Iterator[Block]:
        """Yield paragraphs and tables in order, from inside content controls too."""
        if depth > _DEEPEST:
            return
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child, depth)
            elif child.tag == f"{W}tbl":
                yield from self._table(child, depth)
            elif isinstance(child.tag, str) and child.tag not in _GONE:
                yield from self.blocks(child, depth + 1)

    def _paragraph(self, element: Element, depth: int) -> Iterator[Block]:
        self._paragraphs += 1
        place = self._place(f"paragraph {self._paragraphs}")
        style = element.find(f"{W}pPr/{W}pStyle")
        name = "" if style is None else value(style).lower()
        title, caption = name in {"title", "标题"}, name.endswith(("caption", "题注"))
        number = self._numbering.of(element)
        for words in "".join(_words(element)).split("\n"):
            if words.strip():
                words = number + words.strip(" \u3000\u00a0\t")
                yield Paragraph(words, place, title, caption=caption)
                number = ""
        for box in element.iter(f"{W}txbxContent"):
            if next(box.iterancestors(_FALLBACK), None) is None:
                yield from self.blocks(box, depth + 1)
        for kind in _NOTES:
            for reference in element.iter(f"{W}{kind}Reference"):
                words = self._notes[kind].get(reference.get(f"{W}id") or "", "")
                if words:
                    yield Paragraph(words, place)

    def _table(self, element: Element, depth: int) -> Iterator[Block]:
        rows = [
            row
            for row in _children(element, "tr")
            if not any(_is_on(row, path) for path in _ROW_GONE)
        ]
        cells = [cell for row in rows for cell in _children(row, "tc")]
        if len(cells) <= 1 or any(_lays_out(cell) for cell in cells):
            for cell in cells:
                yield from self.blocks(cell, depth + 1)
            return
        self._tables += 1
        name = f"table {self._tables}"
        yield Grid(tuple(self._cells(rows, name, depth)), self._place(name))

    def _cells(self, rows: list[Element], name: str, depth: int) -> list[Cell]:
        """Return the cells; one merged downwards grows with each row that goes on with it."""
        grown: dict[int, Cell] = {}
        done: list[Cell] = []
        for number, row in enumerate(rows):
            column = int(_of(row, "trPr/gridBefore") or 0)
            for element in _children(row, "tc"):
                width = max(1, int(_of(element, "tcPr/gridSpan") or 1))
                merged = element.find(f"{W}tcPr/{W}vMerge")
                above = grown.get(column)
                if merged is not None and value(merged) != "restart" and above is not None:
                    grown[column] = _taller(above)
                else:
                    if above is not None:
                        done.append(above)
                    grown[column] = self._cell(element, number, column, width, name, depth)
                column += width
        return sorted([*done, *grown.values()], key=lambda cell: (cell.row, cell.column))

    def _cell(
        self, element: Element, row: int, column: int, width: int, name: str, depth: int
    ) -> Cell:
        words = [b.text for b in self.blocks(element, depth + 1) if isinstance(b, Paragraph)]
        place = self._place(f"{name}, row {row + 1}, column {column + 1}")
        return Cell(row, column, "\n".join(words), place, 1, width)

    def _place(self, name: str) -> Position:
        order = self._paragraphs + 1
        return Position(self._file, order, 1, "document", name)


def _words(element: Element) -> Iterator[str]:
    """Yield the visible text of a paragraph, without that of its text boxes."""
    for child in element:
        tag = child.tag
        if tag in _GONE or tag == _FALLBACK or not isinstance(tag, str):
            continue
        if tag == f"{W}t":
            yield (child.text or "").replace("\n", " ")
        elif tag in {f"{W}tab", f"{W}ptab"}:
            yield "\t"
        elif tag in {f"{W}br", f"{W}cr"}:
            yield "\n"
        elif tag == f"{W}noBreakHyphen":
            yield "-"
        elif tag == f"{W}r" and any(_is_on(child, f"rPr/{name}") for name in _UNREAD):
            continue
        elif tag == f"{W}r" and _is_raised(child):
            words = "".join(_words(child))
            yield raised(words) or words
        elif tag not in {f"{W}txbxContent", f"{W}tbl"}:
            yield from _words(child)


def _is_on(element: Element, path: str) -> bool:
    """Whether a property that is on or off is there and on."""
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return found is not None and value(found) not in {"0", "false", "off", "none"}


def _is_raised(run: Element) -> bool:
    found = run.find(f"{W}rPr/{W}vertAlign")
    return found is not None and value(found) == "superscript"


def _taller(cell: Cell) -> Cell:
    return Cell(cell.row, cell.column, cell.text, cell.place, cell.rowspan + 1, cell.colspan)


def _children(element: Element, name: str) -> list[Element]:
    """Return rows of a table or cells of a row, also those in content controls or insertions."""
    found: list[Element] = []
    for child in element:
        if child.tag == f"{W}{name}":
            found.append(child)
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"}:
            found.extend(_children(child, name))
    return found


def _lays_out(cell: Element) -> bool:
    if next(cell.iter(f"{W}tbl"), None) is not None:
        return True
    paragraphs = list(cell.iter(f"{W}p"))
    return len(paragraphs) > 1 and sum(len("".join(_words(p))) for p in paragraphs) > _LONG_CELL


def _of(element: Element, path: str) -> str:
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    words = "" if found is None else value(found)
    return words if words.isdecimal() else ""


def _notes(archive: Archive, kind: str) -> dict[str, str]:
    root = archive.xml(f"word/{kind}s.xml")
    if root is None:
        return {}
    return {
        note.get(f"{W}id") or "": " ".join("".join(_words(p)).strip() for p in note.iter(f"{W}p"))
        for note in root.iter(f"{W}{kind}")
        if note.get(f"{W}type") is None
    }
