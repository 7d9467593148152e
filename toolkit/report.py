"""A report: the typed, frozen values of one form, with its totals worked out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.forms import CellField, Comparison, Equation, Form, Kind, Path, expressions
from toolkit.forms.nested import put
from toolkit.validation import Record
from toolkit.validation.values import Absent, Blank, Money, Number

__all__ = ["Absent", "Blank", "Money", "Number", "Organization", "Report", "build", "exact"]

if TYPE_CHECKING:
    from fractions import Fraction

_NOTHING: Mapping[str, str] = MappingProxyType({})
_NO_FIELDS: Mapping[Path, CellField] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Organization:
    """The office that reports. ``kind`` is ``government``, ``department``, ``other`` or ``""``."""

    name: str
    short_name: str = ""
    region: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One report.

    ``cells`` has every cell of the form: ``int`` 件, ``Decimal`` 万元, `Money` or `Blank`;
    rows left out are 0. ``stated`` are the cells the file itself gives; the others are 0 or
    worked out. ``narratives`` are the texts of the sections without a table, by section id.
    ``fields`` is the whole document by path, for what a plugin's form adds. ``record`` knows
    where everything stands.
    """

    form: Form
    year: int
    organization: Organization
    title: str
    narratives: Mapping[str, str]
    cells: Mapping[Path, Number]
    stated: frozenset[Path]
    record: Record
    plugin: str = ""
    issued: date | None = None
    website: str = ""
    opening: str = ""
    contact: Mapping[str, str] = field(default_factory=lambda: _NOTHING)

    def get(self, *path: str) -> object:
        """Return what the document holds at a path, or None."""
        return self.record.at(path)

    def text(self, *path: str) -> str:
        """Return the text at a path, the paragraphs of a list joined; empty if there is none."""
        return _text(self.record, *path)

    def rows(self, *path: str) -> tuple[Mapping[str, object], ...]:
        """Return the rows that were added to a table, each by the ids of its columns."""
        return _rows(self.record, path)


def build_partly(record: Record, form: Form, wrong: Iterable[Path]) -> Report | None:
    """Make a report of what a record with errors has, for looking only.

    Values below a wrong path are left out, and their cells are open. None where the year or the
    office is wrong, without which hardly anything can be judged.
    """
    open_paths = [path for path in wrong if path]
    needed = (("year",), ("organization", "name"), ("form",))
    if any(_is_under(path, open_paths) for path in needed) or record.at(("year",)) is None:
        return None
    document = _without(record.document, (), open_paths)
    for cell in form.cells:
        if not cell.added and _is_under(cell.path, open_paths):
            put(document, cell.path, Blank(""))
    return build(replace(record, document=document), form)


def _is_under(path: Path, above: Iterable[Path]) -> bool:
    return any(path[: len(one)] == one for one in above)


def _without(value: dict[str, object], above: Path, wrong: Sequence[Path]) -> dict[str, object]:
    """Copy a document without what stands at wrong paths."""
    kept = {key: inner for key, inner in value.items() if (*above, key) not in wrong}
    return {
        key: _without(inner, (*above, key), wrong) if isinstance(inner, dict) else inner
        for key, inner in kept.items()
    }


def build(record: Record, form: Form) -> Report:
    """Make a report of a record that `toolkit.validation.validate` found no error in."""
    name = _word(record, "organization", "name")
    year = record.at(("year",))
    if not isinstance(year, int):
        raise ValueError(f"not validated: year {year!r}")
    cells, stated = _cells(record, form)
    return Report(
        form=form,
        year=year,
        organization=Organization(
            name,
            _word(record, "organization", "short_name"),
            _word(record, "organization", "region"),
            _word(record, "organization", "kind"),
        ),
        title=_word(record, "title") or form.title.format(organization=name, year=year),
        narratives=MappingProxyType(
            {s.id: _text(record, s.id) for s in form.sections if s.kind == "narrative"}
        ),
        cells=MappingProxyType(cells),
        stated=stated,
        record=record,
        plugin=_word(record, "plugin"),
        issued=_date(_word(record, "issued")),
        website=_word(record, "website"),
        opening=_text(record, "opening"),
        contact=MappingProxyType(_words(record.at(("contact",)))),
    )


