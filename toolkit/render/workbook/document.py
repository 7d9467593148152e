"""A workbook to fill a report in: made from the form, as XLSX, the same bytes every time."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO

from openpyxl import Workbook

from toolkit.carry import CarryOver, opening_cells
from toolkit.errors import UsageError
from toolkit.forms import Form, Key, Path, Section
from toolkit.messages import text
from toolkit.render import package
from toolkit.render.workbook import table, words
from toolkit.render.workbook.sheet import Page
from toolkit.report import Number, Report

_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_TAB = 12
"""Characters of a section's own name that its tab may show."""
_GUIDE, _BASICS = "填写说明", "基本信息"


@dataclass(frozen=True, slots=True)
class Filling:
    """What is known when the workbook is made.

    ``document`` are values by the ids of the form, nested as in a data file; ``last`` is last
    year's report, shown beside. ``language`` is that of explanations; labels are the form's.
    """

    form: Form
    document: Mapping[str, object] = field(default_factory=dict)
    language: str = "zh"
    last: Report | None = None
    carry_over: CarryOver = field(default_factory=CarryOver)

    @property
    def opening(self) -> dict[Path, Number]:
        """Cells that begin with a number of last year's report, with that number."""
        return opening_cells(self.last, self.form, self.carry_over) if self.last else {}

    def numbers(self) -> dict[Path, object]:
        """The numbers among the values, by path."""
        paths = (cell.path for cell in self.form.cells)
        values = ((path, words.at_path(self.document, path)) for path in paths)
        return {path: value for path, value in values if value is not None}


def write(filling: Filling) -> bytes:
    """Make the workbook.

    Raises:
        UsageError: a paragraph is longer than a cell can be.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    sheets = {"guide": _GUIDE, "basics": _BASICS, **_section_sheets(filling)}
    pages = {
        name: Page(book.create_sheet(title), name, filling.language)
        for name, title in sheets.items()
    }
    checks: dict[str, list[str]] = {}
    words.basics(pages["basics"], filling.form, filling.document, text("* must be filled in."))
    for one in _sheets(filling):
        if one.key.id in pages:
            checks[sheets[one.key.id]] = _section(pages[one.key.id], one, filling)
    last = filling.last
    title = filling.form.name
    words.guide(pages["guide"], title, last, {n: c for n, c in checks.items() if c})
    needed = {name: title for name, title in sheets.items() if name != "guide"}
    for page in pages.values():
        columns = page.sheet.max_column
        page.finish(needed, landscape=columns > _LANDSCAPE)
    return fixed(book)


_LANDSCAPE = 14
"""Columns from which on a sheet is printed on landscape."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What stands on a sheet of its own: a key, with a section that has nothing else."""

    key: Key
    section: Section | None


def _section(page: Page, one: _Sheet, filling: Filling) -> list[str]:
    """Lay out the sheet of one key; gives the cells that tell whether its sums hold."""
    key, section = one.key, one.section
    given = words.at_path(filling.document, tuple(key.id.split(".")))
    if key.holds.shape == "text":
        last = filling.last.narratives.get(key.id, "") if filling.last else ""
        before = last if key.id in filling.carry_over.answered else ""
        try:
            words.paragraphs(page, key, given, section, before)
        except words.TooLongError as error:
            raise UsageError(
                text(
                    "{field}: a paragraph of {size} characters is longer than a cell can be.",
                    field=error.field,
                    size=error.size,
                )
            ) from None
        return []
    if section is None:
        words.items(page, key, given)
        return []
    sheet = table.Sheet(
        page, section, filling.form, filling.numbers(), filling.last, filling.opening
    )
    sheet.write()
    return sheet.checks


def _sheets(filling: Filling) -> Iterator[_Sheet]:
    """What has a sheet of its own, in the order of the report; parts of a section apart."""
    sections = {section.id: section for section in filling.form.sections}
    others = [key for key in filling.form.keys if key.id not in sections]
    yield from (_Sheet(key, None) for key in others if key.holds.shape == "text")
    for key in (key for key in filling.form.keys if key.id in sections):
        yield from _of_section(key, sections[key.id])
    for key in others:
        if key.columns or (key.holds.shape == "list" and filling.document.get(key.id)):
            yield _Sheet(key, None)


def _of_section(key: Key, section: Section) -> Iterator[_Sheet]:
    if section.kind != "parts":
        yield _Sheet(key, section)
        return
    tables = {
        ".".join(table.path): alone
        for table, alone in zip(section.tables, section.alone, strict=True)
        if not table.added
    }
    for below in key.keys:
        inner = replace(below, id=f"{key.id}.{below.id}")
        yield _Sheet(inner, tables.get(inner.id))


def _section_sheets(filling: Filling) -> dict[str, str]:
    """Key → the name of its sheet; no two are alike, in whatever case they are written."""
    taken = {_GUIDE, _BASICS}
    sheets: dict[str, str] = {}
    for one in _sheets(filling):
        name = tab(one.key.label, one.section, len(sheets))
        while name.lower() in taken:
            name = f"{name[:28]}{len(taken)}"
        taken.add(name.lower())
        sheets[one.key.id] = name
    return sheets


def tab(label: str, section: Section | None, number: int) -> str:
    """Name a sheet: ``表三`` for a table of section three, a text by the section's own name."""
    label = re.sub(r"[\[\]:*?/\\'\x00-\x1f]", "", label).strip() or str(number)
    head, mark, rest = label.partition("、")
    if not mark or len(head) > 3:
        head, mark, rest = label.partition("：")
        if not mark or len(head) > 3:
            head, rest = "", label
    if section is not None and section.kind != "narrative":
        return (
            f"{'' if head.startswith('附') else '表'}{head or number}{'表' * head.startswith('附')}"
        )
    return rest if len(rest) <= _TAB else f"第{head}部分" if head else rest[:_TAB]


def fixed(book: Workbook) -> bytes:
    """Save a workbook without the moment it was made at."""
    book.properties.creator = "nianbao"
    book.calculation.fullCalcOnLoad = True
    saved = BytesIO()
    book.save(saved)
    parts = package.read(saved.getvalue())
    core = "docProps/core.xml"
    parts[core] = _STAMP.sub(rb"\g<1>2000-01-01T00:00:00Z", parts[core])
    return package.write(package.deflate(n, data) for n, data in parts.items())
