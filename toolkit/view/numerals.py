"""Dates and numerals as they are printed."""

from datetime import date
from decimal import Decimal

from toolkit.forms.values import Money
from toolkit.notation.numerals import in_digits, ordinal


def printed_date(day: date | None, style: str) -> str:
    """A date of signature.

    ``"arabic"`` gives ``2023年1月20日``, as GB/T 9704-2012 (7.3.5.4) has it; ``"chinese"``
    the older ``二〇二三年一月二十日``.
    """
    if day is None:
        return ""
    if style == "chinese":
        return f"{in_digits(day.year)}年{ordinal(day.month)}月{ordinal(day.day)}日"
    return f"{day.year}年{day.month}月{day.day}日"


def amount(value: object) -> int | Decimal | None:
    """Return what a cell counts as; ``None`` for a blank one."""
    number = value.amount if isinstance(value, Money) else value
    return number if isinstance(number, int | Decimal) else None
