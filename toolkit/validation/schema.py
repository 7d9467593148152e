"""Form → Cerberus schema. With `validate`, the only modules that know Cerberus."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any

from cerberus import TypeDefinition, Validator
from cerberus.schema import DefinitionSchema

from toolkit.forms import Form, Key, Kind
from toolkit.limits import limits
from toolkit.validation.values import Absent, Blank, Money

_DATE = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")


class FormValidator(Validator):  # type: ignore[misc]  # Cerberus has no types
    """Cerberus with the kinds of a report: blank marks, amounts, exact decimals."""

    types_mapping = Validator.types_mapping | {
        "blank": TypeDefinition("blank", (Blank,), ()),
        "absent": TypeDefinition("absent", (Absent,), ()),
        "money": TypeDefinition("money", (Money,), ()),
        "exact": TypeDefinition("exact", (int, Decimal), (bool,)),
        "whole": TypeDefinition("whole", (int,), (bool,)),
    }


Report = Callable[[str, str], None]
"""Reports a fault of a field to Cerberus, by a word that `toolkit.validation.wording` knows."""


def _calendar(field: str, value: object, report: Report) -> None:
    """Refuse what is not written 2023-01-20, and 2023-02-30, which is in no calendar."""
    if value is None:
        return
    try:
        date.fromisoformat(str(value))
        well_written = _DATE.fullmatch(str(value)) is not None
    except ValueError:
        well_written = False
    if not well_written:
        report(field, "calendar")


def _written(field: str, value: object, report: Report) -> None:
    """Refuse a text of blanks only."""
    if isinstance(value, str) and not value.strip():
        report(field, "empty")


def _fits(pattern: str, field: str, value: object, report: Report) -> None:
    """Refuse a line that does not fit the pattern of its kind."""
    if isinstance(value, str) and value and re.fullmatch(pattern, value) is None:
        report(field, "pattern")


def _places(most: int, field: str, value: object, report: Report) -> None:
    """Refuse a number with more digits behind the point than its kind has."""
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    if isinstance(exponent, int) and -exponent > most:
        report(field, "places")


@lru_cache(maxsize=64)
def _of_keys(keys: tuple[Key, ...]) -> dict[str, Any]:
    return {key.id: _rule(key) for key in keys}


@lru_cache(maxsize=64)
def _checked(keys: tuple[Key, ...]) -> DefinitionSchema:
    """Have Cerberus check a schema once: it looks at every rule, which costs more than using it."""
    return FormValidator(_of_keys(keys)).schema


def validator(form: Form) -> FormValidator:
    """Make a validator for one data file; the schema behind it is made and checked once a form."""
    return FormValidator(_checked(form.keys), allow_unknown=False, purge_unknown=False)


def _rule(key: Key) -> dict[str, Any]:
    if key.keys:
        rule: dict[str, Any] = {"type": "dict", "schema": _of_keys(key.keys)}
    else:
        rule = _of_values(key.holds, key)
    if key.records:
        rule |= {"maxlength": key.most, "schema": _rule(key.record)}
    if key.required:
        rule["required"] = True
    elif not key.keys and not key.holds.number:
        rule["nullable"] = True
    return rule


def _of_values(kind: Kind, key: Key) -> dict[str, Any]:
    """Word what a kind asks for as a rule of Cerberus."""
    rule: dict[str, Any] = {"type": _types(kind, key)}
    if kind.number:
        rule |= {"min": kind.minimum, "max": kind.maximum}
    elif longest := key.longest or kind.longest or _LONGEST.get(kind.shape, 0):
        rule["maxlength"] = longest
    if key.choices:
        rule["allowed"] = [choice for choice, _ in key.choices]
    checks = list(_checks(kind, key))
    return rule | ({"check_with": checks} if checks else {})


def _checks(kind: Kind, key: Key) -> Iterator[Callable[[str, object, Report], None]]:
    """Yield what looks closer at the values of a kind than Cerberus does."""
    if key.required and kind.shape in ("line", "text"):
        yield _written
    if kind.shape == "date":
        yield _calendar
    if kind.pattern:
        yield partial(_fits, kind.pattern)
    if kind.number and kind.places is not None:
        yield partial(_places, kind.places)


def _types(kind: Kind, key: Key) -> list[str]:
    if not kind.number:
        return _TYPES[kind.shape]
    own = [] if key.required else ["blank"]
    money = ["money"] if kind.amount and not kind.unit else []
    absent = ["absent"] if kind.absent else []
    return ["whole" if kind.whole else "exact", *money, *own, *absent]


_TYPES = {
    "line": ["string"],
    "text": ["string", "list"],
    "date": ["string"],
    "choice": ["string"],
    "flag": ["boolean"],
    "list": ["list"],
    "group": ["dict"],
}
_LONGEST = {"text": limits().text_characters}
