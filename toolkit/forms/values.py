"""Values a cell may hold that are no plain numbers: marks, and amounts with a unit of their own."""

from dataclasses import dataclass
from decimal import Decimal

LARGEST = 999_999_999
"""No count of 件 and no amount in a report comes near this."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A cell left open on purpose, with the mark that stands in it; it is not 0."""

    mark: str

    def __str__(self) -> str:
        return self.mark


@dataclass(frozen=True, slots=True)
class Absent:
    """“Not applicable”, as the form prints it: neither open nor 0; it adds nothing to a sum."""

    mark: str

    def __str__(self) -> str:
        return self.mark


NOT_APPLICABLE = frozenset({"not_applicable", "无此项", "不适用"})
"""How an author says so, beside the form's own way."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount with the unit its author wrote: ``"元"`` or ``"万元"``."""

    amount: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"


Number = int | Decimal | Money | Blank | Absent
