"""One slip with its place, its words and the edits that mend it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from toolkit.messages import Text

Words = tuple[Text, Text]
"""Fault and remedy."""

Place = Callable[[int, int], tuple[int, int]]
"""Line and column in a mended text → the same place in the text as it was written."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """One replacement within a line; line and column count from 1."""

    line: int
    column: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip; ``edits`` lead to a text in which it is mended."""

    line: int
    column: int
    words: Words
    edits: tuple[Edit, ...] = ()
    length: int = 1

    @property
    def is_safe(self) -> bool:
        """Whether it is mended by writing a sign half-width, or by a blank after a colon."""
        return bool(self.edits) and all(_is_safe(edit) for edit in self.edits)


_SAME = {
    ":": "：﹕︰∶:",
    ",": "，、；;﹐﹔",
    "{": "｛﹛",
    "}": "｝﹜",
    "[": "［",
    "]": "］",
    "|": "｜丨︱│∣",
    "#": "＃﹟",
    "-": "－﹣-",
    '"': "”“＂",
    "'": "’‘＇",
}
"""Half-width sign → the signs that are typed for it."""


def _is_safe(edit: Edit) -> bool:
    sign = edit.new.strip()
    if not sign:
        return edit.new == " " and edit.old in ("", "\u3000", "\u00a0")
    return len(edit.old) == 1 and edit.old in _SAME.get(sign, "")


def mended(content: str, slips: Iterable[Slip]) -> tuple[str, Place]:
    """Mend a text.

    Returns:
        The mended text, and what leads from a place in it to the place in ``content``.
    """
    lines = content.split("\n")
    by_line: dict[int, list[Edit]] = {}
    for edit in sorted({edit for slip in slips for edit in slip.edits}):
        by_line.setdefault(edit.line, []).append(edit)
    for number, edits in by_line.items():
        lines[number - 1] = _edited(lines[number - 1], edits)

    def place(line: int, column: int) -> tuple[int, int]:
        return line, _column(column, by_line.get(line, ()))

    return "\n".join(lines), place


def _edited(line: str, edits: list[Edit]) -> str:
    for edit in reversed(edits):
        start = edit.column - 1
        line = line[:start] + edit.new + line[start + len(edit.old) :]
    return line


def _column(column: int, edits: Iterable[Edit]) -> int:
    """Go back over the edits before a column."""
    shift = 0
    for edit in edits:
        start = edit.column + shift
        if column < start:
            break
        if column < start + len(edit.new):
            return edit.column
        shift += len(edit.new) - len(edit.old)
    return column - shift
