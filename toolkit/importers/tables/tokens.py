"""Lines that were a table → its cells, one after the other: labels put together, numbers parted."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.diagnostics import Position
from toolkit.importers import numbers
from toolkit.importers.blocks import Paragraph
from toolkit.importers.labels import Likeness, key
from toolkit.importers.tables.rows import Labels

_BARS = re.compile(r"[|｜│┃]")
_GAPS = re.compile(r"\t|[ \u00a0\u3000]{2,}")
_TAIL = re.compile(r"(?P<label>.*?[^\d\s])(?P<values>(?:\s+[-+]?[\d,，.]+|\s+[/—-]{1,2})+)")
_GLUED = re.compile(r"(?P<label>.*\w.*?)(?P<mark>[/／—-]{1,2}|无)")
_MOST = 20
_PARTS = 5
"""A label may be broken over so many lines."""


@dataclass(frozen=True, slots=True)
class Token:
    """One cell of the stream; an empty one is a blank cell or what a span left behind."""

    words: str
    place: Position


def tokens(lines: Sequence[Paragraph], labels: Labels) -> list[Token]:
    """Cut lines into cells."""
    if any(_BARS.search(line.text) for line in lines):
        cut = _at_bars(lines, labels)
    else:
        cut = [token for line in lines for token in _of_line(line, labels)]
    return _joined(cut, labels)


def _at_bars(lines: Iterable[Paragraph], labels: Labels) -> list[Token]:
    """Every bar ends a cell; lines without one go on in the next line's cell."""
    found: list[Token] = []
    waiting: list[Token] = []
    for line in lines:
        *ended, rest = _BARS.split(line.text)
        for words in ended:
            found.extend(_one_cell([*waiting, Token(words.strip(), line.place)], labels))
            waiting = []
        if rest.strip():
            waiting.append(Token(rest.strip(), line.place))
    return [*found, *waiting]


def _one_cell(parts: list[Token], labels: Labels) -> list[Token]:
    """Join the lines of one cell; lines before a label in it stand alone."""
    filled = [part for part in parts if part.words]
    if len(filled) <= 1:
        return filled or parts[-1:]
    for start in range(len(filled)):
        words = "\n".join(part.words for part in filled[start:])
        if start == len(filled) - 1 or is_label(words, labels):
            return [*filled[:start], Token(words, filled[start].place)]
    return filled


def _of_line(line: Paragraph, labels: Labels) -> list[Token]:
    """Cut a line at wide gaps; at single spaces only where every piece is a label or a value."""
    words = [part.strip() for part in _GAPS.split(line.text.strip())]
    if len(words) == 1 and (match := _TAIL.fullmatch(words[0])):
        words = [match["label"], *match["values"].split()]
    single = words[0].split()
    whole = len(single) not in range(2, _MOST) or is_exact(words[0], labels)
    if not whole and all(is_value(part) or labels.is_piece(part) for part in single):
        words = [*single, *words[1:]]
    parts = [part for word in words for part in _values_of(word)]
    return [Token(piece, line.place) for part in parts for piece in _unglued(part, labels)]


def _unglued(words: str, labels: Labels) -> list[str]:
    """Part a label from the mark for a blank that stands close behind it."""
    match = _GLUED.fullmatch(words)
    found = labels.row(match["label"]) if match else None
    if match is None or found is None or found.likeness is not Likeness.EXACT:
        return [words]
    return [match["label"], match["mark"]]


def _values_of(words: str) -> list[str]:
    """Part numbers that stand side by side."""
    parts = words.split()
    numbered = len(parts) > 1 and all(numbers.read(p).kind == "number" for p in parts)
    return parts if numbered else [words]


def _joined(cut: list[Token], labels: Labels) -> list[Token]:
    """Put labels together that are broken over lines."""
    found: list[Token] = []
    index = 0
    while index < len(cut):
        length = _length(cut[index : index + _PARTS], labels)
        words = "".join(token.words for token in cut[index : index + length])
        found.append(Token(words, cut[index].place))
        index += length
    return found


def _length(cut: Sequence[Token], labels: Labels) -> int:
    """Report how many tokens make the longest label of the form; 1 where none begins here."""
    words, longest = cut[0].words, 1
    if not key(words) or is_value(words):
        return 1
    for length in range(2, len(cut) + 1):
        more = cut[length - 1].words
        words += more
        if not key(more) or is_value(more) or not labels.starts(words):
            break
        if is_exact(words, labels):
            longest = length
    return longest


def is_exact(words: str, labels: Labels) -> bool:
    """Whether it is a label of the form, but for width, spaces and punctuation."""
    found = labels.row(words)
    exact = found is not None and found.likeness is Likeness.EXACT
    return exact or labels.is_exact(words)


def is_label(words: str, labels: Labels) -> bool:
    """Whether it is a label of the form, or like one."""
    return labels.row(words) is not None or labels.is_column(words) or labels.is_other(words)


def is_value(words: str) -> bool:
    """Whether it is a number or a mark for a blank."""
    return numbers.is_value(words)
