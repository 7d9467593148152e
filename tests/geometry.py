"""Measures the type area of any PDF: margins, lines on a page, characters in a line.

    python -m tests.geometry report.pdf

prints a line for each page and one for each line of text. Lengths are mm from the left and the
top edge. A closing mark at the end of a line counts as half a character wide, since its other
half is blank (GB/T 15834-2011, 5.1.9).
"""

import sys
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pdfplumber

MM = 72 / 25.4
CLOSING = "，。、；：？！）〕】》〉」』”’"
"""May not begin a line (GB/T 15834-2011, 5.1.1 to 5.1.3)."""
OPENING = "（〔【《〈「『“‘"
"""May not end a line."""
TOP, LEFT, WIDTH, HEIGHT = 37, 28, 156, 225
"""天头, 订口 and 版心 of GB/T 9704-2012, 5.1 and 5.2, in mm."""


@dataclass(frozen=True)
class Line:
    """Characters on one baseline. ``middle`` is half an em above where their feet stand."""

    text: str
    left: float
    right: float
    baseline: float
    size: float

    @property
    def middle(self) -> float:
        return self.baseline - 0.38 * self.size / MM


@dataclass(frozen=True)
class Page:
    """One page: its size, the lines of its type area from the top, its number at the foot."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    foot: tuple[Line, ...]

    @property
    def pitch(self) -> float:
        """Distance of neighbouring lines, in mm: the most frequent one."""
        gaps = [
            round(b.baseline - a.baseline, 2)
            for a, b in zip(self.lines, self.lines[1:], strict=False)
        ]
        return max(set(gaps), key=gaps.count)

    def of(self, size: float) -> tuple[Line, ...]:
        """The lines of a type size in pt."""
        return tuple(line for line in self.lines if abs(line.size - size) < 0.3)


def pages(document: pdfplumber.PDF) -> list[Page]:
    """Measure every page; the foot is what stands below the type area."""
    return [_page(page) for page in document.pages]


def _page(page: Any) -> Page:
    below = TOP + HEIGHT if page.height > page.width else LEFT + WIDTH
    found = _lines(page.chars, page.height)
    return Page(
        page.page_number,
        page.width / MM,
        page.height / MM,
        tuple(line for line in found if line.baseline <= below + 1),
        tuple(line for line in found if line.baseline > below + 1),
    )


def _lines(chars: list[dict[str, Any]], height: float) -> list[Line]:
    """Join characters by their baselines; blanks do not count, nor does a turned page number."""
    seen = [char for char in chars if char["text"].strip() and char["upright"]]
    seen.sort(key=lambda char: (-round(char["matrix"][5]), char["x0"]))
    return [
        _line(list(group), height)
        for _, group in groupby(seen, key=lambda char: round(char["matrix"][5]))
    ]


def _line(chars: list[dict[str, Any]], height: float) -> Line:
    last = chars[-1]
    blank = last["size"] / 2 if last["text"] in CLOSING else 0
    right = min(last["x1"], last["x0"] + last["size"] - blank)
    return Line(
        "".join(char["text"] for char in chars),
        chars[0]["x0"] / MM,
        right / MM,
        (height - last["matrix"][5]) / MM,
        max(char["size"] for char in chars),
    )


def misplaced(page: Page) -> list[str]:
    """Lines that begin or end with a mark that may not stand there."""
    return [
        line.text
        for line in page.lines
        if line.text[0] in CLOSING or (line.text[-1] in OPENING and len(line.text) > 1)
    ]


if __name__ == "__main__":
    with pdfplumber.open(Path(sys.argv[1])) as opened:
        for page in pages(opened):
            print(
                f"page {page.number}: {page.width:.0f} × {page.height:.0f}, {len(page.lines)} lines"
            )
            for line in page.lines:
                print(
                    f"  {line.left:6.1f} {line.right:6.1f} {line.baseline:6.1f}"
                    f" {line.size:5.1f} pt {len(line.text):3}  {line.text}"
                )
            for line in page.foot:
                print(
                    f"  {line.left:6.1f} {line.right:6.1f} {line.baseline:6.1f} foot  {line.text}"
                )
