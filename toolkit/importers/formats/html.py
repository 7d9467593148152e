"""Web pages, as content-management systems and Word write them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree, html
from lxml.html import HtmlElement as Element

from toolkit.diagnostics import Position
from toolkit.errors import SourceError
from toolkit.importers import faults
from toolkit.importers.blocks import Block, Document, Paragraph
from toolkit.importers.formats import text as plain_text
from toolkit.importers.formats.encoding import decode
from toolkit.importers.labels import raised
from toolkit.importers.spans import RawCell, grid
from toolkit.messages import text

_NOT_SHOWN = (
    "script style noscript template iframe object embed svg canvas select option button"
    " textarea input nav footer del s strike"
)
_OWN_LINES = (
    "p div section article main header h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption tbody"
    " thead tfoot tr td th center form fieldset blockquote pre address body html hr figure"
    " figcaption details summary"
)
_OF_TEXT = "p h1 h2 h3 h4 h5 h6 li dt dd tr hr pre address"
_UNSEEN = frozenset(_NOT_SHOWN.split())
_BLOCKS = frozenset(_OWN_LINES.split())
_CONTAINERS = _BLOCKS - frozenset(_OF_TEXT.split())
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all"
    r"|text-decoration[\w-]*\s*:[^;]*line-through",
    re.I,
)
_HAN = r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f“”‘’—…]"
_BROKEN = re.compile(rf"(?<={_HAN})[ \t]*[\r\n]+[ \t\r\n]*(?={_HAN})")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_NUMBERED = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])")
_TYPED = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.I)
_HEADING = re.compile(r"[一二三四五六七八九十]{1,2}\s*[、.．]\s*[\u4e00-\u9fff]")
"""The words that stand for a picture are read where they are those of a heading."""
_DEEPEST = 150
_LONG_CELL = 400
"""Characters; a cell with more, in several paragraphs, lays a page out and is no data."""


def read(data: bytes, file: str) -> Document:
    """Read a page. Scripts do not run, nothing is fetched, hidden elements are passed over."""
    words, findings = decode(data, file)
    words = re.sub(r"^\s*<\?xml[^>]*\?>", "", words)
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(words, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise _no_page(file) from None
    body = root.find("body")
    try:
        blocks = _Page(file).blocks(root if body is None else body)
    except RecursionError:
        raise _no_page(file) from None
    return Document(file, (*_page_title(root, file), *blocks), tuple(findings))


def _no_page(file: str) -> SourceError:
    return faults.refused(
        Position(file),
        text("The file holds no page that could be read."),
        text("Save the page again from the browser."),
    )


def _page_title(root: Element, file: str) -> Iterator[Paragraph]:
    """Yield the page's title, without what the site adds to it."""
    for element in root.iterfind(".//title"):
        for words in re.split(r"\s*[-_|–—]+\s*", element.text or ""):
            if words.strip():
                yield Paragraph(words.strip(), Position(file, element.sourceline or 1, 1))


class _Page:
    """Walks the elements of one page in order."""

    def __init__(self, file: str) -> None:
        self._file = file

    def blocks(self, body: Element) -> list[Block]:
        """Return the page's paragraphs and grids."""
        return list(self._walk(body, ()))

    def _walk(self, element: Element, trail: tuple[int, ...]) -> Iterator[Block]:
        """Yield what stands in one container; its own line of text is cut at blocks and breaks."""
        line = _Line(self._file, trail, element)
        for kind, node, words in _pieces(element, len(trail)):
            if kind == "text":
                line.add(words, node)
                continue
            if kind == "picture" and not _HEADING.match(words):
                continue
            yield from line.end()
            if kind == "picture":
                place = Position(self._file, node.sourceline or 1, 1)
                yield Paragraph(words, place, trail=trail)
            if kind == "block":
                yield from self._block(node, trail)
        yield from line.end()

    def _block(self, element: Element, trail: tuple[int, ...]) -> Iterator[Block]:
        inner = (*trail, id(element)) if element.tag in _CONTAINERS else trail
        if element.tag == "figure" and next(element.iter("img", "svg", "canvas"), None) is not None:
            yield from self._picture(element, trail)
            return
        if _is_typed(element):
            first = element.sourceline or 1
            for block in plain_text.blocks(element.text_content(), self._file, first):
                yield replace(block, trail=trail)
            return
        if element.tag != "table":
            yield from self._walk(element, inner)
            return
        rows = _table_rows(element)
        for caption in element.iterchildren("caption"):
            yield from self._walk(caption, inner)
        if _lays_out(rows):
            for cell in (cell for row in rows for cell in row):
                yield from self._walk(cell, (*inner, id(cell)))
        elif any(rows):
            place = Position(self._file, element.sourceline or 1, 1)
            yield grid([[self._cell(cell) for cell in row] for row in rows], place, trail)

    def _picture(self, element: Element, trail: tuple[int, ...]) -> Iterator[Block]:
        """Yield the caption of a picture; a table of its numbers says nothing that it does not."""
        for caption in element.iter("figcaption"):
            for block in self._walk(caption, trail):
                if isinstance(block, Paragraph):
                    yield replace(block, caption=True)

    def _cell(self, element: Element) -> RawCell:
        lines = [block.text for block in self._walk(element, ()) if isinstance(block, Paragraph)]
        place = Position(self._file, element.sourceline or 1, 1)
        return RawCell(
            "\n".join(lines), place, _span(element, "rowspan"), _span(element, "colspan")
        )


