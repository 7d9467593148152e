"""JSON data files. Python's own reader judges the syntax; the tree is built with places."""

import json
import re
from decimal import Decimal
from json.decoder import scanstring  # type: ignore[attr-defined]  # undocumented, stable since 2.7

from toolkit.diagnostics import Finding, Position
from toolkit.sources import faults
from toolkit.sources.build import Builder
from toolkit.sources.node import Node, Scalar

_TOKEN = re.compile(r"[ \t\r\n,:]*(?:([{\[])|([}\]])|(\")|([^\s,:{}\[\]\"]+))")
_WORDS: dict[str, object] = {
    "true": True,
    "false": False,
    "null": None,
    "NaN": float("nan"),
    "Infinity": float("inf"),
    "-Infinity": float("-inf"),
}


def parse(content: str, file: str, known: object = None) -> tuple[Node | None, tuple[Finding, ...]]:
    """Read one JSON text; see `toolkit.sources.yaml.parse` for what it gives and raises."""
    builder = _build(content, file)
    try:
        json.loads(content, parse_int=str, parse_float=str)  # numbers are read by `_number`
    except json.JSONDecodeError as error:
        place = Position(file, error.lineno, error.colno)
        raise faults.broken_json(place, error.msg) from None
    return builder.root, tuple(builder.findings)


def _build(content: str, file: str) -> Builder:
    """Walk the tokens. Runs before the syntax check, so that depth is limited first.

    A broken text may give a wrong tree here; it is thrown away when the check fails.
    """
    builder, lines = Builder(file), _Lines(content)
    at, depth = 0, 0
    while match := _TOKEN.match(content, at):
        opening, closing, quote, word = match.groups()
        start, at = match.start(match.lastindex or 0), match.end()
        place = builder.place(*lines.place(start))
        if opening:
            depth += 1
            (builder.open_mapping if opening == "{" else builder.open_sequence)(place)
        elif closing:
            if depth == 0:
                break
            depth -= 1
            builder.close()
        elif quote:
            try:
                value, at = scanstring(content, at, True)
            except json.JSONDecodeError:
                break
            builder.value(Scalar(value, value, place, plain=False))
        else:
            builder.value(Scalar(_number(word), word, place))
        if depth == 0:
            break
    return builder


def _number(word: str) -> object:
    if word in _WORDS:
        return _WORDS[word]
    if re.fullmatch(r"-?[0-9]{1,400}", word):
        return int(word)
    if re.fullmatch(r"-?[0-9]{1,400}(\.[0-9]{1,400})?([eE][-+]?[0-9]{1,3})?", word):
        return Decimal(word)
    return word


class _Lines:
    """Line and column of an offset; offsets must come in rising order."""

    def __init__(self, content: str) -> None:
        self._content, self._line, self._start = content, 1, 0

    def place(self, offset: int) -> tuple[int, int]:
        while (end := self._content.find("\n", self._start, offset)) >= 0:
            self._line, self._start = self._line + 1, end + 1
        return self._line, offset - self._start + 1
