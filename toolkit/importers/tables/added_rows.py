"""A grid whose rows the author added → records of the form: rows until the total."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from toolkit.forms.model import Form, Item, Table
from toolkit.importers import faults, numbers
from toolkit.importers.blocks import Cell, Grid
from toolkit.importers.labels import key
from toolkit.importers.reading import Notes, Taken, Unplaced
from toolkit.importers.tables.columns import names

Heads = Mapping[int, Item]
"""Place of a column in the grid → the column of the form."""


class AddedRows:
    """Reads the grids whose header is exactly that of a table with added rows."""

    def __init__(self, form: Form, notes: Notes) -> None:
        self._tables = [table for table in form.tables if table.added]
        self._notes = notes
        self._table: Table | None = None
        self._heads: Heads = {}
        self._rows: list[dict[str, object]] = []
        self._is_summed = False

    def read(self, grid: Grid) -> bool:
        """Take a grid if it is such a table, or goes on with the one before."""
        rows = [tuple(row) for row in grid.rows()]
        if not self._tables or not rows:
            return False
        header = self._header(rows[0])
        if header:
            rows = rows[1:]
        elif not self._goes_on(rows[0]):
            self._table = None
            return False
        for row in rows:
            self._row(row)
        return True

    def _header(self, row: Sequence[Cell]) -> bool:
        for table in self._tables:
            heads = _heads(table, row)
            if heads is None:
                continue
            if table is not self._table:
                self._table, self._rows, self._is_summed = table, [], False
                self._notes.values[table.path] = Taken(self._rows, row[0].place)
            self._heads = heads
            return True
        return False

    def _goes_on(self, row: Sequence[Cell]) -> bool:
        """Check whether a grid without a header begins with the next running number."""
        added = self._table.added if self._table else None
        if added is None or self._is_summed or not row:
            return False
        first = key(row[0].text)
        return bool(added.total and first == key(added.total)) or bool(
            added.number and first == str(len(self._rows) + 1)
        )

    def _row(self, row: Sequence[Cell]) -> None:
        table = self._table
        if table is None or table.added is None or _heads(table, row) is not None:
            return
        filled = [cell for cell in row if key(cell.text)]
        if not filled:
            return
        if table.added.total and key(filled[0].text) == key(table.added.total):
            self._is_summed = True
            self._compare(table, filled[1:])
        elif self._is_summed or not self._fits(row, table.added.number):
            words = " | ".join(" ".join(cell.text.split()) for cell in row)
            self._notes.aside(words, row[0].place, table.path)
        else:
            self._take(table, row)

    def _fits(self, row: Sequence[Cell], number: str) -> bool:
        """Check whether every cell of a row stands under one head, a running number first."""
        places = [cell.column for cell in row]
        wide = any(cell.colspan > 1 or cell.rowspan > 1 for cell in row)
        wanted = sorted({*self._heads, *(range(1) if number and 0 not in self._heads else ())})
        counted = 0 in self._heads or not number or key(row[0].text).isdecimal()
        return places == wanted and not wide and counted

    def _take(self, table: Table, row: Sequence[Cell]) -> None:
        values: dict[str, object] = {}
        for cell in row:
            item = self._heads.get(cell.column)
            if item is None or not key(cell.text):
                continue
            read = numbers.read(cell.text, item.holds, item.label)
            path = (*table.path, str(len(self._rows)), item.id)
            if not read.understood:
                fault = faults.not_a_number(cell.place, cell.text, path, item.label)
                self._notes.findings.append(fault)
            elif read.helped:
                fault = faults.helped(cell.place, cell.text, read.data, path, item.label)
                self._notes.findings.append(fault)
            values[item.id] = read.data
        self._rows.append(values)

    def _compare(self, table: Table, cells: Sequence[Cell]) -> None:
        """Report a total that the rows above do not come to; it is worked out anew."""
        summed = {cell.path[-1] for cell in table.totals}
        for cell in cells:
            item = self._heads.get(cell.column)
            if item is None or item.id not in summed:
                self._notes.aside(cell.text, cell.place, table.path)
                continue
            stated = numbers.read(cell.text, item.holds, item.label).data
            parts = [row.get(item.id) for row in self._rows]
            amounts = [part for part in parts if isinstance(part, int | Decimal)]
            if len(amounts) < len(parts) or sum(amounts) != stated:
                found = faults.total_apart(cell.place, table.path, item.label, stated, sum(amounts))
                self._notes.findings.append(found)
                self._notes.unplaced.append(Unplaced(f"{item.label}: {cell.text}", cell.place))


def _heads(table: Table, row: Sequence[Cell]) -> Heads | None:
    """Find the columns of a table in a row of labels; None unless each is there once."""
    spelled = {key(name): item for item in table.columns for name in names(item)}
    found = {cell.column: spelled[key(cell.text)] for cell in row if key(cell.text) in spelled}
    others = [cell for cell in row if cell.column not in found and key(cell.text)]
    number = key(table.added.number) if table.added else ""
    if len(found) != len(table.columns) or len(set(found.values())) != len(found):
        return None
    return found if all(key(cell.text) == number and cell.column == 0 for cell in others) else None
