"""An official form as values: sections, tables, rows, columns, cells, sums. All frozen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from toolkit.forms.expressions import Expression, Term, cells
from toolkit.forms.expressions import Path as Path
from toolkit.forms.kinds import BASES, OTHERS, Kind


@dataclass(frozen=True, slots=True)
class Item:
    """One row or column of a table, or a group of them.

    ``id`` is its step in a path; a group without one gives no step. ``cells`` is the id of the
    kind of values it ``holds``, given by the item, its group or its table. ``derived`` marks a
    total, ``required`` a column that every row must fill in which the author adds.
    """

    id: str
    label: str
    items: tuple["Item", ...] = ()
    cells: str = ""
    derived: bool = False
    variants: tuple[str, ...] = ()
    holds: Kind = BASES["count"]
    required: bool = False

    def chains(self) -> Iterator[tuple["Item", ...]]:
        """Yield each leaf below, with its groups before it, in order."""
        if not self.items:
            yield (self,)
        for item in self.items:
            for chain in item.chains():
                yield (self, *chain)

    @property
    def depth(self) -> int:
        """How many levels of labels there are, itself included."""
        return 1 + max((item.depth for item in self.items), default=0)


@dataclass(frozen=True, slots=True)
class CellField:
    """One cell that holds a value; ``kind`` is the id of the kind it ``holds``.

    ``added`` is one that sums a column of rows up which the author adds.
    """

    path: Path
    kind: str
    row: tuple[Item, ...]
    column: tuple[Item, ...]
    holds: Kind = BASES["count"]
    added: bool = False

    @property
    def derived(self) -> bool:
        """Whether the form says how it follows from other cells."""
        return any(item.derived for item in (*self.row, *self.column))

    @property
    def label(self) -> str:
        """Row and column in the form's words: ``本年新收…数量 / 自然人``."""
        return " / ".join(item.label for item in (*self.row, *self.column) if item.label)


