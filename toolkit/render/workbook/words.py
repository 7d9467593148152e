"""The sheets of words: how to fill in, basics, texts, and lists."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from toolkit.forms import Form, Key, Path, Section
from toolkit.messages import Text, text
from toolkit.render.workbook import value_kinds as kinds
from toolkit.render.workbook.sheet import (
    CHECK,
    HEAD,
    HINT,
    LABEL,
    LONGEST,
    NOTE,
    PARAGRAPH,
    STRONG,
    TITLE,
    WORDS,
    Look,
    Page,
)
from toolkit.render.workbook.sums import FAILS
from toolkit.report import Report
from toolkit.sources import workbook_ids
from toolkit.sources.workbook_ids import reference

_TEXT_CHARS = 92
"""Width of a text in characters: 46 Chinese ones."""
_SPARE = 24
"""Empty rows after a text or a list, to be filled in."""
_COLUMN, _ONE_COLUMN = 24, 100
"""Widths of a list's columns, and of one whose items have no columns, in characters."""


def top_keys(form: Form) -> list[Key]:
    """The keys of a data file that are no section of the form."""
    sections = {section.id for section in form.sections}
    return [key for key in form.keys if key.id not in sections]


def basics(page: Page, form: Form, document: Mapping[str, object], notes: Text) -> None:
    """One row a field: its label, its value, what it means."""
    page.widths({2: 16, 3: 44, 4: 58})
    page.put(2, 2, page.say(text("Basics")), TITLE, wide=3)
    page.put(3, 2, page.say(notes), NOTE, wide=3)
    page.height(3, page.say(notes), 116)
    page.ours(2, 3)
    page.region(
        4,
        workbook_ids.FIELDS,
        {2: workbook_ids.OURS, 3: workbook_ids.VALUE, 4: workbook_ids.OURS},
        {workbook_ids.VALUE: "值"},
    )
    row = 5
    for key in top_keys(form):
        if key.holds.shape in ("text", "list"):
            continue
        if key.keys:
            page.put(row, 2, key.label, HEAD, wide=3)
            page.ours(row)
            row += 1
        for path, single in key.walk():
            if not single.keys:
                _single(page, row, path, single, at_path(document, path))
                row += 1
    page.sheet.freeze_panes = "D5"


def _single(page: Page, row: int, path: Path, key: Key, value: object) -> None:
    page.mark(row, kinds.row_id(path, key), key.label)
    page.put(row, 2, f"{key.label}{'*' * key.required}", LABEL)
    single_value(page, row, 3, key, value, WORDS)
    page.put(row, 4, key.about_zh if page.language == "zh" else key.about, HINT)
    kinds.single(page, row, 3, key)
    page.sheet.row_dimensions[row].height = 22


def single_value(page: Page, row: int, column: int, key: Key, value: object, look: Look) -> None:
    """Write one single value: a chosen one by its label, a date as a date."""
    word = str(value).lower() if isinstance(value, bool) else str(value)
    page.put(row, column, kinds.labels(key).get(word, value), look)
    if key.holds.shape == "line":
        page.sheet.cell(row, column).number_format = "@"
    elif key.holds.shape == "date":
        _date(page, row, column, value)


def _date(page: Page, row: int, column: int, value: object) -> None:
    """A date a calendar knows is one in the workbook as well; another word stays as it is."""
    cell = page.sheet.cell(row, column)
    try:
        cell.value = date.fromisoformat(str(value)) if value else None
    except ValueError:
        return
    cell.number_format = "yyyy-mm-dd"


def at_path(document: Mapping[str, object], path: Path) -> object:
    """What a document holds at a path, or None."""
    value: object = document
    for step in path:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


@dataclass(frozen=True, slots=True)
class TooLongError(Exception):
    """A paragraph that no cell can hold."""

    field: str
    size: int


def paragraphs(page: Page, key: Key, words: object, section: Section | None, last: str) -> None:
    """One row a paragraph; what the form asks for stands above, last year's text beneath it."""
    page.widths({2: 5, 3: _TEXT_CHARS})
    page.put(2, 2, key.label, TITLE, wide=2)
    page.ours(2)
    row = 3
    for line in _asked(page, section, last):
        page.put(row, 2, line, NOTE, wide=2)
        page.height(row, line, _TEXT_CHARS, least=16)
        page.ours(row)
        row += 1
    head = f"{workbook_ids.TEXT} {workbook_ids.REQUIRED * key.required}{key.id}"
    page.region(
        row, head, {2: workbook_ids.OURS, 3: workbook_ids.VALUE}, {workbook_ids.VALUE: key.label}
    )
    page.sheet.freeze_panes = reference(row + 1, 3)
    lines = "\n\n".join(map(str, words)) if isinstance(words, list) else str(words or "")
    written = lines.rstrip("\n").split("\n")
    for at, line in enumerate([*written, *[""] * _SPARE], row + 1):
        if len(workbook_ids.encoded(line)) > LONGEST:
            raise TooLongError(key.label, len(line))
        page.put(at, 2, at - row, LABEL)
        page.put(at, 3, line or None, PARAGRAPH)
        page.height(at, line, _TEXT_CHARS - 4, least=22)


def _asked(page: Page, section: Section | None, last: str) -> Iterator[str]:
    yield page.say(text("One row is one paragraph; （一）… on a row of its own is a sub-heading."))
    if section is not None and section.content:
        contents = "；".join(content.label for content in section.content)
        yield page.say(text("The form asks for: {contents}.", contents=contents))
    if last.strip():
        yield page.say(text("Last year's report said this; tell what has become of each point:"))
        yield from (f"  {line.strip()}" for line in last.splitlines() if line.strip())


