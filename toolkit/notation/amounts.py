"""Numbers and amounts as they are typed: separators of thousands, signs, units; never a guess."""

import re
from dataclasses import dataclass
from decimal import Decimal

from toolkit.notation import numerals
from toolkit.notation.width import half

BLANK_MARKS = frozenset(
    {"", "/", "-", "--", "—", "——", "–", "－", "―", "――", "─", "──", "\\", "无", "空"}
)
"""What stands in a cell that was left open on purpose."""

PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z")
"""A number as a program writes it."""

_WAN = Decimal(10_000)
_SCALES = {"元": Decimal(1), "万元": _WAN, "亿元": _WAN * _WAN}
_COUNTED = "件次|件|条|项|个|宗|起|份|次"
_AMOUNT = re.compile(
    r"(?P<sign>[-+]?) ?"
    r"(?P<whole>[0-9]{1,400}|[0-9]{1,3}(?:(?P<mark>[,'’ \u00a0\u2009\u202f])[0-9]{3})"
    r"(?:(?P=mark)[0-9]{3})*)?"
    r"(?P<fraction>\.[0-9]{0,400})? ?"
    rf"(?P<unit>{_COUNTED}|亿元|万元|元)?\Z"
)
_CHANGE = re.compile(r"(?P<way>增加?|减少?) ?(?P<rest>[0-9].*)\Z")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the unit behind it: ``件`` and its like, ``元``, ``万元``, or none."""

    number: int | Decimal
    unit: str = ""

    @property
    def is_money(self) -> bool:
        """Whether the unit is one of money."""
        return self.unit in _SCALES

    def in_unit(self, unit: str) -> int | Decimal:
        """Return an amount of money in 元, 万元 or 亿元."""
        if unit == self.unit:
            return self.number
        return _simplest(self.number * _SCALES[self.unit] / _SCALES[unit])


def read_amount(word: str) -> Amount | None:
    """Read ``1,286``, ``1 286``, ``１２件``, ``＋5``, ``增加3``, ``0.38万元`` or ``十二``.

    None for anything else: an odd digit (①, ²), an exponent, a separator that does not part
    thousands, two numbers, a word beside the number.
    """
    plain = half(word).strip().replace("−", "-")
    if change := _CHANGE.match(plain):
        found = read_amount(change["rest"])
        falls = change["way"].startswith("减")
        return Amount(-found.number, found.unit) if found and falls else found
    match = _AMOUNT.match(plain)
    if match and (match["whole"] or len(match["fraction"] or "") > 1):
        return Amount(_number(match), match["unit"] or "")
    counted = re.fullmatch(rf"(.+?)(?:{_COUNTED})?", plain)
    value = numerals.number(counted[1]) if counted else None
    return None if value is None else Amount(value)


def _number(match: re.Match[str]) -> int | Decimal:
    whole = re.sub("[^0-9]", "", match["whole"] or "0")
    fraction = match["fraction"] or ""
    number = Decimal(f"{whole}{fraction}") if len(fraction) > 1 else int(whole)
    return -number if match["sign"] == "-" else number


def _simplest(number: Decimal) -> int | Decimal:
    if number == number.to_integral_value():
        return int(number)
    return number.normalize()
