"""What stands in a cell → a number, a blank mark, or “not understood”; never a guess."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from toolkit.forms.kinds import BASES, OTHERS, Kind
from toolkit.forms.values import NOT_APPLICABLE
from toolkit.importers.labels import NOTE_MARK, half_width
from toolkit.validation.values import BLANK_MARKS

_SIGNS = str.maketrans({"−": "-", "﹣": "-", "–": "-", "—": "-", "﹢": "+", "﹒": ".", "，": ","})
_NUMBER = re.compile(
    r"(?:共计?)?(?P<sign>[-+]|增加?|减少?|新增)? ?"
    r"(?P<digits>\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?P<fraction>\.\d{1,6})? ?"
    r"(?P<unit>件次|件|项|条|个|宗|份|次|万元|元|亿元|%)?(?:人民币)?"
)
_WAN = Decimal(10_000)
_SCALE = {"元": Decimal(1), "万元": _WAN, "亿元": _WAN * _WAN}
_UNIT_IN_LABEL = re.compile(r"(?:单位[::]?|[(])\s*(?:人民币)?(亿元|万元|元)[)]?")
_LONGEST = 40
_COUNT = BASES["count"]
_ANY = (OTHERS["signed"], OTHERS["money"], replace(BASES["decimal"], unit="%"))


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell says.

    ``data`` is what goes into a data file: an ``int`` or ``Decimal``, a blank mark as it
    stands, or the text itself. ``helped`` is true if the number was not written plainly.
    """

    data: int | Decimal | str
    kind: str
    helped: bool = False

    @property
    def understood(self) -> bool:
        """Whether it is a number or a blank mark."""
        return self.kind != "text"


def is_value(text: str) -> bool:
    """Whether words are a number of any kind, or stand for a blank or for no such thing."""
    return half_width(text).strip() in NOT_APPLICABLE or any(
        read(text, kind).understood for kind in _ANY
    )


def read(text: str, kind: Kind = _COUNT, header: str = "") -> Value:
    """Read one cell.

    Args:
        text: as it stands in the source. A line break or space between digits is refused,
            since two numbers may have run together.
        kind: the kind of value the form expects; what is no number is taken as it stands.
        header: the column's label in the source; it may name the unit of an amount.
    """
    if not kind.number:
        return Value(" ".join(text.split()), "words")
    raw = half_width(text).strip()
    if kind.is_absent(raw):
        return Value(kind.absent, "blank")
    if raw in BLANK_MARKS:
        return Value(raw, "blank")
    bare = NOTE_MARK.sub("", raw).rstrip()
    match = _NUMBER.fullmatch(bare.translate(_SIGNS)) if len(raw) <= _LONGEST else None
    if match is None:
        return Value(text.strip(), "text")
    unit = match["unit"] or ""
    if unit and unit != kind.unit and (unit == "%" or (unit in _SCALE) != kind.amount):
        return Value(text.strip(), "text")
    sign = match["sign"] or ""
    if not kind.signed and sign not in {"", "-"}:
        return Value(text.strip(), "text")
    number = Decimal(match["digits"].replace(",", "") + (match["fraction"] or ""))
    if sign.startswith(("-", "减")):
        number = -number
    data = _amount(number, unit, kind, header)
    plain = raw.lstrip("+-") == re.sub(r"[^\d.]", "", text) and data == number
    return Value(data, "number", helped=not plain)


def _amount(number: Decimal, unit: str, kind: Kind, header: str) -> int | Decimal | str:
    """Report an amount as data files do; the unit in the cell counts before that of the column.

    One of a kind with a unit is brought to that; else it keeps its own: ``"251000元"``.
    """
    if not kind.amount:
        return _simplest(number)
    unit = unit or unit_of(header)
    if kind.unit and unit:
        return _simplest(number * _SCALE[unit] / _SCALE[kind.unit])
    if unit == "亿元":
        return f"{_simplest(number * _WAN)}万元"
    return f"{_simplest(number)}{unit}" if unit else _simplest(number)


def unit_of(header: str) -> str:
    """Return the unit that a column's label names (``元``, ``万元``), or nothing."""
    found = _UNIT_IN_LABEL.search(half_width(header))
    return found[1] if found else ""


def _simplest(number: Decimal) -> int | Decimal:
    if number == number.to_integral_value():
        return int(number)
    return number.normalize()
