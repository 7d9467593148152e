"""What filters make of samples."""

from toolkit.render.lint.samples import ANY, UNKNOWN, Samples, members

_ONE = frozenset({"first", "last", "min", "max", "random"})
_SAME = frozenset({"list", "sort", "reverse", "unique", "select", "reject", "slice"})
_TEXT = frozenset(
    "upper lower title capitalize trim replace e escape join string format indent safe "
    "truncate wordwrap center striptags balanced percent after_number between_words "
    "urlencode".split()
)
_NUMBER = frozenset({"length", "count", "int", "float", "round", "abs", "sum", "wordcount"})


def filtered(name: str, values: Samples) -> Samples:
    """Return samples of ``values|name``."""
    if name in _ONE:
        return members(values)
    if name in _SAME:
        return values if ANY in values else (list(members(values)),)
    if name in _TEXT:
        return ("",)
    return (1,) if name in _NUMBER else UNKNOWN


def picked_by(name: str, values: Samples, picked: Samples) -> Samples:
    """Return samples of ``values|name(attribute=…)``; ``picked`` are those of the attribute."""
    if name == "attr":
        return picked
    if name == "map":
        return (list(picked),)
    if name in ("select", "reject", "selectattr", "rejectattr", "sort", "unique"):
        return (list(members(values)),)
    return filtered(name, values) if name in _TEXT | _NUMBER | _ONE else UNKNOWN
