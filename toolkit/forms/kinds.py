"""Kinds of values: what each reads, its limits, how it is written and printed. One table.

A base kind is one entry of `BASES`; every room that reads, checks, prints or asks for a value
follows the entry. A form makes kinds of its own out of these by ``kinds:``, as data.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from toolkit.forms.values import LARGEST, NOT_APPLICABLE, Absent, Blank, Money
from toolkit.messages import Text, text
from toolkit.notation.amounts import read_amount

Shape = Literal["number", "line", "text", "flag", "choice", "date", "list", "group"]
"""What a value is as data: an exact number; one line; paragraphs; true or false; one of several
words; a day of the calendar; a list; several values with keys of their own."""

TRUTH: Mapping[str, str] = MappingProxyType({"true": "是", "false": "否"})
"""How a truth value is written in Chinese."""

_LINE_LONGEST, _WORD_LONGEST = 500, 100
_UNITS = frozenset({"元", "万元"})
"""Units an amount keeps as its author wrote it."""


def _nothing(word: str) -> object:
    return None


def _as_written(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of value.

    ``base`` is the kind it was made of, itself for a base kind. ``read`` says what a word may
    mean that is no plain number (``增加4``), ``show`` how a value is printed. ``json`` is the JSON
    type, to which the limits are added. ``guide`` tells whoever fills in a data file,
    ``prompt`` whoever fills in a workbook, ``wanted`` what is asked for where it is missed.
    ``absent`` is how a form prints that there is no such thing, empty where it has no word for it.
    """

    id: str
    shape: Shape
    base: str = ""
    whole: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    places: int | None = None
    unit: str = ""
    pattern: str = ""
    longest: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    amount: bool = False
    signed: bool = False
    single: bool = False
    absent: str = ""
    read: Callable[[str], object] = _nothing
    show: Callable[[object], str] = _as_written
    json: Mapping[str, object] = field(default_factory=dict)
    guide: Text | None = None
    prompt: Text | None = None
    wanted: Text | None = None

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def number(self) -> bool:
        """Whether values are added up, and aligned as numbers are."""
        return self.shape == "number"

    @property
    def counted(self) -> bool:
        """Whether what is left out is 0; a year that is left out is no year, and words are none."""
        return self.number and "year" not in (self.id, self.base)

    @property
    def decimals(self) -> int:
        """How many digits behind the point a workbook lets through."""
        return 0 if self.whole else 2 if self.places is None else self.places

    def is_absent(self, word: str) -> bool:
        """Whether a word says that there is no such thing."""
        return bool(self.absent) and (word == self.absent or word in NOT_APPLICABLE)

    def labels(self) -> dict[str, str]:
        """Return the words a value may be chosen from, each with its label; else nothing."""
        return dict(TRUTH) if self.shape == "flag" else dict(self.choices)

    def printed(self, value: object) -> str:
        """Return a value as documents show it; a mark and an amount stand as they were written."""
        if value is None:
            return ""
        if isinstance(value, Blank | Money | Absent):
            return str(value)
        if isinstance(value, bool):
            return TRUTH[str(value).lower()]
        return dict(self.choices).get(str(value)) or self.show(value)


def _change(word: str) -> object:
    found = read_amount(word) if word[:1] in ("增", "减") else None
    return found.number if found and not found.is_money else None


def _money(word: str) -> object:
    found = read_amount(word)
    return Money(Decimal(found.number), found.unit) if found and found.unit in _UNITS else None


def _with_sign(value: object) -> str:
    more = isinstance(value, int | Decimal) and value > 0
    return f"+{_as_written(value)}" if more else _as_written(value)


_WHOLE_WANTED = text("a whole number")
_AMOUNT_WANTED = text("an amount")
_NONE, _MOST = Decimal(0), Decimal(LARGEST)

BASES: dict[str, Kind] = {
    kind.id: kind
    for kind in (
        Kind(
            "count",
            "number",
            whole=True,
            minimum=_NONE,
            maximum=_MOST,
            json={"type": "integer"},
            guide=text("whole number, 件"),
            prompt=text("Write a whole number (件) from 0 on; 0 where there was nothing."),
            wanted=_WHOLE_WANTED,
        ),
        Kind(
            "decimal",
            "number",
            maximum=_MOST,
            minimum=-_MOST,
            json={"type": "number"},
            guide=text("number, such as 0.38"),
            prompt=text("Write a number, such as 0.38."),
            wanted=text("a number"),
        ),
        Kind(
            "line",
            "line",
            longest=_LINE_LONGEST,
            single=True,
            json={"type": ["string", "number"]},
            guide=text("words on one line"),
        ),
        Kind("text", "text", json={"type": ["string", "array"], "items": {"type": "string"}}),
        Kind(
            "flag",
            "flag",
            json={"type": "boolean"},
            guide=text("true or false (是 or 否)"),
            prompt=text("Choose one from the list."),
        ),
        Kind(
            "date",
            "date",
            single=True,
            json={"type": "string", "format": "date"},
            guide=text("date, such as 2023-01-20"),
            prompt=text("Write a date, such as 2026-01-20."),
        ),
        Kind(
            "choice",
            "choice",
            single=True,
            json={"type": ["string", "number"]},
            guide=text("one of the words to choose from"),
            prompt=text("Choose one from the list."),
        ),
        Kind(
            "year",
            "number",
            whole=True,
            minimum=Decimal(1900),
            maximum=Decimal(2099),
            single=True,
            json={"type": "integer"},
            guide=text("year of four digits"),
            prompt=text("Write the year of the report in four digits."),
            wanted=text("a year of four digits"),
        ),
    )
}
"""The kinds that all others are made of."""

OTHERS: dict[str, Kind] = {
    kind.id: kind
    for kind in (
        Kind(
            "signed",
            "number",
            "count",
            whole=True,
            minimum=-_MOST,
            maximum=_MOST,
            signed=True,
            read=_change,
            show=_with_sign,
            json={"type": "integer"},
            guide=text("change against last year, such as +4 or -1"),
            prompt=text("Write the change as a whole number: 4 for four more, -1 for one less."),
            wanted=_WHOLE_WANTED,
        ),
        Kind(
            "wan_yuan",
            "number",
            "decimal",
            minimum=_NONE,
            maximum=_MOST,
            unit="万元",
            amount=True,
            json={"type": "number"},
            guide=text("amount in 万元, such as 0.38"),
            prompt=text("Write the amount in 万元 with at most two decimals, such as 0.38."),
            wanted=_AMOUNT_WANTED,
        ),
        Kind(
            "money",
            "number",
            "decimal",
            minimum=_NONE,
            maximum=_MOST,
            amount=True,
            read=_money,
            json={"type": ["number", "string"]},
            guide=text("amount with its unit, such as 251000元"),
            prompt=text("Write the amount; with its unit where it is not plain, such as 251000元."),
            wanted=_AMOUNT_WANTED,
        ),
        Kind(
            "word",
            "line",
            "line",
            longest=_WORD_LONGEST,
            single=True,
            json={"type": ["string", "number"]},
        ),
        Kind("list", "list", "list", json={"type": "array"}),
        Kind("group", "group", "group"),
    )
}
"""Kinds made of these that every form knows: changes, amounts, ids, lists; and groups of keys."""


def known() -> dict[str, Kind]:
    """Return the kinds that every form may name, by id."""
    return {name: kind for name, kind in (BASES | OTHERS).items() if kind.shape != "group"}
