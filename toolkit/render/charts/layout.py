"""Where everything of a chart stands, in millimetres from its upper left corner.

Words are measured, so nothing is cut off and nothing overlaps: room is made for the longest
label, and for the longest number after the longest bar. Many columns have their numbers turned,
and every second year named; a chart is never taller than a page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from math import ceil

from toolkit import fonts
from toolkit.charts import Chart
from toolkit.charts.model import Amount, printed
from toolkit.errors import EnvironmentFault
from toolkit.messages import text

WIDTH = 150.0
"""Of every chart: a little less than the 156 mm of the type area."""
ROLE = "heading"
"""Labels are set in 黑体, which stays clear when small."""

_PT = 25.4 / 72
_SIZE = 10.5 * _PT
"""五号, as in the tables."""
_LEAST = 8 * _PT
"""Numbers over columns may shrink to this; where that is not enough they are turned."""
_LEAST_TURNED = 6.5 * _PT
"""小六号; where turned numbers would be smaller, the bars lie down."""
_NAMES = ((False, 9 * _PT), (True, 7.5 * _PT))
"""How small a year below its columns may be: with 年, and without."""
_LINE = 1.35
_EDGE, _GAP = 2.0, 1.6
_LABEL_SHARE = 0.36
_BAR, _BETWEEN = 4.6, 3.0
_COLUMN = 12.0
_SHARE = 0.86
_SHARE_TURNED = 0.95
"""Of a category's width that its columns take."""
_HEIGHT = 46.0
_TALLEST = 200.0
"""A page of 225 mm has room for this and a caption."""
_SEEN = 0.5
"""Length of the shortest bar: what is not 0 does not look like 0."""
_SMALLER = (1.0, 9 / 10.5, 7.5 / 10.5)
"""Lying bars that would not have room on a page are set in 小五号, then in 六号."""
_YEAR = re.compile(r"([0-9]{4})年?")


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
    """One line of words; ``y`` is its baseline, ``size`` the em in mm.

    A ``turned`` one runs upwards from x, y, and its baseline is to the right.
    """

    x: float
    y: float
    size: float
    words: str
    turned: bool = False


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
    """Lay a chart out; columns whose words would be too small to read become bars."""
    if chart.layout == "columns":
        columns = _slots(chart)
        if columns:
            return _columns(chart, columns)
    for smaller in _SMALLER:
        sheet = _bars(chart, smaller)
        if sheet.height <= _TALLEST:
            return sheet
    return _shrunk(sheet, _TALLEST / sheet.height)


def measure(words: str) -> float:
    """Width of a line of words, in ems.

    Raises:
        EnvironmentFault: no font has a character of it.
    """
    drawn = fonts.outlines(words, ROLE)
    if drawn.missing:
        raise EnvironmentFault(
            text(
                "No font on this machine has the character “{character}” of a chart; “nianbao"
                " doctor” says what to install, “charts: false” in the data file does without.",
                character=drawn.missing[0],
            )
        )
    return drawn.width


def _bars(chart: Chart, smaller: float) -> Sheet:
    sheet = Sheet()
    size, bar = _SIZE * smaller, _BAR * smaller
    top = _legend(chart, sheet)
    labels = [_broken(name, WIDTH * _LABEL_SHARE / size) for name in chart.categories]
    start = _EDGE + max(measure(line) for lines in labels for line in lines) * size + _GAP
    numbers = [printed(n) for series in chart.series for n in series.numbers]
    longest = WIDTH - start - _GAP - max(map(measure, numbers)) * size - _EDGE
    y = top
    for place, lines in enumerate(labels):
        thick = bar * len(chart.series)
        high = max(thick, len(lines) * size * _LINE)
        _label(sheet, lines, start - _GAP, y + high / 2, size)
        for number, series in enumerate(chart.series):
            above = y + (high - thick) / 2 + number * bar
            long = _length(series.numbers[place], chart, longest)
            if long:
                sheet.bars.append(Bar(start, above + 0.3, long, bar - 0.6, number))
            middle = above + bar / 2 + size * 0.36
            sheet.words(printed(series.numbers[place]), start + long + _GAP, middle, size)
        y += high + _BETWEEN * smaller
    sheet.height = y - _BETWEEN * smaller + _EDGE
    sheet.axis = (start, top - 1, start, sheet.height - _EDGE + 1)
    return sheet


def _shrunk(sheet: Sheet, scale: float) -> Sheet:
    """Make everything smaller, so that even forty long names stay on one page."""
    bars = [
        Bar(b.x * scale, b.y * scale, b.width * scale, b.height * scale, b.style)
        for b in sheet.bars
    ]
    lines = [
        replace(line, x=line.x * scale, y=line.y * scale, size=line.size * scale)
        for line in sheet.lines
    ]
    x, y, end_x, end_y = (length * scale for length in sheet.axis)
    return Sheet(sheet.width * scale, sheet.height * scale, (x, y, end_x, end_y), bars, lines)


