"""Values as offices write them: full-width digits, separators, blank marks, amounts with units."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from toolkit.forms import Kind
from toolkit.forms.labels import normal
from toolkit.forms.values import LARGEST, Blank, Money, Number
from toolkit.sources import Scalar

__all__ = [
    "BLANK_MARKS",
    "LARGEST",
    "Blank",
    "Money",
    "Number",
    "Reading",
    "read_number",
    "read_word",
]

BLANK_MARKS = frozenset({"", "/", "-", "—", "——", "–", "－", "\\", "无", "空"})

_GROUPED = re.compile(r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?\Z")
_NUMBER = re.compile(r"[-+]?[0-9]{1,400}(?:\.[0-9]{1,400})?\Z")


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
    if not isinstance(value, str):
        return Reading(value if kind.unit or not (kind.whole or kind.amount) else _whole(value))
    word = unicodedata.normalize("NFKC", value).strip()
    if word in BLANK_MARKS or value.strip() in BLANK_MARKS:
        return Reading(Blank(value.strip()))
    meant = kind.read(word)
    if meant is not None:
        return Reading(meant)
    if _GROUPED.match(word) or _NUMBER.match(word):
        return Reading(_exact(word.replace(",", "")), loose=True)
    return Reading(value)


def read_word(scalar: Scalar, kind: Kind) -> object:
    """Read a value that is no number: a chosen one by its word or its label, else as written.

    A postal code 021000 or a telephone number is text, whatever YAML takes it for.
    """
    value = scalar.value
    if value is None or isinstance(value, bool):
        return value
    word = normal(scalar.raw).lower()
    if kind.shape == "flag":
        return _TRUTH.get(word, value)
    labels = kind.labels().items()
    return next((chosen for chosen, label in labels if normal(label).lower() == word), scalar.raw)


_TRUTH = {"是": True, "yes": True, "true": True, "否": False, "no": False, "false": False}
"""How a truth value may be written, whatever YAML takes it for."""


def _exact(word: str) -> int | Decimal:
    return Decimal(word) if "." in word else int(word)


def _whole(value: object) -> object:
    """2.0 is 2; other fractions stay, to be refused."""
    if isinstance(value, Decimal) and value == value.to_integral_value() and abs(value) < 10**12:
        return int(value)
    return value
