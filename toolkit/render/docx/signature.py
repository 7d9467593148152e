"""The signature of a Word document: the date four characters from the edge, the office above it.

GB/T 9704-2012, 7.3.5.1: the date keeps four characters clear on its right, and the office stands
above it, centred on it. An office too long for that ends at the edge of the type area, and the
date is centred below it. Word centres a paragraph between its indents only; how wide the date is
decides them, so they are written into each document.
"""

import re
from html import unescape
from itertools import pairwise

_CLEAR = 4.0
"""Characters that stay clear right of the date (右空四字)."""
_LINE = 28
"""Characters of a line."""
_TWIPS = 315
"""Width of a character in twips."""
_DIGIT, _SPACED = 0.55, 0.22
"""Width of a digit, and of the space that office programs put between digits and Chinese, in
characters: half and a quarter in Word, up to 0.64 and a fifth in LibreOffice."""
_STYLED = (
    rb'<w:p>(?:<w:pPr><w:pStyle w:val="%s"/>(<w:spacing\b[^>]*/>)?(?:<w:ind\b[^>]*/>)?'
    rb"(?:<w:jc\b[^>]*/>)?</w:pPr>)((?:(?!<w:p[ >]).)*?)</w:p>"
)
_OFFICE, _DATE = (
    re.compile(_STYLED % name, re.DOTALL) for name in (b"NianbaoSignature", b"NianbaoDate")
)
_BREAK = re.compile(rb"<w:(?:br|cr)/>")
_WORDS = re.compile(rb"<w:t\b[^>]*>([^<]*)</w:t>")


def centred(body: bytes) -> bytes:
    """Centre office and date of a filled ``word/document.xml`` on each other.

    Paragraphs of the styles NianbaoSignature and NianbaoDate are meant; a document without
    either stays as it is.
    """
    found = body.find(b'"NianbaoSignature"')
    if found < 0:
        return body
    start = body.rfind(b"<w:p>", 0, found)
    office, date = _OFFICE.search(body, max(start, 0)), _DATE.search(body, found)
    if office is None or date is None:
        return body
    wide, short = min(_LINE, _width(office[2])), _width(date[2])
    block = min(_LINE, max(wide, short + 2 * _CLEAR))
    right = max(_CLEAR, (wide - short) / 2)
    return b"".join(
        (
            body[: office.start()],
            _paragraph(office, b"NianbaoSignature", _LINE - block, 0.0, b"center"),
            body[office.end() : date.start()],
            _paragraph(date, b"NianbaoDate", 0.0, right, b"right"),
            body[date.end() :],
        )
    )


def _paragraph(old: re.Match[bytes], style: bytes, left: float, right: float, how: bytes) -> bytes:
    """Write a paragraph anew with its indents, in characters and in twips."""
    indent = b'<w:ind w:leftChars="%d" w:left="%d" w:rightChars="%d" w:right="%d"/>' % (
        round(left * 100),
        round(left * _TWIPS),
        round(right * 100),
        round(right * _TWIPS),
    )
    return b'<w:p><w:pPr><w:pStyle w:val="%s"/>%s%s<w:jc w:val="%s"/></w:pPr>%s</w:p>' % (
        style,
        old[1] or b"",
        indent,
        how,
        old[2],
    )


def _width(runs: bytes) -> float:
    """Measure the longest line of a paragraph in characters."""
    return max(map(_width_of_line, map(_text, _BREAK.split(runs))))


def _width_of_line(line: str) -> float:
    narrow = [sign < "\u0250" for sign in line]
    changes = sum(before != after for before, after in pairwise(narrow))
    return sum(_DIGIT if one else 1.0 for one in narrow) + _SPACED * changes


def _text(runs: bytes) -> str:
    return unescape(b"".join(_WORDS.findall(runs)).decode())
