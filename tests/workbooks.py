"""Reports made at random, workbooks made of them, and workbooks as a clerk changes them."""

import io
import json
import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from random import Random

import openpyxl
from hypothesis import strategies as st

from tests import libreoffice
from toolkit.registry import Plugin, Registry
from toolkit.registry.select import form_for, plugin_for
from toolkit.render.workbook.document import Filling, write
from toolkit.report import Report, build
from toolkit.sources import Entry, Mapping, Scalar, Source, read, read_text
from toolkit.validation import validate

WORDS = st.text(
    st.characters(
        exclude_categories=("Cs", "Cc"),
        include_characters="\t（一）、=+-@_x000D_'\"<&>\u3000\U0001f600\u2028",
        exclude_characters="\ufffe\uffff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    ),
    min_size=1,
    max_size=30,
)
LINE = st.one_of(
    st.sampled_from(
        ["", "  前面有空格。", "=1+1", "@甲", "-5", "（一）主动公开", "_x0041_", "2024"]
    ),
    WORDS,
)
NARRATIVE = st.lists(LINE, min_size=1, max_size=6).map("\n".join).filter(str.strip)
NAME = WORDS.map(str.strip).filter(bool)
BLANKS = ("/", "—", "无", None, "-")


def count(dice):
    return dice.choice([0, dice.randint(1, 30), dice.randint(0, 999_999_999)])


KINDS = {
    "count": count,
    "signed": lambda dice: dice.randint(-500, 500),
    "wan_yuan": lambda dice: dice.choice(
        [count(dice), Decimal(dice.randint(0, 9_999_999)) / 100, Decimal("36.20"), Decimal("0.10")]
    ),
    "money": lambda dice: dice.choice([count(dice), "251000元", "477.35万元"]),
}


@lru_cache(maxsize=1)
def forms():
    """Every form there is, those of the bundled plugins too, by id."""
    plugins = [plugin for plugin in Registry(()).all() if isinstance(plugin, Plugin)]
    return {form.id: form for plugin in plugins for form in plugin.forms}


@st.composite
def documents(draw):
    """A data file that validates, on any form; cells left out, left blank, or stated."""
    form = forms()[draw(st.sampled_from(sorted(forms())))]
    document = {
        "form": form.id,
        "year": draw(st.integers(2019, 2030)),
        "organization": {"name": draw(NAME), "region": draw(NAME), "kind": "department"},
        "issued": draw(st.dates().filter(lambda d: 1990 < d.year < 2090)).isoformat(),
    }
    for name, words in (("plugin", "shandong"), ("website", "=cmd|x"), ("title", "+题")):
        if draw(st.booleans()):
            document[name] = words
    if draw(st.booleans()):
        document["contact"] = {"office": draw(NAME), "postal_code": "021000"}
        document["customary_opening"] = draw(st.booleans())
        document["suppress"] = [
            {"code": "N501", "reason": draw(NAME)},
            {"code": "N502", "reason": "甲"},
        ]
        document["unrecognized"] = draw(st.lists(NAME, min_size=1, max_size=3))
        document["opening"] = draw(NARRATIVE)
    for section in form.sections:
        if section.kind == "narrative":
            document[section.id] = draw(NARRATIVE)
    dice = Random(draw(st.integers(0, 10**9)))
    often = dice.choice([0, 1, 9])
    for cell in form.cells:
        choice = dice.randint(0, 9) if often else 5
        if (cell.derived and choice != 9) or choice < often - 1:
            continue
        blank = choice == 9 and often == 9
        put(document, cell.path, dice.choice(BLANKS) if blank else KINDS[cell.kind](dice))
    for section in form.sections:
        document.setdefault(section.id, {})
    return document


def filled(name, seed):
    """A report on a form whose sums hold, with texts that a program might change."""
    form, dice = forms()[name], Random(seed)
    document = {
        "form": name,
        "year": 2020 if name == "national-2019" else 2025,
        "organization": {"name": "示例市=1+1局", "region": "山东省示例市"},
        "contact": {"postal_code": "021000", "telephone": "0450-0000000"},
        "issued": "2026-01-20",
        "customary_opening": True,
        "suppress": [{"code": "N501", "reason": "=SUM(1)"}],
        "opening": "+1\n@甲",
    }
    for section in form.sections:
        if section.kind == "narrative":
            document[section.id] = "（一）甲\n\n  前有空格 “引号” <b>&amp;\n=2+3\n2024\n-5\n末行"
    for cell in form.cells:
        if not cell.derived:
            number = dice.randint(0, 99) if cell.kind == "count" else KINDS[cell.kind](dice)
            put(document, cell.path, 0 if cell.path[0] == "applications" else number)
    for column in ("natural_person", "business", "other"):
        numbers = [dice.randint(0, 99) for _ in range(3)]
        for row, number in zip(("new", "carried_over", "carried_forward"), numbers, strict=True):
            put(document, ("applications", row, column), number)
        done = numbers[0] + numbers[1] - numbers[2]
        if done < 0:
            put(document, ("applications", "new", column), numbers[0] - done)
        put(document, ("applications", "results", "granted", column), max(done, 0))
    return document


def source_of(file: Path) -> Source:
    """A data file, with the form named that its plugin would choose."""
    read_ = read(file)
    plugins = Registry(())
    plugin, _ = plugin_for(read_, plugins)
    form, _ = form_for(read_, plugin.forms)
    if read_.root.find("form") is None:
        entry = Entry("form", read_.root.position, Scalar(form.id, form.id, read_.root.position))
        return replace(read_, root=Mapping((entry, *read_.root.entries), read_.root.position))
    return read_


def put(document, path, value):
    for step in path[:-1]:
        document = document.setdefault(step, {})
    document[path[-1]] = value


def source(document) -> Source:
    content = json.dumps(document, ensure_ascii=False, default=lambda n: f"@{n:f}@")
    content = re.sub(r'"@([0-9.]+)@"', r"\1", content)  # exact decimals, with their last zero
    return read_text(content.encode(), "data.json", ".json")


def record(source: Source):
    root = {entry.key: entry.node for entry in source.root}
    form = forms()[root["form"].raw]
    found, findings = validate(source, form)
    errors = [finding for finding in findings if finding.severity.label == "error"]
    assert not errors, [(str(f.position), f.code, str(f.message)) for f in errors]
    return found, form


def workbook(source: Source, **more) -> bytes:
    found, form = record(source)
    return write(Filling(form, found.document, **more))


def report(source: Source) -> Report:
    return build(*record(source))


def said(report: Report):
    """Everything a report says, in a form to compare."""
    lists = {name: report.get(name) for name in ("suppress", "unrecognized", "customary_opening")}
    return {
        "cells": {path: (str(value), type(value)) for path, value in report.cells.items()},
        "texts": {n: words.rstrip("\n") for n, words in report.narratives.items()},
        "office": report.organization,
        "contact": dict(report.contact),
        "opening": report.opening.rstrip("\n"),
        "others": (report.year, report.title, report.plugin, report.issued, report.website),
        **lists,
    }


def changed(file: Path, change) -> Path:
    """Let somebody change a workbook with a spreadsheet program of no pretensions."""
    book = openpyxl.load_workbook(file)
    change(book)
    book.save(file)
    return file


def place(book, sheet: str, row_id: str, column_id: str):
    """The cell of a field, found by the hidden ids."""
    page = book[sheet]
    columns = {}
    for row in page.iter_rows():
        name = str(row[0].value or "")
        if name.startswith("@"):
            columns = {str(cell.value): cell.column for cell in row}
        elif name.lstrip("~!").partition("?")[0] == row_id:
            return page.cell(row[0].row, columns[column_id])
    raise KeyError((row_id, column_id))


def cell(book, path):
    """The cell of a number, on whatever sheet it is."""
    for page in book.worksheets:
        for parted in range(1, len(path)):
            row, column = ".".join(path[:parted]), ".".join(path[parted:])
            try:
                return place(book, page.title, row, column)
            except KeyError:
                continue
    raise KeyError(path)


def through_office(file: Path, ending: str) -> Path:
    """Open a file in LibreOffice and save it as another kind; formulas are worked out."""
    folder = file.parent / "saved"
    libreoffice.convert([file], ending, folder, file.parent / "profile")
    return folder / f"{file.stem}.{ending.partition(':')[0]}"


def reread(data: bytes, folder: Path, name: str = "book.xlsx") -> Source:
    file = folder / name
    file.write_bytes(data)
    return read(file)


def opened(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))
