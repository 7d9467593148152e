"""Sums of the form as spreadsheet formulas: totals that work themselves out, and checks."""

from collections.abc import Iterable, Mapping

from toolkit.forms import CellField, Comparison, Equation, Item, Path, Table
from toolkit.forms.expressions import Combined, Constant, Expression, cells
from toolkit.messages import text
from toolkit.sources.workbook_ids import reference

Places = Mapping[Path, tuple[int, int]]
"""Field → row and column of its cell, counted from 1."""
HOLDS, FAILS = text("holds"), text("off by ")
"""What a check says; the second is followed by the difference."""
_DECIMALS = 6
"""Places behind the point that sums of fractions are compared to."""
_FEW = 3
"""Terms that are named one by one in the label of a check."""


def total(equation: Equation, places: Places, absent: str = "") -> str:
    """The formula of a derived cell; it stays empty where a part is a mark and no number."""
    parts = [(sign, places[path]) for sign, path in equation.right]
    areas = _areas(at for _, at in parts)
    every = ",".join(areas)
    known = f"COUNT({every})" + "".join(f'+COUNTIF({area},"{absent}")' for area in areas if absent)
    return f'IF({known}=COUNTA({every}),{_side(parts)},"")'


def worked_out(comparison: Comparison, places: Places, decimals: int) -> str:
    """The formula of a derived cell that follows by more than a sum; empty where it cannot."""
    areas = ",".join(_areas(places[path] for path in cells(comparison.right)))
    value = f"ROUND({expression(comparison.right, places)},{decimals})"
    return f'IF(COUNT({areas})=COUNTA({areas}),IFERROR({value},""),"")'


def broken(comparison: Comparison, places: Places) -> str:
    """A condition that is true where a comparison does not hold."""
    left, right = (expression(side, places) for side in (comparison.left, comparison.right))
    if "/" in comparison.formula.expression and comparison.defines is not None:
        right = f"ROUND({right},{_SHARE_DECIMALS})"
        return f"ABS(({left})-({right}))>0.5"
    apart = f"ROUND(({left})-({right}),{_DECIMALS})"
    return f"{apart}{_UNKEPT[comparison.sign]}0"


_UNKEPT = {"==": "<>", "<=": ">", ">=": "<"}
_SHARE_DECIMALS = 2


def expression(side: Expression, places: Places) -> str:
    """Write one side of a formula for a spreadsheet."""
    if isinstance(side, Constant):
        return format(side.value, "f")
    if isinstance(side, Combined):
        left, right = expression(side.left, places), expression(side.right, places)
        return f"({left}{side.sign}{right})"
    return f"SUM({','.join(_areas(places[path] for path in cells(side)))})"


def difference(equation: Equation, places: Places, *, whole: bool = True) -> str:
    """By how much the left side is larger than the right one.

    Spreadsheets add fractions up in binary, so where cells are not ``whole`` numbers what lies
    beyond their decimals is cut off.
    """
    left = _side([(sign, places[path]) for sign, path in equation.left])
    right = _side([(sign, places[path]) for sign, path in equation.right])
    return f"({left})-({right})" if whole else f"ROUND(({left})-({right}),{_DECIMALS})"


def is_whole(equation: Equation, fields: Mapping[Path, CellField]) -> bool:
    """Whether all cells of a sum hold whole numbers."""
    return all(fields[path].holds.whole for path in equation.cells)


def apart(difference: str, good: str, bad: str, *, whole: bool = True) -> str:
    """Word a check: that a sum holds, or by how much it does not."""
    digits = "0" if whole else f"0.{'#' * _DECIMALS}"
    return f'IF({difference}=0,"{good}","{bad}"&TEXT({difference},"{digits}"))'


def _side(parts: list[tuple[int, tuple[int, int]]]) -> str:
    plus = ",".join(_areas(at for sign, at in parts if sign > 0))
    minus = ",".join(_areas(at for sign, at in parts if sign < 0))
    return f"SUM({plus})" + (f"-SUM({minus})" if minus else "")


def _areas(places: Iterable[tuple[int, int]]) -> list[str]:
    """Name cells, neighbours in one row or column as an area."""
    runs: list[list[tuple[int, int]]] = []
    for at in places:
        if runs and _next(runs[-1], at):
            runs[-1].append(at)
        else:
            runs.append([at])
    return [
        reference(*run[0]) if len(run) == 1 else f"{reference(*run[0])}:{reference(*run[-1])}"
        for run in runs
    ]


def _next(run: list[tuple[int, int]], at: tuple[int, int]) -> bool:
    step = (at[0] - run[-1][0], at[1] - run[-1][1])
    if len(run) == 1:
        return step in ((0, 1), (1, 0))
    return step == (run[-1][0] - run[-2][0], run[-1][1] - run[-2][1])


def named(equation: Equation, table: Table, sum_of_parts: str) -> str:
    """Return a sum in the numbers of its rows or columns: ``一＋二＝（七）总计＋四``."""
    fields = {cell.path: cell for cell in table.cells}
    per = equation.formula.per
    sides = (
        sum_of_parts
        if len(side) > _FEW
        else "".join(
            ("＋" if sign > 0 else "－" if at else "") * bool(at or sign < 0)
            + _short(fields[path], per)
            for at, (sign, path) in enumerate(side)
        )
        for side in (equation.left, equation.right)
    )
    return "＝".join(sides)


def _short(cell: CellField, per: str) -> str:
    chain: tuple[Item, ...] = cell.row if per == "column" else cell.column
    label = chain[-1].label
    head, mark, _ = label.partition("、")
    return head if mark and len(head) <= 2 else label
