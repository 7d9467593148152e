"""What a name in a template may stand for, told by samples: values of real views."""

from collections.abc import Iterable, Mapping
from typing import Any

from toolkit.view.model import Names, TableView

Samples = tuple[Any, ...]
"""A few values that stand for all a name may have; `ANY` among them if not all are known."""

Scope = dict[str, Samples]
"""Names in force at a place of a template, with what each may be."""

_MOST = 40


class _Any:
    """Stands for a value nothing is known of."""

    def __repr__(self) -> str:
        return "ANY"


class Gives:
    """Stands for a function; ``samples`` are what it gives."""

    def __init__(self, samples: Samples) -> None:
        self.samples = samples

    def __call__(self) -> Samples:
        """Return the samples: a function can be called."""
        return self.samples


ANY = _Any()
UNKNOWN: Samples = (ANY,)


def samples(values: Iterable[object]) -> Samples:
    """Keep one of each shape."""
    kept: dict[object, object] = {}
    for value in values:
        kept.setdefault(_shape(value), value)
        if len(kept) >= _MOST:
            break
    return tuple(kept.values())


def _shape(value: object) -> object:
    if isinstance(value, Mapping):
        return type(value), tuple(sorted(map(str, value)))
    if isinstance(value, list | tuple):
        return type(value), _shape(value[0]) if value else None
    if isinstance(value, str | int | float):
        return type(value), bool(value)
    if hasattr(value, "__dataclass_fields__"):
        # two sections are alike only if both have tables, or neither has
        return type(value), *(bool(getattr(value, name)) for name in value.__dataclass_fields__)
    return type(value), id(value)


def members(values: Samples) -> Samples:
    """Return what a loop over the values gives; unknown where nothing is in any of them."""
    found: list[object] = []
    for value in values:
        if isinstance(value, Mapping | list | tuple | set | frozenset | TableView):
            found += list(value)
        else:
            found.append(ANY)
    return samples(found) or UNKNOWN


def names_of(value: object) -> list[str]:
    """Return the names a value has, for “did you mean”."""
    if isinstance(value, Mapping):
        return [str(name) for name in value]
    fields = getattr(type(value), "__dataclass_fields__", None)
    if fields is not None:
        shown = [
            name for name in vars(type(value)) if isinstance(vars(type(value))[name], property)
        ]
        return [*fields, *shown]
    return [name for name in dir(value) if not name.startswith("_")]


def has(value: object, name: str) -> bool:
    """Whether ``value.name`` is there as templates look it up: item first, then attribute."""
    if isinstance(value, Names):
        return name in value or name in ("items", "keys", "values", "get")
    if isinstance(value, Mapping):
        return name in value or hasattr(value, name)
    return hasattr(value, name)
