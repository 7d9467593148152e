"""Broken sums, and which cell is at fault where one cell explains several of them.

An equation is judged with the totals nobody stated written out, so that a fault is told by
the numbers that stand in the file.
"""

import operator
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from toolkit.forms import Comparison, Equation, Path, expressions
from toolkit.report import Absent, Report, exact

Amount = int | Decimal

_SHOWN = 12
"""Decimals to which two sides are compared where no cell says how it is rounded."""
Terms = dict[Path, int]
"""Cells that stand in the file (or are 0 because left out) → how often they count."""


@dataclass(frozen=True, slots=True)
class Broken:
    """An equation that does not hold: left minus right is ``residual``."""

    equation: Equation
    residual: Amount


@dataclass(frozen=True, slots=True)
class Group:
    """Broken equations with one explanation.

    ``cells`` are those any one of which may be at fault, each with the value that would mend
    every equation of the group; none when more than one cell must be wrong.
    """

    broken: tuple[Broken, ...]
    cells: tuple[tuple[Path, Amount], ...]


def broken_sums(report: Report) -> tuple[Group, ...]:
    """Explain the broken sums of a report, best explained first."""
    broken = [b for e in report.form.equations if (b := _broken(report, e))]
    if not broken:
        return ()
    ledger = _Ledger(report)
    left = {b.equation: b for b in broken if not ledger.follows(b.equation)}
    groups = []
    while left:
        equations, cells = ledger.explain(left)
        groups.append(Group(tuple(left.pop(e) for e in equations), cells))
    return tuple(groups)


def _broken(report: Report, equation: Equation) -> Broken | None:
    """Compare both sides; a blank anywhere means that nobody can say."""
    residual: Amount = 0
    for sign, terms in ((1, equation.left), (-1, equation.right)):
        for factor, path in terms:
            value = exact(report.cells[path])
            if value is None:
                return None
            residual += sign * factor * value
    return Broken(equation, residual) if residual else None


@dataclass(frozen=True, slots=True)
class Unkept:
    """A comparison that does not hold, with what its sides come to."""

    comparison: Comparison
    left: Amount
    right: Amount


def unkept(report: Report) -> Iterator[Unkept]:
    """Yield the comparisons that do not hold; one that only works out a total says nothing new."""
    fields = report.form.cell_at
    for one in report.form.comparisons:
        path = one.defines
        if path is not None and fields[path].derived and path not in report.stated:
            continue
        sides = _sides(report, one)
        if sides is not None and not _KEPT[one.sign](*sides):
            yield Unkept(one, *sides)


_KEPT = {"==": operator.eq, "<=": operator.le, ">=": operator.ge}


def _sides(report: Report, one: Comparison) -> tuple[Amount, Amount] | None:
    """Work both sides out; a quotient is compared to as many decimals as its author gave."""
    left, right = (
        expressions.evaluate(side, lambda path: exact(report.cells[path]))
        for side in (one.left, one.right)
    )
    if left is None or right is None:
        return None
    places = _SHOWN
    if one.defines is not None and "/" in one.formula.expression:
        places = _decimals(report.cells[one.defines])
    return expressions.rounded(left, places), expressions.rounded(right, places)


def _decimals(value: object) -> int:
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


class _Ledger:
    """The equations of a report over the cells that are not worked out."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._form = report.form
        self._worked_out = _definitions(report)
        checked = [e for e in self._form.equations if not self.follows(e)]
        self._terms = {e: terms for e in checked if (terms := self._expand(e)) is not None}
        self._equations_of: dict[Path, list[Equation]] = {}
        for equation, terms in self._terms.items():
            for path in terms:
                self._equations_of.setdefault(path, []).append(equation)

    def follows(self, equation: Equation) -> bool:
        """Whether it says nothing new.

        So it is when it defines a total nobody stated (by itself, or as the second way to the
        corner of the table), or when all its cells are worked out from the other lanes.
        """
        if len(equation.left) == 1 and equation.left[0][1] in self._worked_out:
            return True
        return all(path in self._worked_out for path in equation.cells)

    def explain(
        self, left: Mapping[Equation, Broken]
    ) -> tuple[tuple[Equation, ...], tuple[tuple[Path, Amount], ...]]:
        """Find the most broken equations that one cell explains, and each such cell."""
        found: dict[tuple[Equation, ...], list[tuple[Path, Amount]]] = {}
        for path in dict.fromkeys(p for e in left for p in self._terms[e]):
            value = self._mending(path, left)
            if value is not None:
                mended = tuple(e for e in self._equations_of[path] if e in left)
                found.setdefault(mended, []).append((path, value))
        if not found:
            return (next(iter(left)),), ()
        best = max(found, key=len)
        order = list(self._form.cell_at)
        return best, tuple(sorted(found[best], key=lambda cell: order.index(cell[0])))

    def _mending(self, path: Path, left: Mapping[Equation, Broken]) -> Amount | None:
        """Return the value with which every equation of a cell would hold, if there is one."""
        now = exact(self._report.cells[path])
        if now is None or isinstance(self._report.cells[path], Absent):
            return None
        values: set[Amount | None] = set()
        for equation in self._equations_of[path]:
            if equation not in left:
                return None
            change = _divided(-left[equation].residual, self._terms[equation][path])
            values.add(None if change is None else now + change)
        value = values.pop() if len(values) == 1 else None
        return value if value is not None and value >= 0 else None

    def _expand(self, equation: Equation) -> Terms | None:
        """Write worked-out totals out as their parts, left minus right; None with a blank."""
        terms: Terms = {}
        waiting = [(s, p) for s, p in equation.left] + [(-s, p) for s, p in equation.right]
        while waiting:
            sign, path = waiting.pop()
            if exact(self._report.cells[path]) is None:
                return None
            definition = self._worked_out.get(path)
            if definition is None:
                terms[path] = terms.get(path, 0) + sign
            else:
                waiting.extend((sign * s, p) for s, p in definition.right)
        return {path: factor for path, factor in terms.items() if factor}


def _divided(amount: Amount, factor: int) -> Amount | None:
    """Divide; whole numbers stay whole, and where they cannot there is no answer."""
    if isinstance(amount, Decimal):
        return amount / factor
    whole, rest = divmod(amount, factor)
    return None if rest else whole


def _definitions(report: Report) -> dict[Path, Equation]:
    """For each total nobody stated, the equation that `toolkit.report.derive` works it out by."""
    derived = {c.path for c in report.form.cells if c.derived and c.path not in report.stated}
    known = {cell.path for cell in report.form.cells} - derived
    definitions: dict[Path, Equation] = {}
    waiting = [e for e in report.form.equations if len(e.left) == 1 and e.left[0][1] in derived]
    while waiting:
        ready = [e for e in waiting if all(path in known for _, path in e.right)]
        if not ready:
            break
        for equation in ready:
            definitions.setdefault(equation.left[0][1], equation)
        known.update(equation.left[0][1] for equation in ready)
        waiting = [e for e in waiting if e.left[0][1] not in known]
    return definitions
