"""Where a fault of a Word template stands, in words a person finds it by."""

import re
from collections.abc import Iterator, Mapping
from types import TracebackType
from xml.parsers.expat import ExpatError

from jinja2.exceptions import TemplateSyntaxError
from lxml import etree

from toolkit.messages import Text, text
from toolkit.render.docx.quotes import INVISIBLE
from toolkit.render.docx.tags import SCOPE, TAG, a_tag_a_line, compiled
from toolkit.render.html.templates import explain
from toolkit.render.sandbox import UnknownName

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_EXCERPT = 40


def place(
    source: str, original: bytes, part: str, names: Mapping[str, object] | None = None
) -> Text:
    """Return where in a part the fault stands, by reading and running it once more.

    Args:
        source: the prepared part.
        original: the part as it is in the .docx.
        part: its name, ``"word/header1.xml"``.
        names: what it was run with; ``None`` if it could not be read.
    """
    source, tags = a_tag_a_line(source)
    error = _again(source, names)
    line = _line(error)
    if not 2 <= line <= len(tags) + 1:
        return room(part)
    found = _tag_at(line - 2, tags, original)
    return room(part) if found is None else at_tag(part, *found)


def at_tag(part: str, paragraph: etree._Element, tag: str) -> Text:
    """Return where a tag stands; which one it is, where its paragraph has several."""
    where = standing(part, paragraph)
    if len(TAG.findall(_words(paragraph))) < 2:
        return where
    return text("{place}, at {tag}", place=where, tag=tag)


def standing(part: str, paragraph: etree._Element) -> Text:
    """Return where a paragraph stands: part, text box, table, row, cell, and how it begins."""
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
    """Return what is wrong, for a person who writes templates; ``names`` are those it may use."""
    if isinstance(error, ExpatError):
        return text(
            "a tag opens in one paragraph or cell and closes in another: {problem}",
            problem=error,
        )
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
    """Return the line of the source, from 1; 0 if it cannot be known."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    found = 0
    step: TracebackType | None = error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == "<template>":
            found = step.tb_lineno
        step = step.tb_next
    return found


def _tag_at(place: int, tags: list[str], original: bytes) -> tuple[etree._Element, str] | None:
    """Find the author's tag, and its paragraph, for one of the prepared tags."""
    wanted = _bare(tags[place])
    before = sum(_bare(other) == wanted for other in tags[:place])
    written = list(_written(original))
    equal = [found for found in written if _bare(found[1]) == wanted]
    if equal:
        return equal[min(before, len(equal) - 1)]
    inner = wanted.strip("{}%")  # of a tag that docxtpl wrote: {% colspan n %} gives {{ n }}
    return next((found for found in written if inner and inner in _bare(found[1])), None)


def _written(original: bytes) -> Iterator[tuple[etree._Element, str]]:
    """Yield the tags of a part as they stand in the Word file, each with its paragraph."""
    for paragraph in etree.fromstring(original).iter(f"{_W}p"):
        for tag in TAG.findall(_words(paragraph)):
            yield paragraph, tag


def _bare(tag: str) -> str:
    plain = SCOPE.sub(r"\1", tag.translate(_QUOTES), count=1)
    return re.sub(rf"[\s{INVISIBLE}-]+", "", plain).replace("&lt;", "<").replace("&gt;", ">")


def _words(paragraph: etree._Element) -> str:
    own = (n for n in paragraph.iter(f"{_W}t") if next(n.iterancestors(f"{_W}p")) is paragraph)
    return "".join(node.text or "" for node in own)


def _shown(paragraph: etree._Element) -> str:
    words = _words(paragraph)
    return words if len(words) <= _EXCERPT else words[:_EXCERPT] + "…"


def _grid(cell: etree._Element) -> tuple[int, int, int]:
    """Return table, row and cell number, each from 1."""
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