class _Line:
    """Gathers the text of one paragraph."""

    def __init__(self, file: str, trail: tuple[int, ...], element: Element) -> None:
        self._file, self._trail, self._element = file, trail, element
        self._words: list[str] = []
        self._line = 0

    def add(self, words: str, element: Element) -> None:
        if words.strip() and not self._line:
            self._line = element.sourceline or 1
        self._words.append(words)

    def end(self) -> Iterator[Paragraph]:
        words = _SPACES.sub(" ", _BROKEN.sub("", "".join(self._words)))
        words = words.strip(" \u3000\u00a0\u200b\ufeff")
        if words:
            words = self._number(words) + words.replace("\u00a0", " ")
            title = self._element.tag == "h1"
            yield Paragraph(words, Position(self._file, self._line, 1), title, self._trail)
        self._words, self._line = [], 0

    def _number(self, words: str) -> str:
        """Return the number that a browser shows before an item of a numbered list."""
        parent = self._element.getparent()
        if self._element.tag != "li" or parent is None or parent.tag != "ol":
            return ""
        items = list(parent.iterchildren("li"))
        return "" if _NUMBERED.match(words) else f"{items.index(self._element) + 1}."


def _pieces(element: Element, depth: int) -> Iterator[tuple[str, Element, str]]:
    """Yield text, breaks and block elements below, walking through inline elements."""
    if depth > _DEEPEST:
        yield "text", element, element.text_content()
        return
    if element.text:
        yield "text", element, element.text
    for child in element.iterchildren():
        tag = child.tag if isinstance(child.tag, str) else "script"
        if tag == "br":
            yield "break", child, ""
        elif tag == "img":
            yield "picture", child, child.get("alt", "").strip()
        elif _is_shown(child, tag) and not (tag == "figure" and _is_picture(child)):
            if tag == "sup" and (mark := raised(child.text_content())):
                yield "text", child, mark
            elif tag in _BLOCKS:
                yield "block", child, ""
            else:
                yield from _pieces(child, depth + 1)
        if child.tail:
            yield "text", child, child.tail


def _is_shown(element: Element, tag: str) -> bool:
    """Whether a reader of the page sees an element: it is not hidden, nor struck out."""
    hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style", ""))
    return tag not in _UNSEEN and not hidden


def _is_typed(element: Element) -> bool:
    """Whether an element shows its lines as they were typed, and holds nothing but text."""
    typed = element.tag == "pre" or _TYPED.search(element.get("style", ""))
    plain = not any(inner.tag in {*_BLOCKS, *_UNSEEN, "br"} for inner in element.iterdescendants())
    return bool(typed) and plain and "\n" in (element.text_content()).strip()


def _is_picture(figure: Element) -> bool:
    """Whether a figure shows a picture, with its caption and perhaps the numbers of a chart.

    Some editors put every table into a figure; that is read.
    """
    tags = {element.tag for element in figure.iter()}
    return "svg" in tags or ("img" in tags and "table" not in tags)


def _table_rows(table: Element) -> list[list[Element]]:
    rows: list[list[Element]] = []
    for child in table.iterchildren():
        if child.tag == "tr":
            rows.extend(_row(child))
        elif child.tag in {"tbody", "thead", "tfoot"} and _is_shown(child, child.tag):
            rows.extend(row for tr in child.iterchildren("tr") for row in _row(tr))
    return rows


def _row(row: Element) -> Iterator[list[Element]]:
    """Yield the cells of a row that is shown."""
    if _is_shown(row, "tr"):
        yield [cell for cell in row.iterchildren("td", "th") if _is_shown(cell, "td")]


def _lays_out(rows: list[list[Element]]) -> bool:
    """Whether a table arranges the page: one cell, tables inside, or much text in a cell."""
    cells = [cell for row in rows for cell in row]
    if len(cells) <= 1:
        return True
    return any(
        next(cell.iter("table"), None) is not None
        or (len(cell.text_content()) > _LONG_CELL and len(list(cell.iter("p", "br", "div"))) > 1)
        for cell in cells
    )


def _span(element: Element, name: str) -> int:
    digits = re.match(r"\s*(\d{1,4})", element.get(name) or "1")
    return int(digits[1]) if digits else 1
