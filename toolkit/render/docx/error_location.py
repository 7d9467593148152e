"""Where a fault of a Word template stands, in words a person finds it by."""

import re
from collections.abc import Mapping
from types import TracebackType
from xml.parsers.expat import ExpatError

from jinja2.exceptions import TemplateSyntaxError
from lxml import etree

from toolkit.messages import Text, text
from toolkit.render.docx.slots import Misplaced
from toolkit.render.docx.tags import compiled, numbered
from toolkit.render.html.templates import explain
from toolkit.render.sandbox import UnknownName

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TAG = re.compile(r"\{[{%#][-+]?(.*?)[-+]?[}%#]\}", re.DOTALL)
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_EXCERPT = 40


def place(
    source: str, original: bytes, part: str, names: Mapping[str, object] | None = None
) -> Text:
    """Say where in a part the fault stands, by reading and running it once more.

    Args:
        source: the prepared part.
        original: the part as it is in the .docx.
        part: its name, ``"word/header1.xml"``.
        names: what it was run with; ``None`` if it could not be read.
    """
    source = numbered(source)
    error = _again(source, names)
    line = _line(error)
    paragraph = _paragraph(source, line, original, getattr(error, "name", None)) if line else None
    return room(part) if paragraph is None else standing(part, paragraph)


def standing(part: str, paragraph: etree._Element) -> Text:
    """Say where a paragraph stands: part, text box, table, row, cell, and how it begins."""
    where, excerpt = room(part), _shown(paragraph)
    if next(paragraph.iterancestors(f"{_W}txbxContent"), None) is not None:
        where = text("{part}, in a text box", part=where)
    cell = next(paragraph.iterancestors(f"{_W}tc"), None)
    if cell is None:
        return text("{part}, paragraph “{excerpt}”", part=where, excerpt=excerpt)
    table, row, column = _grid(cell)
    return text(
        "{part}, table {table}, row {row}, cell {column}: “{excerpt}”",
        part=where,
        table=table,
        row=row,
        column=column,
        excerpt=excerpt,
    )


def reason(error: Exception, names: Mapping[str, object], template: str) -> Text:
    """Say what is wrong, for a person who writes templates; ``names`` are those it may use."""
    if isinstance(error, ExpatError):
        return text(
            "a tag opens in one paragraph or cell and closes in another: {problem}",
            problem=error,
        )
    if isinstance(error, Misplaced):
        return text("{problem}. {remedy}", problem=error.message, remedy=error.remedy)
    if isinstance(error, UnknownName) and error.holder is None:
        error.holder = names
    return explain(error, template)


def _again(source: str, names: Mapping[str, object] | None) -> Exception:
    try:
        template = compiled(source)
        if names is not None:
            template.render(names)
    except Exception as error:  # the fault to be placed, whatever it is
        return error
    return ValueError()


def _line(error: Exception) -> int:
    """Give the line of the source, from 1; 0 if it cannot be known."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    found = 0
    step: TracebackType | None = error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == "<template>":
            found = step.tb_lineno
        step = step.tb_next
    return found


def _paragraph(source: str, line: int, original: bytes, hint: str | None) -> etree._Element | None:
    """Find the paragraph of the Word file that holds the tag at a line of the source."""
    lines = source.split("\n")
    tags = [_bare(tag) for tag in _TAG.findall(lines[line - 1])] if line <= len(lines) else []
    if hint:
        tags = [tag for tag in tags if hint in tag] or tags
    paragraphs = list(etree.fromstring(original).iter(f"{_W}p"))
    for tag in tags or [_bare(re.sub("<[^>]*>", "", lines[line - 1]))[:_EXCERPT]]:
        before = sum(_bare(earlier).count(tag) for earlier in lines[: line - 1])
        holding = [p for p in paragraphs if tag and tag in _bare(_words(p))]
        if holding:
            return holding[min(before, len(holding) - 1)]
    return None


def _bare(tag: str) -> str:
    return re.sub(r"\s+", "", tag.translate(_QUOTES)).replace("&lt;", "<").replace("&gt;", ">")


def _words(paragraph: etree._Element) -> str:
    return "".join(node.text or "" for node in paragraph.iter(f"{_W}t"))


def _shown(paragraph: etree._Element) -> str:
    words = _words(paragraph)
    return words if len(words) <= _EXCERPT else words[:_EXCERPT] + "…"


def _grid(cell: etree._Element) -> tuple[int, int, int]:
    """Give table, row and cell number, each from 1."""
    row = next(cell.iterancestors(f"{_W}tr"))
    table = next(row.iterancestors(f"{_W}tbl"))
    tables = list(table.getroottree().getroot().iter(f"{_W}tbl"))
    rows = [r for r in table.iter(f"{_W}tr") if next(r.iterancestors(f"{_W}tbl")) is table]
    cells = [c for c in row.iter(f"{_W}tc") if next(c.iterancestors(f"{_W}tr")) is row]
    return tables.index(table) + 1, rows.index(row) + 1, cells.index(cell) + 1


def room(part: str) -> Text:
    """Name a part of the package as a person knows it."""
    name = part.rsplit("/", 1)[-1]
    if name.startswith("header"):
        return text("in a header")
    if name.startswith("footer"):
        return text("in a footer")
    if name.startswith("footnotes"):
        return text("in the footnotes")
    if part.startswith("docProps"):
        return text("in the document properties")
    return text("in the text")
