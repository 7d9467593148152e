"""Numbers as texts write them: ``1,234件``, ``三件``, ``２件``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit import chinese_number

_COUNT = re.compile(
    r"(?<![\d.,第每逐同])"
    r"(?P<number>\d{1,3}(?:,\d{3})+|\d{1,9}|[零〇一二两三四五六七八九十百千]{1,7})\s*"
    r"(?P<unit>件|宗|起|份|条)(?!次|套|数)"
)


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things in a text: its value, where it begins and ends, unit included."""

    value: int
    start: int
    end: int


def counts(words: str) -> Iterator[Count]:
    """Find every count of 件, 宗, 起, 份 or 条 in a text made half-width."""
    for match in _COUNT.finditer(words):
        value = whole(match["number"])
        if value is not None:
            yield Count(value, match.start(), match.end())


def whole(word: str) -> int | None:
    """Read a whole number in digits or in Chinese numerals; None for anything else."""
    plain = word.replace(",", "")
    return int(plain) if plain.isdecimal() else chinese_number(word)