def derive(
    known: Mapping[Path, Number],
    equations: Iterable[Equation],
    comparisons: Iterable[Comparison] = (),
    fields: Mapping[Path, CellField] = _NO_FIELDS,
) -> dict[Path, Number]:
    """Work totals out: every formula whose left side is one unknown cell.

    A `Blank` among the parts makes the total a `Blank` too, since nobody knows the sum.
    """
    cells = dict(known)
    defining = [(e.left[0][1], e) for e in equations if len(e.left) == 1]
    more = [(one.defines, one) for one in comparisons if one.defines is not None]
    waiting: list[tuple[Path, Equation | Comparison]] = [*defining, *more]
    waiting = [(path, one) for path, one in waiting if path not in cells]
    while waiting:
        ready = [(path, one) for path, one in waiting if all(p in cells for p in _parts(one))]
        if not ready:
            break
        for path, one in ready:
            cells.setdefault(path, _worked_out(path, one, cells, fields))
        waiting = [(path, one) for path, one in waiting if path not in cells]
    return cells


def _parts(one: Equation | Comparison) -> Iterable[Path]:
    """Return the cells that the left side follows from."""
    if isinstance(one, Equation):
        return (path for _, path in one.right)
    return expressions.cells(one.right)


def _worked_out(
    path: Path,
    one: Equation | Comparison,
    cells: Mapping[Path, Number],
    fields: Mapping[Path, CellField],
) -> Number:
    if isinstance(one, Equation):
        return _sum(one, cells)
    found = expressions.evaluate(one.right, lambda part: exact(cells[part]))
    return Blank("") if found is None else as_held(found, fields[path].holds)


def as_held(number: "Fraction", kind: Kind) -> int | Decimal:
    """Return a number that was worked out as a cell of a kind holds it."""
    return expressions.rounded(number, kind.decimals, whole=kind.whole)


def _sum(equation: Equation, cells: Mapping[Path, Number]) -> Number:
    total: int | Decimal = 0
    if all(isinstance(cells[path], Absent) for _, path in equation.right):
        return cells[equation.right[0][1]]
    for sign, path in equation.right:
        value = exact(cells[path])
        if value is None:
            return Blank("")
        total += sign * value
    return total


def exact(value: object) -> int | Decimal | None:
    """Return a number that can be added up; None for a mark and for an amount with its own unit.

    What there is no such thing of adds nothing.
    """
    if isinstance(value, Absent):
        return 0
    return value if isinstance(value, int | Decimal) else None


def _cells(record: Record, form: Form) -> tuple[dict[Path, Number], frozenset[Path]]:
    given: dict[Path, Number] = {}
    for cell in form.cells:
        value = _sum_of_rows(record, cell) if cell.added else record.at(cell.path)
        if value is not None:
            given[cell.path] = value  # type: ignore[assignment]  # validation saw to its type
    stated = frozenset(given) - {cell.path for cell in form.cells if cell.added}
    for cell in form.cells:
        if not cell.derived:
            given.setdefault(cell.path, 0 if cell.holds.counted else Blank(""))
    cells = derive(given, form.equations, form.comparisons, form.cell_at)
    return {cell.path: cells.get(cell.path, 0) for cell in form.cells}, stated


def _rows(record: Record, path: Path) -> tuple[Mapping[str, object], ...]:
    rows = record.at(path)
    return tuple(row for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()


def _sum_of_rows(record: Record, cell: CellField) -> Number:
    """Add a column of added rows up; nobody knows the sum where one number is open."""
    *table, column = cell.path
    total: int | Decimal = 0
    for row in _rows(record, tuple(table)):
        number = exact(row.get(column))
        if number is None:
            return Blank("")
        total += number
    return total


def _word(record: Record, *path: str) -> str:
    value = record.at(path)
    return "" if value is None else str(value).strip()


def _text(record: Record, *path: str) -> str:
    value = record.at(path)
    if isinstance(value, list):
        return "\n\n".join(str(item) for item in value)
    return "" if value is None else str(value)


def _words(group: object) -> dict[str, str]:
    return {k: str(v) for k, v in group.items() if v is not None} if isinstance(group, dict) else {}


def _date(word: str) -> date | None:
    return date.fromisoformat(word) if word else None
