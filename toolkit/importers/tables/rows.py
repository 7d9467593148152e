"""Labels at the left → which row of which official table; the same for grids and for lines."""

from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.forms.model import Form, Item, Path, Table
from toolkit.importers.labels import Likeness, choose, key, likeness
from toolkit.importers.tables.columns import labels as column_labels
from toolkit.importers.tables.columns import names


@dataclass(frozen=True, slots=True)
class Row:
    """One row or group of rows in a table; ``chain`` has its groups before it."""

    table: Table
    chain: tuple[Item, ...]

    @property
    def item(self) -> Item:
        """The row itself."""
        return self.chain[-1]

    @property
    def is_group(self) -> bool:
        """Whether it only heads other rows."""
        return bool(self.item.items)

    def path(self, column: tuple[Item, ...]) -> Path:
        """Return the path of its cell in a column."""
        return (*self.table.path, *(item.id for item in (*self.chain, *column) if item.id))


@dataclass(frozen=True, slots=True)
class Found:
    """A row with how well its label fits."""

    row: Row
    likeness: Likeness


class Labels:
    """All labels of a form, to ask what a piece of text is."""

    def __init__(self, form: Form) -> None:
        self._rows = [
            Row(table, chain)
            for table in form.tables
            for top in table.rows
            for chain in _all(top, ())
            if chain[-1].label
        ]
        self._spelled = [names(row.item) for row in self._rows]
        self._columns = [
            names(item) for table in form.tables for item in column_labels(table) if item.label
        ]
        self._others = [
            (label,) for table in form.tables for label in (table.caption, table.corner) if label
        ]

    def row(self, words: str, group: Row | None = None) -> Found | None:
        """Find the row that a label means.

        A label that is not exactly the form's must stand in its own group: “9.其他” under
        （三） is not the form's “3.其他” under （六）.
        """
        match = choose(words, self._spelled)
        if match is None:
            return None
        row = self._rows[match.index]
        if match.likeness is not Likeness.EXACT and not _at_home(row, group):
            return None
        return Found(row, match.likeness)

    def is_column(self, words: str) -> bool:
        """Whether it labels a column or a group of columns of any table."""
        return any(likeness(words, spelled)[0] >= Likeness.NEAR for spelled in self._columns)

    def is_other(self, words: str) -> bool:
        """Whether it is a caption or the label in the corner of a table."""
        return any(likeness(words, spelled)[0] >= Likeness.NEAR for spelled in self._others)

    def is_exact(self, words: str) -> bool:
        """Whether it is exactly the label of a column, a caption or a corner."""
        every = (*self._columns, *self._others)
        return any(likeness(words, spelled)[0] is Likeness.EXACT for spelled in every)

    def is_known(self, words: str) -> bool:
        """Whether it is exactly a label of any kind, that of a row too."""
        mine = key(words)
        every = (*self._spelled, *self._columns, *self._others)
        return bool(mine) and any(key(name) == mine for spelled in every for name in spelled)

    def starts(self, words: str) -> bool:
        """Whether a label of the form begins so; a label broken over lines begins like this."""
        begun = key(words)
        every = (*self._spelled, *self._columns, *self._others)
        return bool(begun) and any(key(n).startswith(begun) for spelled in every for n in spelled)

    def is_piece(self, words: str) -> bool:
        """Whether it is a label of the form or stands inside one."""
        every = (*self._spelled, *self._columns, *self._others)
        return _inside(words, every)

    def is_piece_of_row(self, words: str) -> bool:
        """Whether it is the label of a row, or stands inside one."""
        return _inside(words, self._spelled)


def _inside(words: str, labels: Iterable[tuple[str, ...]]) -> bool:
    piece = key(words)
    return bool(piece) and any(piece in key(name) for spelled in labels for name in spelled)


def _all(item: Item, above: tuple[Item, ...]) -> list[tuple[Item, ...]]:
    chain = (*above, item)
    return [chain, *(found for below in item.items for found in _all(below, chain))]


def _at_home(row: Row, group: Row | None) -> bool:
    parents = row.chain[:-1]
    if group is None or not parents or group.table.path != row.table.path:
        return True
    return parents[-1] in group.chain