@dataclass(frozen=True, slots=True)
class Formula:
    """What the numbers of a form must keep, for each column, for each row, or over its tables.

    ``per`` is ``"column"``, ``"row"`` or ``"form"``. ``left`` and ``right`` are signed terms of a
    plain sum, ``(1, path)`` where the path starts below the table; they are empty where the
    ``sides`` are more than sums. ``basis`` is ``"form"`` when the form itself states it, else
    ``"arithmetic"``. ``code`` is that of the rule that speaks of it, empty for the general one.
    """

    id: str
    code: str = ""
    per: str = ""
    expression: str = ""
    left: tuple[tuple[int, Path], ...] = ()
    right: tuple[tuple[int, Path], ...] = ()
    basis: str = "arithmetic"
    source: str = ""
    sign: str = "=="
    sides: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Equation:
    """A plain sum in one column or row: every term is a cell of the form."""

    formula: Formula
    lane: str
    left: tuple[tuple[int, Path], ...]
    right: tuple[tuple[int, Path], ...]

    @property
    def cells(self) -> tuple[Path, ...]:
        """All cells it speaks of, left before right."""
        return tuple(path for _, path in (*self.left, *self.right))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Any other formula in one column or row, or over tables: its sides are worked out."""

    formula: Formula
    lane: str
    left: Expression
    sign: str
    right: Expression

    @property
    def cells(self) -> tuple[Path, ...]:
        """All cells it speaks of, left before right."""
        return (*cells(self.left), *cells(self.right))

    @property
    def defines(self) -> Path | None:
        """The one cell at the left of ``==``, which follows from the right side; else None."""
        return self.left.path if self.sign == "==" and isinstance(self.left, Term) else None


@dataclass(frozen=True, slots=True)
class Added:
    """How the rows of a table are printed that the author of a report adds, ``most`` at most.

    ``number`` heads a column of running numbers, ``total`` labels a row of sums; empty for none.
    """

    number: str = ""
    total: str = ""
    most: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """One table: a tree of columns above, a tree of rows at the left, numbers between.

    ``path`` is where its data stand. ``caption`` is the line above it, ``notes`` are those below;
    ``corner`` the label in the upper left. A table whose only row has no label has no stub.
    One with ``added`` rows has neither rows nor cells of its own: its data are a list, and its
    ``totals`` are the sums of its columns of numbers. ``widths`` are shares of the whole width,
    labels of rows first, where the form gives them.
    """

    path: Path
    caption: str
    corner: str
    columns: tuple[Item, ...]
    rows: tuple[Item, ...]
    cells: tuple[CellField, ...]
    formulas: tuple[Formula, ...] = ()
    equations: tuple[Equation, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    notes: tuple[str, ...] = ()
    added: Added | None = None
    totals: tuple[CellField, ...] = ()
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """One thing a section must tell of."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class TextPart:
    """A text in a section that has tables too; so many ``tables_before`` it."""

    id: str
    label: str
    required: bool = True
    tables_before: int = 0
    content: tuple[Content, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One section.

    ``kind`` is ``"narrative"`` (one text), ``"matrix"`` (one table), ``"blocks"`` (tables with
    one grid) or ``"parts"``: tables apart, with ``texts`` before, between and after them.
    """

    id: str
    heading: str
    kind: str
    tables: tuple[Table, ...] = ()
    variants: tuple[str, ...] = ()
    content: tuple[Content, ...] = ()
    texts: tuple[TextPart, ...] = ()

    @property
    def alone(self) -> tuple["Section", ...]:
        """Each table that is laid out on its own, as a section with nothing else."""
        if self.kind != "parts":
            return (self,) if self.tables else ()
        return tuple(
            replace(self, id="-".join(table.path), heading=table.caption or self.heading,
                    kind="matrix", tables=(table,), texts=())
            for table in self.tables
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a data file, with everything that may stand under it.

    ``kind`` is the id of the kind of value it ``holds``, ``"group"`` where keys stand under it.
    ``through`` are labels of groups that give no step of their own. Items of a list have
    ``columns`` and number ``most``; ``width`` is that of a column in a workbook, in characters.
    Items that are ``records`` are rows of a table, each value of them of its column's kind.
    """

    id: str
    label: str
    kind: str
    keys: tuple["Key", ...] = ()
    required: bool = False
    derived: bool = False
    variants: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    longest: int = 0
    about: str = ""
    about_zh: str = ""
    holds: Kind = OTHERS["group"]
    columns: tuple["Key", ...] = ()
    most: int = 0
    width: int = 0
    records: bool = False

    @property
    def record(self) -> "Key":
        """Return what stands for one of its rows."""
        return Key(self.id, self.label, "group", self.columns)

    def walk(self, above: Path = ()) -> Iterator[tuple[Path, "Key"]]:
        """Yield this key and all below, each with its path."""
        path = (*above, self.id)
        yield path, self
        for key in self.keys:
            yield from key.walk(path)


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form. ``years`` is (first, last) of the reports it is for; last may be None.

    ``kind`` is the kind of report, whose rules hold; empty where only the general ones do.
    ``title`` is made from ``{organization}`` and ``{year}``; ``title_variants`` are others that
    are understood when a published report is read, words in ``[ ]`` left out or not.
    ``own_fields`` are those of ``keys`` that are neither sections nor shared by all reports.
    """

    id: str
    name: str
    notice: str
    notice_title: str
    law: str
    years: tuple[int, int | None]
    title: str
    sections: tuple[Section, ...]
    keys: tuple[Key, ...]
    kind: str = ""
    ancestors: tuple[str, ...] = ()
    title_variants: tuple[str, ...] = ()
    over_tables: tuple[Comparison, ...] = ()
    own_fields: tuple[Key, ...] = ()
    cell_at: Mapping[Path, CellField] = field(default_factory=dict, repr=False, compare=False)

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables, in order; section two has one for each block."""
        return tuple(table for section in self.sections for table in section.tables)

    @property
    def cells(self) -> tuple[CellField, ...]:
        """All numbers of the form, in reading order."""
        return tuple(self.cell_at.values())

    @property
    def equations(self) -> tuple[Equation, ...]:
        """All plain sums of the form, cell by cell."""
        return tuple(equation for table in self.tables for equation in table.equations)

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """What else its numbers must keep, cell by cell: in its tables, then over them."""
        return (*(one for table in self.tables for one in table.comparisons), *self.over_tables)

    def in_force(self, year: int) -> bool:
        """Whether the form is the one for reports of this year."""
        first, last = self.years
        return first <= year and (last is None or year <= last)

    def section(self, name: str) -> Section:
        """Return a section by its id.

        Raises:
            KeyError: the form has no such section.
        """
        for section in self.sections:
            if section.id == name:
                return section
        raise KeyError(f"the form {self.id} has no section {name}")

    def key(self, path: Path) -> Key | None:
        """Return the key at a path, or None."""
        keys, found = self.keys, None
        for step in path:
            if found is not None and found.records and step.isdecimal():
                found = found.record
            else:
                found = next((key for key in keys if key.id == step), None)
            if found is None:
                return None
            keys = found.keys
        return found
