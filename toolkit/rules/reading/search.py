"""Looking for a pattern in all texts of a report."""

import re
from collections.abc import Iterator

from toolkit.messages import Text
from toolkit.rules.context import Context
from toolkit.rules.reading.passage import Passage
from toolkit.rules.rule import Miss


def search(context: Context, pattern: re.Pattern[str]) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Give every match with the text it stands in, in the order of the report."""
    for passage in context.passages:
        for match in pattern.finditer(passage.text):
            yield passage, match


def miss(passage: Passage, match: re.Match[str], message: Text, remedy: Text) -> Miss:
    """Make a miss of a match: its place is that of the whole match."""
    return Miss(passage.path, message, remedy, at=match.start(), length=match.end() - match.start())


def around(match: re.Match[str], before: int, after: int = 0) -> str:
    """Return what stands round a match, within its paragraph."""
    words = match.string
    start = max(words.rfind("\n", 0, match.start()) + 1, match.start() - before)
    end = words.find("\n", match.end())
    return words[start : min(match.end() + after, end if end >= 0 else len(words))]
