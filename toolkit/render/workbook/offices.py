"""A workbook of many offices for who collects them: one office a row, a sheet for each table.

A sheet for each office would be easier on the eye and useless from twenty on: nobody adds up or
compares over a hundred sheets. Rows can be added up, filtered and pasted into.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from openpyxl import Workbook
from openpyxl.worksheet.pagebreak import Break

from toolkit.errors import UsageError
from toolkit.forms import CellField, Form, Key, Path, Section, Table
from toolkit.messages import text
from toolkit.render.workbook import sums
from toolkit.render.workbook import value_kinds as kinds
from toolkit.render.workbook.document import fixed, tab
from toolkit.render.workbook.sheet import (
    CHECK,
    HEAD,
    LABEL,
    NOTE,
    NUMBER,
    PARAGRAPH,
    TITLE,
    TOTAL,
    WORDS,
    Page,
)
from toolkit.render.workbook.words import at_path, guide, single_value, top_keys
from toolkit.sources import workbook_ids
from toolkit.sources.workbook_ids import reference

_SPARE = 10
"""Empty rows for offices that come later."""
_IDS, _TOP, _FIRST = 7, 4, 8
"""Rows of the hidden ids, of the first line of labels, and of the first office."""
_STUB, _NARROW, _PRINTED = 30, 8, 72
"""Characters: the office's name, a number, and all numbers on a printed page."""
_OFFICES, _TEXTS, _GUIDE = "机关", "文字部分", "填写说明"


@dataclass(frozen=True, slots=True)
class Collection:
    """Offices of which reports are collected, each with what is known of it by the form's ids."""

    form: Form
    offices: Sequence[Mapping[str, object]]
    language: str = "zh"

    @property
    def last(self) -> int:
        """The last row that an office may take."""
        return _FIRST + len(self.offices) + _SPARE - 1


def write(collection: Collection) -> bytes:
    """Make the workbook.

    Raises:
        UsageError: the form has a table whose rows are added; an office has one row here.
    """
    _see_rows(collection.form)
    book = Workbook()
    book.remove(book.worksheets[0])
    tables = [one for section in collection.form.sections for one in section.alone]
    names = {"guide": _GUIDE, "offices": _OFFICES, "texts": _TEXTS}
    names |= {section.id: tab(section.heading, section, at) for at, section in enumerate(tables)}
    pages = {
        name: Page(book.create_sheet(title), name, collection.language)
        for name, title in names.items()
    }
    _basics(pages["offices"], collection)
    _texts(pages["texts"], collection)
    checks = {
        names[section.id]: _table(pages[section.id], section, collection) for section in tables
    }
    guide(pages["guide"], collection.form.name, None, {n: c for n, c in checks.items() if c})
    needed = {name: title for name, title in names.items() if name != "guide"}
    for name, page in pages.items():
        page.finish(needed, landscape=name != "guide", fit=name == "guide")
    return fixed(book)


def _see_rows(form: Form) -> None:
    """Refuse a form with a table that has no fixed rows: nothing of it would be collected."""
    table = next((table for table in form.tables if table.added), None)
    if table is not None:
        raise UsageError(
            text(
                "A workbook of many offices has no place for “{label}”, whose rows are added;"
                " make a workbook for each office.",
                label=table.caption or table.path[-1],
            )
        )


def _head(
    page: Page, title: str, ids: Mapping[int, str], labels: Mapping[str, str], stub: int = 1
) -> None:
    """Write what stands over the first ``stub`` columns; these stand on every printed page."""
    told = page.say(text("One office a row. Leave the ids in the hidden column as they are."))
    for row, words, look, chars in ((2, title, TITLE, _STUB * 0.6), (3, told, NOTE, _STUB)):
        page.put(row, 2, words, look, wide=stub)
        page.height(row, words, chars)
    page.ours(2, 3, _TOP, _TOP + 1, _TOP + 2)
    page.sheet.print_title_rows = f"{_TOP}:{_TOP + 2}"
    page.sheet.print_title_cols = f"B:{reference(1, 1 + stub)[:-1]}"
    page.region(_IDS, workbook_ids.OFFICES, {2: workbook_ids.OURS, **ids}, labels)


def _keys(collection: Collection) -> Iterator[tuple[int, Mapping[str, object]]]:
    spare: Mapping[str, object] = {}
    yield from enumerate([*collection.offices, *[spare] * _SPARE], _FIRST)


