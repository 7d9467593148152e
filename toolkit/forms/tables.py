"""One table of a form: its trees of rows and columns, its cells, its sums."""

from collections.abc import Iterator

from toolkit.forms import formulas
from toolkit.forms.kinds import Kind
from toolkit.forms.model import CellField, Item, Path, Table
from toolkit.forms.own_kinds import Kinds, named
from toolkit.forms.reader import Fields, fault, unique
from toolkit.messages import text
from toolkit.sources import Node

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
    )


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


def _item(node: Node, axis: str, cells: str, kinds: Kinds) -> Item:
    fields = Fields.of(node, _ITEM)
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
