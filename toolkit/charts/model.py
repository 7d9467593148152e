"""A chart as plain data."""

import re
from dataclasses import dataclass
from decimal import Decimal

MOST_SERIES = 4
"""So many kinds of bar can be told apart without colour."""
MOST_CATEGORIES = 40
UNKNOWN = "未填"
"""Printed where a number is not known; no bar stands there, and it is not 0."""

Amount = int | Decimal | None

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of bar: its name, and a number for each category; `None` where none is known."""

    label: str
    numbers: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, one a category and series, each with its number beside it.

    ``id`` is lower case with hyphens, its own in a report. ``title`` is the caption without
    its 图1. ``layout`` is ``"bars"`` (lying, for names) or ``"columns"`` (standing, for years).
    ``after`` is the id of the table the chart follows; the table says the section.

    Raises:
        ValueError: the parts do not fit together, or a number is less than 0.
    """

    id: str
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = "件"
    layout: str = "bars"
    after: str = "applications"

    def __post_init__(self) -> None:
        """Refuse what could not be drawn."""
        problem = self._problem()
        if problem:
            raise ValueError(f"chart {self.id!r}: {problem}")

    def _problem(self) -> str:
        if not _ID.fullmatch(self.id):
            return "an id is lower-case letters, digits and hyphens"
        if self.layout not in ("bars", "columns"):
            return f"no such layout: {self.layout!r}"
        if not 1 <= len(self.series) <= MOST_SERIES:
            return f"1 to {MOST_SERIES} series"
        if not 1 <= len(self.categories) <= MOST_CATEGORIES:
            return f"1 to {MOST_CATEGORIES} categories"
        if any(len(series.numbers) != len(self.categories) for series in self.series):
            return "each series needs a number for each category"
        if any(number is not None and number < 0 for number in self._numbers()):
            return "a bar cannot show a number below 0"
        return ""

    def _numbers(self) -> list[Amount]:
        return [number for series in self.series for number in series.numbers]

    @property
    def shows(self) -> bool:
        """Whether there is any bar to see."""
        return any(self._numbers())

    @property
    def description(self) -> str:
        """Everything the chart shows, in words: for those who do not see it."""
        said = "；".join(self._said(place) for place in range(len(self.categories)))
        return f"{self.title}（单位：{self.unit}）：{said}。"

    def _said(self, place: int) -> str:
        name = self.categories[place]
        if len(self.series) == 1:
            return f"{name}{printed(self.series[0].numbers[place])}"
        numbers = (f"{one.label}{printed(one.numbers[place])}" for one in self.series)
        return f"{name}：{'，'.join(numbers)}"


def printed(number: Amount) -> str:
    """Write a number as the tables do."""
    if number is None:
        return UNKNOWN
    return format(number, "f") if isinstance(number, Decimal) else str(number)
