"""Where everything of a chart stands, in millimetres from its upper left corner.

Words are measured, so nothing is cut off and nothing overlaps: room is made for the longest
label, and for the longest number after the longest bar.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil

from toolkit import fonts
from toolkit.charts import Chart
from toolkit.charts.model import Amount, printed

WIDTH = 150.0
"""Of every chart: a little less than the 156 mm of the type area."""
ROLE = "heading"
"""Labels are set in 黑体, which stays clear when small."""

_PT = 25.4 / 72
_SIZE = 10.5 * _PT
"""五号, as in the tables."""
_LEAST = 7 * _PT
"""Numbers over columns may shrink to this; where that is not enough the bars lie down."""
_LINE = 1.35
_EDGE, _GAP = 2.0, 1.6
_LABEL_SHARE = 0.36
_BAR, _BETWEEN = 4.6, 3.0
_COLUMN = 12.0
_HEIGHT = 46.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled box. ``style`` is the number of its series, from 0."""

    x: float
    y: float
    width: float
    height: float
    style: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words; ``y`` is its baseline, ``size`` the em in mm."""

    x: float
    y: float
    size: float
    words: str


@dataclass(slots=True)
class Sheet:
    """A chart laid out. ``axis`` is the line bars begin at: x, y, x, y."""

    width: float = WIDTH
    height: float = 0.0
    axis: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    bars: list[Bar] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def words(self, words: str, x: float, y: float, size: float, anchor: str = "start") -> None:
        """Put a line of words: it begins, has its middle or ends at x."""
        wide = measure(words) * size
        shift = {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        self.lines.append(Line(x - shift, y, size, words))


@lru_cache(maxsize=64)
def lay_out(chart: Chart) -> Sheet:
    """Lay a chart out; columns whose numbers would be too small to read become bars."""
    return _columns(chart) if chart.layout == "columns" and _fits(chart) else _bars(chart)


def measure(words: str) -> float:
    """Width of a line of words, in ems."""
    return fonts.outlines(words, ROLE).width


def _bars(chart: Chart) -> Sheet:
    sheet = Sheet()
    top = _legend(chart, sheet)
    room = WIDTH * _LABEL_SHARE
    labels = [_broken(name, room / _SIZE) for name in chart.categories]
    start = _EDGE + max(measure(line) for lines in labels for line in lines) * _SIZE + _GAP
    numbers = [printed(n) for series in chart.series for n in series.numbers]
    longest = WIDTH - start - _GAP - max(map(measure, numbers)) * _SIZE - _EDGE
    y = top
    for place, lines in enumerate(labels):
        thick = _BAR * len(chart.series)
        high = max(thick, len(lines) * _SIZE * _LINE)
        _label(sheet, lines, start - _GAP, y + high / 2)
        for number, series in enumerate(chart.series):
            above = y + (high - thick) / 2 + number * _BAR
            long = longest * _share(series.numbers[place], chart)
            if long:
                sheet.bars.append(Bar(start, above + 0.3, long, _BAR - 0.6, number))
            middle = above + _BAR / 2 + _SIZE * 0.36
            sheet.words(printed(series.numbers[place]), start + long + _GAP, middle, _SIZE)
        y += high + _BETWEEN
    sheet.height = y - _BETWEEN + _EDGE
    sheet.axis = (start, top - 1, start, sheet.height - _EDGE + 1)
    return sheet


def _label(sheet: Sheet, lines: list[str], right: float, middle: float) -> None:
    first = middle - (len(lines) - 1) * _SIZE * _LINE / 2 + _SIZE * 0.36
    for place, line in enumerate(lines):
        sheet.words(line, right, first + place * _SIZE * _LINE, _SIZE, "end")


def _columns(chart: Chart) -> Sheet:
    sheet = Sheet()
    top = _legend(chart, sheet)
    foot = top + _SIZE * _LINE + _HEIGHT
    group, bar, size = _slots(chart)
    for place, name in enumerate(chart.categories):
        middle = _EDGE + group * (place + 0.5)
        left = middle - bar * len(chart.series) / 2
        for number, series in enumerate(chart.series):
            high = _HEIGHT * _share(series.numbers[place], chart)
            x = left + number * bar
            if high:
                sheet.bars.append(Bar(x + bar * 0.08, foot - high, bar * 0.84, high, number))
            words = printed(series.numbers[place])
            sheet.words(words, x + bar / 2, foot - high - 1.2, size, "middle")
        sheet.words(name, middle, foot + _SIZE * _LINE, _SIZE, "middle")
    sheet.height = foot + _SIZE * _LINE + _EDGE
    sheet.axis = (_EDGE, foot, WIDTH - _EDGE, foot)
    return sheet


def _slots(chart: Chart) -> tuple[float, float, float]:
    """Width of a category, width of a column, size of its number; in mm."""
    group = (WIDTH - 2 * _EDGE) / len(chart.categories)
    bar = min(_COLUMN, group * 0.86 / len(chart.series))
    longest = max(measure(printed(n)) for one in chart.series for n in one.numbers)
    return group, bar, min(_SIZE, (bar - 0.6) / longest)


def _fits(chart: Chart) -> bool:
    group, _, size = _slots(chart)
    return size >= _LEAST and all(measure(name) * _SIZE < group for name in chart.categories)


def _legend(chart: Chart, sheet: Sheet) -> float:
    """Say the unit, and the kinds of bar where there are several; give where bars may begin."""
    baseline = _EDGE + _SIZE
    sheet.words(f"单位：{chart.unit}", WIDTH - _EDGE, baseline, _SIZE, "end")
    if len(chart.series) == 1:
        return baseline + 4.0
    right = WIDTH - _EDGE - measure(f"单位：{chart.unit}") * _SIZE - 4
    x = _EDGE
    for number, series in enumerate(chart.series):
        wide = 6.0 + _GAP + measure(series.label) * _SIZE
        if x > _EDGE and x + wide > right:
            x, baseline = _EDGE, baseline + _SIZE * _LINE
        sheet.bars.append(Bar(x, baseline - _SIZE * 0.82, 6.0, _SIZE * 0.9, number))
        sheet.words(series.label, x + 6.0 + _GAP, baseline, _SIZE)
        x += wide + 5.0
    return baseline + 4.0


def _share(number: Amount, chart: Chart) -> float:
    """Length of a bar, of the longest; a number above 0 is always seen."""
    most = max(n for one in chart.series for n in one.numbers if n is not None)
    return max(float(number / most), 0.004) if number else 0.0


def _broken(words: str, width: float) -> list[str]:
    """Break a label over lines of like length, none wider than ``width`` ems."""
    count = max(1, ceil(measure(words) / width))
    while True:
        size = ceil(len(words) / count)
        lines = [words[at : at + size] for at in range(0, len(words), size)]
        if size <= 1 or max(map(measure, lines)) <= width:
            return lines
        count += 1
