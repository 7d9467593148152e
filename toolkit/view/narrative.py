"""A narrative → paragraphs; every line is one, and numbered sub-headings are recognised."""

import re

from toolkit.view.model import Paragraph

LONGEST_HEADING = 40
"""Characters; a longer numbered line is running text."""

_SECOND = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]")
_THIRD = re.compile(r"\d{1,2}[.．、](?!\d)")
_SENTENCE = re.compile(r"[。；;！!？?：:]")


def paragraphs(narrative: str) -> tuple[Paragraph, ...]:
    """Split a text.

    Blank lines and blanks around a line do not count. （一） alone on a short line without
    the end of a sentence is a sub-heading (level 2), and so is 1. (level 3); a numbered line
    that runs on is text.
    """
    lines = (line.strip() for line in narrative.splitlines())
    return tuple(Paragraph(line, _level(line)) for line in lines if line)


def _level(line: str) -> int:
    if len(line) > LONGEST_HEADING or _SENTENCE.search(line):
        return 0
    if _SECOND.match(line):
        return 2
    return 3 if _THIRD.match(line) else 0
