"""A tree of values → the text of a YAML data file that reads back as the same tree."""

import json
from collections.abc import Callable, Iterator
from decimal import Decimal

from toolkit.sources.node import Mapping, Node, Scalar
from toolkit.sources.node import Sequence as List

_LONG = 40
"""Characters from which on a text is a block."""

Note = Callable[[tuple[str, ...]], str]
"""Path → what a comment at its line says, or ``""``."""


def dump(root: Mapping, note: Note = lambda path: "") -> str:
    """Word a data file.

    Args:
        root: keys and values; a text of several lines becomes a block where YAML can hold it.
        note: gives the comment at the line of a key.
    """
    return "\n".join(_lines(root, (), note)) + "\n"


def _lines(node: Mapping, above: tuple[str, ...], note: Note) -> Iterator[str]:
    pad = "  " * len(above)
    for entry in node:
        path = (*above, entry.key)
        told = note(path)
        comment = f"  # {' '.join(told.split())}" if told else ""
        key = _key(entry.key)
        below = entry.node
        if isinstance(below, Scalar):
            yield from _scalar(f"{pad}{key}:", below, pad, comment)
        elif isinstance(below, List):
            yield f"{pad}{key}:{' []' * (not below.items)}{comment}"
            yield from (f"{pad}  - {_flow(item)}" for item in below.items)
        elif not below.entries:
            yield f"{pad}{key}: {{}}{comment}"
        elif all(isinstance(e.node, Scalar) for e in below) and _short(below):
            yield f"{pad}{key}: {_flow(below)}{comment}"
        else:
            yield f"{pad}{key}:{comment}"
            yield from _lines(below, path, note)


def _scalar(head: str, node: Scalar, pad: str, comment: str) -> Iterator[str]:
    words = node.value
    if not isinstance(words, str) or not _is_block(words):
        yield f"{head} {_flow(node)}{comment}"
        return
    yield f"{head} |-{comment}"
    yield from (f"{pad}  {line}" if line else "" for line in words.split("\n"))


def _is_block(words: str) -> bool:
    """Whether a literal block gives the text back unchanged."""
    lines = words.split("\n")
    plain = all(c in "\n\u3000" or c.isprintable() for c in words)
    begins = bool(lines[0]) and not lines[0][0].isspace()
    return len(words) > _LONG and plain and begins and bool(lines[-1])


def _short(node: Mapping) -> bool:
    """Whether a mapping fits on its line: numbers do, texts have lines of their own."""
    values = [entry.node.value for entry in node if isinstance(entry.node, Scalar)]
    return bool(node.entries) and not any(isinstance(value, str) for value in values)


def _flow(node: Node) -> str:
    if isinstance(node, Mapping):
        return "{" + ", ".join(f"{_key(e.key)}: {_flow(e.node)}" for e in node) + "}"
    if isinstance(node, List):
        return "[" + ", ".join(map(_flow, node.items)) + "]"
    value = node.value
    if value is None or isinstance(value, bool | int):
        return json.dumps(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, float):
        return f".{value}".replace(".-", "-.")
    return json.dumps(str(value), ensure_ascii=not str(value).isprintable())


def _key(word: str) -> str:
    return word if word.isidentifier() and word.isascii() else json.dumps(word, ensure_ascii=False)
