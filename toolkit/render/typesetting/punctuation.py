"""Where Chinese lines may break, and which marks give up half of their width.

Source: GB/T 15834-2011, 5.1: closing marks and stops never begin a line (5.1.1–5.1.3), opening
ones never end one (5.1.3), —— and …… are not divided (5.1.4, 5.1.5), a mark that ends a line
takes half a character (5.1.9), and marks may be squeezed for the look of the page (5.1.10).
"""

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

Fits = Callable[[int, int], bool]

CLOSING = frozenset("，。、；：？！）〕】〗》〉」』”’．｝］")
"""Marks with their ink in the left half."""
OPENING = frozenset("（〔【〖《〈「『“‘｛［")
"""Marks with their ink in the right half."""
_NOT_FIRST = CLOSING | frozenset("…·・～—－／%‰％℃°,.;:?!)]}-/")
_NOT_LAST = OPENING | frozenset("([{￥$＄／/")
_WHOLE = frozenset("—…")
"""Marks of two characters that stay together."""
_LONG_WORD = re.compile("[!-\u024f]{15,}")
"""An address, which may break after its own marks."""
_MARKS_OF_ADDRESSES = frozenset("/?&=_-.@")


def squeezed(text: str, at_end: bool = False) -> tuple[int, ...]:
    """Return which characters of a line give up their blank half.

    Of two marks that meet, the blank between them goes: ）， and ”（ take one and a half
    characters. ``at_end``: so does the blank after a mark that ends the line.
    """
    found = []
    for place, (mark, follower) in enumerate(itertools.pairwise(text)):
        if mark in CLOSING:
            if follower in CLOSING or follower in OPENING:
                found.append(place)
        elif mark in OPENING and follower in OPENING:
            found.append(place + 1)
    if at_end and text and text[-1] in CLOSING:
        found.append(len(text) - 1)
    return tuple(found)


def breaks(text: str) -> Iterator[int]:
    """Yield the places a line may end at: before the character of that number."""
    inside = {
        place + 1
        for word in _LONG_WORD.finditer(text)
        for place in range(word.start(), word.end() - 1)
        if text[place] in _MARKS_OF_ADDRESSES and text[place + 1].isalnum()
    }
    for place in range(1, len(text)):
        if place in inside or _parts(text[place - 1], text[place]):
            yield place


def phrase_end(text: str, place: int, places: Sequence[int], fits: Fits) -> int:
    """End a line after the last mark, or before the last bracket, if that costs no further line.

    Labels and headings keep their phrases whole this way. No line becomes half as long by it.

    Args:
        text: what is broken.
        place: where the line could end at the latest.
        places: all that a line may end at.
        fits: tells whether what stands between two places has room on one line.
    """
    cost = _lines(text, place, places, fits)
    for earlier in range(place, place // 2, -1):
        if _lines(text, earlier, places, fits) > cost:
            break
        if earlier < len(text) and (text[earlier - 1] in "，、；：" or text[earlier] == "（"):
            return earlier
    return place


def _lines(text: str, start: int, places: Sequence[int], fits: Fits) -> int:
    """Count the lines of what stands from a place on."""
    lines = 1
    while not fits(start, len(text)):
        ahead = [place for place in places if place > start]
        start = next((end for end in reversed(ahead) if fits(start, end)), (*ahead, len(text))[0])
        lines += 1
    return lines


@lru_cache(maxsize=16384)
def _parts(before: str, after: str) -> bool:
    """Whether a line may end between two characters."""
    if after == " ":
        return False
    if before == " ":
        return after not in _NOT_FIRST
    if after == "—" and before != "—":
        return before not in _NOT_LAST
    if after in _NOT_FIRST or before in _NOT_LAST or (before == after and before in _WHOLE):
        return False
    if _in_a_word(before) and _in_a_word(after):
        return False
    return not (_joins(after) or before in "\u00a0\u2060\u200d" or after in "\u00a0\u2060")


def _in_a_word(character: str) -> bool:
    return "!" <= character <= "\u024f"


def _joins(character: str) -> bool:
    """Whether it belongs to the character before it: an accent, a variation selector, a joiner."""
    return unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf")
