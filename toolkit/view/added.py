"""A table whose rows the author of the report added → the table, ready to print."""

from collections.abc import Iterator, Mapping, Sequence

from toolkit.forms import Item, Path, Section, Table
from toolkit.forms.model import Added
from toolkit.report import Number
from toolkit.view.model import Cell, TableView

_NUMBER_SHARE = 0.08
"""Part of the width of the running number: room for two characters and four digits."""

Row = Mapping[str, object]


def table(section: Section, cells: Mapping[Path, Number], rows: Sequence[Row]) -> TableView:
    """Lay out a header, the rows with their running number, and the total where one is asked for.

    A table without rows has one empty row: nobody wonders whether it was cut off.
    """
    source = section.tables[0]
    added = source.added or Added()
    header = _header(section.id, source, added)
    body = [_row(section.id, source, added, at, row) for at, row in enumerate(rows or ({},), 1)]
    total = [_total(section.id, source, added, len(body) + 1, cells)] if added.total else []
    first = (_NUMBER_SHARE,) * bool(added.number)
    share = (1 - sum(first)) / len(source.columns)
    return TableView(
        section.id,
        section.heading,
        (header, *body, *total),
        len(header),
        1,
        source.widths or (*first, *(share,) * len(source.columns)),
        title=source.caption,
        notes=source.notes,
    )


def _header(name: str, source: Table, added: Added) -> tuple[Cell, ...]:
    labels = (*(added.number,) * bool(added.number), *(item.label for item in source.columns))
    return tuple(
        Cell(_id(name, 0, at), label, 0, at, scope="col") for at, label in enumerate(labels)
    )


def _row(name: str, source: Table, added: Added, at: int, row: Row) -> tuple[Cell, ...]:
    if not added.number:
        return tuple(_values(name, source, at, row, 0, ()))
    number = Cell(_id(name, at, 0), str(at), at, 0, scope="row")
    if not row:
        number = Cell(number.id, "", at, 0, headers=(_id(name, 0, 0),))
    return (number, *_values(name, source, at, row, 1, (number.id,) if row else ()))


def _values(
    name: str, source: Table, at: int, row: Row, start: int, labels: tuple[str, ...]
) -> Iterator[Cell]:
    for column, item in enumerate(source.columns, start):
        yield Cell(
            _id(name, at, column),
            item.holds.printed(row.get(item.id)),
            at,
            column,
            headers=(*labels, _id(name, 0, column)),
            path=(*source.path, str(at - 1), item.id) if row else (),
            numeric=item.holds.number,
        )


def _total(
    name: str, source: Table, added: Added, at: int, cells: Mapping[Path, Number]
) -> tuple[Cell, ...]:
    """Lay out the row of sums; its label spans the number and the columns before the first sum."""
    before = int(bool(added.number))
    sums = {cell.path[-1] for cell in source.totals}
    first = next((at for at, item in enumerate(source.columns) if item.id in sums), 0)
    label = Cell(_id(name, at, 0), added.total, at, 0, colspan=max(1, before + first), scope="row")
    if before + first == 0:  # no column is left for the label
        return tuple(_sums(name, source, at, 0, source.columns, cells, ()))
    rest = source.columns[first:]
    return (label, *_sums(name, source, at, before + first, rest, cells, (label.id,)))


def _sums(
    name: str,
    source: Table,
    at: int,
    start: int,
    columns: Sequence[Item],
    cells: Mapping[Path, Number],
    labels: tuple[str, ...],
) -> Iterator[Cell]:
    for column, item in enumerate(columns, start):
        path = (*source.path, item.id)
        yield Cell(
            _id(name, at, column),
            item.holds.printed(cells.get(path)),
            at,
            column,
            headers=(*labels, _id(name, 0, column)),
            path=path if path in cells else (),
            numeric=item.holds.number,
        )


def _id(name: str, row: int, column: int) -> str:
    return f"{name}-{row}-{column}"
