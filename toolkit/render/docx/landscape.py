"""Pages of a Word document that lie on their side, for wide tables.

A table that lies on its side gets a section of its own, together with its heading. After
GB/T 9704-2012, 8, the sheet is turned to the right: 天头 is on the right, 订口 above, and the page
number stays where it is on the sheet, which is the left edge now. Word has no such place for a
footer, so the number stands in a header, in a turned cell of a table that is placed by itself.
"""

import re
from collections.abc import Mapping

from toolkit.render.docx.table import LANDSCAPE_WIDTH

_BODY, _RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"
_TABLE = re.compile(
    rf'<w:tbl><w:tblPr>(?:(?!</w:tblPr>).)*?<w:tblW w:w="{LANDSCAPE_WIDTH}"', re.DOTALL
)
_SECTION = re.compile(r"<w:sectPr\b(?:(?!<w:sectPr\b).)*</w:sectPr>(?=\s*</w:body>)", re.DOTALL)
_REFERENCE = re.compile(r"<w:(header|footer)Reference\b[^>]*/>")
_SIZE = re.compile(r"<w:pgSz\b[^>]*/>")
_MARGIN = re.compile(r"<w:pgMar\b[^>]*/>")
_START = re.compile(r"<w:pgNumType\b[^>]*/>")
_GRID = re.compile(r"<w:docGrid\b[^>]*/>")
_PARAGRAPH = re.compile(r"<w:p[ >].*</w:p>", re.DOTALL)
_CONTENT = re.compile("<w:(t|drawing)[ >]")
_HEADING = '<w:pStyle w:val="Heading1"/>'
_TURNED_SIZE = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
_TURNED_MARGIN = (
    '<w:pgMar w:top="1587" w:right="2098" w:bottom="1474" w:left="1984" w:header="851"'
    ' w:footer="851" w:gutter="0"/>'
)
"""28, 37, 26 and 35 mm."""
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = f'xmlns:r="{_KIND.rstrip("/")}"'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EMPTY = "<w:p/>"
_CELL = (
    '<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="page"'
    ' w:horzAnchor="page" w:tblpX="1341" w:tblpY="1587"/><w:tblW w:w="360" w:type="dxa"/>'
    '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
    '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="360"/>'
    '</w:tblGrid><w:tr><w:trPr><w:trHeight w:val="8845" w:hRule="exact"/></w:trPr><w:tc><w:tcPr>'
    '<w:tcW w:w="360" w:type="dxa"/><w:textDirection w:val="tbRl"/></w:tcPr>{number}</w:tc></w:tr>'
    "</w:tbl><w:p/>"
)
"""5 mm beside the type area and as long as it; lengths in twips."""


