"""What is said about a value that breaks the schema: the fault, and what to do."""

import math
import unicodedata
from decimal import Decimal

from toolkit.forms import Key
from toolkit.forms.values import LARGEST, Money
from toolkit.limits import limits, variable
from toolkit.messages import Text, text
from toolkit.notation.width import odd_digit
from toolkit.validation.names import known_names, nearest

Words = tuple[str, Text, Text]
"""Code, fault, remedy."""


def unknown(name: str, keys: tuple[Key, ...]) -> Words:
    """N111, with the nearest known name."""
    near = nearest(name, keys)
    message = text("“{name}” is not known here.", name=name)
    if near:
        return "N111", message, text("Did you mean “{near}”?", near=near)
    known = list(dict.fromkeys(known_names(keys)))
    if not known:
        return "N111", message, text("No keys stand under this one; give a single value.")
    names = ", ".join(known[:12])
    return (
        "N111",
        message,
        text(
            "Known here: {names}. A line of the text above is indented by two blanks.", names=names
        ),
    )


def missing(key: Key) -> Words:
    """N112: something required is not there."""
    return (
        "N112",
        text("“{label}” ({id}) is missing.", label=key.label, id=key.id),
        text("Give it its keys, such as “{key}”.", key=key.keys[0].id)
        if key.keys
        else text("Add it.")
        if key.holds.single
        else text("Add it; where there is nothing to report, say so (无)."),
    )


def empty(key: Key) -> Words:
    """N112: a required text is there, and empty."""
    return (
        "N112",
        text("“{label}” ({id}) is empty.", label=key.label, id=key.id),
        text("Write it.")
        if key.holds.shape != "text"
        else text("Write it; where there is nothing to report, say so (无)."),
    )


def wrong_kind(value: object, key: Key) -> Words:
    """N113 to N118: the value is not of the kind the form asks for."""
    if key.holds.number:
        return _not_a_number(value, key)
    if key.keys:
        return (
            "N113",
            text("“{label}” holds several values; a single one stands here.", label=key.label),
            text("Give it its keys, such as “{key}”.", key=key.keys[0].id),
        )
    if key.holds.shape == "list":
        return "N113", text("A list is expected here."), text("Begin each line with “- ”.")
    if key.holds.shape == "flag":
        return (
            "N113",
            text("true or false is expected here."),
            text("Write true (是) or false (否)."),
        )
    return "N113", text("A text is expected here."), text("Write one text, in quotes if need be.")


def _not_a_number(value: object, key: Key) -> Words:
    write = _write(key)
    if isinstance(value, bool):
        return "N113", text("A truth value stands where a number belongs."), write
    if isinstance(value, float) and not math.isfinite(value):
        return "N118", text("This is not a number (NaN or infinity)."), write
    if isinstance(value, Decimal | float | Money):
        message = text("{value} is not a whole number.", value=str(value))
        return "N115", message, text("Counts are whole: 件 have no fractions.")
    if isinstance(value, dict | list):
        return "N113", text("Several values stand where one number belongs."), write
    return "N113", _no_number(str(value)), write


def _no_number(value: str) -> Text:
    sign = odd_digit(value)
    if sign:
        return text("“{value}” is not a number: “{sign}” is no plain digit.",
                    value=_short(value), sign=sign)  # fmt: skip
    hidden = next((c for c in value if unicodedata.category(c) in ("Cf", "Cc", "Co")), "")
    if hidden:
        return text("“{value}” is not a number: it holds a character nobody sees (U+{code:04X}).",
                    value=_short(value), code=ord(hidden))  # fmt: skip
    return text("“{value}” is not a number.", value=_short(value))


def _write(key: Key) -> Text:
    if not key.holds.counted:
        return text("Write a year of four digits, such as 2024.")
    unit = key.holds.wanted or text("a number")
    return text("Write {unit} in digits, such as 0 or 12.", unit=unit)


def too_small(value: object, key: Key) -> Words:
    """N114 for a number below the least of its kind, N117 for a year before any report."""
    if not key.holds.counted:
        return _year(value, key)
    if key.holds.minimum != 0:
        message = text("{value} is less than {least}.", value=str(value), least=key.holds.minimum)
        return "N114", message, text("Write {least} or more.", least=key.holds.minimum)
    message = text("{value} is less than 0.", value=str(value))
    return "N114", message, text("Counts and amounts are 0 or more.")


def too_large(value: object, key: Key) -> Words:
    """N117: beyond what its kind allows, or anything a report can hold."""
    if not key.holds.counted:
        return _year(value, key)
    message = text("{value} is too large.", value=_short(value))
    most = key.holds.maximum
    if most != LARGEST:
        return "N117", message, text("Write {most} or less.", most=most)
    remedy = text("The largest number read is {limit}; look for digits typed twice.", limit=LARGEST)
    return "N117", message, remedy


def too_exact(value: object, key: Key) -> Words:
    """N115: more digits behind the point than the kind has."""
    message = text("{value} has more than {places} decimals.",
                   value=str(value), places=key.holds.places)  # fmt: skip
    return "N115", message, text("Round it to {places} decimals.", places=key.holds.places)


def not_fitting(value: object, key: Key) -> Words:
    """N113: a line that does not fit the pattern of its kind."""
    message = text("“{value}” is not written as “{label}” is.",
                   value=_short(value), label=key.label)  # fmt: skip
    return "N113", message, text("It must fit {pattern}.", pattern=key.holds.pattern)


def _year(value: object, key: Key) -> Words:
    message = text("There is no report for the year {value}.", value=_short(value))
    return (
        "N117",
        message,
        text("Years go from {first} to {last}.", first=key.holds.minimum, last=key.holds.maximum),
    )


def too_long(value: object, limit: object) -> Words:
    """N121: a text beyond its limit."""
    size = len(value) if isinstance(value, str | list) else 0
    message = text("The text has {size} characters; {limit} are allowed.", size=size, limit=limit)
    if limit == limits().text_characters:
        name = variable("text_characters")
        return "N121", message, text("Shorten it, or set {variable} higher.", variable=name)
    return "N121", message, text("Shorten it.")


def too_many(value: object, limit: object) -> Words:
    """N121: more rows than a table may have."""
    size = len(value) if isinstance(value, list) else 0
    message = text("The table has {size} rows; {limit} are allowed.", size=size, limit=limit)
    return "N121", message, text("Join rows, or take some out.")


def not_allowed(value: object, key: Key) -> Words:
    """N122: a word that is none of the choices."""
    message = text("“{value}” is none of the choices.", value=_short(value))
    choices = ", ".join(f"{choice} ({label})" for choice, label in key.choices)
    return "N122", message, text("Choose one of: {choices}.", choices=choices)


def not_a_date(value: object) -> Words:
    """N123: no date, or one that is in no calendar."""
    message = text("“{value}” is not a date.", value=_short(value))
    remedy = text(
        "Write year, month and day of a day there is, such as 2023-01-20 or 2023年1月20日."
    )
    return "N123", message, remedy


def _short(value: object) -> str:
    shown = str(value)
    return shown if len(shown) <= 40 else shown[:39] + "…"
