"""From an offset in a text to its line and column in the data file."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from toolkit.diagnostics import Position

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "_": "\xa0", "N": "\x85"}
_WIDTHS = {"x": 2, "u": 4, "U": 8}
_SYNTAX = frozenset("-\"'[],|>")


class Locator:
    """One data file, in which characters of values are found again.

    ``content`` is the file with line feeds as line breaks; empty for a workbook, whose cells
    are the finest places there are: a text with a row a line stands in an area (``C5:C9``).
    """

    def __init__(self, content: str) -> None:
        self.content = content
        self._aligned: dict[Position, list[int]] = {}

    def inside(self, start: Position, value: str, offset: int) -> Position:
        """Find where one character of a value stands.

        Args:
            start: where the value begins: its first character, its quote, or its ``|``.
            value: the text as it was read; a list of paragraphs joined.
            offset: 0 ≤ offset < len(value).

        Returns:
            The character's own place; ``start`` when value and file cannot be brought together.
        """
        if start.cell:
            return _row_of(start, value.count("\n", 0, offset))
        at = self.offset(start, value, offset)
        return start if at is None else self._position(start.file, at)

    def offset(self, start: Position, value: str, offset: int) -> int | None:
        """Return the same place as an offset in ``content``, or None."""
        if start.cell or not start.line or not self.content:
            return None
        if start not in self._aligned:
            self._aligned[start] = list(_align(self.content, self._offset(start), value))
        aligned = self._aligned[start]
        while offset < len(value) - 1 and value[offset].isspace():
            offset += 1
        return aligned[offset] if offset < len(aligned) and aligned[offset] >= 0 else None

    def after(self, start: Position, word: str) -> Position:
        """Find a word at or after a place; the place itself when the word is not there."""
        if start.cell or not start.line or not self.content:
            return start
        at = self.content.find(word, self._offset(start))
        return start if at < 0 else self._position(start.file, at)

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        while at := self.content.find("\n", starts[-1]) + 1:
            starts.append(at)
        return starts

    def _offset(self, place: Position) -> int:
        return self._starts[min(place.line, len(self._starts)) - 1] + place.column - 1

    def _position(self, file: str, at: int) -> Position:
        line = bisect_right(self._starts, at)
        return Position(file, line, at - self._starts[line - 1] + 1)


def _row_of(area: Position, line: int) -> Position:
    """Find the cell of one line in an area of a row a line; another cell is its own place."""
    first, _, last = area.cell.partition(":")
    if not last:
        return area
    column = first.rstrip("0123456789")
    row = area.line + line
    return replace(area, line=row, cell=f"{column}{row}")


def _align(content: str, at: int, value: str) -> Iterator[int]:
    """Walk value and file side by side; give the offset in the file of each character.

    Blanks, line breaks, list dashes, quotes and escapes may differ between the two; all else
    must agree, and where it does not the walk ends. A blank of the value has the offset -1.
    """
    if content[at : at + 1] in ("|", ">"):  # go past the header and a comment after it
        at = content.find("\n", at)
    quoted = content[at : at + 1] == '"'
    for character in value:
        if character.isspace():
            yield -1
            continue
        found, size = _find(content, at, character, quoted=quoted)
        if found < 0:
            return
        yield found
        at = found + size


def _find(content: str, at: int, character: str, *, quoted: bool) -> tuple[int, int]:
    """Return where a character next stands in the file, and how many it takes there."""
    while 0 <= at < len(content):
        here = content[at]
        if here == "\\" and quoted:
            meaning, size = _escape(content, at)
            if meaning == character:
                return at, size
            at += size
        elif here == character:
            return at, 2 if content[at : at + 2] == "''" else 1
        elif here == "#":
            at = content.find("\n", at)
        elif here.isspace() or here in _SYNTAX:
            at += 1
        else:
            break
    return -1, 0


def _escape(content: str, at: int) -> tuple[str, int]:
    letter = content[at + 1 : at + 2]
    if letter in _WIDTHS:
        digits = content[at + 2 : at + 2 + _WIDTHS[letter]]
        try:
            return chr(int(digits, 16)), 2 + len(digits)
        except ValueError:
            return "", 2
    return _ESCAPES.get(letter, letter), 2
