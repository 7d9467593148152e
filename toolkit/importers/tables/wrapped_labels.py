"""Words that stand about a page → whole labels of the form, though broken over lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.importers.blocks import Word
from toolkit.importers.tables.rows import Labels

_PARTS = 12
"""A label may be broken over so many pieces, as where a column is one character wide."""
_LINES = 6.5
"""Lines; a label's next line is not further below than this."""
_TRIES = 4
_BESIDE = 1.6
"""Widths of a character; words further apart are in different cells."""
_ASIDE = 0.9
"""Widths of a character; a text's columns are that far off where they follow a printed page."""


@dataclass(frozen=True, slots=True)
class Stack:
    """A label put together; ``known`` is true if the form has exactly this label."""

    words: str
    parts: tuple[Word, ...]
    known: bool = True

    @property
    def left(self) -> float:
        """Its left edge."""
        return min(part.left for part in self.parts)

    @property
    def right(self) -> float:
        """Its right edge."""
        return max(part.right for part in self.parts)

    @property
    def middle(self) -> float:
        """The middle between its edges."""
        return (self.left + self.right) / 2

    @property
    def top(self) -> float:
        """Its first line."""
        return min(part.line for part in self.parts)

    @property
    def bottom(self) -> float:
        """Its last line."""
        return max(part.line for part in self.parts)


def overlap(one: Stack | Word, other: Stack | Word) -> bool:
    """Whether two stand over each other, at least in part."""
    return one.left < other.right and other.left < one.right


def stacks(words: Sequence[Word], labels: Labels, pitch: float) -> list[Stack]:
    """Put all labels together that the form knows exactly; what is left stands alone.

    Args:
        words: those that are no values, in any order.
        labels: of the form.
        pitch: distance of two lines.
    """
    waiting = sorted(words, key=lambda word: (word.line, word.left))
    found: list[Stack] = []
    while waiting:
        parts = _longest([waiting[0]], waiting, labels, pitch)
        known = bool(parts)
        parts = parts or waiting[:1]
        found.append(Stack("".join(part.words for part in parts), tuple(parts), known))
        waiting = [word for word in waiting if word not in parts]
    return found


def _longest(parts: list[Word], words: Sequence[Word], labels: Labels, pitch: float) -> list[Word]:
    """Return the longest label that begins with these parts, or nothing."""
    begun = "".join(part.words for part in parts)
    if len(parts) > _PARTS or not labels.starts(begun):
        return []
    for following in _next(parts, words, pitch):
        longer = _longest([*parts, following], words, labels, pitch)
        if longer:
            return longer
    return parts if labels.is_known(begun) else []


def _next(parts: list[Word], words: Sequence[Word], pitch: float) -> list[Word]:
    """Return the word at the right, then the first ones below."""
    last = parts[-1]
    left, right = min(part.left for part in parts), max(part.right for part in parts)
    char = (last.right - last.left) / max(len(last.words), 1)
    space, slack = _BESIDE * char, _ASIDE * char
    beside = [w for w in words if w.line == last.line and 0 <= w.left - last.right <= space]
    below = [
        word
        for word in words
        if last.line < word.line <= last.line + _LINES * pitch
        and word.left < right + slack
        and left < word.right + slack
    ]
    return [word for word in (*beside, *below[:_TRIES]) if word not in parts]
