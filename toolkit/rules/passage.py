"""A text of a report, and its paragraphs and sentences with their offsets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.forms import Path

_SENTENCE = re.compile(r"[^。！？；;\n]+[。！？；;]?")
_PARAGRAPH = re.compile(r"[^\n]+")
_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF1A)} | {
    ord("，"): ",",
    ord("："): ":",
    ord("；"): ";",
    ord("（"): "(",
    ord("）"): ")",
    ord("　"): " ",
    ord("．"): ".",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text: ``at`` is its offset in the whole."""

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of a report and where it stands in the data file."""

    path: Path
    text: str

    def paragraphs(self) -> Iterator[Span]:
        """Yield the paragraphs in order, without empty ones."""
        for match in _PARAGRAPH.finditer(self.text):
            yield Span(match[0], match.start())

    def sentences(self) -> Iterator[Span]:
        """Yield the sentences in order; a semicolon ends one too."""
        for match in _SENTENCE.finditer(self.text):
            if match[0].strip():
                yield Span(match[0], match.start())


def half_width(words: str) -> str:
    """Make digits and punctuation half-width, character by character: offsets stay."""
    return words.translate(_WIDTH)


def around(match: re.Match[str], before: int, after: int = 0) -> str:
    """Return what stands around a match, within its paragraph."""
    words = match.string
    start = max(words.rfind("\n", 0, match.start()) + 1, match.start() - before)
    end = words.find("\n", match.end())
    return words[start : min(match.end() + after, end if end >= 0 else len(words))]
