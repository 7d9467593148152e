"""The line of a file a finding is about, with a caret under the place."""

import re
import unicodedata

WIDTH = 100
"""Columns of source text shown at most; the caret is always among them."""

_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_COMMAND = re.compile(r"#(?=#(?:vso)?\[)|^\s*:(?=:)")
"""What makes a CI runner see a command: ``::error`` first in a line, ``##[…]``, ``##vso[…]``."""


def printable(words: str) -> str:
    """Replace what would move a terminal's cursor, change its colours or turn text round.

    So is what a CI runner that reads along would take for a command.
    """
    harmless = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", words)
    return _COMMAND.sub("\N{REPLACEMENT CHARACTER}", harmless)


def printable_lines(words: str) -> str:
    """Do the same with a text of several lines."""
    return "\n".join(map(printable, words.split("\n")))


def width(words: str) -> int:
    """Columns a text takes in a terminal: a Chinese character two, a combining mark none."""
    return sum(_columns(character) for character in words)


def frame(line: str, column: int, length: int) -> tuple[str, str]:
    """Cut a line round a place, and mark the place.

    Args:
        line: one line of a file.
        column: where the place begins; counted in characters, from 1.
        length: how many characters it has.

    Returns:
        The line, shortened to `WIDTH` columns where needed, and the line of carets under it.
    """
    line = printable(line.replace("\t", " "))
    start = min(max(column - 1, 0), len(line))
    first = _first_shown(line, start)
    shown, used = "…" if first else "", 1 if first else 0
    end = first
    while end < len(line) and used + _columns(line[end]) <= WIDTH - 1:
        used += _columns(line[end])
        end += 1
    shown += line[first:end] + ("…" if end < len(line) else "")
    before = (1 if first else 0) + width(line[first:start])
    marked = max(1, width(line[start : min(end, start + max(length, 1))]))
    return shown, " " * before + "^" * marked


def _first_shown(line: str, start: int) -> int:
    """Leave a third of the width before the place, if the line does not fit."""
    if len(line) <= WIDTH and width(line) <= WIDTH:
        return 0
    first, room = start, WIDTH // 3
    while first > 0 and room >= _columns(line[first - 1]):
        first -= 1
        room -= _columns(line[first])
    return first


def _columns(character: str) -> int:
    if character < "\u0300":
        return 1
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
