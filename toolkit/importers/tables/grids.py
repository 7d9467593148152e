"""A grid of the source → cells of the form, by the labels above and at the left."""

import re
from collections.abc import Sequence

from toolkit.forms.model import Form, Path, Table
from toolkit.importers import faults, numbers
from toolkit.importers.blocks import Cell, Grid
from toolkit.importers.labels import Likeness, key
from toolkit.importers.reading import Notes
from toolkit.importers.spans import turned
from toolkit.importers.tables import columns
from toolkit.importers.tables.added_rows import AddedRows
from toolkit.importers.tables.columns import Heads
from toolkit.importers.tables.rows import Labels, Row
from toolkit.importers.tables.split_rows import mended

_ERROR = re.compile(r"#(?:REF!|DIV/0!|N/A|VALUE!|NAME\?|NUM!|NULL!)|Err:\d{3}|=.+")
"""What a spreadsheet holds where a formula failed or was never worked out."""
_TELLING = 3
"""So many rows of the form side by side are no header of its columns."""
_ENOUGH = 2
"""A grid with so many labels of the form is one of its tables."""


class GridReader:
    """Reads the grids of one document in order; a table may go on in the next grid."""

    def __init__(self, form: Form, notes: Notes) -> None:
        self._notes = notes
        self._labels = Labels(form)
        self._unlabelled = [table for table in form.tables if _is_unlabelled(table)]
        self._added = AddedRows(form, notes)
        self._form = form
        self._carried: dict[Path, Heads] = {}
        self._heads: dict[Path, Heads] = {}
        self._header: list[tuple[Cell, ...]] = []
        self._group: Row | None = None
        self._fresh = True

    def is_official(self, grid: Grid) -> bool:
        """Whether a grid is one of the form's tables, or goes on with one."""
        labelled = sum(
            self._labels.row(cell.text) is not None or self._labels.is_column(cell.text)
            for cell in grid.cells
            if not _is_value(cell)
        )
        return labelled >= _ENOUGH

    def _is_turned(self, grid: Grid) -> bool:
        """Whether the form's rows stand side by side above, and its columns at the left."""
        left = [cell for cell in grid.cells if cell.column == 0 and cell.row > 0]
        heads = sum(self._labels.is_exact(cell.text) for cell in left)
        above = [cell for cell in grid.cells if cell.row == 0]
        return heads >= _TELLING and self._rows_in(above) >= _TELLING

    def _rows_in(self, cells: Sequence[Cell]) -> int:
        """Count the labels that are exactly those of rows of the form."""
        found = [self._labels.row(cell.text) for cell in cells if not _is_value(cell)]
        return sum(one is not None and one.likeness is Likeness.EXACT for one in found)

    def read(self, grid: Grid) -> None:
        """Take all its cells; what does not fit is kept aside."""
        if self._added.read(grid):
            return
        grid = mended(turned(grid) if self._is_turned(grid) else grid, self._labels)
        self._header, self._heads, self._fresh = [], {}, True
        self._refused = False
        self._empty: list[tuple[Table, tuple[Cell, ...]]] = []
        for index, row in enumerate(grid.rows()):
            own = tuple(cell for cell in row if cell.row == index)
            self._row(row, own, grid.width)
        for table, own in self._empty if not self._refused else []:
            if table.cells[0].path not in self._notes.values:
                self._values(Row(table, table.rows[:1]), own[0], own, table, grid.width)

    def _row(self, row: tuple[Cell, ...], own: tuple[Cell, ...], width: int) -> None:
        filled = [cell for cell in own if key(cell.text) or not _is_value(cell)]
        if not own or (not filled and not self._unlabelled_table(own, width)):
            return
        label = self._label(own, row)
        if self._is_header(own, label):
            self._add_header(row)
        elif label is not None:
            self._data(label, row, width)
        elif (table := self._unlabelled_table(own, width)) is not None:
            if not any(cell.text.strip() for cell in own):
                self._empty.append((table, own))
                return
            self._values(Row(table, table.rows[:1]), own[0], own, table, width)
        elif not all(self._labels.is_other(cell.text) for cell in filled):
            self._refused |= any(_is_value(cell) and key(cell.text) for cell in own)
            self._aside(own)

    def _add_header(self, row: tuple[Cell, ...]) -> None:
        if not self._fresh:
            self._header, self._fresh = [], True
        self._heads = {}
        self._header.append(row)

    def _is_header(self, own: Sequence[Cell], label: Cell | None) -> bool:
        """A header row has labels of columns and no values."""
        words = [cell for cell in own if key(cell.text) and not _is_value(cell)]
        heads = [cell for cell in words if self._labels.is_column(cell.text)]
        if any(_is_value(cell) and key(cell.text) for cell in own):
            return False
        if self._rows_in(own) > _TELLING:
            return False
        if heads and label is not None and len(heads) == 1:
            return self._is_lone_head(heads[0], own)
        return bool(heads)

    def _is_lone_head(self, head: Cell, own: Sequence[Cell]) -> bool:
        """Whether “总计” heads the only column of the form that is there, and labels no row."""
        match = self._labels.row(head.text)
        exact = match is not None and match.likeness is Likeness.EXACT
        behind = head is not own[0] and all(key(cell.text) for cell in own)
        return behind and not exact and self._labels.is_exact(head.text)

    def _label(self, own: Sequence[Cell], row: Sequence[Cell]) -> Cell | None:
        """Find the cell that labels the row: the last one that is a row of the form."""
        found = None
        for cell in own:
            if _is_value(cell):
                continue
            if self._labels.row(cell.text, self._group_at(row, cell)) is not None:
                found = cell
        return found

    def _group_at(self, row: Sequence[Cell], cell: Cell) -> Row | None:
        """Return the group of rows that a label stands in: at its left, else the last above."""
        for left in reversed([other for other in row if other.column < cell.column]):
            match = self._labels.row(left.text) if key(left.text) else None
            if match is not None and match.row.is_group:
                return match.row
        return self._group

    def _data(self, label: Cell, row: tuple[Cell, ...], width: int) -> None:
        found = self._labels.row(label.text, self._group_at(row, label))
        if found is None:
            return
        self._fresh, table = False, found.row.table
        right = [cell for cell in row if cell.column >= label.column + label.colspan]
        self._aside_left(row, label)
        if found.row.is_group:
            self._group = found.row
            if any(key(cell.text) for cell in right):
                self._aside((label, *right), table)
            return
        if found.row.chain[:-1]:
            self._group = Row(table, found.row.chain[:-1])
        if found.likeness is Likeness.NEAR:
            path = found.row.path(())
            self._notes.near(label.text, found.row.item.label, label.place, path)
        self._values(found.row, label, right, table, width)

    def _aside_left(self, row: Sequence[Cell], label: Cell) -> None:
        """Keep words at the left of a label that are no label themselves."""
        for cell in row:
            new = cell.row >= label.row and cell.column < label.column
            if new and key(cell.text) and self._labels.row(cell.text) is None:
                self._notes.aside(cell.text, cell.place)

    def _values(
        self, row: Row, label: Cell, right: Sequence[Cell], table: Table, width: int
    ) -> None:
        self._fresh = False
        heads = self._heads_of(table, width)
        placed: list[Placed] = []
        if heads is not None:
            placed = _by_place(heads, right) if heads.aligned else []
            if any(chain is None and self._shifted(head, cell) for head, chain, cell in placed):
                placed = []
            placed = placed or self._by_order(heads, right, label, table)
        if not placed:
            self._aside((label, *(cell for cell in right if cell != label)), table)
            return
        for head, chain, cell in placed:
            if chain is None:
                if key(cell.text):
                    self._notes.aside(_under(row, head, cell), cell.place, table.path)
                continue
            target = self._form.cell_at[row.path(chain)]
            if cell.rowspan > 1 or cell.row < label.row:
                self._notes.aside(f"{target.label}: {cell.text}", cell.place, target.path)
            else:
                self._notes.cell(target, cell.text, cell.place, head.text)

    def _heads_of(self, table: Table, width: int) -> Heads | None:
        """Return the columns of a table: by the header above, else by that of the last grid."""
        if self._header and table.path not in self._heads:
            self._heads[table.path] = columns.read(self._header, table, width, self._notes)
        heads = (self._heads if self._header else self._carried).get(table.path)
        if heads is None or not heads.known() or heads.width != width:
            return None
        self._carried[table.path] = heads
        return heads

    def _by_order(
        self, heads: Heads, right: Sequence[Cell], label: Cell, table: Table
    ) -> list["Placed"]:
        """Pair cells with header cells one by one, where they stand in other columns."""
        after = [i for i, cell in enumerate(heads.cells) if not self._is_stub(cell)]
        if len(after) != len(right):
            right = [cell for cell in right if cell.text.strip()]
        if len(after) != len(right) or any(heads.chains[i] is None for i in after):
            return []
        self._notes.findings.append(
            faults.by_order(label.place, faults.shown(label.text), table.path)
        )
        return [
            (heads.cells[i], heads.chains[i], cell) for i, cell in zip(after, right, strict=True)
        ]

    def _shifted(self, head: Cell, cell: Cell) -> bool:
        """Whether a number stands under the corner of the table: the whole row is shifted then."""
        return self._is_stub(head) and bool(key(cell.text)) and _is_value(cell)

    def _is_stub(self, cell: Cell) -> bool:
        return self._labels.is_other(cell.text) and not self._labels.is_column(cell.text)

    def _unlabelled_table(self, own: Sequence[Cell], width: int) -> Table | None:
        """Return the table whose only row has no label, if the header above is its."""
        if not all(_is_value(cell) or _ERROR.fullmatch(cell.text.strip()) for cell in own):
            return None
        for table in self._unlabelled:
            heads = self._heads_of(table, width)
            if heads is not None and heads.known() > len(heads.cells) // 2:
                return table
        return None

    def _aside(self, cells: Sequence[Cell], table: Table | None = None) -> None:
        words = " | ".join(" ".join(cell.text.split()) for cell in cells)
        self._notes.aside(words, cells[0].place, table.path if table else ())


