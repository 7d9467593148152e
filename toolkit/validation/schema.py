"""Form → Cerberus schema. With `validate`, the only modules that know Cerberus."""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from cerberus import TypeDefinition, Validator
from cerberus.schema import DefinitionSchema

from toolkit.forms import Form, Key
from toolkit.limits import limits
from toolkit.validation.values import LARGEST, Blank, Money

FIRST_YEAR = 2008
"""The 政府信息公开条例 has been in force since 1 May 2008; no report is older."""
LAST_YEAR = 2099

_DATE = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")


class FormValidator(Validator):  # type: ignore[misc]  # Cerberus has no types
    """Cerberus with the kinds of a report: blank marks, amounts, exact decimals, real dates."""

    types_mapping = Validator.types_mapping | {
        "blank": TypeDefinition("blank", (Blank,), ()),
        "money": TypeDefinition("money", (Money,), ()),
        "exact": TypeDefinition("exact", (int, Decimal), (bool,)),
        "whole": TypeDefinition("whole", (int,), (bool,)),
    }

    def _check_with_calendar(self, field: str, value: object) -> None:
        """Refuse what is not written 2023-01-20, and 2023-02-30, which is in no calendar."""
        try:
            date.fromisoformat(str(value))
            well_written = _DATE.fullmatch(str(value)) is not None
        except ValueError:
            well_written = False
        if not well_written:
            self._error(field, "calendar")

    def _check_with_written(self, field: str, value: object) -> None:
        """Refuse a text of blanks only."""
        if isinstance(value, str) and not value.strip():
            self._error(field, "empty")


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
        rule = dict(_KINDS[key.kind])
    if key.choices:
        rule["allowed"] = [choice for choice, _ in key.choices]
    if key.longest:
        rule["maxlength"] = key.longest
    if key.required:
        rule["required"] = True
    elif not key.keys and key.kind not in _NUMBERS:
        rule["nullable"] = True
    if key.required and key.kind in ("line", "text"):
        rule["check_with"] = "written"
    return rule


_NUMBERS: dict[str, dict[str, Any]] = {
    "count": {"type": ["whole", "blank"], "min": 0, "max": LARGEST},
    "signed": {"type": ["whole", "blank"], "min": -LARGEST, "max": LARGEST},
    "wan_yuan": {"type": ["exact", "blank"], "min": 0, "max": LARGEST},
    "money": {"type": ["exact", "money", "blank"], "min": 0, "max": LARGEST},
}

_KINDS: dict[str, dict[str, Any]] = {
    **_NUMBERS,
    "line": {"type": "string", "maxlength": 500},
    "word": {"type": "string", "maxlength": 100},
    "choice": {"type": "string"},
    "text": {"type": ["string", "list"], "maxlength": limits().text_characters},
    "date": {"type": "string", "check_with": "calendar"},
    "year": {"type": "whole", "min": FIRST_YEAR, "max": LAST_YEAR},
    "flag": {"type": "boolean"},
    "list": {"type": "list"},
    "earlier_years": {"type": "list"},
    "suppressions": {"type": "list"},
}
