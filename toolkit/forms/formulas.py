"""Sums of the form: ``new + carried_over == results.total + carried_forward``, cell by cell."""

import re
from collections.abc import Iterator

from toolkit.forms.model import CellField, Equation, Formula, Path

_TERM = re.compile(r"\s*([+-]?)\s*(?:sum\(\s*([\w.]+)\s*\)|([\w.]+))")

Lanes = dict[str, dict[Path, CellField]]
"""Label of a row or column → the cells in it, by their steps in the other direction."""


def parse_side(side: str, known: dict[Path, bool]) -> tuple[tuple[int, Path], ...]:
    """Read one side of an expression.

    Args:
        side: terms parted by + and -; ``sum(a.b)`` stands for every cell below ``a.b``
            that is not itself a total.
        known: the rows (or columns) of the table: steps → whether it is a total.

    Returns:
        Signed terms, as in ``Formula.left``.

    Raises:
        ValueError: a term is not a row (or column) of the table. Its text says which.
    """
    terms: list[tuple[int, Path]] = []
    at = 0
    side = side.strip()
    while at < len(side):
        match = _TERM.match(side, at)
        if not match or (at and not match[1]):
            raise ValueError(side[at:])
        at = match.end()
        steps = tuple((match[2] or match[3]).split("."))
        found = _below(steps, known) if match[2] else [steps] if steps in known else []
        if not found:
            raise ValueError(match[0].strip())
        terms.extend((-1 if match[1] == "-" else 1, path) for path in found)
        at += len(side[at:]) - len(side[at:].lstrip())
    return tuple(terms)


def _below(steps: Path, known: dict[Path, bool]) -> list[Path]:
    size = len(steps)
    return [p for p, total in known.items() if p[:size] == steps and len(p) > size and not total]


def lanes(cells: tuple[CellField, ...], per: str) -> Lanes:
    """Sort the cells of a table into its columns (``per="column"``) or its rows."""
    sorted_cells: Lanes = {}
    for cell in cells:
        along, across = (cell.column, cell.row) if per == "column" else (cell.row, cell.column)
        lane = " / ".join(item.label for item in along if item.label)
        key = tuple(item.id for item in across if item.id)
        sorted_cells.setdefault(lane, {})[key] = cell
    return sorted_cells


def equations(formulas: tuple[Formula, ...], cells: tuple[CellField, ...]) -> Iterator[Equation]:
    """Write each formula out for each row or column of the table."""
    for formula in formulas:
        for lane, members in lanes(cells, formula.per).items():
            yield Equation(
                formula,
                lane,
                tuple((sign, members[path].path) for sign, path in formula.left),
                tuple((sign, members[path].path) for sign, path in formula.right),
            )