Placed = tuple[Cell, columns.Chain | None, Cell]


def _by_place(heads: Heads, right: Sequence[Cell]) -> list[Placed]:
    """Pair cells with the header cells above them; nothing if one would get two or none."""
    under: dict[int, list[Cell]] = {}
    for cell in right:
        over = [i for i, head in enumerate(heads.cells) if _overlap(head, cell)]
        if len(over) == 1:
            under.setdefault(over[0], []).append(cell)
        elif over or cell.text.strip():
            return []
    if any(chain is not None and i not in under for i, chain in enumerate(heads.chains)):
        return []
    placed: list[Placed] = []
    for i, cells in under.items():
        filled = [cell for cell in cells if cell.text.strip()] or cells[:1]
        if len(filled) > 1:
            return []
        placed.append((heads.cells[i], heads.chains[i], filled[0]))
    return placed


def _overlap(head: Cell, cell: Cell) -> bool:
    return head.column < cell.column + cell.colspan and cell.column < head.column + head.colspan


def _under(row: Row, head: Cell, cell: Cell) -> str:
    return f"{row.item.label} / {' '.join(head.text.split())}: {cell.text}"


def _is_value(cell: Cell) -> bool:
    """Whether a cell holds a number or a blank mark."""
    return numbers.is_value(cell.text)


def _is_unlabelled(table: Table) -> bool:
    return len(table.rows) == 1 and not table.rows[0].label