def _label(sheet: Sheet, lines: list[str], right: float, middle: float, size: float) -> None:
    first = middle - (len(lines) - 1) * size * _LINE / 2 + size * 0.36
    for place, line in enumerate(lines):
        sheet.words(line, right, first + place * size * _LINE, size, "end")


@dataclass(frozen=True, slots=True)
class _Slots:
    """Columns side by side: widths of a category and of a column, sizes of the words; in mm.

    ``names`` are the categories that are named below their columns, by their place.
    """

    group: float
    bar: float
    number_size: float
    turned: bool
    names: dict[int, str]
    name_size: float


def _slots(chart: Chart) -> _Slots | None:
    """Find how columns can stand; None where their words would be too small to read."""
    group = (WIDTH - 2 * _EDGE) / len(chart.categories)
    named = next(_named(chart.categories, group), None)
    if named is None:
        return None
    longest = max(measure(printed(n)) for one in chart.series for n in one.numbers)
    bar = min(_COLUMN, group * _SHARE / len(chart.series))
    size = min(_SIZE, (bar - 0.6) / longest)
    if size >= _LEAST:
        return _Slots(group, bar, size, False, *named)
    bar = min(_COLUMN, group * _SHARE_TURNED / len(chart.series))
    size = min(_SIZE, bar - 0.15)
    return _Slots(group, bar, size, True, *named) if size >= _LEAST_TURNED else None


def _named(categories: tuple[str, ...], group: float) -> Iterator[tuple[dict[int, str], float]]:
    """Yield ways to name the columns, the best first: place → words, and their size.

    Names that have no room are not shortened, unless they are years: these can do without 年,
    and where they follow each other every second, third … is enough, down from the last.
    """
    years = [_YEAR.fullmatch(name) for name in categories]
    bare = tuple(year[1] for year in years if year)
    if len(bare) < len(categories):
        if max(map(measure, categories)) * _SIZE < group:
            yield dict(enumerate(categories)), _SIZE
        return
    row = all(int(b) - int(a) == 1 for a, b in pairwise(bare))
    for step in range(1, len(bare) + 1 if row else 2):
        for shorter, least in _NAMES:
            words = bare if shorter else categories
            size = min(_SIZE, (group * step - 0.8) / max(map(measure, words)))
            if size >= least:
                yield {n: words[n] for n in range(len(words) - 1, -1, -step)}, size


def _columns(chart: Chart, slots: _Slots) -> Sheet:
    sheet = Sheet()
    size = slots.number_size
    numbers = [printed(n) for one in chart.series for n in one.numbers]
    room = max(map(measure, numbers)) * size + 2 if slots.turned else _SIZE * _LINE
    foot = _legend(chart, sheet) + room + _HEIGHT
    for place in range(len(chart.categories)):
        left = _EDGE + slots.group * (place + 0.5) - slots.bar * len(chart.series) / 2
        for number, series in enumerate(chart.series):
            high = _length(series.numbers[place], chart, _HEIGHT)
            x = left + number * slots.bar
            if high:
                inner = Bar(x + slots.bar * 0.08, foot - high, slots.bar * 0.84, high, number)
                sheet.bars.append(inner)
            words, middle = printed(series.numbers[place]), x + slots.bar / 2
            if slots.turned:
                sheet.lines.append(Line(middle + size * 0.36, foot - high - 1.2, size, words, True))
            else:
                sheet.words(words, middle, foot - high - 1.2, size, "middle")
    _name_columns(sheet, slots, foot)
    sheet.height = foot + _SIZE * _LINE + _EDGE
    sheet.axis = (_EDGE, foot, WIDTH - _EDGE, foot)
    return sheet


def _name_columns(sheet: Sheet, slots: _Slots, foot: float) -> None:
    for place, name in slots.names.items():
        half = measure(name) * slots.name_size / 2
        middle = _EDGE + slots.group * (place + 0.5)
        middle = min(max(middle, half), WIDTH - half)
        sheet.words(name, middle, foot + _SIZE * _LINE, slots.name_size, "middle")


def _legend(chart: Chart, sheet: Sheet) -> float:
    """Report the unit, and the kinds of bar where there are several; give where bars may begin."""
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


def _length(number: Amount, chart: Chart, longest: float) -> float:
    """Length of a bar in mm, of the longest; a number above 0 is always seen."""
    most = max(n for one in chart.series for n in one.numbers if n is not None)
    return max(float(number / most) * longest, _SEEN) if number else 0.0


def _broken(words: str, width: float) -> list[str]:
    """Break a label over lines of like length, none wider than ``width`` ems."""
    count = max(1, ceil(measure(words) / width))
    while True:
        size = ceil(len(words) / count)
        lines = [words[at : at + size] for at in range(0, len(words), size)]
        if size <= 1 or max(map(measure, lines)) <= width:
            return lines
        count += 1