def items(page: Page, key: Key, given: object) -> None:
    """A list, one item a row."""
    columns = key.columns or (_content(page),)
    spelled = {column.id: (column.id, column.label, *column.variants) for column in columns}
    names = {2 + at: column.id for at, column in enumerate(columns)}
    labels = {column.id: _about(page, column) or column.label for column in columns}
    page.widths({2 + at: column.width or _COLUMN for at, column in enumerate(columns)})
    page.put(2, 2, key.label, TITLE, wide=len(columns))
    page.put(3, 2, _about(page, key), NOTE, wide=len(columns))
    for at, label in enumerate(labels.values(), 2):
        page.put(4, at, label, HEAD)
    page.ours(2, 3, 4)
    page.region(5, f"{workbook_ids.LIST} {key.id}", names, labels)
    page.sheet.freeze_panes = "B6"
    known = given if isinstance(given, list) else []
    rows = [*known, *[None] * _SPARE]
    if key.records:
        _records(page, key, rows)
        return
    for row, item in enumerate(rows, 6):
        for column, name in names.items():
            page.put(row, column, _word(item, name, spelled[name], names[2]), WORDS)


def _records(page: Page, key: Key, rows: Sequence[object]) -> None:
    """Write rows of a table that the author adds, each value as its column's kind asks for it."""
    for at, column in enumerate(key.columns, 2):
        kinds.single(page, 6, at, column, 5 + len(rows))
        for row, item in enumerate(rows, 6):
            value = item.get(column.id) if isinstance(item, Mapping) else None
            single_value(page, row, at, column, value, WORDS)


def _content(page: Page) -> Key:
    """Return the one column of a list of plain words."""
    label = page.say(text("Content"))
    return Key(workbook_ids.VALUE, label, "line", about=label, about_zh=label, width=_ONE_COLUMN)


def _about(page: Page, key: Key) -> str:
    return key.about_zh if page.language == "zh" else key.about


def _word(item: object, name: str, spelled: Sequence[str], first: str) -> object:
    """One column of an item; an item without columns stands in the first one, as words."""
    if isinstance(item, Mapping) and first != workbook_ids.VALUE:
        value = next((item[key] for key in spelled if item.get(key) is not None), None)
        is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
        return value if value is None or is_number else str(value)
    if item is None or name != first:
        return None
    return json.dumps(item, ensure_ascii=False) if isinstance(item, dict | list) else str(item)


def unheld(key: Key, items: Sequence[object]) -> Iterator[tuple[int, str]]:
    """Yield what the columns of a list cannot hold: the number of its item, and its name there."""
    known = {name for column in key.columns for name in (column.id, column.label, *column.variants)}
    for number, item in enumerate(items if key.columns else ()):
        if isinstance(item, Mapping):
            lost = (name for name, value in item.items() if name not in known or _deep(value))
            yield from ((number, str(name)) for name in lost)
        elif _deep(item):
            yield number, key.label


def _deep(value: object) -> bool:
    return isinstance(value, dict | list)


def guide(page: Page, title: str, last: Report | None, checks: Mapping[str, list[str]]) -> None:
    """The first sheet: how to fill the others in, and whether their sums hold."""
    page.widths({2: 6, 3: 92})
    page.put(2, 2, title, TITLE, wide=2)
    page.sheet.row_dimensions[2].height = 36
    page.put(3, 2, page.say(text("How to fill this workbook in")), STRONG, wide=2)
    row = 4
    for number, line in enumerate(_GUIDE, 1):
        page.put(row, 2, number, LABEL)
        page.put(row, 3, page.say(line), LABEL)
        page.height(row, page.say(line), 90, least=26)
        row += 1
    if last is not None:
        told = text("Last year's numbers are those of {title}.", title=last.title)
        page.put(row, 2, page.say(told), NOTE, wide=2)
        row += 1
    page.put(row + 1, 2, page.say(text("Do the sums hold?")), STRONG, wide=2)
    row += 2
    for name, cells in checks.items():
        wrong = "+".join(
            f"COUNTIF('{name}'!{cell},\"{page.say(FAILS)}*\")" for cell in _areas(cells)
        )
        page.put(row, 2, name, LABEL)
        page.formula(row, 3, f'IF({wrong}=0,"{page.say(_ALL)}",{wrong}&"{page.say(_SOME)}")', CHECK)
        page.red_when(row, 3, f"{wrong}>0")
        page.sheet.row_dimensions[row].height = 22
        row += 1
    page.ours(*range(2, row + 1))


def _areas(cells: list[str]) -> list[str]:
    """Name cells of one column or row that follow each other as an area."""
    found: list[tuple[str, str]] = []
    for cell in cells:
        at, before = workbook_ids.place(cell), workbook_ids.place(found[-1][1]) if found else None
        near = at and before and (at[0] - before[0], at[1] - before[1]) in ((0, 1), (1, 0))
        if near:
            first = found.pop()[0]
            found.append((first, cell))
        else:
            found.append((cell, cell))
    return [first if first == last else f"{first}:{last}" for first, last in found]


_ALL = text("All sums hold.")
_SOME = text(" sums do not hold; look for red cells.")
_GUIDE = (
    text("Fill in the white cells; grey ones are labels and totals, and are locked."),
    text("Totals work themselves out. A red cell says that a sum of the form does not hold."),
    text("Write 0 where there was nothing; a cell left empty is told when the report is checked."),
    text("Texts: one paragraph a row, pasted from Word as they are; numbers: plain digits."),
    text("Keep sheets, rows and columns as they are; notes of your own go on a sheet of your own."),
    text("Save as .xlsx, then: nianbao check BOOK.xlsx; nianbao generate BOOK.xlsx"),
)
