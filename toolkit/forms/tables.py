"""One table of a form: its trees of rows and columns, its cells, its sums."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.forms import formulas
from toolkit.forms.kinds import Kind
from toolkit.forms.model import Added, CellField, Item, Path, Table
from toolkit.forms.own_kinds import Kinds, named
from toolkit.forms.reader import Fields, fault, unique
from toolkit.messages import text
from toolkit.sources import Mapping, Node, Scalar

_ITEM = "id label cells derived variants rows columns"


def build(fields: Fields, path: Path, kinds: Kinds, cells: str = "") -> Table:
    """Read one table.

    Args:
        fields: a mapping with ``columns``, ``rows`` and perhaps ``caption``, ``corner``,
            ``cells``, ``formulas``.
        path: where the table's data stand.
        kinds: those the form may name.
        cells: the kind of values where neither the table nor a column says.

    Raises:
        FormError: with the place in the form file.
    """
    cells = fields.text("cells", cells)
    unique(fields, "columns")
    if isinstance(fields.find("rows"), Mapping):
        return _with_added(fields, path, kinds, cells)
    unique(fields, "rows")
    columns = tuple(_item(node, "columns", cells, kinds) for node in fields.items("columns"))
    rows = tuple(_item(node, "rows", "", kinds) for node in fields.items("rows")) or (Item("", ""),)
    if not columns:
        raise fault(fields.node.position, text("“{key}” is missing here.", key="columns"))
    members = tuple(_cells(path, rows, columns))
    _once(fields, members)
    sums = tuple(formulas.read(n, i, members) for i, n in enumerate(fields.items("formulas"), 1))
    written = formulas.written(sums, members)
    return Table(
        path=path,
        caption=fields.text("caption", ""),
        corner=fields.text("corner", fields.text("stub", "")),
        columns=columns,
        rows=rows,
        cells=members,
        formulas=sums,
        equations=written.equations,
        comparisons=written.comparisons,
        notes=fields.words("notes"),
        widths=_widths(fields, _stubs(rows) + sum(1 for c in columns for _ in c.chains())),
    )


_ADDED = "add number total most"
_MOST_ROWS = 1000
"""Rows that an author may add where the form does not say."""
_IN_ROW = frozenset({"line", "choice", "number", "date", "flag"})
"""Shapes of values that a row may hold which the author adds."""


def _with_added(fields: Fields, path: Path, kinds: Kinds, cells: str) -> Table:
    """Read a table whose rows the author of a report adds: a list of records in its data."""
    rows = Fields.of(fields.find("rows") or fields.node, _ADDED)
    if not rows.flag("add") or not fields.find("table"):
        message = text("Rows that are added stand in a table of “parts”: “{sample}”.",
                       sample="rows: {add: true, number: 序号, total: 合计}")  # fmt: skip
        raise fault(rows.node.position, message)
    if formula := fields.find("formulas"):
        message = text("Formulas in a table whose rows are added are not known.")
        remedy = text("Write one at the top level of the form, such as “{sample}”.",
                      sample=f"a.b == sum({'.'.join(path)}.c)")  # fmt: skip
        raise fault(formula.position, message, remedy)
    columns = tuple(_column(node, cells, kinds) for node in fields.items("columns"))
    if not columns:
        raise fault(fields.node.position, text("“{key}” is missing here.", key="columns"))
    added = Added(_label(rows, "number"), _label(rows, "total"),
                  rows.number("most", least=1) or _MOST_ROWS)  # fmt: skip
    total = Item("", added.total or "合计", derived=True)
    return Table(
        path=path,
        caption=fields.text("caption", ""),
        corner="",
        columns=columns,
        rows=(),
        cells=(),
        notes=fields.words("notes"),
        widths=_widths(fields, bool(added.number) + len(columns)),
        added=added,
        totals=tuple(
            CellField((*path, item.id), item.holds.id, (total,), (item,), item.holds, added=True)
            for item in columns
            if item.holds.counted and item.holds.unit != "%"
        ),
    )


def _stubs(rows: tuple[Item, ...]) -> int:
    """Count the columns that labels of rows take in print."""
    return max((item.depth for item in rows if item.label or item.items), default=0)


def _widths(fields: Fields, columns: int) -> tuple[float, ...]:
    """Return the shares of the width that the columns of the print have; empty if none are given.

    Raises:
        FormError: there are more or fewer than columns, or one is no number above 0.
    """
    nodes = list(fields.items("widths"))
    if not fields.find("widths"):
        return ()
    values = [node.value for node in nodes if isinstance(node, Scalar)]
    numbers = [float(v) for v in values if isinstance(v, int | Decimal) and v is not True and v > 0]
    if len(nodes) != columns or len(numbers) != columns:
        message = text("“{key}” is a list of {n} numbers, one a column; labels of rows come first.",
                       key="widths", n=columns)  # fmt: skip
        raise fault((fields.find("widths") or fields.node).position, message)
    return tuple(number / sum(numbers) for number in numbers)


def _label(rows: Fields, key: str) -> str:
    """Return a label of the rows; ``true`` is none."""
    node = rows.find(key)
    if isinstance(node, Scalar) and isinstance(node.value, bool):
        raise fault(node.position, text("“{key}” must be a text.", key=key))
    return rows.text(key, "")


def _column(node: Node, cells: str, kinds: Kinds) -> Item:
    """Read a column of rows that are added: plain, and never worked out."""
    item = _item(node, "columns", cells, kinds, more=" required")
    if item.items or item.derived:
        message = text("A column of rows that are added is plain: no groups, nothing derived.")
        raise fault(node.position, message)
    if item.holds.shape not in _IN_ROW:
        message = text("A column of a list holds single values, not “{kind}”.", kind=item.holds.id)
        raise fault(node.position, message)
    if item.id == "rows":
        raise fault(node.position, text("“{id}” is taken: choose another id.", id=item.id))
    return item


def _once(fields: Fields, cells: tuple[CellField, ...]) -> None:
    """Refuse two cells of one path, as groups without ids may have, and totals of words."""
    seen: set[Path] = set()
    for cell in cells:
        if cell.path in seen:
            message = text("Two cells have the path {path}: give their groups ids of their own.",
                           path=".".join(cell.path))  # fmt: skip
            raise fault(fields.node.position, message)
        if cell.derived and not cell.holds.number and cell.column[-1].derived:
            message = text("“{label}” is worked out (derived), but holds no number.",
                           label=cell.label)  # fmt: skip
            raise fault(fields.node.position, message)
        seen.add(cell.path)


def _item(node: Node, axis: str, cells: str, kinds: Kinds, more: str = "") -> Item:
    fields = Fields.of(node, _ITEM + more)
    cells = fields.text("cells", cells)
    holds = _of_cells(fields, cells or "count", kinds)
    unique(fields, axis)
    items = tuple(_item(child, axis, cells, kinds) for child in fields.items(axis))
    return Item(
        id=fields.id("id", "" if items else None),
        label=fields.text("label"),
        items=items,
        cells=cells,
        derived=fields.flag("derived"),
        variants=fields.words("variants"),
        holds=holds,
        required=fields.flag("required"),
    )


def _of_cells(fields: Fields, name: str, kinds: Kinds) -> Kind:
    """Return the kind of cells: one value, and for a choice the words to choose from."""
    kind = named(fields, "cells", name, kinds)
    place = (fields.find("cells") or fields.node).position
    if kind.shape == "list":
        raise fault(place, text("A cell holds one value, not “{kind}”.", kind=name))
    if kind.shape == "choice" and not kind.choices:
        sample = "kinds: {NAME: {base: choice, choices: [A, B]}}"
        raise fault(
            place, text("Name the choices in a kind of the form: “{sample}”.", sample=sample)
        )
    return kind


def _cells(path: Path, rows: tuple[Item, ...], columns: tuple[Item, ...]) -> Iterator[CellField]:
    for row in (chain for item in rows for chain in item.chains()):
        for column in (chain for item in columns for chain in item.chains()):
            steps = tuple(item.id for item in (*row, *column) if item.id)
            holds = (row[-1] if row[-1].cells else column[-1]).holds
            yield CellField((*path, *steps), holds.id, row, column, holds)
