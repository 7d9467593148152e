"""Strict reading of a form file: an unknown or missing key is said with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.diagnostics import Position
from toolkit.errors import FormError
from toolkit.messages import Text, text
from toolkit.sources import Mapping, Node, Scalar, Sequence


def fault(position: Position, message: Text, remedy: Text | None = None) -> FormError:
    """Make an error that begins with its place, and says what to do where that is not plain."""
    if remedy is not None:
        message = text("{message} {remedy}", message=message, remedy=remedy)
    return FormError(text("{place}: {message}", place=str(position), message=message))


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ID = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class Fields:
    """One mapping of a form file, read key by key."""

    node: Mapping

    @classmethod
    def of(cls, node: Node, allowed: str) -> "Fields":
        """Take a mapping that may have the allowed keys (parted by spaces) and no others."""
        if not isinstance(node, Mapping):
            raise fault(node.position, text("Keys with values are expected here."))
        names = allowed.split()
        for entry in node:
            if entry.key not in names:
                message = text(
                    "“{key}” is not known here; known are: {names}.",
                    key=entry.key,
                    names=", ".join(names),
                )
                raise fault(entry.position, message)
        return cls(node)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without a default it must be there."""
        node = self.find(key)
        if node is None:
            if default is None:
                raise fault(self.node.position, text("“{key}” is missing here.", key=key))
            return default
        if not isinstance(node, Scalar) or node.value is None:
            raise fault(node.position, text("“{key}” must be a text.", key=key))
        return self._printable(node, key, empty=default is not None)

    def _printable(self, node: Scalar, key: str, *, empty: bool = False) -> str:
        """Refuse an empty text where one must be, and characters that no document may hold."""
        if _CONTROL.search(node.raw) or not (empty or node.raw.strip()):
            raise fault(node.position, text("“{key}” must be a text.", key=key))
        return node.raw

    def id(self, key: str = "id", default: str | None = None) -> str:
        """Return an id: letters, digits and _, a letter first, so that paths can be made of it."""
        name = self.text(key, default)
        if name and not _ID.fullmatch(name):
            message = text("“{id}” is no id: letters, digits and _, with a letter first.", id=name)
            raise fault((self.find(key) or self.node).position, message)
        return name

    def number(self, key: str, least: int = 0, most: int = 1_000_000) -> int | None:
        """Return a whole number within its limits, or None when the key is not there."""
        node = self.find(key)
        if node is None:
            return None
        value = node.value if isinstance(node, Scalar) else None
        if type(value) is not int or not least <= value <= most:
            message = text("“{key}” must be a whole number from {least} to {most}.",
                           key=key, least=least, most=most)  # fmt: skip
            raise fault(node.position, message)
        return value

    def flag(self, key: str) -> bool:
        """Return a truth value; False when the key is not there."""
        node = self.find(key)
        if node is None:
            return False
        if not isinstance(node, Scalar) or not isinstance(node.value, bool):
            raise fault(node.position, text("“{key}” must be true or false.", key=key))
        return node.value

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; empty when the key is not there."""
        return tuple(self._word(node, key) for node in self.items(key))

    def _word(self, node: Node, key: str) -> str:
        if not isinstance(node, Scalar) or not node.raw.strip():
            raise fault(node.position, text("“{key}” is a list of texts.", key=key))
        return self._printable(node, key)

    def items(self, key: str) -> Iterator[Node]:
        """Yield the members of a list; none when the key is not there."""
        node = self.find(key)
        if node is None:
            return
        if not isinstance(node, Sequence):
            raise fault(node.position, text("“{key}” must be a list.", key=key))
        yield from node.items

    def find(self, key: str) -> Node | None:
        """Return what stands under a key, or None."""
        entry = self.node.find(key)
        return entry.node if entry else None


def unique(fields: Fields, key: str) -> None:
    """See that no two members of a list have one id.

    Raises:
        FormError: at the second of them.
    """
    seen: set[str] = set()
    for node in fields.items(key):
        entry = node.find("id") if isinstance(node, Mapping) else None
        if entry is None or not isinstance(entry.node, Scalar):
            continue
        if entry.node.raw in seen:
            message = text("The id “{id}” is given twice here.", id=entry.node.raw)
            raise fault(entry.node.position, message)
        seen.add(entry.node.raw)
