"""Lines of a text that was broken at a fixed width → its paragraphs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from toolkit.importers.blocks import PAGE, Block, Paragraph

_WIDEST = 140.0
"""Columns; what has longer lines was not broken at a width."""
_NARROWEST = 40.0
_ROOM = 3.0
"""Columns that a full line may leave free, where the next character did not fit."""
_SHARE = 0.75
"""Of the width, so much fills a line that ends within a sentence: letters differ in width."""
_TITLE = 0.85
"""The same where the line may be a sub-heading, whole as it is."""
_LATIN = 0.15
"""Share of letters; a line with more is longer or shorter than others as wide."""
_CLOSING = "，。；：、！？）》】”’"
"""No paragraph begins with these."""
_INDENT = 2.0
_SENTENCE = re.compile("[，；。：,;]")
_ENDS = re.compile(r"[。！？!?；;：:…][”」』）)]?$")
_BEGINS = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、]|[（(]?\d{1,2}[）)、.．](?!\d)|[①-⑳]|第[一二三四五六]"
)


def line_width(blocks: Iterable[Block]) -> float:
    """Report at which width the lines of a text were broken, in columns: that of the longest.

    Letters are of unequal width, so lines with more than a few do not count.
    """
    lines = [block for block in blocks if isinstance(block, Paragraph) and _is_line(block)]
    plain = [line for line in lines if not _is_latin(line.text)]
    return max((_right(line) - _left(line) for line in plain), default=0.0)


def _is_latin(words: str) -> bool:
    letters = sum(char.isascii() and char.isalpha() for char in words)
    return letters > _LATIN * len(words)


def unwrapped(blocks: Sequence[Block], width: float) -> list[Block]:
    """Join the lines of each paragraph of a narrative.

    A line goes on where it is full and either ends within a sentence, or its paragraph is
    indented and the next line is not.

    Args:
        blocks: of one section.
        width: as `line_width` gives it for all narratives.
    """
    kept: list[Block] = []
    last: Paragraph | None = None
    for block in blocks:
        before = kept[-1] if kept else None
        if (
            isinstance(block, Paragraph)
            and isinstance(before, Paragraph)
            and last is not None
            and _NARROWEST <= width <= _WIDEST
            and _goes_on(before, last, block, width)
        ):
            latin = re.search(r"[A-Za-z,.;]$", before.text) and re.match("[A-Za-z]", block.text)
            kept[-1] = replace(before, text=before.text + (" " if latin else "") + block.text)
        else:
            kept.append(block)
        last = block if _is_line(block) and isinstance(block, Paragraph) else None
    return kept


def _is_line(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.wrapped and bool(block.layouts)


def _right(block: Block) -> float:
    words = block.layouts[-1] if isinstance(block, Paragraph) and block.layouts else ()
    return words[-1].right if words else 0.0


def _left(block: Paragraph) -> float:
    words = block.layouts[-1] if block.layouts else ()
    return words[0].left if words else 0.0


def _goes_on(paragraph: Paragraph, last: Paragraph, line: Paragraph, width: float) -> bool:
    if not _is_line(line) or not _follows(last, line):
        return False
    if line.text[0] in _CLOSING:
        return True
    ends = bool(_ENDS.search(last.text))
    indented = _left(paragraph) - _left(line) >= _INDENT
    if _left(line) - _left(last) >= _INDENT or (not indented and _BEGINS.match(line.text)):
        return False
    long, start = _right(last), min(_left(last), _left(line))
    titled = last is paragraph and _BEGINS.match(last.text) and not _SENTENCE.search(last.text)
    full = width - _ROOM if ends else width * (_TITLE if titled else _SHARE)
    if long - start < full:
        return False
    return not ends or (indented and _page(last) == _page(line))


def _page(line: Paragraph) -> int:
    return int(line.layouts[-1][0].line // PAGE)


def _follows(last: Paragraph, line: Paragraph) -> bool:
    """Whether no empty line stands between, or only the end of a page."""
    first, second = last.layouts[-1][0].line, line.layouts[-1][0].line
    return second - first <= 1 or _page(last) != _page(line)
