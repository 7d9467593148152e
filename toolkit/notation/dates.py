"""Dates and years as documents print them, where they can only be meant one way."""

import re
from datetime import date

from toolkit.notation import numerals
from toolkit.notation.width import half

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_BLANK = re.compile(r"(?<=[年月日]) +| +(?=[年月日])")
_NUMBERS = re.compile(
    r"(?P<year>[12]\d{3})(?P<sign>[-./])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})"
    r"(?:[T ]0?0:00(?::00(?:\.0+)?)?Z?)?",
    re.ASCII,
)
_CHINESE = re.compile(
    r"(?P<year>[12]\d{3})年(?P<month>\d{1,2}|元)月(?P<day>\d{1,2})[日号]", re.ASCII
)
_WORDS = re.compile(
    r"(?P<year>[〇零○一二三四五六七八九]{4})年(?P<month>元|[一二三四五六七八九十]{1,2})月"
    r"(?P<day>[一二三四五六七八九十]{1,3})[日号]"
)
_EIGHT = re.compile(r"(?P<year>[12]\d{3})(?P<month>\d\d)(?P<day>\d\d)", re.ASCII)
_YEAR = re.compile(r"(?P<year>\d{4})(?:年度?|\.0+)?", re.ASCII)
_YEAR_IN_WORDS = re.compile(r"(?P<year>[〇零○一二三四五六七八九]{4})(?:年度?)?")


def read_date(word: str) -> date | None:
    """Read 2026-01-20, 2026.1.20, 2026年1月20日 or 二〇二六年一月二十日; None for anything else."""
    plain = _BLANK.sub("", half(word).strip()).translate(_DASHES)
    for pattern in (_NUMBERS, _CHINESE, _EIGHT):
        if match := pattern.fullmatch(plain):
            month = 1 if match["month"] == "元" else int(match["month"])
            return _day(int(match["year"]), month, int(match["day"]))
    if match := _WORDS.fullmatch(plain):
        month = 1 if match["month"] == "元" else numerals.number(match["month"]) or 0
        return _day(numerals.digits(match["year"]) or 0, month, numerals.number(match["day"]) or 0)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    """Return the day, if the calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_year(word: str) -> int | None:
    """Read 2024, 2024年, 2024年度 or 二〇二四年; None for anything else."""
    plain = _BLANK.sub("", half(word).strip())
    if match := _YEAR.fullmatch(plain):
        return int(match["year"])
    if match := _YEAR_IN_WORDS.fullmatch(plain):
        return numerals.digits(match["year"])
    return None
