"""What a data file says of earlier years, for a chart by year."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toolkit import Report, Text, text

FIELD = "earlier_years"
FIRST = 2008
"""The first year there is a report of: the regulation came into force on 1 May 2008."""

_MOST = 999_999_999
"""The largest count (件) a cell of the form holds."""
_KEYS = {
    "year": ("year", "年度", "年份"),
    "new": ("new", "新收", "本年新收政府信息公开申请数量"),
    "results": ("results", "办理结果", "本年度办理结果总计"),
}


@dataclass(frozen=True, slots=True)
class EarlierYear:
    """Applications of one earlier year, in 件: newly received, and results in all."""

    year: int
    new: int
    results: int


def earlier_years(report: Report) -> tuple[EarlierYear, ...]:
    """Give the complete entries, oldest first; what is wrong with the others `faults` says."""
    found = {one.year: one for one, problem in _entries(report) if one and not problem}
    return tuple(found[year] for year in sorted(found))


def faults(report: Report) -> Iterator[tuple[int, Text]]:
    """Say what is wrong, entry by entry: its place in the list, from 0, and the fault."""
    for place, (_, problem) in enumerate(_entries(report)):
        if problem:
            yield place, problem


def _entries(report: Report) -> Iterator[tuple[EarlierYear | None, Text | None]]:
    given = report.get(FIELD)
    seen: set[int] = set()
    for item in given if isinstance(given, list) else ():
        entry, problem = _entry(item)
        if entry and not problem:
            problem = _misplaced(entry, report.year, seen)
            seen.add(entry.year)
        yield entry, problem


def _misplaced(entry: EarlierYear, year: int, seen: set[int]) -> Text | None:
    if entry.year in seen:
        return text("The year {year} is given twice.", year=entry.year)
    if entry.year >= year:
        return text("{year} is not a year before {this}.", year=entry.year, this=year)
    if entry.year < FIRST:
        return text("There are no reports of years before {first}.", first=FIRST)
    return None


def _entry(item: object) -> tuple[EarlierYear | None, Text | None]:
    if not isinstance(item, Mapping):
        return None, text("An earlier year has a year and two numbers.")
    numbers = {}
    for name, keys in _KEYS.items():
        given = [str(item[key]).strip() for key in keys if key in item]
        if len(given) != 1:
            return None, text("“{name}” stands once in each entry.", name=name)
        raw = given[0]
        if not re.fullmatch(r"[0-9]{1,9}", raw, re.ASCII) or int(raw) > _MOST:
            return None, text("“{name}: {raw}” is not a whole number.", name=name, raw=raw)
        numbers[name] = int(raw)
    known = {key for keys in _KEYS.values() for key in keys}
    for other in item:
        if other not in known:
            return None, text("“{name}” is not known here.", name=other)
    return EarlierYear(**numbers), None
