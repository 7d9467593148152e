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

Problem = tuple[str, Text]
"""The word an entry has for the number at fault, empty for the entry itself; and the fault."""


@dataclass(frozen=True, slots=True)
class EarlierYear:
    """Applications of one earlier year, in 件: newly received, and results in all."""

    year: int
    new: int
    results: int


def earlier_years(report: Report) -> tuple[EarlierYear, ...]:
    """Return the complete entries, oldest first; what is wrong with the others `faults` says."""
    found = {one.year: one for one, problems in _entries(report) if one and not problems}
    return tuple(found[year] for year in sorted(found))


def faults(report: Report) -> Iterator[tuple[int, str, Text]]:
    """Yield what is wrong: an entry's place in the list, from 0, the name in it, and the fault."""
    for place, (_, problems) in enumerate(_entries(report)):
        for name, problem in problems:
            yield place, name, problem


def _entries(report: Report) -> Iterator[tuple[EarlierYear | None, list[Problem]]]:
    given = report.get(FIELD)
    seen: set[int] = set()
    for item in given if isinstance(given, list) else ():
        entry, problems = _entry(item)
        if entry and not problems:
            misplaced = _misplaced(entry, report.year, seen)
            problems = [(_key(item, "year"), misplaced)] if misplaced else []
            seen.add(entry.year)
        yield entry, problems


def _misplaced(entry: EarlierYear, year: int, seen: set[int]) -> Text | None:
    if entry.year in seen:
        return text("The year {year} is given twice.", year=entry.year)
    if entry.year >= year:
        return text("{year} is not a year before {this}.", year=entry.year, this=year)
    if entry.year < FIRST:
        return text("There are no reports of years before {first}.", first=FIRST)
    return None


def _entry(item: object) -> tuple[EarlierYear | None, list[Problem]]:
    if not isinstance(item, Mapping):
        return None, [("", text("An earlier year has a year and two numbers."))]
    problems: list[Problem] = []
    numbers: dict[str, int] = {}
    for name, keys in _KEYS.items():
        written = [key for key in keys if key in item]
        if len(written) != 1:
            problems.append(("", text("“{name}” stands once in each entry.", name=name)))
            continue
        raw = str(item[written[0]]).strip()
        if re.fullmatch(r"[0-9]{1,9}", raw, re.ASCII) and int(raw) <= _MOST:
            numbers[name] = int(raw)
        else:
            problems.append((written[0], _no_number(name, raw)))
    known = {key for keys in _KEYS.values() for key in keys}
    unknown = (key for key in item if key not in known)
    problems.extend((key, text("“{name}” is not known here.", name=key)) for key in unknown)
    return (None if problems else EarlierYear(**numbers)), problems


def _no_number(name: str, raw: str) -> Text:
    if not raw:
        return text("No number stands behind “{name}”.", name=name)
    return text("“{name}: {raw}” is not a whole number.", name=name, raw=raw)


def _key(item: object, name: str) -> str:
    """Return the word by which an entry calls one of its numbers."""
    return next((key for key in _KEYS[name] if isinstance(item, Mapping) and key in item), "")
