"""Lines of a text that was broken at a fixed width → its paragraphs."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from toolkit.importers.blocks import PAGE, Block, Paragraph

_WIDEST = 140.0
"""Columns; what has longer lines was not broken at a width."""
_NARROWEST = 40.0
_ROOM = 3.0
"""Columns that a full line may leave free, where the next character did not fit."""
_SHARE = 0.85
"""Of the width, so much fills a line that ends within a sentence: letters differ in width."""
_FEWEST = 3
"""So many lines, at least, that end within a sentence tell the width."""
_GAP = 2.5
_HAN = 0.5
_INDENT = 2.0
_ENDS = re.compile(r"[。！？!?；;：:…][”」』）)]?$")
_BEGINS = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、]|[（(]?\d{1,2}[）)、.．](?!\d)|[①-⑳]|第[一二三四五六]"
)


def line_width(blocks: Sequence[Block]) -> float:
    """Say at which width the lines of a text were broken, in columns; 0 where that is unknown.

    Lines that end within a sentence were broken there. Letters are of unequal width, so that some
    of them are longer than the others: the middle one of the longer half counts.
    """
    lines = [b for b in blocks if isinstance(b, Paragraph) and _is_line(b) and _is_prose(b)]
    widths = sorted(_right(line) - _left(line) for line in lines if not _ENDS.search(line.text))
    longer = widths[len(widths) // 2 :]
    if len(widths) < _FEWEST:
        longer = sorted(_right(line) - _left(line) for line in lines)[-1:]
    return median(longer) if longer else 0.0


def _is_prose(line: Paragraph) -> bool:
    """Whether a line is running text, and no row of a table."""
    words = line.layouts[-1]
    close = all(right.left - left.right < _GAP for left, right in pairwise(words))
    letters = [char for char in line.text if not char.isspace()]
    han = sum(unicodedata.east_asian_width(char) in "WF" for char in letters)
    return close and han > _HAN * len(letters)


def unwrapped(blocks: Sequence[Block], width: float) -> list[Block]:
    """Join the lines of each paragraph of a narrative.

    A line goes on where it is full and either ends within a sentence, or its paragraph is
    indented and the next line is not.

    Args:
        blocks: of one section.
        width: as `line_width` gives it for the whole text.
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
    ends = bool(_ENDS.search(last.text))
    indented = _left(paragraph) - _left(line) >= _INDENT
    if _left(line) - _left(last) >= _INDENT or (not indented and _BEGINS.match(line.text)):
        return False
    long, start = _right(last), min(_left(last), _left(line))
    titled = last is paragraph and _BEGINS.match(last.text)
    if long - start < (width - _ROOM if ends or titled else width * _SHARE):
        return False
    return indented or not ends


def _follows(last: Paragraph, line: Paragraph) -> bool:
    """Whether no empty line stands between, or only the end of a page."""
    first, second = last.layouts[-1][0].line, line.layouts[-1][0].line
    return second - first <= 1 or int(first // PAGE) != int(second // PAGE)
