"""A report: the typed, frozen values of one form, with its totals worked out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from toolkit.forms import Equation, Form, Path
from toolkit.validation import Record
from toolkit.validation.values import Blank, Money, Number

__all__ = ["Blank", "Money", "Number", "Organization", "Report", "build", "exact"]

_NOTHING: Mapping[str, str] = MappingProxyType({})


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


def derive(known: Mapping[Path, Number], equations: Iterable[Equation]) -> dict[Path, Number]:
    """Work totals out: every equation whose left side is one unknown cell.

    A `Blank` among the parts makes the total a `Blank` too, since nobody knows the sum.
    """
    cells = dict(known)
    waiting = [e for e in equations if len(e.left) == 1 and e.left[0][1] not in cells]
    while waiting:
        ready = [e for e in waiting if all(path in cells for _, path in e.right)]
        if not ready:
            break
        for equation in ready:
            cells.setdefault(equation.left[0][1], _sum(equation, cells))
        waiting = [e for e in waiting if e.left[0][1] not in cells]
    return cells


def _sum(equation: Equation, cells: Mapping[Path, Number]) -> Number:
    total: int | Decimal = 0
    for sign, path in equation.right:
        value = exact(cells[path])
        if value is None:
            return Blank("")
        total += sign * value
    return total


def exact(value: object) -> int | Decimal | None:
    """Return a number that can be added up; None for a mark and for an amount with its own unit."""
    return value if isinstance(value, int | Decimal) else None


def _cells(record: Record, form: Form) -> tuple[dict[Path, Number], frozenset[Path]]:
    given: dict[Path, Number] = {}
    for cell in form.cells:
        value = record.at(cell.path)
        if value is not None:
            given[cell.path] = value  # type: ignore[assignment]  # validation saw to its type
    stated = frozenset(given)
    for cell in form.cells:
        if not cell.derived:
            given.setdefault(cell.path, 0 if cell.holds.counted else Blank(""))
    cells = derive(given, form.equations)
    return {cell.path: cells.get(cell.path, 0) for cell in form.cells}, stated


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
