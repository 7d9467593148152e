"""Lines of a text that was broken at a fixed width → its paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import replace

from toolkit.importers.blocks import PAGE, Block, Paragraph

_WIDEST = 140.0
"""Columns; what has longer lines was not broken at a width."""
_NARROWEST = 40.0
_ROOM = 3.0
"""Columns that a full line may leave free, where the next character did not fit."""
_INDENT = 2.0
_ENDS = re.compile(r"[。！？!?；;：:…”」』]$")
_BEGINS = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、]|[（(]?\d{1,2}[）)、.．](?!\d)|[①-⑳]|第[一二三四五六]"
)


def unwrapped(blocks: Sequence[Block]) -> list[Block]:
    """Join the lines of each paragraph of a narrative.

    A line goes on where it is as long as any and either ends within a sentence, or its
    paragraph is indented and the next line is not.
    """
    width = max((_right(block) for block in blocks if _is_line(block)), default=0.0)
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
            space = " " if re.search(r"[A-Za-z]$", before.text) else ""
            kept[-1] = replace(before, text=before.text + space + block.text)
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
    if not _is_line(line) or not _follows(last, line) or _right(last) < width - _ROOM:
        return False
    indented = _left(paragraph) - _left(line) >= _INDENT
    if _left(line) - _left(last) >= _INDENT or (not indented and _BEGINS.match(line.text)):
        return False
    return indented or not _ENDS.search(last.text)


def _follows(last: Paragraph, line: Paragraph) -> bool:
    """Whether no empty line stands between, or only the end of a page."""
    first, second = last.layouts[-1][0].line, line.layouts[-1][0].line
    return second - first <= 1 or int(first // PAGE) != int(second // PAGE)
