"""Charts as pictures, by matplotlib: SVG for pages and PDF, PNG for Word.

Matplotlib is an extra and is imported when a chart is drawn. Words are drawn as outlines of
our own faces, so a picture needs no font, looks the same everywhere, and its bytes do not
depend on the fonts that matplotlib finds. Bars differ by grey and hatching, not by colour.
"""

import importlib
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from toolkit import fonts
from toolkit.charts import Chart
from toolkit.errors import EnvironmentFault
from toolkit.messages import text
from toolkit.render.charts.layout import ROLE, Bar, Line, Sheet, lay_out
from toolkit.render.charts.svg import tidy

DPI = 300
"""Of the PNG, at the chart's own size."""
LINES = 0.6
"""Width of edges and hatching, in pt."""
_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Look:
    """How one series is filled: a grey, and the distance of its hatching in mm (0: none)."""

    grey: str
    hatching: float = 0.0
    rising: bool = True


LOOKS = (Look("#595959"), Look("#ffffff", 1.4), Look("#d0d0d0"), Look("#ffffff", 2.4, False))
"""By number of the series; told apart in black and white, and by who sees no colours."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawn chart; ``width`` and ``height`` are mm."""

    data: bytes
    width: float
    height: float


def svg(chart: Chart) -> Picture:
    """Draw a chart as an ``<svg>`` element whose ids are its own on the page.

    Raises:
        EnvironmentFault: matplotlib is not installed, or no font has a character of a label.
    """
    return _drawn(chart, "svg")


def png(chart: Chart) -> Picture:
    """Draw a chart as a PNG of `DPI` dots an inch, without a date.

    Raises:
        EnvironmentFault: as for `svg`.
    """
    return _drawn(chart, "png")


@lru_cache(maxsize=64)
def _drawn(chart: Chart, kind: str) -> Picture:
    library = _matplotlib()
    sheet = lay_out(chart)
    figure = library("figure").Figure(figsize=(sheet.width / _INCH, sheet.height / _INCH))
    _paint(library, figure, sheet)
    made = BytesIO()
    settings = {"svg.hashsalt": chart.id, "svg.fonttype": "path", "path.simplify": False}
    metadata = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
    with importlib.import_module("matplotlib").rc_context(settings):
        figure.savefig(made, format=kind, dpi=DPI if kind == "png" else 72, metadata=metadata)
    data = made.getvalue()
    if kind == "svg":
        data = tidy(data, chart, sheet.width, sheet.height)
    return Picture(data, sheet.width, sheet.height)


def _matplotlib() -> Any:
    """Return a function that imports a part of matplotlib."""
    try:
        importlib.import_module("matplotlib.figure")
    except ImportError:
        raise EnvironmentFault(
            text(
                "Charts need the extra “charts”: pip install 'nianbao[charts]';"
                " “charts: false” in the data file does without them."
            )
        ) from None
    return lambda part: importlib.import_module(f"matplotlib.{part}")


def _paint(library: Any, figure: Any, sheet: Sheet) -> None:
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, sheet.width)
    axes.set_ylim(sheet.height, 0)
    axes.axis("off")
    figure.patch.set_facecolor("white")
    for bar in sheet.bars:
        _bar(library, axes, bar)
    x, y, end_x, end_y = sheet.axis
    path = library("path").Path([(x, y), (end_x, end_y)])
    _add(library, axes, path, facecolor="none", edgecolor="black", linewidth=LINES)
    for line in sheet.lines:
        path = library("path").Path(*_words(library, line))
        _add(library, axes, path, facecolor="black", edgecolor="none", linewidth=0)


def _add(library: Any, axes: Any, path: Any, **look: Any) -> None:
    axes.add_artist(library("patches").PathPatch(path, clip_on=False, **look))


def _bar(library: Any, axes: Any, bar: Bar) -> None:
    look = LOOKS[bar.style]
    right, foot = bar.x + bar.width, bar.y + bar.height
    corners = [(bar.x, bar.y), (right, bar.y), (right, foot), (bar.x, foot), (bar.x, bar.y)]
    path = library("path").Path(corners, closed=True)
    _add(library, axes, path, facecolor=look.grey, edgecolor="black", linewidth=LINES)
    if look.hatching:
        points = [point for line in hatching(bar, look) for point in line]
        moves = [1, 2] * (len(points) // 2)
        path = library("path").Path(points, moves)
        _add(library, axes, path, facecolor="none", edgecolor="black", linewidth=LINES * 0.8)


def hatching(bar: Bar, look: Look) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Return slanted lines that end at the bar's edges.

    Matplotlib's own hatching is a pattern, which not every program that reads SVG can draw.
    """
    lines = []
    step = look.hatching
    at = step
    while at < bar.width + bar.height:
        one = (min(at, bar.width), max(0.0, at - bar.width))
        two = (max(0.0, at - bar.height), min(at, bar.height))
        if not look.rising:
            one, two = (bar.width - one[0], one[1]), (bar.width - two[0], two[1])
        lines.append(((bar.x + one[0], bar.y + one[1]), (bar.x + two[0], bar.y + two[1])))
        at += step
    return lines


def _words(library: Any, line: Line) -> tuple[list[tuple[float, float]], list[int]]:
    """Return the vertices and codes of a line of words."""
    drawn = fonts.outlines(line.words, ROLE)
    vertices: list[tuple[float, float]] = []
    codes: list[int] = []
    kind = library("path").Path
    of = {"move": kind.MOVETO, "line": kind.LINETO, "quadratic": kind.CURVE3}
    of |= {"cubic": kind.CURVE4, "close": kind.CLOSEPOLY}
    for stroke, points in drawn.strokes:
        for x, y in points or ((0.0, 0.0),):
            right, up = (-y, x) if line.turned else (x, y)
            vertices.append((line.x + right * line.size, line.y - up * line.size))
            codes.append(int(of[stroke]))
    return vertices, codes
