"""The view: a whole report, ready to print. Nothing is left to look up or to work out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from toolkit.charts import Chart


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table as it is printed; covered places of a span have no cell.

    ``row`` and ``column`` are its top left place in the grid, from 0. ``scope`` is that of
    HTML: ``"col"``, ``"colgroup"``, ``"row"``, ``"rowgroup"`` for a header cell, ``""`` for
    a data cell. ``headers`` are the ids of the header cells a data cell stands under, in
    reading order. ``path`` is the form field a data cell shows, else empty.
    """

    id: str
    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    scope: str = ""
    headers: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    numeric: bool = False

    @property
    def is_header(self) -> bool:
        """Whether the cell labels others."""
        return bool(self.scope)


@dataclass(frozen=True, slots=True)
class ChartView:
    """One chart. ``id`` is its own among all ids of the page.

    ``number`` counts the charts of the report from 1; ``caption`` is the title behind it
    (图1　…), ``description`` all that the chart shows, in words.
    """

    id: str
    number: int
    caption: str
    description: str
    chart: Chart


@dataclass(frozen=True, slots=True)
class TableView:
    """One official table. ``rows[i]`` are the cells that begin in grid row ``i``.

    ``header_rows`` is how many rows from the top repeat on each page; ``widths`` are shares
    of the table's width, one a grid column, adding up to 1. ``landscape``: it lies on its side,
    on pages of its own with its section's heading. ``fit`` is ``""`` where its numbers have room
    as the form lays it out, ``"dense"`` where they take most of the width, so that type is small
    and labels stand close, ``"crowded"`` where it may not turn and digits are set closer.
    ``charts`` are printed after it. ``title`` is the line above the table and ``notes`` are those
    below it, where its form has any; ``after`` are the paragraphs before the next table.
    """

    id: str
    caption: str
    rows: tuple[tuple[Cell, ...], ...]
    columns: int
    header_rows: int
    widths: tuple[float, ...]
    landscape: bool = False
    fit: str = ""
    charts: tuple[ChartView, ...] = ()
    title: str = ""
    notes: tuple[str, ...] = ()
    after: tuple["Paragraph", ...] = ()

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        return iter(self.rows)

    @property
    def kept(self) -> frozenset[int]:
        """Rows that no page ends with.

        Those of headers inside the table; the first two of a group of rows, so that its label
        has room for three lines; and the last but one, since the rest would stand without it.
        """
        below = range(self.header_rows, len(self.rows))
        kept = {at for at in below if self.rows[at] and self.rows[at][-1].is_header}
        for cell in (cell for row in self.rows for cell in row if cell.scope == "rowgroup"):
            first, end = cell.row, cell.row + cell.rowspan - 1
            kept |= {at for at in (first, first + 1, end - 1) if first <= at < end}
        return frozenset(kept)

    @property
    def grid(self) -> tuple[tuple[str, ...], ...]:
        """The words at every place of the grid, row by row; empty where a span covers it."""
        words = {(cell.row, cell.column): cell.text for row in self.rows for cell in row}
        return tuple(
            tuple(words.get((row, column), "") for column in range(self.columns))
            for row in range(len(self.rows))
        )


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a narrative. ``level`` 0 is running text, 2 is （一）, 3 is 1."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class SectionView:
    """One of the six sections: its exact heading, its paragraphs, its tables."""

    id: str
    heading: str
    paragraphs: tuple[Paragraph, ...] = ()
    tables: tuple[TableView, ...] = ()


class Names(Mapping[str, object]):
    """A frozen mapping that templates may also walk with dots; an unknown name is missing."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, object]) -> None:
        self._items = MappingProxyType(dict(items))

    def __getitem__(self, name: str) -> object:
        return self._items[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __getattr__(self, name: str) -> object:
        try:
            return self._items[name]
        except KeyError:
            raise AttributeError(name) from None

    def __reduce__(self) -> tuple[object, ...]:
        return Names, (dict(self._items),)


@dataclass(frozen=True, slots=True)
class View:
    """A report as its templates see it. All values are text, tuples or `Names`.

    ``title`` is the whole title on one line. ``issued`` is the date of signature as the
    plugin writes it, or ``""``. ``values`` maps each form field to its printed text, by the
    form's ids (``values.applications.new.natural_person``). ``extra`` is what the plugin's
    own pure function added.
    """

    title: str
    year: str
    organization: Names
    issued: str
    opening: tuple[Paragraph, ...]
    sections: tuple[SectionView, ...]
    values: Names
    form: str
    signature: str = ""
    contact: Names = field(default_factory=lambda: Names({}))
    extra: Names = field(default_factory=lambda: Names({}))

    @property
    def charts(self) -> tuple[ChartView, ...]:
        """Every chart, in order."""
        return tuple(chart for table in self.tables.values() for chart in table.charts)

    @property
    def tables(self) -> Mapping[str, TableView]:
        """Every table by its id."""
        return {table.id: table for section in self.sections for table in section.tables}
