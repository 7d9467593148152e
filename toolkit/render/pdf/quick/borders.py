"""Draws the borders of a table as few long lines, instead of a short one for each cell's side.

WeasyPrint draws some four hundred sides of an official table one by one, each with its own
colour, width and mark as an artefact. They are taken down as it draws them, sides that go on
where another ends are joined, and all of one pen are stroked at once.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from itertools import groupby
from typing import Any

Segment = tuple[float, float, float, float]
"""x and y of one end, x and y of the other; px from the page's corner."""

_NEAR = 0.001
"""px; ends no further apart meet. A ten-thousandth of a pixel would show at no scale."""


class _Notes:
    """Takes down what is drawn: behaves as a stream of WeasyPrint, as far as plain lines go."""

    def __init__(self) -> None:
        self.lines: list[tuple[Any, float, Segment]] = []
        self.plain = True
        self._color: Any = None
        self._width = 0.0
        self._start = (0.0, 0.0)

    def artifact(self) -> AbstractContextManager[None]:
        return nullcontext()

    stacked = artifact

    def set_color(self, color: Any, stroke: bool = False) -> None:
        self._color = color

    def set_line_width(self, width: float) -> None:
        self._width = width

    def move_to(self, x: float, y: float) -> None:
        self._start = (x, y)

    def line_to(self, x: float, y: float) -> None:
        self.lines.append((self._color, self._width, (*self._start, x, y)))

    def stroke(self) -> None:
        """Nothing to do: each line has been taken down."""

    def set_dash(self, *_how: object) -> None:
        self.plain = False  # dashes begin anew with each side

    set_line_cap = set_dash


def joined_borders(ordinary: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Wrap WeasyPrint's ``draw_collapsed_borders``."""

    def draw(stream: Any, table: Any) -> None:
        notes = _Notes()
        ordinary(notes, table)
        if not notes.plain or any(color.alpha != 1 for color, _width, _line in notes.lines):
            ordinary(stream, table)
            return
        with stream.artifact(), stream.stacked():
            for (color, width), group in groupby(notes.lines, key=lambda line: line[:2]):
                stream.set_color(color, stroke=True)
                stream.set_line_width(width)
                for x1, y1, x2, y2 in _joined([line for _color, _width, line in group]):
                    stream.move_to(x1, y1)
                    stream.line_to(x2, y2)
                stream.stroke()

    return draw


def _joined(lines: list[Segment]) -> list[Segment]:
    """Join lines on one axis that touch or overlap."""
    level = sorted((y1, x1, x2) for x1, y1, x2, y2 in lines if y1 == y2)
    upright = sorted((x1, y1, y2) for x1, y1, x2, y2 in lines if y1 != y2)
    return [
        *((start, at, end, at) for at, start, end in _runs(level)),
        *((at, start, at, end) for at, start, end in _runs(upright)),
    ]


def _runs(spans: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Join spans ``(where, start, end)``, sorted, that are at one place and touch."""
    runs: list[tuple[float, float, float]] = []
    for at, start, end in spans:
        if runs and runs[-1][0] == at and start <= runs[-1][2] + _NEAR:
            runs[-1] = (at, runs[-1][1], max(runs[-1][2], end))
        else:
            runs.append((at, start, end))
    return runs