def _basics(page: Page, collection: Collection) -> None:
    """Office by office what the basics are; the name comes first."""
    fields = [
        (path, key)
        for top in top_keys(collection.form)
        for path, key in top.walk()
        if not key.keys and key.holds.shape not in ("text", "list")
    ]
    fields.sort(key=lambda field: (field[0] != ("organization", "name"), not field[1].required))
    ids = {3 + at: kinds.row_id(path, key) for at, (path, key) in enumerate(fields)}
    labels = {name: key.label for name, (_, key) in _pairs(ids, fields)}
    _head(page, _OFFICES, ids, labels, stub=2)
    page.put(_TOP, 2, page.say(text("No.")), HEAD, tall=3)
    page.widths({2: 6} | dict.fromkeys(ids, 16) | {3: _STUB})
    for column, (_, key) in zip(ids, fields, strict=True):
        page.put(_TOP, column, f"{key.label}{'*' * key.required}", HEAD, tall=3)
        kinds.single(page, _FIRST, column, key, collection.last)
    for row, office in _keys(collection):
        page.mark(row, f"o{row - _FIRST + 1}")
        page.put(row, 2, row - _FIRST + 1, LABEL)
        for column, (path, key) in zip(ids, fields, strict=True):
            single_value(page, row, column, key, at_path(office, path), WORDS)
    page.sheet.freeze_panes = reference(_FIRST, 4)


def _pairs(
    ids: Mapping[int, str], fields: Sequence[tuple[Path, Key]]
) -> Iterator[tuple[str, tuple[Path, Key]]]:
    return zip(ids.values(), fields, strict=True)


def _texts(page: Page, collection: Collection) -> None:
    """A cell a text; paragraphs are parted inside it by Alt+Enter."""
    keys = list(_all_texts(collection.form))
    paths = {key.id: tuple(key.id.split(".")) for key in keys}
    ids = {3 + at: kinds.row_id(paths[key.id], key) for at, key in enumerate(keys)}
    _head(page, _TEXTS, ids, {kinds.row_id(paths[key.id], key): key.label for key in keys})
    page.put(_TOP, 2, page.say(text("Office")), HEAD, tall=3)
    page.widths({2: _STUB} | dict.fromkeys(ids, 60))
    for column, key in zip(ids, keys, strict=True):
        told = page.say(text("paragraphs parted by Alt+Enter"))
        page.put(_TOP, column, f"{key.label}\n{told}", HEAD, tall=3)
    for row, office in _keys(collection):
        _name(page, row)
        page.sheet.row_dimensions[row].height = 60
        for column, key in zip(ids, keys, strict=True):
            page.put(row, column, at_path(office, paths[key.id]), PARAGRAPH)
    page.sheet.freeze_panes = reference(_FIRST, 3)


def _all_texts(form: Form) -> Iterator[Key]:
    """Yield the texts of a report, those in parts of a section under their whole path."""
    for key in form.keys:
        if key.holds.shape == "text":
            yield key
        for below in key.keys:
            if below.holds.shape == "text":
                yield replace(below, id=f"{key.id}.{below.id}")


def _name(page: Page, row: int) -> None:
    """Begin a row with its office, named on the first sheet."""
    page.mark(row, f"o{row - _FIRST + 1}")
    page.formula(row, 2, f"IF('{_OFFICES}'!C{row}=\"\",\"\",'{_OFFICES}'!C{row})", LABEL)


def _table(page: Page, section: Section, collection: Collection) -> list[str]:
    """Every number of a section side by side, and the sum over all offices at the end."""
    cells = [cell for table in section.tables for cell in table.cells]
    columns = {cell.path: 3 + at for at, cell in enumerate(cells)}
    names = {c.path: workbook_ids.DERIVED * c.derived + ".".join(c.path) for c in cells}
    check = 3 + len(cells)
    ids = {column: names[path] for path, column in columns.items()} | {check: workbook_ids.OURS}
    _head(page, section.heading, ids, {names[cell.path]: cell.label for cell in cells})
    page.put(_TOP, 2, page.say(text("Office")), HEAD, tall=3)
    page.put(_TOP, check, page.say(text("Do the sums hold?")), HEAD, tall=3)
    page.widths({2: _STUB, check: 12} | dict.fromkeys(columns.values(), _NARROW))
    _labels(page, section, cells)
    for cell in cells:
        if not cell.derived:
            kinds.number(page, _FIRST, columns[cell.path], cell.holds, collection.last)
    found = [
        _office(page, section.tables, row, columns, office, check)
        for row, office in _keys(collection)
    ]
    _sum(page, collection.last + 1, columns.values())
    page.sheet.freeze_panes = reference(_FIRST, 3)
    return [cell for cell in found if cell]