def turn(made: Mapping[str, bytes], raw: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return tables that lie on their side sections of their own.

    Args:
        made: parts filled for this document, the text among them.
        raw: all parts of the template.

    Returns:
        The parts that change or are new; none where no table lies on its side.
    """
    xml = made[_BODY].decode()
    last = _SECTION.search(xml)
    if last is None or not _TABLE.search(xml):
        return {}
    upright = last.group()
    turned = _turned(upright)
    text, end = xml[: last.start()], xml[last.end() :]
    pieces = _sections(text, _bare_headers(upright), turned)
    closing = _START.sub("", _bare_headers(upright))
    parts = {_BODY: f"{pieces}{closing}{end}".encode()}
    both = {**raw, **made}
    parts |= _furniture(upright, both)
    parts[_TYPES], parts[_RELATIONS] = _announced(both[_TYPES], both[_RELATIONS])
    return parts


def _sections(text: str, upright: str, turned: str) -> str:
    """End a section before the heading of each turned table, and one after the table."""
    done, pieces, first = 0, [], True
    for table in _TABLE.finditer(text):
        heading = text.rfind(_HEADING, done, table.start())
        start = text.rfind("<w:p>", done, heading) if heading >= 0 else table.start()
        before = text[done:start]
        if before:
            pieces.append(_ended(before, upright if first else _START.sub("", upright)))
            first = False
        end = text.index("</w:tbl>", table.end()) + len("</w:tbl>")
        after = text.find("</w:p>", end)
        follows = text.startswith(("<w:p>", "<w:p "), end) and not _CONTENT.search(text, end, after)
        done = after + len("</w:p>") if follows else end
        piece = text[start:done]
        pieces.append(_ended(piece if follows else f"{piece}<w:p/>", turned))
    return "".join((*pieces, text[done:]))


def _ended(piece: str, section: str) -> str:
    """Put a section's properties into the last paragraph of a piece of the body."""
    start = max(piece.rfind("<w:p>"), piece.rfind("<w:p "), piece.rfind("<w:p/>"))
    paragraph = piece[start:]
    if paragraph.startswith("<w:p/>") or not paragraph.rstrip().endswith("</w:p>"):
        made = f"<w:p><w:pPr>{section}</w:pPr></w:p>"
        return piece[:start] + made if paragraph.startswith("<w:p/>") else piece + made
    if "</w:pPr>" in paragraph:
        return piece[:start] + paragraph.replace("</w:pPr>", f"{section}</w:pPr>", 1)
    opened = paragraph.index(">") + 1
    return f"{piece[:start]}{paragraph[:opened]}<w:pPr>{section}</w:pPr>{paragraph[opened:]}"


def _bare_headers(section: str) -> str:
    """Return that an upright section has no header of ours; it would have the one before it."""
    if "w:headerReference" in section:
        return section
    opened = section.index(">") + 1
    return section[:opened] + _reference("header", "nothing") + section[opened:]


def _turned(upright: str) -> str:
    plain = _START.sub("", _REFERENCE.sub("", upright))
    plain = _MARGIN.sub(_TURNED_MARGIN, _SIZE.sub(_TURNED_SIZE, plain))
    plain = _GRID.sub("", plain)
    opened = plain.index(">") + 1
    numbers = (
        '<w:headerReference w:type="even" r:id="nianbaoEven"/>'
        '<w:headerReference w:type="default" r:id="nianbaoOdd"/>'
    )
    return plain[:opened] + numbers + _reference("footer", "Foot") + plain[opened:]


def _reference(kind: str, name: str) -> str:
    return "".join(
        f'<w:{kind}Reference w:type="{pages}" r:id="nianbao{name}"/>'
        for pages in ("even", "default")
    )


_PARTS = {
    "Odd": ("header", "word/headerOdd.xml"),
    "Even": ("header", "word/headerEven.xml"),
    "nothing": ("header", "word/headerNothing.xml"),
    "Foot": ("footer", "word/footerNothing.xml"),
}


def _furniture(upright: str, parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Make headers that hold the paragraphs of the template's own footers, turned."""
    made = {}
    for name, (kind, part) in _PARTS.items():
        inside = _EMPTY
        if name in ("Odd", "Even"):
            pages = "default" if name == "Odd" else "even"
            inside = _CELL.format(number=_number(upright, pages, parts))
        tag = "hdr" if kind == "header" else "ftr"
        made[part] = f"{_XML}<w:{tag} {_W} {_R}>{inside}</w:{tag}>".encode()
    return made


def _number(upright: str, pages: str, parts: Mapping[str, bytes]) -> str:
    """Return the paragraph of a footer of the template; an empty one if there is none."""
    wanted = re.search(
        rf'<w:footerReference\b(?=[^>]*w:type="{pages}")[^>]*r:id="([^"]+)"', upright
    )
    if wanted is None:
        return _EMPTY
    relations = parts[_RELATIONS].decode()
    target = re.search(
        rf'<Relationship\b(?=[^>]*\bId="{re.escape(wanted[1])}")[^>]*\bTarget="([^"]+)"', relations
    )
    footer = parts.get(f"word/{target[1]}", b"").decode() if target else ""
    found = _PARAGRAPH.search(footer)
    return found.group() if found else _EMPTY


def _announced(types: bytes, relations: bytes) -> tuple[bytes, bytes]:
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{_TYPE}{kind}+xml"/>'
        for kind, part in _PARTS.values()
    )
    links = "".join(
        f'<Relationship Id="nianbao{name}" Type="{_KIND}{kind}" Target="{part[5:]}"/>'
        for name, (kind, part) in _PARTS.items()
    )
    return (
        types.replace(b"</Types>", overrides.encode() + b"</Types>"),
        relations.replace(b"</Relationships>", links.encode() + b"</Relationships>"),
    )
