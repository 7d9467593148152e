"""``kinds:`` of a form: kinds of values made of those there are, as data."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from toolkit.forms.kinds import Kind, known
from toolkit.forms.reader import Fields, fault
from toolkit.messages import text
from toolkit.sources import Entry, Scalar
from toolkit.sources import Mapping as Node

Kinds = Mapping[str, Kind]
"""Kinds that a form may name, by id."""
_KIND = "base unit places min max pattern choices longest"
_OF_SHAPE = {
    "number": frozenset({"unit", "places", "min", "max"}),
    "line": frozenset({"pattern", "longest"}),
    "text": frozenset({"longest"}),
    "choice": frozenset({"choices"}),
}
"""What may be said of values of a shape; anything else would never be looked at."""
_MOST_PLACES = 12
_PARTS = re.compile('[,;=?"\n]')
"""Signs that part choices in a workbook."""
AMOUNTS = ("元", "万元", "亿元")
"""Units of money; an amount in another of them is brought to that of its kind by import."""


def kinds(form: Fields) -> dict[str, Kind]:
    """Return the kinds a form may name: those there are, and its own by ``kinds:``.

    Raises:
        FormError: an entry has no such base, or says what its base does not ask for.
    """
    found = known()
    absent = form.text("not_applicable", "").strip()
    if absent:
        found = {name: replace(k, absent=absent if k.counted else "") for name, k in found.items()}
    node = form.find("kinds")
    if node is None:
        return found
    if not isinstance(node, Node):
        raise fault(node.position, text("Keys with values are expected here."))
    for entry in node:
        made = _kind(entry, found)
        before = found.get(entry.key)
        if before is not None and before.shape != made.shape:
            message = text(
                "The kind “{id}” is there already, and holds other values.", id=entry.key
            )
            raise fault(entry.position, message)
        found[entry.key] = made
    return found


def named(fields: Fields, key: str, name: str, every: Kinds) -> Kind:
    """Return the kind of this name.

    Raises:
        FormError: there is none, at the key that names it.
    """
    if name in every:
        return every[name]
    message = text("“{key}” is one of: {names}.", key=key, names=", ".join(sorted(every)))
    raise fault((fields.find(key) or fields.node).position, message)


def _kind(entry: Entry, every: Kinds) -> Kind:
    fields = Fields.of(entry.node, _KIND)
    base = named(fields, "base", fields.text("base"), every)
    for other in fields.node:
        if other.key != "base" and other.key not in _OF_SHAPE.get(base.shape, ()):
            message = text("“{key}” says nothing of values of the kind “{base}”.",
                           key=other.key, base=base.id)  # fmt: skip
            raise fault(other.position, message)
    made = replace(base, id=entry.key, base=base.base or base.id, **_limits(fields))
    made = replace(made, amount=made.amount or made.unit in AMOUNTS)
    if None not in (made.minimum, made.maximum) and made.minimum > made.maximum:  # type: ignore[operator]  # both are there
        raise fault(entry.position, text("“min” is more than “max” here."))
    return made


def _limits(fields: Fields) -> dict[str, Any]:
    """Return what an entry says in place of its base."""
    given: dict[str, Any] = {
        name: _amount(fields, key) for key, name in (("min", "minimum"), ("max", "maximum"))
    }
    given["places"] = fields.number("places", most=_MOST_PLACES)
    given["longest"] = fields.number("longest", least=1)
    given["unit"] = fields.text("unit", "")
    given["pattern"] = pattern(fields)
    given["choices"] = choices(fields)
    found = {name: value for name, value in given.items() if value not in (None, "", ())}
    if "unit" in found:  # the guide and the prompt of the base may speak of another unit
        found |= {"guide": text("in {unit}", unit=found["unit"]), "prompt": None}
    return found


def _amount(fields: Fields, key: str) -> Decimal | None:
    node = fields.find(key)
    if node is None:
        return None
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise fault(node.position, text("“{key}” must be a number.", key=key))
    return Decimal(value)


def pattern(fields: Fields) -> str:
    """Return the pattern that a whole line must fit."""
    words = fields.text("pattern", "")
    try:
        re.compile(words)
    except (re.error, RecursionError, OverflowError) as error:
        message = text("“{key}” is no pattern: {problem}.", key="pattern", problem=error)
        raise fault((fields.find("pattern") or fields.node).position, message) from None
    return words


def choices(fields: Fields) -> tuple[tuple[str, str], ...]:
    """Return the words of ``choices`` with their labels; a plain word is its own label."""
    found: list[tuple[str, str]] = []
    for node in fields.items("choices"):
        if isinstance(node, Scalar):
            found.append((node.raw, node.raw))
        else:
            choice = Fields.of(node, "id label")
            found.append((choice.text("id"), choice.text("label")))
    words = [word for pair in found for word in set(pair)]
    wrong = next((word for word in words if _PARTS.search(word)), None)
    if wrong is not None:
        message = text("“{word}” is no choice: it holds one of , ; = ? and quotes.", word=wrong)
        raise fault((fields.find("choices") or fields.node).position, message)
    twice = next((word for word in words if words.count(word) > 1), None)
    if twice is not None:
        message = text("The id “{id}” is given twice here.", id=twice)
        raise fault((fields.find("choices") or fields.node).position, message)
    return tuple(found)
