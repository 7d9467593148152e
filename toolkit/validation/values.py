"""Values as offices write them: full-width digits, separators, blank marks, amounts with units."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from toolkit.sources import Scalar

LARGEST = 999_999_999
"""No count of 件 and no amount in a report comes near this."""

BLANK_MARKS = frozenset({"", "/", "-", "—", "——", "–", "－", "\\", "无", "空"})

_GROUPED = re.compile(r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?\Z")
_NUMBER = re.compile(r"[-+]?[0-9]{1,400}(?:\.[0-9]{1,400})?\Z")
_MONEY = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)\s*(万元|元)\Z")
_CHANGE = re.compile(r"(增加?|减少?)\s*([0-9]+)\Z")


@dataclass(frozen=True, slots=True)
class Blank:
    """A cell left open on purpose, with the mark that stands in it; it is not 0."""

    mark: str

    def __str__(self) -> str:
        return self.mark


@dataclass(frozen=True, slots=True)
class Money:
    """An amount with the unit its author wrote: ``"元"`` or ``"万元"``."""

    amount: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"


Number = int | Decimal | Money | Blank


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell was read as; ``loose`` says that it was not written as a plain number."""

    value: object
    loose: bool = False


def read_number(scalar: Scalar, kind: str) -> Reading:
    """Read a cell of kind ``count``, ``signed``, ``wan_yuan`` or ``money``.

    A value that cannot be read comes back as it is, for the schema to refuse.
    """
    value = scalar.value
    if value is None:
        return Reading(Blank(""))
    if not isinstance(value, str):
        return Reading(_whole(value) if kind != "wan_yuan" else value)
    word = unicodedata.normalize("NFKC", value).strip()
    if word in BLANK_MARKS or value.strip() in BLANK_MARKS:
        return Reading(Blank(value.strip()))
    if kind == "money" and (match := _MONEY.match(word)):
        return Reading(Money(Decimal(match[1].replace(",", "")), match[2]))
    if kind == "signed" and (match := _CHANGE.match(word)):
        return Reading(int(match[2]) * (1 if match[1].startswith("增") else -1))
    if _GROUPED.match(word) or _NUMBER.match(word):
        return Reading(_exact(word.replace(",", "")), loose=True)
    return Reading(value)


def _exact(word: str) -> int | Decimal:
    return Decimal(word) if "." in word else int(word)


def _whole(value: object) -> object:
    """2.0 is 2; other fractions stay, to be refused."""
    if isinstance(value, Decimal) and value == value.to_integral_value() and abs(value) < 10**12:
        return int(value)
    return value
