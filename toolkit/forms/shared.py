"""The fields that every data file may hold, as ``schemas/report.yaml`` has them, said once."""

from collections.abc import Iterator
from functools import lru_cache

from toolkit import resources
from toolkit.forms.keys import field
from toolkit.forms.kinds import known
from toolkit.forms.labels import normal
from toolkit.forms.model import Key
from toolkit.forms.reader import Fields
from toolkit.sources import Entry, Mapping, Node, read


@lru_cache(maxsize=1)
def nodes() -> tuple[Node, ...]:
    """Return the fields as they are written, for a form to read with kinds of its own."""
    root = read(resources.schemas() / "report.yaml").root
    return tuple(Fields.of(root, "fields").items("fields"))


@lru_cache(maxsize=1)
def _keys() -> tuple[Key, ...]:
    kinds = known()
    return tuple(field(node, kinds) for node in nodes())


def ids() -> frozenset[str]:
    """Return the ids of the fields."""
    return frozenset(key.id for key in _keys())


def entry(root: Node, *path: str) -> Entry | None:
    """Return a field of a data file, by its id, its label or another spelling of it.

    Args:
        root: the file.
        path: ids from the top, such as ``("organization", "region")``.
    """
    keys, found = _keys(), None
    for step in path:
        key = next(key for key in keys if key.id == step)
        names = set(spellings(key))
        entries = root if isinstance(root, Mapping) else ()
        found = next((one for one in entries if normal(one.key) in names), None)
        if found is None:
            return None
        root, keys = found.node, key.keys
    return found


def spellings(key: Key) -> Iterator[str]:
    """Yield the names a field goes by in a data file, in the spelling they are compared in."""
    for name in (key.id, key.label, *key.variants):
        yield normal(name)
