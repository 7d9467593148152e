"""A table of the form on a sheet: as it looks in print, with live totals and checks beneath."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from toolkit.forms import Equation, Form, Path, Section, Table
from toolkit.messages import Text, text
from toolkit.render.workbook import sums
from toolkit.render.workbook import value_kinds as kinds
from toolkit.render.workbook.sheet import CHECK, HEAD, LABEL, NOTE, NUMBER, TITLE, TOTAL, Page
from toolkit.report import Report, derive, exact
from toolkit.sources import workbook_ids
from toolkit.sources.workbook_ids import reference
from toolkit.validation.values import Blank, Number
from toolkit.view.model import Cell, TableView
from toolkit.view.tables import table as laid_out

_CHARS = 112
"""Characters a whole table is wide; printed, it is fitted to the page."""
_WIDE = 10
"""Columns from which on a table without labels is printed on landscape."""


@dataclass(slots=True)
class Sheet:
    """A table while it is laid out. ``numbers`` are the fields the data give, by path."""

    page: Page
    section: Section
    form: Form
    numbers: Mapping[Path, object]
    last: Report | None = None
    opening: Mapping[Path, Number] = field(default_factory=dict)
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    checks: list[str] = field(default_factory=list)
    """Cells that tell whether a sum holds."""

    def write(self) -> None:
        """Lay the whole sheet out."""
        view = laid_out(self.section, {cell.path: 0 for cell in self.form.cells})
        page, columns = self.page, view.columns
        page.widths({2 + at: max(6.0, share * _CHARS) for at, share in enumerate(view.widths)})
        page.put(2, 2, self.section.heading, TITLE, wide=columns)
        page.sheet.row_dimensions[2].height = 32
        page.put(3, 2, page.say(self._note()), NOTE, wide=columns)
        page.height(3, page.say(self._note()), _CHARS)
        page.ours(2, 3)
        after, first = self._body(view, 4)
        self._totals()
        self._comparisons()
        after = self._checks(after, columns)
        self._last_year(after, columns)
        stub = 2 + min((c for _, c in self.places.values()), default=3) - 2
        page.sheet.freeze_panes = reference(first, stub) if view.header_rows else "B4"

    def _note(self) -> Text:
        holds = [cell.holds for part in self.section.tables for cell in part.cells]
        units = [kind.unit or ("万元" if kind.amount else "件") for kind in holds if kind.number]
        unit = "、".join(sorted(dict.fromkeys(units), key=lambda unit: unit != "件"))
        return text(
            "Form: {notice}. Unit: {unit}. White cells are filled in; grey ones are worked out.",
            notice=self.form.notice,
            unit=unit,
        )

    def _body(self, view: TableView, row: int) -> tuple[int, int]:
        """Rows of labels and numbers, each table of it after a hidden row of ids."""
        first, table = 0, None
        rows = list(view.rows)
        for at, cells in enumerate(rows):
            here = next(t for t in map(self._table_of, rows[at:]) if t is not None)
            if here is not table:
                table = here
                self._region(view, table, row)
                row += 1
            self._row(view, cells, row)
            if not first and any(cell.path for cell in cells):
                first = row
            row += 1
        return row, first

    def _table_of(self, cells: tuple[Cell, ...]) -> Table | None:
        path = next((cell.path for cell in cells if cell.path), None)
        if path is None:
            return None
        size = max(len(t.path) for t in self.section.tables)
        return next(t for t in self.section.tables if path[: len(t.path)] == t.path and size)

    def _region(self, view: TableView, table: Table, row: int) -> None:
        columns = {
            2 + at: workbook_ids.OURS for at in range(view.columns + len(self._per_row(table)))
        }
        labels = {}
        for cell in (cell for cells in view.rows for cell in cells if cell.path):
            if cell.path[: len(table.path)] == table.path:
                known = self.form.cell_at[cell.path]
                name = ".".join(item.id for item in known.column if item.id)
                name = workbook_ids.DERIVED * any(item.derived for item in known.column) + name
                columns[2 + cell.column] = name
                labels[name] = known.column[-1].label
        self.page.region(row, workbook_ids.CELLS, columns, labels)

    def _row(self, view: TableView, cells: tuple[Cell, ...], row: int) -> None:
        numbers = [cell for cell in cells if cell.path]
        if numbers:
            field_ = self.form.cell_at[numbers[0].path]
            table = self._table_of(cells)
            steps = (*(table.path if table else ()), *(i.id for i in field_.row if i.id))
            derived = any(item.derived for item in field_.row)
            label = field_.row[-1].label or self.section.heading
            self.page.mark(row, workbook_ids.DERIVED * derived + ".".join(steps), label)
        else:
            self.page.ours(row)
        self.page.sheet.row_dimensions[row].height = 22
        for cell in cells:
            at = 2 + cell.column
            if cell.path:
                self.places[cell.path] = (row, at)
                self._number(cell, row, at)
                continue
            look = LABEL if cell.scope in ("row", "rowgroup") else HEAD
            self.page.put(row, at, cell.text, look, cell.rowspan, cell.colspan)
            if cell.rowspan == 1:
                share = sum(view.widths[cell.column : cell.column + cell.colspan])
                self.page.height(row, cell.text, max(6.0, share * _CHARS) - 1)

    def _number(self, cell: Cell, row: int, column: int) -> None:
        known = self.form.cell_at[cell.path]
        look = TOTAL if known.derived else NUMBER
        value = self.numbers.get(cell.path)
        self.page.put(row, column, value, look, cell.rowspan, cell.colspan)
        if not known.derived:
            kinds.number(self.page, row, column, known.holds)

    def _totals(self) -> None:
        """Live formulas, but where the data state another total than their parts give."""
        for table in self.section.tables:
            worked_out = self._derived(table)
            for equation in table.equations:
                path = equation.left[0][1]
                if len(equation.left) != 1 or not self.form.cell_at[path].derived:
                    continue
                stated = self.numbers.get(path)
                if stated is None or stated == worked_out.get(path):
                    absent = self.form.cell_at[path].holds.absent
                    words = sums.total(equation, self.places, absent)
                    self.page.formula(*self.places[path], words, TOTAL)
                self.page.red_when(*self.places[path], f"{self._apart(equation)}<>0")

    def _comparisons(self) -> None:
        """Cells that follow by more than a sum, and a red cell where another formula fails."""
        for table in self.section.tables:
            worked_out = self._derived(table)
            for one in table.comparisons:
                path = one.defines
                field_ = self.form.cell_at[path] if path else None
                if path and field_ and field_.derived:
                    stated = self.numbers.get(path)
                    if stated is None or stated == worked_out.get(path):
                        words = sums.worked_out(one, self.places, field_.holds.decimals)
                        self.page.formula(*self.places[path], words, TOTAL)
                        continue
                self.page.red_when(*self.places[one.cells[0]], sums.broken(one, self.places))

    def _derived(self, table: Table) -> dict[Path, Number]:
        known: dict[Path, Number] = {}
        for cell in table.cells:
            value = self.numbers.get(cell.path, 0)
            if not cell.derived:
                number = exact(value)
                known[cell.path] = Blank("") if number is None else number
        return derive(known, table.equations, table.comparisons, self.form.cell_at)

    def _per_row(self, table: Table) -> list[str]:
        """Ids of the sums that are checked at the right of the table, row by row."""
        if len({tuple(cell.row) for cell in table.cells}) < 2:
            return []
        return [formula.id for formula in table.formulas if formula.per == "row"]

    def _checks(self, row: int, columns: int) -> int:
        for table in self.section.tables:
            beside = self._per_row(table)
            beneath: dict[str, list[Equation]] = {}
            for equation in table.equations:
                if equation.formula.id in beside:
                    self._beside(equation, table, 2 + columns + beside.index(equation.formula.id))
                else:
                    name = sums.named(equation, table, self._parts())
                    beneath.setdefault(name, []).append(equation)
            if beneath:
                self.page.sheet.row_dimensions[row].height = 8
                self.page.ours(row)
                row += 1
            for name, equations in beneath.items():
                self._beneath(row, name, equations)
                row += 1
        return row

    def _parts(self) -> str:
        return self.page.say(text("sum of the parts"))

    def _beside(self, equation: Equation, table: Table, column: int) -> None:
        row, _ = self.places[equation.left[0][1]]
        top = min(at for at, _ in self.places.values())
        if row == top:
            name = sums.named(equation, table, self._parts())
            self.page.put(row - 1, column, name, CHECK)
            self.page.widths({column: 13})
        self._check(row, column, equation)

    def _beneath(self, row: int, name: str, equations: list[Equation]) -> None:
        page = self.page
        left = min(column for _, column in self.places.values())
        page.ours(row)
        page.sheet.row_dimensions[row].height = 22
        if left > 2:
            page.put(row, 2, page.say(text("Check: {sum}", sum=name)), CHECK, wide=left - 2)
        for equation in equations:
            _, column = self.places[equation.left[0][1]]
            self._check(row, column, equation)

    def _check(self, row: int, column: int, equation: Equation) -> None:
        apart, whole = self._apart(equation), self._is_whole(equation)
        good, bad = self.page.say(sums.HOLDS), self.page.say(sums.FAILS)
        self.page.formula(row, column, sums.apart(apart, good, bad, whole=whole), CHECK)
        self.page.red_when(row, column, f"{apart}<>0")
        self.checks.append(reference(row, column))

    def _apart(self, equation: Equation) -> str:
        return sums.difference(equation, self.places, whole=self._is_whole(equation))

    def _is_whole(self, equation: Equation) -> bool:
        return sums.is_whole(equation, self.form.cell_at)

    def _last_year(self, row: int, columns: int) -> None:
        """What last year's report carried forward, under the columns it should be found in."""
        if self.last is None:
            return
        known = dict(self._carried())
        if not known:
            return
        page, left = self.page, min(column for _, column in known.values())
        label = text("Carried forward in the report for {year}", year=self.last.year)
        page.put(row, 2, page.say(label), CHECK, wide=left - 2)
        page.ours(row)
        page.sheet.row_dimensions[row].height = 22
        for path, (there, column) in known.items():
            value = self.opening[path]
            page.put(row, column, value, CHECK)
            if isinstance(value, int):
                here, given = reference(row, column), reference(there, column)
                page.red_when(row, column, f'AND({given}<>"",{here}<>{given})')

    def _carried(self) -> Iterator[tuple[Path, tuple[int, int]]]:
        for path, place in self.places.items():
            if path in self.opening:
                yield path, place
