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
_POWER = re.compile(r"[#0?,]+(?:\.([0#?]+))?e[+-]?[0#?]+")
_WORDS = re.compile(r'"([^"]*)"|\\(.)')
_FALSE = frozenset({"0", "false"})
BLACK, WHITE = "000000", "FFFFFF"
HIDDEN = " "
"""What is shown of a number in the format ``;;;``: nothing."""

Element = etree._Element
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell shows what is in it.

    ``decimals`` are those it always shows, -1 for as many as needed, None for a date; ``code`` is
    its format for positive numbers without words. ``words`` are those before and behind the number
    that look like a part of it, or stand in its place. ``is_unseen`` is ink in the colour of the
    ground.
    """

    decimals: int | None = -1
    code: str = ""
    is_unseen: bool = False
    is_struck: bool = False
    words: tuple[str, str] = ("", "")

    def displayed(self, number: Decimal) -> str:
        """Return what is shown of a number where that is another one; else nothing."""
        code = self.code
        if any(self.words):
            before, behind = self.words
            return f"{before}{number}{behind}" if code.strip() else before
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
        if power := _POWER.fullmatch(code):
            return _by_power(number, len(power[1] or ""))
        rounded = _ROUNDED.fullmatch(code)
        if rounded:
            shown = round(number, len(rounded[1] or ""))
            return "" if shown == number else f"{shown:f}"
        return ""


def _by_power(number: Decimal, places: int) -> str:
    """Return what a format such as 0.00E+00 shows where it is another number."""
    shown = f"{number:.{places}E}"
    return "" if Decimal(shown) == number else shown


def _worded(code: str) -> tuple[str, str]:
    """Return the words before and behind a number whose digits would seem to be its own.

    Words in place of a number are all before it; a section with a condition is not looked at.
    """
    spelled = _WORDS.sub(lambda found: found[1] or found[2] or "", code)
    digits = re.search(r"[0#?@]|general", _ASIDE.sub("", code), re.IGNORECASE)
    if "[" in code or spelled == code or not spelled.strip():
        return "", ""
    if digits is None:
        return spelled, ""
    before, _, behind = code.partition(_WORDS.sub("", code).strip())
    sides = tuple("".join(a or b for a, b in _WORDS.findall(side)) for side in (before, behind))
    return (sides[0], sides[1]) if re.search("[0-9]", "".join(sides)) else ("", "")


def looks(root: Element | None) -> Iterator[Look]:
    """Yield the look of each cell format of ``xl/styles.xml``, in their order."""
    formats = root.find(f"{_M}cellXfs") if root is not None else None
    if root is None or formats is None:
        return
    codes = {f.get("numFmtId"): f.get("formatCode") or "" for f in root.iter(f"{_M}numFmt")}
    fonts = [font(one) for one in root.iterfind(f"{_M}fonts/{_M}font")]
    fills = [_ground(fill) for fill in root.iterfind(f"{_M}fills/{_M}fill")]
    for style in formats.iter(f"{_M}xf"):
        number = style.get("numFmtId") or "0"
        whole = codes.get(number, _BUILT_IN.get(number, ""))
        first = whole.partition(";")[0] if ";" in whole else whole
        bare = _ASIDE.sub("", first).lower()
        ink, struck = _at(fonts, style.get("fontId"), (BLACK, False))
        unseen = ink == _at(fills, style.get("fillId"), WHITE)
        is_date = (number.isdecimal() and int(number) in _DATES) or re.search("[yd]", bare)
        code = " " if whole and not bare and ";" in whole and '"' not in whole else bare
        code = "" if "general" in code or "@" in code else code
        words = ("", "") if is_date else _worded(first)
        yield Look(None if is_date else _fixed(bare), code, unseen, struck, words)


def _fixed(bare: str) -> int:
    match = _DECIMALS.search(bare)
    return len(match[1]) if match and "%" not in bare and "e" not in bare else -1


def font(font: Element) -> tuple[str, bool]:
    """Return the colour of a font, and whether it is struck out."""
    strike, colour = font.find(f"{_M}strike"), font.find(f"{_M}color")
    ink = BLACK if colour is None else _colour(colour, BLACK)
    return ink, strike is not None and strike.get("val") not in _FALSE


def _ground(fill: Element) -> str:
    pattern, colour = fill.find(f"{_M}patternFill"), fill.find(f"{_M}patternFill/{_M}fgColor")
    if pattern is None or pattern.get("patternType") in (None, "none"):
        return WHITE
    if pattern.get("patternType") != "solid":
        return ""
    return WHITE if colour is None else _colour(colour, WHITE)


def _colour(colour: Element, automatic: str) -> str:
    """Return a colour as six digits, or as its number in the theme; ``automatic`` for none."""
    if rgb := colour.get("rgb"):
        return rgb.upper()[-6:]
    if indexed := colour.get("indexed"):
        return {"0": BLACK, "8": BLACK, "1": WHITE, "9": WHITE, "64": BLACK, "65": WHITE}.get(
            indexed, f"indexed {indexed}"
        )
    theme, tint = colour.get("theme"), colour.get("tint")
    if theme and not tint:
        return {"0": WHITE, "1": BLACK}.get(theme, f"theme {theme}")
    return f"theme {theme} {tint}" if theme else automatic


def _at(found: Sequence[T], number: str | None, other: T) -> T:
    place = int(number) if number and number.isdecimal() else -1
    return found[place] if 0 <= place < len(found) else other
