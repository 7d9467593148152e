"""One table of a form: its trees of rows and columns, its cells, its sums."""

from collections.abc import Iterator

from toolkit.forms import formulas
from toolkit.forms.model import NUMBERS, CellField, Formula, Item, Path, Table
from toolkit.forms.reader import Fields, fault, unique
from toolkit.messages import Text, text
from toolkit.sources import Node

_ITEM = "id label cells derived variants rows columns"
_FORMULA = "id code per expression basis source"


def build(fields: Fields, path: Path, cells: str = "") -> Table:
    """Read one table.

    Args:
        fields: a mapping with ``columns``, ``rows`` and perhaps ``caption``, ``corner``,
            ``cells``, ``formulas``.
        path: where the table's data stand.
        cells: the kind of number where neither the table nor a column says.

    Raises:
        FormError: with the place in the form file.
    """
    cells = fields.text("cells", cells)
    unique(fields, "columns")
    unique(fields, "rows")
    columns = tuple(_item(node, "columns", cells) for node in fields.items("columns"))
    rows = tuple(_item(node, "rows", "") for node in fields.items("rows")) or (Item("", ""),)
    if not columns:
        raise fault(fields.node.position, text("“{key}” is missing here.", key="columns"))
    members = tuple(_cells(path, rows, columns))
    sums = tuple(_formula(node, members) for node in fields.items("formulas"))
    return Table(
        path=path,
        caption=fields.text("caption", ""),
        corner=fields.text("corner", fields.text("stub", "")),
        columns=columns,
        rows=rows,
        cells=members,
        formulas=sums,
        equations=tuple(formulas.equations(sums, members)),
    )


def _item(node: Node, axis: str, cells: str) -> Item:
    fields = Fields.of(node, _ITEM)
    cells = fields.text("cells", cells)
    if cells and cells not in NUMBERS:
        message = text("“{key}” is one of: {names}.", key="cells", names=", ".join(sorted(NUMBERS)))
        raise fault(node.position, message)
    unique(fields, axis)
    items = tuple(_item(child, axis, cells) for child in fields.items(axis))
    return Item(
        id=fields.text("id", "" if items else None),
        label=fields.text("label"),
        items=items,
        cells=cells,
        derived=fields.flag("derived"),
        variants=fields.words("variants"),
    )


def _cells(path: Path, rows: tuple[Item, ...], columns: tuple[Item, ...]) -> Iterator[CellField]:
    for row in (chain for item in rows for chain in item.chains()):
        for column in (chain for item in columns for chain in item.chains()):
            steps = tuple(item.id for item in (*row, *column) if item.id)
            yield CellField((*path, *steps), column[-1].cells or "count", row, column)


def _formula(node: Node, cells: tuple[CellField, ...]) -> Formula:
    fields = Fields.of(node, _FORMULA)
    per, expression = fields.text("per"), fields.text("expression")
    left, equals, right = expression.partition("==")
    if per not in ("row", "column") or not equals:
        message = text("A formula is “a + b == c + d”, per row or per column.")
        raise fault(node.position, message)
    known = {
        tuple(item.id for item in chain if item.id): chain[-1].derived
        for chain in (cell.row if per == "column" else cell.column for cell in cells)
    }
    try:
        sides = formulas.parse_side(left, known), formulas.parse_side(right, known)
    except ValueError as error:
        raise fault(node.position, _no_such(str(error), per)) from None
    return Formula(
        fields.text("id"),
        fields.text("code"),
        per,
        expression,
        *sides,
        basis=fields.text("basis", "arithmetic"),
        source=fields.text("source", ""),
    )


def _no_such(term: str, per: str) -> Text:
    """A formula per column adds rows up, and one per row adds columns up."""
    if per == "column":
        return text("“{term}” is no row of this table.", term=term)
    return text("“{term}” is no column of this table.", term=term)
