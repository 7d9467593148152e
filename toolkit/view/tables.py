"""A section of the form with its numbers → the official table, ready to print."""

from collections.abc import Iterator, Mapping, Sequence

from toolkit.forms import Item, Path, Section, Table
from toolkit.report import Number
from toolkit.view import added
from toolkit.view.grid import Slot, depth, shared_columns, shared_widths, slots
from toolkit.view.model import Cell, TableView

_STUB_SHARE = 0.28
"""Part of the width that labels take which stand in one column."""
_NUMBER_SHARE = 0.0745
"""Part of the width of a column of counts beside row labels: room for seven digits at 9 pt."""
_OUTER_STUBS = (0.09, 0.105)
"""Parts of the width of the outer columns of row labels, room for four characters at 9 pt each;
the innermost takes the rest."""

Cells = Mapping[Path, Number]


def table(section: Section, cells: Cells, rows: Sequence[Mapping[str, object]] = ()) -> TableView:
    """Lay out the one table of a section; its id is the section's. ``rows`` are added ones."""
    if section.kind == "blocks":
        return _blocks(section, cells)
    if section.tables[0].added:
        return added.table(section, cells, rows)
    return _matrix(section, cells)


def _blocks(section: Section, cells: Cells) -> TableView:
    counts = [len(block.columns) for block in section.tables]
    spans = shared_columns(counts)
    columns = 1 + sum(spans[counts[0]])
    rows: list[tuple[Cell, ...]] = []
    for block in section.tables:
        rows.extend(_block(section.id, block, spans[len(block.columns)], len(rows), cells))
    widths = (_STUB_SHARE, *((1 - _STUB_SHARE) * w for w in shared_widths(counts)))
    return TableView(section.id, section.heading, tuple(rows), columns, 0, widths)


def _block(
    name: str, block: Table, spans: tuple[int, ...], top: int, cells: Cells
) -> Iterator[tuple[Cell, ...]]:
    width = 1 + sum(spans)
    caption = Cell(_id(name, top, 0), block.caption, top, 0, 1, width, scope="colgroup")
    yield (caption,)
    starts = [1 + sum(spans[:i]) for i in range(len(spans))]
    stub = Cell(_id(name, top + 1, 0), block.corner, top + 1, 0, scope="col")
    heads = tuple(
        Cell(_id(name, top + 1, at), item.label, top + 1, at, 1, span, "col", (caption.id,))
        for item, at, span in zip(block.columns, starts, spans, strict=True)
    )
    yield (stub, *heads)
    for index, row in enumerate(block.rows, top + 2):
        label = Cell(_id(name, index, 0), row.label, index, 0, scope="row", headers=(caption.id,))
        yield (
            label,
            *(
                _number(name, block, (row,), (item,), index, head, (caption.id, label.id), cells)
                for item, head in zip(block.columns, heads, strict=True)
            ),
        )


def _number(
    name: str,
    table: Table,
    row: tuple[Item, ...],
    column: tuple[Item, ...],
    index: int,
    head: Cell,
    headers: tuple[str, ...],
    cells: Cells,
) -> Cell:
    path = (*table.path, *(item.id for item in (*row, *column) if item.id))
    holds = (row[-1] if row[-1].cells else column[-1]).holds
    return Cell(
        id=_id(name, index, head.column),
        text=holds.printed(cells[path]),
        row=index,
        column=head.column,
        colspan=head.colspan,
        headers=(*headers, head.id),
        path=path,
        numeric=holds.number,
    )


def _matrix(section: Section, cells: Cells) -> TableView:
    source = section.tables[0]
    stubs, heads = depth(source.rows), depth(source.columns)
    leaves = [chain for item in source.columns for chain in item.chains()]
    columns = stubs + len(leaves)
    header = _header(section.id, source, stubs, heads)
    body = _body(section.id, source, header, cells, leaves)
    widths = source.widths or _widths(stubs, len(leaves))
    return TableView(
        section.id,
        section.heading,
        (*header, *body),
        columns,
        heads,
        widths,
        title=source.caption,
        notes=source.notes,
    )


def _header(name: str, table: Table, stubs: int, heads: int) -> tuple[tuple[Cell, ...], ...]:
    rows: list[list[Cell]] = [[] for _ in range(heads)]
    if stubs:
        rows[0].append(Cell(_id(name, 0, 0), table.corner, 0, 0, heads, stubs, scope="col"))
    above: dict[tuple[Item, ...], str] = {}
    for slot in slots(table.columns, stubs):
        cell = Cell(
            id=_id(name, slot.level, slot.first),
            text=slot.item.label,
            row=slot.level,
            column=slot.first,
            rowspan=heads - slot.level if slot.leaf else 1,
            colspan=slot.leaves,
            scope="col" if slot.leaf else "colgroup",
            headers=_above(slot, above),
        )
        above[slot.chain] = cell.id
        rows[slot.level].append(cell)
    return tuple(tuple(row) for row in rows)


def _above(slot: Slot, ids: Mapping[tuple[Item, ...], str]) -> tuple[str, ...]:
    return tuple(ids[slot.chain[:size]] for size in range(1, len(slot.chain)))


def _body(
    name: str,
    table: Table,
    header: tuple[tuple[Cell, ...], ...],
    cells: Cells,
    leaves: list[tuple[Item, ...]],
) -> Iterator[tuple[Cell, ...]]:
    top, stubs = len(header), depth(table.rows)
    heads = {cell.column: cell for row in header for cell in row if cell.scope == "col"}
    ids: dict[tuple[Item, ...], str] = {}
    waiting: list[Cell] = []
    for slot in slots(table.rows):
        index = top + slot.first
        if slot.item.label:
            waiting.append(_label(name, slot, index, stubs, _above(slot, ids)))
            ids[slot.chain] = waiting[-1].id
        if slot.leaf:
            own = tuple(ids[slot.chain[:n]] for n in range(1, len(slot.chain) + 1) if ids)
            numbers = (
                _number(name, table, slot.chain, chain, index, heads[at], own, cells)
                for at, chain in enumerate(leaves, stubs)
            )
            yield (*waiting, *(_under(cell, heads[cell.column]) for cell in numbers))
            waiting = []


def _under(cell: Cell, head: Cell) -> Cell:
    """Put the groups above a column before it among a number's headers."""
    rows = cell.headers[:-1]
    return Cell(
        cell.id,
        cell.text,
        cell.row,
        cell.column,
        headers=(*rows, *head.headers, head.id),
        path=cell.path,
        numeric=cell.numeric,
    )


def _label(name: str, slot: Slot, index: int, stubs: int, above: tuple[str, ...]) -> Cell:
    return Cell(
        id=_id(name, index, slot.level),
        text=slot.item.label,
        row=index,
        column=slot.level,
        rowspan=slot.leaves,
        colspan=stubs - slot.level if slot.leaf else 1,
        scope="row" if slot.leaf else "rowgroup",
        headers=above,
    )


def _widths(stubs: int, numbers: int) -> tuple[float, ...]:
    if not stubs:
        return (1 / numbers,) * numbers
    if stubs == 1:
        return (_STUB_SHARE, *(((1 - _STUB_SHARE) / numbers,) * numbers))
    share = min(_NUMBER_SHARE, 0.7 / numbers)
    outer = _OUTER_STUBS[: stubs - 1]
    return (*outer, 1 - sum(outer) - share * numbers, *((share,) * numbers))


def _id(name: str, row: int, column: int) -> str:
    return f"{name}-{row}-{column}"
