"""Formulas as text → what they say: ``total == a + b``, ``held <= posts``, ``share == a / b``.

One small grammar, read by hand and never run: numbers, names, ``sum(name)``, ``+ - * /``, brackets,
and one ``==``, ``<=`` or ``>=`` between two sides.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fractions import Fraction

Path = tuple[str, ...]
"""Steps from the top of a data file to a value: ``("applications", "new", "business")``."""
SIGNS = ("==", "<=", ">=")
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)(?![\w.])|(?P<name>\w+(?:\.\w+)*)|(?P<mark>==|<=|>=|[-+*/()]))"
)
_LONGEST, _DEEPEST = 4_000, 30
"""Characters of a formula, and brackets in it; no form comes near either."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A number that is written in the formula."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Term:
    """One cell, or with ``summed`` all cells below a name that are no totals."""

    path: Path
    summed: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """Several cells, added up."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Combined:
    """Two parts with ``+``, ``-``, ``*`` or ``/`` between them."""

    sign: str
    left: "Expression"
    right: "Expression"


Expression = Constant | Term | Sum | Combined


class Sides(NamedTuple):
    """A whole formula: two sides, and what stands between them."""

    left: Expression
    sign: str
    right: Expression


class FormulaError(ValueError):
    """A formula that cannot be read; ``piece`` is where it goes wrong."""

    def __init__(self, piece: str) -> None:
        super().__init__(piece)
        self.piece = piece


def parse(formula: str) -> Sides:
    """Read a formula.

    Raises:
        FormulaError: it is no formula; says from where on.
    """
    reader = _Reader(formula)
    left = reader.sum()
    sign = reader.take(*SIGNS)
    right = reader.sum()
    reader.end()
    return Sides(left, sign, right)


class _Reader:
    """Reads one formula from left to right."""

    def __init__(self, formula: str) -> None:
        self._tokens = list(_tokens(formula))
        self._at, self._depth = 0, 0

    def sum(self) -> Expression:
        """Read parts with + and - between them."""
        negative = self._next() == "-"
        if self._next() in ("+", "-"):
            self._at += 1
        found = self._product()
        if negative:
            found = Combined("-", Constant(Decimal(0)), found)
        while self._next() in ("+", "-"):
            found = Combined(self.take("+", "-"), found, self._product())
        return found

    def take(self, *marks: str) -> str:
        """Go past one of the marks."""
        if self._next() not in marks:
            raise FormulaError(self._next() or "…")
        self._at += 1
        return self._tokens[self._at - 1][1]

    def end(self) -> None:
        """See that nothing is left."""
        if self._at < len(self._tokens):
            raise FormulaError(self._next())

    def _product(self) -> Expression:
        found = self._part()
        while self._next() in ("*", "/"):
            sign = self.take("*", "/")
            part = self._part()
            if sign == "/" and part == Constant(Decimal(0)):
                raise FormulaError("/ 0")
            found = Combined(sign, found, part)
        return found

    def _part(self) -> Expression:
        kind, words = self._tokens[self._at] if self._at < len(self._tokens) else ("", "…")
        if kind == "number":
            self._at += 1
            return Constant(Decimal(words))
        if kind == "name":
            self._at += 1
            return self._summed() if words == "sum" and self._next() == "(" else _term(words)
        self.take("(")
        self._depth += 1
        if self._depth > _DEEPEST:
            raise FormulaError("(")
        found = self.sum()
        self._depth -= 1
        self.take(")")
        return found

    def _summed(self) -> Term:
        self.take("(")
        kind, words = self._tokens[self._at] if self._at < len(self._tokens) else ("", "…")
        if kind != "name":
            raise FormulaError(words)
        self._at += 1
        self.take(")")
        return Term(tuple(words.split(".")), summed=True)

    def _next(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""


def _term(words: str) -> Term:
    return Term(tuple(words.split(".")))


def _tokens(formula: str) -> Iterator[tuple[str, str]]:
    words, at = formula.strip(), 0
    if len(words) > _LONGEST:
        raise FormulaError(words[:20])
    while at < len(words):
        match = _TOKEN.match(words, at)
        if match is None or match.lastgroup is None:
            raise FormulaError(words[at:].strip())
        yield match.lastgroup, match[match.lastgroup]
        at = match.end()


def resolved(part: Expression, find: Callable[[Term], tuple[Path, ...]]) -> Expression:
    """Put cells in place of names; ``find`` gives those of a name, one if it is not summed."""
    if isinstance(part, Combined):
        return Combined(part.sign, resolved(part.left, find), resolved(part.right, find))
    if isinstance(part, Term):
        found = find(part)
        return Sum(found) if part.summed else Term(found[0])
    return part


def cells(part: Expression) -> Iterator[Path]:
    """Yield the cells of a side, in order."""
    if isinstance(part, Combined):
        yield from cells(part.left)
        yield from cells(part.right)
    elif isinstance(part, Term):
        yield part.path
    elif isinstance(part, Sum):
        yield from part.paths


def moved(part: Expression, place: Callable[[Path], Path]) -> Expression:
    """Put other cells in place of those of a side."""
    if isinstance(part, Combined):
        return Combined(part.sign, moved(part.left, place), moved(part.right, place))
    if isinstance(part, Term):
        return Term(place(part.path))
    return Sum(tuple(map(place, part.paths))) if isinstance(part, Sum) else part


def linear(part: Expression, sign: int = 1) -> tuple[tuple[int, Path], ...] | None:
    """Return a side as signed cells, or None where it is more than a sum."""
    if isinstance(part, Constant):
        return () if part.value == 0 else None
    if isinstance(part, Combined):
        if part.sign not in ("+", "-"):
            return None
        left = linear(part.left, sign)
        right = linear(part.right, sign if part.sign == "+" else -sign)
        return None if left is None or right is None else (*left, *right)
    return tuple((sign, path) for path in cells(part))


def evaluate(part: Expression, amount: Callable[[Path], int | Decimal | None]) -> "Fraction | None":
    """Work a side out exactly; None where a cell holds no number, or something is divided by 0."""
    from fractions import Fraction  # most forms have plain sums only, and do without

    if isinstance(part, Constant):
        return Fraction(part.value)
    if not isinstance(part, Combined):
        amounts = [amount(path) for path in cells(part)]
        there = [Fraction(one) for one in amounts if one is not None]
        return sum(there, Fraction()) if len(there) == len(amounts) else None
    left, right = evaluate(part.left, amount), evaluate(part.right, amount)
    if left is None or right is None or (part.sign == "/" and right == 0):
        return None
    if part.sign == "/":
        return left / right
    return left * right if part.sign == "*" else left + right if part.sign == "+" else left - right


def rounded(number: "Fraction", places: int, *, whole: bool = False) -> int | Decimal:
    """Return a number as a cell holds it: exact where its decimals end in time, else rounded."""
    scaled = number * 10**places
    if scaled.denominator == 1:
        exact = Decimal(scaled.numerator).scaleb(-places)
        return int(exact) if whole else _shortened(exact)
    near = Decimal(scaled.numerator) / Decimal(scaled.denominator)
    held = near.quantize(Decimal(1), ROUND_HALF_UP).scaleb(-places)
    return int(held) if whole else held


def _shortened(number: Decimal) -> Decimal:
    """Drop the noughts at the end: 12.50 is 12.5, and 12.00 is 12."""
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()
