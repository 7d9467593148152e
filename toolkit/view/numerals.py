"""Dates and numerals as they are printed."""

from datetime import date
from decimal import Decimal

from toolkit.forms.values import Money

_DIGITS = "〇一二三四五六七八九"


def chinese_year(year: int) -> str:
    """2023 → ``二〇二三``."""
    return "".join(_DIGITS[int(digit)] for digit in str(year))


def chinese_count(number: int) -> str:
    """1 to 99 in words: 21 → ``二十一``, 10 → ``十``."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def printed_date(day: date | None, style: str) -> str:
    """A date of signature.

    ``"arabic"`` gives ``2023年1月20日``, as GB/T 9704-2012 (7.3.5.4) has it; ``"chinese"``
    the older ``二〇二三年一月二十日``.
    """
    if day is None:
        return ""
    if style == "chinese":
        months, days = chinese_count(day.month), chinese_count(day.day)
        return f"{chinese_year(day.year)}年{months}月{days}日"
    return f"{day.year}年{day.month}月{day.day}日"


def amount(value: object) -> int | Decimal | None:
    """Return what a cell counts as; ``None`` for a blank one."""
    number = value.amount if isinstance(value, Money) else value
    return number if isinstance(number, int | Decimal) else None
