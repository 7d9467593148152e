"""Labels of rows and columns break between words: 逾期/不补正, never 逾期不补/正.

The words stand in ``schemas/label-words.txt``; Chinese writes no blanks between them.
"""

import re
from collections.abc import Iterator
from functools import lru_cache, partial

from toolkit import resources
from toolkit.render.typesetting.punctuation import breaks, phrase_end

_PARTS = re.compile(r"(（.{1,3}）|[一二三四五六七八九十]+、)?(本年度)?(.*)", re.DOTALL)
_NUMBER = re.compile(r"\d+[.．、]")
"""Goes with the word behind it."""
_HALF = 0.64
"""Width in ems of a letter or digit, in the widest face that may stand in for an office's own."""


@lru_cache(maxsize=1024)
def label_lines(label: str) -> tuple[str, ...]:
    """Break a label after its number: （三）不予公开 → （三）, 不予公开.

    本年度 is a line of its own, or a column of four characters would cut 办理 in two. Joined,
    the lines are the label.
    """
    found = _PARTS.match(label)
    parts = found.groups() if found else (label,)
    return tuple(part for part in parts if part)


@lru_cache(maxsize=1024)
def word_breaks(label: str) -> tuple[int, ...]:
    """Return the places between words that a line may end at, as `punctuation.breaks` does."""
    ends, done = {0}, 0
    for word in _words().finditer(label):
        ends.update(done + place for place in _pairs(label[done : word.start()]))
        ends |= {word.start(), word.end()}
        done = word.end()
    ends.update(done + place for place in _pairs(label[done:]))
    number = _NUMBER.match(label)
    ends -= {number.end()} if number else set()
    return tuple(place for place in breaks(label) if place in ends)


@lru_cache(maxsize=4096)
def fitted(label: str, room: float) -> tuple[str, ...]:
    """Break a label over lines, between words where they fit a line. Joined, it is the label.

    Args:
        label: such as 社会公益组织.
        room: width of a line in ems.
    """
    lines = []
    while _width(label) > room:
        fits = partial(_has_room, label, room)
        for places in (word_breaks(label), tuple(breaks(label))):
            reached = [place for place in places if fits(0, place)]
            if reached:
                break
        else:
            break
        place = phrase_end(label, reached[-1], places, fits)
        lines.append(label[:place])
        label = label[place:]
    return (*lines, label)


def _has_room(label: str, room: float, start: int, end: int) -> bool:
    return _width(label[start:end]) <= room


def _width(words: str) -> float:
    """Measure words in ems. Not every office program squeezes the mark at the end of a line."""
    return sum(_HALF if character < "\u0250" else 1.0 for character in words)


def _pairs(unknown: str) -> Iterator[int]:
    """Return the places between words of two characters, in what holds no word that is known."""
    step = 1 if len(unknown) % 2 or not unknown.isalpha() else 2
    return iter(range(step, len(unknown), step))


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    lines = (resources.schemas() / "label-words.txt").read_text(encoding="utf-8").splitlines()
    words = {word for line in lines if not line.startswith("#") for word in line.split()}
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, ordered)))
