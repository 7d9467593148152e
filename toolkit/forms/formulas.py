"""Formulas of a form, cell by cell: the sums of a table, and what else its numbers must keep."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from toolkit.forms.expressions import (
    Expression,
    FormulaError,
    Sides,
    Term,
    linear,
    moved,
    parse,
    resolved,
)
from toolkit.forms.model import CellField, Comparison, Equation, Formula, Path
from toolkit.forms.reader import Fields, fault
from toolkit.messages import Text, text
from toolkit.sources import Node, Scalar

_FORMULA = "id code per expression basis source"
_AXES = ("row", "column")

Lanes = dict[str, dict[Path, CellField]]
"""Label of a row or column → the cells in it, by their steps in the other direction."""


class Written(NamedTuple):
    """All formulas of a table or form, written out: plain sums, and other comparisons."""

    equations: tuple[Equation, ...]
    comparisons: tuple[Comparison, ...]


def read(node: Node, number: int, cells: tuple[CellField, ...]) -> Formula:
    """Read one formula of a table: a text, or a mapping with ``expression``.

    Args:
        node: what stands in ``formulas``.
        number: its place among them, for one without an id.
        cells: those of the table.

    Raises:
        FormError: it is no formula, names no row or column, or says nothing of numbers.
    """
    if isinstance(node, Scalar):
        return _formula(node, node.raw, Formula(f"F{number}"), "", cells)
    fields = Fields.of(node, _FORMULA)
    per = fields.text("per", "")
    if per not in ("", *_AXES):
        raise fault(node.position, text("A formula is “a + b == c + d”, per row or per column."))
    plain = Formula(
        fields.text("id", f"F{number}"),
        fields.text("code", ""),
        basis=fields.text("basis", "arithmetic"),
        source=fields.text("source", ""),
    )
    return _formula(node, fields.text("expression"), plain, per, cells)


def _formula(
    node: Node, words: str, plain: Formula, per: str, cells: tuple[CellField, ...]
) -> Formula:
    sides = _parsed(node, words)
    found: dict[str, tuple[Expression, Expression]] = {}
    wrong: dict[str, str] = {}
    for axis in (per,) if per else _AXES:
        known = _known(cells, axis)
        try:
            found[axis] = (_side(sides.left, known), _side(sides.right, known))
        except FormulaError as error:
            wrong[axis] = error.piece
    if not found:
        raise fault(node.position, _no_such(wrong, per))
    if len(found) > 1:
        message = text("“{formula}” may be meant per row or per column: say which by “per”.",
                       formula=words)  # fmt: skip
        raise fault(node.position, message)
    axis, (left, right) = next(iter(found.items()))
    made = Formula(plain.id, plain.code, axis, words, linear(left) or (), linear(right) or (),
                   plain.basis, plain.source, sides.sign, (left, right))  # fmt: skip
    _of_numbers(node, made, _written_out(made, cells))
    return made


def _parsed(node: Node, words: str) -> Sides:
    try:
        return parse(words)
    except FormulaError as error:
        message = text(
            "“{formula}” is no formula, from “{piece}” on: write “a == b + c”, with <= or >=,"
            " numbers, * / and sum(a) where needed.",
            formula=words,
            piece=error.piece,
        )
        raise fault(node.position, message) from None


def _known(cells: tuple[CellField, ...], per: str) -> dict[Path, bool]:
    """Return the rows (or columns) of a table: steps → whether it is a total."""
    return {
        tuple(item.id for item in chain if item.id): chain[-1].derived
        for chain in (cell.row if per == "column" else cell.column for cell in cells)
    }


def _side(part: Expression, known: Mapping[Path, bool], added: tuple[Path, ...] = ()) -> Expression:
    """Put cells in place of names; ``added`` are columns of rows that the author adds."""

    def find(term: Term) -> tuple[Path, ...]:
        size = len(term.path)
        if not term.summed:
            found = [term.path] if term.path in known else []
        else:
            below = (p for p in known if p[:size] == term.path and len(p) > size)
            found = [path for path in below if not known[path]]
            found += [path for path in added if path[:size] == term.path]
        if not found:
            name = ".".join(term.path)
            raise FormulaError(f"sum({name})" if term.summed else name)
        return tuple(found)

    return resolved(part, find)


def _no_such(wrong: Mapping[str, str], per: str) -> Text:
    """A formula per column adds rows up, and one per row adds columns up."""
    if per == "column":
        return text("“{term}” is no row of this table.", term=wrong["column"])
    if per == "row":
        return text("“{term}” is no column of this table.", term=wrong["row"])
    return text(
        "“{column}” is no column of this table, and “{row}” is no row of it.",
        column=wrong["row"],
        row=wrong["column"],
    )


def _of_numbers(node: Node, formula: Formula, instances: list["Comparison"]) -> None:
    """Refuse a formula that no lane of numbers can be checked by."""
    if not instances:
        message = text("“{formula}” would never be checked: not all its cells hold numbers.",
                       formula=formula.expression)  # fmt: skip
        raise fault(node.position, message)


def lanes(cells: tuple[CellField, ...], per: str) -> Lanes:
    """Sort the cells of a table into its columns (``per="column"``) or its rows."""
    sorted_cells: Lanes = {}
    for cell in cells:
        along, across = (cell.column, cell.row) if per == "column" else (cell.row, cell.column)
        lane = " / ".join(item.label for item in along if item.label)
        steps = ".".join(item.id for item in along)
        key = tuple(item.id for item in across if item.id)
        sorted_cells.setdefault(f"{lane}\0{steps}", {})[key] = cell
    return sorted_cells


def _written_out(formula: Formula, cells: tuple[CellField, ...]) -> list[Comparison]:
    """Write a formula out for each lane whose cells all hold numbers."""
    found = []
    for name, members in lanes(cells, formula.per).items():
        left, right = (moved(side, lambda p, m=members: m[p].path) for side in formula.sides)  # type: ignore[misc]
        one = Comparison(formula, name.partition("\0")[0], left, formula.sign, right)
        holds = {cell.path: cell.holds for cell in members.values()}
        if all(holds[path].number for path in one.cells):
            found.append(one)
    return found


def written(formulas: tuple[Formula, ...], cells: tuple[CellField, ...]) -> Written:
    """Write each formula out for each row or column of the table."""
    every = [one for formula in formulas for one in _written_out(formula, cells)]
    return _sorted(every)


def _sorted(every: list[Comparison]) -> Written:
    """Report plain sums from the rest; a share of totals is no sum of shares."""
    equations, comparisons = [], []
    for one in every:
        left, right = linear(one.left), linear(one.right)
        if one.sign == "==" and left and right:
            equations.append(Equation(one.formula, one.lane, left, right))
        else:
            comparisons.append(one)
    apart = {one.defines for one in comparisons if one.defines}
    sums = (e for e in equations if len(e.left) != 1 or e.left[0][1] not in apart)
    return Written(tuple(sums), tuple(comparisons))


def over_tables(nodes: Iterator[Node], cells: Mapping[Path, CellField]) -> tuple[Comparison, ...]:
    """Read the formulas of a whole form: their names are whole paths.

    Raises:
        FormError: a name is no cell of the form, or none that holds a number.
    """
    numbers = {path: cell for path, cell in cells.items() if cell.holds.number}
    known = {path: cell.derived for path, cell in numbers.items() if not cell.added}
    added = tuple(path for path, cell in numbers.items() if cell.added)
    return tuple(_of_form(node, number, known, added) for number, node in enumerate(nodes, 1))


def _of_form(
    node: Node, number: int, known: Mapping[Path, bool], added: tuple[Path, ...]
) -> Comparison:
    fields = None if isinstance(node, Scalar) else Fields.of(node, "id code expression source")
    words = node.raw if isinstance(node, Scalar) else fields.text("expression") if fields else ""
    sides = _parsed(node, words)
    try:
        left, right = _side(sides.left, known, added), _side(sides.right, known, added)
    except FormulaError as error:
        message = text("“{term}” is no cell of the form that holds a number.", term=error.piece)
        raise fault(node.position, message) from None
    formula = Formula(
        fields.text("id", f"F{number}") if fields else f"F{number}",
        fields.text("code", "") if fields else "",
        "form",
        words,
        source=fields.text("source", "") if fields else "",
        sign=sides.sign,
        sides=(left, right),
    )
    return Comparison(formula, "", left, sides.sign, right)