def _office(
    page: Page,
    tables: Sequence[Table],
    row: int,
    columns: Mapping[Path, int],
    office: Mapping[str, object],
    check: int,
) -> str:
    """One row of numbers with live totals; gives the cell that says whether all sums hold."""
    _name(page, row)
    places = {path: (row, column) for path, column in columns.items()}
    apart: list[str] = []
    whole: list[bool] = []
    for table in tables:
        single = [e for e in reversed(table.equations) if len(e.left) == 1]
        holds = {cell.path: cell.holds for cell in table.cells}
        totals = {e.left[0][1]: sums.total(e, places, holds[e.left[0][1]].absent) for e in single}
        for one in table.comparisons:
            if one.defines is not None:
                digits = holds[one.defines].decimals
                totals.setdefault(one.defines, sums.worked_out(one, places, digits))
        for cell in table.cells:
            if cell.path in totals and cell.derived:
                page.formula(*places[cell.path], totals[cell.path], TOTAL)
            else:
                page.put(*places[cell.path], at_path(office, cell.path), NUMBER)
        cells = {cell.path: cell for cell in table.cells}
        for equation in (e for e in table.equations if len(e.left) > 1):
            whole.append(sums.is_whole(equation, cells))
            apart.append(f"ABS({sums.difference(equation, places, whole=whole[-1])})")
    if not apart:
        page.put(row, check, None, CHECK)
        return ""
    good, bad = page.say(sums.HOLDS), page.say(sums.FAILS)
    wrong = "+".join(apart)
    page.formula(row, check, sums.apart(wrong, good, bad, whole=all(whole)), CHECK)
    page.red_when(row, check, f"{wrong}>0")
    return reference(row, check)


def _sum(page: Page, row: int, columns: Iterable[int]) -> None:
    page.ours(row)
    page.put(row, 2, page.say(text("All offices")), TOTAL)
    for column in columns:
        area = f"{reference(_FIRST, column)}:{reference(row - 1, column)}"
        page.formula(row, column, f"SUM({area})", TOTAL)


def _labels(page: Page, section: Section, cells: Sequence[CellField]) -> None:
    """Three lines of labels above the numbers; equal neighbours on one printed page are joined."""
    chains = [_chain(section, cell) for cell in cells]
    printed = list(_pages([len(list(run)) for _, run in groupby(chains, key=lambda c: c[:2])]))
    for column, (page_before, page_after) in enumerate(pairwise(printed), 3):
        if page_before != page_after:
            page.sheet.col_breaks.append(Break(id=column))
    for level in range(3):
        at = 3
        for (_, *key), run in groupby(
            zip(printed, *zip(*chains, strict=True), strict=True), key=lambda c: c[: level + 2]
        ):
            wide = len(list(run))
            look = HEAD if level < 2 else LABEL
            joined = level < 2 and key[0] == chains[at - 3][1]
            if not (joined and level):
                page.put(_TOP + level, at, key[-1], look, wide=wide, tall=1 + joined)
                page.height(_TOP + level, key[-1] if not joined else "", wide * _NARROW)
            at += wide


def _pages(groups: Sequence[int]) -> Iterator[int]:
    """Yield of each column on which printed page it stands; a group is not parted."""
    used, page = 0, 0
    for wide in groups:
        used += wide * _NARROW
        if used > _PRINTED and used > wide * _NARROW:
            used, page = wide * _NARROW, page + 1
        yield from [page] * wide


def _chain(section: Section, cell: CellField) -> tuple[str, str, str]:
    caption = [t.caption for t in section.tables if cell.path[: len(t.path)] == t.path]
    rows = [item.label for item in cell.row if item.label]
    columns = [item.label for item in cell.column if item.id]
    chain = [*(name for name in caption if name), *rows, *columns]
    return chain[0], "·".join(chain[1:-1]) or chain[0], chain[-1]
