"""The characters of a PDF page that are the report's: upright, readable, no watermark."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import Any

from pdfplumber.page import Page

from toolkit.diagnostics import Position
from toolkit.importers import faults
from toolkit.importers.blocks import Paragraph
from toolkit.importers.radicals import meant

_STRAIGHT = 5
"""Degrees; text less inclined stands upright."""
_LIGHT = 0.65
"""Lightness from 0 (black) to 1; a watermark is at least so light."""
_LARGE = 1.6
"""Times the usual size; a watermark is at least so large."""
_UNNAMED = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd]")
_COVERED = 0.7
"""Share of a page that the picture of a scan covers at least."""
_HAN = re.compile(r"[\u4e00-\u9fff]")

Char = dict[str, Any]


def turned(page: Any) -> Any:
    """Turn a page whose text stands on its side or head, so that it reads from left to right."""
    angles = Counter(_angle(char) for char in page.chars)
    angle, count = angles.most_common(1)[0] if angles else (0, 0)
    if angle % 90 or not angle or count * 2 < len(page.chars):
        return page
    page.page_obj.attrs["Rotate"] = page.page_obj.rotate = (page.page_obj.rotate + angle) % 360
    again = Page(page.pdf, page.page_obj, page.page_number, page.initial_doctop)
    page.close()
    return again


def _angle(char: Char) -> int:
    """Return the direction in which a character's line runs, in degrees against the clock."""
    across, up = char["matrix"][:2]
    angle = round(math.degrees(math.atan2(up, across)))
    straight = round(angle / 90) * 90
    return (straight if abs(angle - straight) <= _STRAIGHT else angle) % 360


def cleaned(page: Any, file: str) -> tuple[Any, list[Paragraph]]:
    """Take watermarks off a page.

    Returns:
        The page without them, and what they say: no part of the report.
    """
    sizes = [char["size"] for char in page.chars]
    usual = median(sizes) if sizes else 0.0
    marks = [char for char in page.chars if _is_mark(char, usual)]
    if not marks:
        return page, []
    gone = {id(char) for char in marks}
    place = Position(file, int(page.page_number) * 10_000, 1, f"page {page.page_number}")
    words = meant("".join(char["text"] for char in marks))
    kept = page.filter(lambda thing: id(thing) not in gone)
    return kept, [Paragraph(words, place, caption=True)]


def _is_mark(char: Char, usual: float) -> bool:
    if _angle(char) % 90:
        return True
    return char["size"] >= _LARGE * usual and _lightness(char["non_stroking_color"]) >= _LIGHT


def _lightness(color: Sequence[float | None] | None) -> float:
    """Return 0 for black and 1 for white; what is no plain colour counts as black."""
    parts = [part for part in color or () if isinstance(part, int | float)]
    if len(parts) == 4:
        return 1 - min(1.0, sum(parts[:3]) / 3 + parts[3])
    return sum(parts) / len(parts) if parts else 0.0


def is_picture(page: Any) -> bool:
    """Whether a picture covers the page, as in a scan with recognised text behind it."""
    whole = float(page.width) * float(page.height)
    return any(
        float(image["width"]) * float(image["height"]) >= _COVERED * whole for image in page.images
    )


class Legible:
    """Counts the characters of a document, and those that nobody can read."""

    def __init__(self) -> None:
        """Begin with none."""
        self.all = self.unnamed = self.han = 0

    def add(self, page: Any) -> None:
        """Count those of a page."""
        for char in page.chars:
            words = char["text"]
            self.all += not words.isspace()
            self.unnamed += bool(_UNNAMED.search(words))
            self.han += bool(_HAN.search(meant(words)))

    def check(self, file: str) -> None:
        """See that the text can be read.

        Raises:
            SourceError: its fonts do not say which characters they draw (I002).
        """
        readable = self.all - self.unnamed
        if self.all and (self.unnamed > self.all // 10 or self.han * 10 < readable):
            raise faults.unnamed(Position(file))
