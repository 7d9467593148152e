"""How a spreadsheet shows a number: percent, in thousands, rounded, with zeros, or not at all."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from lxml import etree

_M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_BUILT_IN = {"1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%"}
_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Built-in number formats that show a date (ECMA-376, 18.8.30, and the Chinese ones)."""
_ASIDE = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\!].|_.|\*.')
_DECIMALS = re.compile(r"\.(0+)(?![0#?])")
_SCALED = re.compile(r"[0#?](,+)(?![0#?,])")
_ROUNDED = re.compile(r"[#0?,]+(?:\.([0#?]+))?")
_FALSE = frozenset({"0", "false"})
HIDDEN = " "
"""What is shown of a number in the format ``;;;``: nothing."""

Element = etree._Element
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell shows what is in it.

    ``decimals`` are those it always shows, -1 for as many as needed, None for a date; ``code`` is
    its format for positive numbers without words. ``is_unseen`` is white on white.
    """

    decimals: int | None = -1
    code: str = ""
    is_unseen: bool = False
    is_struck: bool = False

    def displayed(self, number: Decimal) -> str:
        """Return what is shown of a number where that is another one; else nothing."""
        code = self.code
        if not code:
            return ""
        if not code.strip():
            return HIDDEN
        if "%" in code:
            return f"{(number * 100).normalize():f}%"
        if scaled := _SCALED.search(code):
            return f"{(number / 1000 ** len(scaled[1])).normalize():f}"
        if re.fullmatch("0{2,}", code) and 0 <= number < 10 ** (len(code) - 1):
            return str(number).zfill(len(code))
        rounded = _ROUNDED.fullmatch(code)
        if rounded:
            shown = round(number, len(rounded[1] or ""))
            return "" if shown == number else f"{shown:f}"
        return ""


def looks(root: Element | None) -> Iterator[Look]:
    """Yield the look of each cell format of ``xl/styles.xml``, in their order."""
    formats = root.find(f"{_M}cellXfs") if root is not None else None
    if root is None or formats is None:
        return
    codes = {f.get("numFmtId"): f.get("formatCode") or "" for f in root.iter(f"{_M}numFmt")}
    fonts = [_font(font) for font in root.iterfind(f"{_M}fonts/{_M}font")]
    fills = [_is_white(fill) for fill in root.iterfind(f"{_M}fills/{_M}fill")]
    for style in formats.iter(f"{_M}xf"):
        number = style.get("numFmtId") or "0"
        whole = codes.get(number, _BUILT_IN.get(number, ""))
        first = whole.partition(";")[0] if ";" in whole else whole
        bare = _ASIDE.sub("", first).lower()
        white, struck = _at(fonts, style.get("fontId"), (False, False))
        unseen = white and _at(fills, style.get("fillId"), True)
        is_date = (number.isdecimal() and int(number) in _DATES) or re.search("[yd]", bare)
        code = " " if whole and not bare and ";" in whole and '"' not in whole else bare
        code = "" if "general" in code or "@" in code else code
        yield Look(None if is_date else _fixed(bare), code, unseen, struck)


def _fixed(bare: str) -> int:
    match = _DECIMALS.search(bare)
    return len(match[1]) if match and "%" not in bare and "e" not in bare else -1


def _font(font: Element) -> tuple[bool, bool]:
    """Return whether a font is white, and whether it is struck out."""
    strike, colour = font.find(f"{_M}strike"), font.find(f"{_M}color")
    white = colour is not None and (
        (colour.get("rgb") or "").upper().endswith("FFFFFF")
        or (colour.get("theme") == "0" and not colour.get("tint"))
    )
    return white, strike is not None and strike.get("val") not in _FALSE


def _is_white(fill: Element) -> bool:
    pattern, colour = fill.find(f"{_M}patternFill"), fill.find(f"{_M}patternFill/{_M}fgColor")
    if pattern is None or pattern.get("patternType") in (None, "none"):
        return True
    return colour is not None and (colour.get("rgb") or "").upper().endswith("FFFFFF")


def _at(found: Sequence[T], number: str | None, other: T) -> T:
    place = int(number) if number and number.isdecimal() else -1
    return found[place] if 0 <= place < len(found) else other
