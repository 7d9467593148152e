"""Values as offices write them: full-width digits, separators, blank marks, amounts with units."""

from dataclasses import dataclass
from decimal import Decimal

from toolkit.forms import Kind
from toolkit.forms.labels import normal
from toolkit.forms.values import LARGEST, Absent, Blank, Money, Number
from toolkit.notation.amounts import BLANK_MARKS, PLAIN, Amount, read_amount
from toolkit.notation.dates import read_date, read_year
from toolkit.notation.width import half
from toolkit.sources import Scalar

__all__ = [
    "BLANK_MARKS",
    "LARGEST",
    "Absent",
    "Blank",
    "Money",
    "Number",
    "Reading",
    "read_number",
    "read_word",
]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell was read as; ``loose`` says that it was not written as a plain number."""

    value: object
    loose: bool = False


def read_number(scalar: Scalar, kind: Kind) -> Reading:
    """Read a cell that holds numbers of some kind.

    A value that cannot be read comes back as it is, for the schema to refuse.
    """
    value = scalar.value
    if value is None:
        return Reading(Blank(""))
    if isinstance(value, bool | float):
        return Reading(value)
    if isinstance(value, str) and (
        half(value).strip() in BLANK_MARKS or value.strip() in BLANK_MARKS
    ):
        return Reading(Blank(value.strip()))
    if kind.is_absent(half(scalar.raw).strip()):
        return Reading(Absent(kind.absent))
    if not kind.counted:
        return _of_year(scalar)
    if not isinstance(value, str):
        return _of_number(value, scalar, kind)
    meant = kind.read(half(value).strip())
    if meant is not None:
        return Reading(meant)
    return _of_text(value, kind)


def _of_year(scalar: Scalar) -> Reading:
    """Read 2024年, ２０２４ or 二〇二四年 as well; 02024 is no year."""
    year = read_year(scalar.raw)
    if year is not None:
        return Reading(year, loose=scalar.raw != str(year))
    return Reading(scalar.value if PLAIN.match(scalar.raw) else scalar.raw)


def _of_number(value: object, scalar: Scalar, kind: Kind) -> Reading:
    """Read what is a number already; 012, +5 and 5. are read and told, 1e3 is not read."""
    if not scalar.position.cell and "e" in scalar.raw.lower():
        return Reading(scalar.raw)
    plain = scalar.raw.removeprefix("+") if kind.signed else scalar.raw
    loose = not scalar.position.cell and (not PLAIN.match(plain) or plain == "-0")
    return Reading(_for_kind(value, kind), loose=loose)


def _of_text(value: str, kind: Kind) -> Reading:
    """Read a number with separators, in words or with a unit, if the unit fits the kind."""
    words = half(value).strip()
    bare = words.removesuffix(half(kind.unit)).rstrip() if kind.unit else words
    found = read_amount(words) or read_amount(bare)
    if found is None or (words[0] in "增减" and not kind.signed):
        return Reading(value)
    if bare == words and found.unit and found.is_money != kind.amount:
        return Reading(value)
    if found.unit and not (found.is_money or kind.whole):
        return Reading(value)
    return Reading(_for_kind(_scaled(found, kind), kind), loose=True)


def _scaled(found: Amount, kind: Kind) -> object:
    """Bring an amount of money to the unit of its kind; one without keeps its own."""
    if not found.is_money:
        return found.number
    if kind.unit:
        return found.in_unit(kind.unit)
    return Money(Decimal(found.in_unit("万元")), "万元")


def _for_kind(value: object, kind: Kind) -> object:
    return value if kind.unit or not (kind.whole or kind.amount) else _whole(value)


def _whole(value: object) -> object:
    """2.0 is 2; other fractions stay, to be refused."""
    if isinstance(value, Decimal) and value == value.to_integral_value() and abs(value) < 10**12:
        return int(value)
    return value


def read_word(scalar: Scalar, kind: Kind) -> object:
    """Read a value that is no number: a chosen one by its word or its label, else as written.

    A postal code 021000 or a telephone number is text, whatever YAML takes it for; a date may be
    written as documents print it.
    """
    value = scalar.value
    if value is None or isinstance(value, bool):
        return value
    if kind.shape == "date":
        day = read_date(scalar.raw)
        return day.isoformat() if day else scalar.raw
    word = normal(scalar.raw).lower()
    if kind.shape == "flag":
        return _TRUTH.get(word, value)
    labels = kind.labels().items()
    return next((chosen for chosen, label in labels if normal(label).lower() == word), scalar.raw)


_TRUTH = {
    **dict.fromkeys(("是", "yes", "true", "on"), True),
    **dict.fromkeys(("否", "no", "false", "off"), False),
}
"""How a truth value may be written, whatever YAML takes it for."""
