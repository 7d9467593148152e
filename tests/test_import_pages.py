"""Whole published pages, each with its truth beside it: no cell wrong, no word lost."""

import json
from decimal import Decimal
from functools import cache

import openpyxl
import pytest

from tests.conftest import ROOT
from toolkit.diagnostics import Severity
from toolkit.importers import import_report

FOLDER = ROOT / "tests" / "pages"
PAGES = sorted(file for file in FOLDER.iterdir() if file.suffix != ".json")


READ = cache(import_report)


@pytest.fixture(params=PAGES, ids=lambda file: file.name)
def page(request):
    """Give a page's reading, and what a careful reader finds in it."""
    truth = json.loads(request.param.with_suffix(".json").read_text(encoding="utf-8"))
    return READ(request.param), truth


def cells(truth):
    for row, found in truth["cells"].items():
        for column, value in found.items():
            yield row, (*row.split("."), column), value


def as_read(value):
    return float(value) if isinstance(value, int | Decimal) else value


def squeezed(words):
    return "".join(str(words).split())


def said(reading):
    """Everything a data file made from the reading holds."""
    taken = [t.words or t.value for t in reading.values.values()]
    kept = [item.words for item in (*reading.unplaced, *reading.left_out)]
    return squeezed(" ".join(map(str, [*taken, *kept])))


def test_every_cell_is_right_or_told_as_not_understood(page):
    reading, truth = page
    wrong = {}
    for row, path, value in cells(truth):
        taken = reading.values[path].value
        if row in truth["unread"] and not isinstance(taken, int | Decimal):
            told = [f for f in reading.findings if f.severity is Severity.ERROR]
            assert any(path[: len(f.path)] == f.path or f.path == path for f in told if f.path)
        elif as_read(taken) != as_read(value):
            wrong[path] = (taken, value)
    assert not wrong


def test_no_row_is_called_unread_that_is_read(page):
    reading, truth = page
    for row in truth["unread"]:
        there = [(p, v) for r, p, v in cells(truth) if r == row and v is not None]
        assert any(as_read(reading.values[path].value) != as_read(v) for path, v in there)


def test_the_whole_narrative_is_kept_in_its_sections_and_in_order(page):
    reading, truth = page
    for section, paragraphs in truth["narratives"].items():
        words = squeezed(reading.values[(section,)].value)
        places = [words.find(squeezed(paragraph)) for paragraph in paragraphs]
        assert -1 not in places
        assert places == sorted(places)


def test_what_has_no_place_in_the_form_is_kept(page):
    reading, truth = page
    everything = said(reading)
    assert [words for words in truth["kept"] if squeezed(words) not in everything] == []


def test_form_office_and_year_are_recognised(page):
    reading, truth = page
    found = (reading.form.id, reading.values["organization", "name"].value)
    assert found == (truth["form"], truth["organization"])
    assert reading.values[("year",)].value == truth["year"]


def test_sums_that_fail_in_a_page_are_kept_and_check_finds_them(nianbao, tmp_path):
    page = FOLDER / "anhui-audit-2023.html"
    truth = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    nianbao("import", page, "-o", tmp_path / "data.yaml")

    assert sums_that_fail(nianbao, tmp_path / "data.yaml") == set(truth["checks"])


BREAKS = {
    "applications.new.natural_person": {"N201", "N203"},
    "applications.results.granted.business": {"N202", "N203"},
    "applications.carried_forward.total": {"N201", "N203"},
    "review_and_litigation.administrative_litigation.direct.upheld": {"N204"},
}


@pytest.mark.parametrize("fields", [*((field,) for field in BREAKS), tuple(BREAKS)], ids=str)
def test_sums_that_fail_in_a_spreadsheet_are_kept_and_check_finds_them(nianbao, tmp_path, fields):
    source = FOLDER / "one-sheet-2024.xlsx"
    reading, book = READ(source), openpyxl.load_workbook(source)
    changed = {}
    for field in fields:
        taken = reading.values[tuple(field.split("."))]
        changed[field] = taken.value + 1
        book[taken.place.sheet][taken.place.cell] = changed[field]
    book.save(tmp_path / "broken.xlsx")

    nianbao("import", tmp_path / "broken.xlsx", "-o", tmp_path / "data.yaml")

    after = import_report(tmp_path / "broken.xlsx")
    assert {f: after.values[tuple(f.split("."))].value for f in fields} == changed
    wanted = set().union(*(BREAKS[field] for field in fields))
    assert sums_that_fail(nianbao, tmp_path / "data.yaml") == wanted


def sums_that_fail(nianbao, data):
    found = json.loads(nianbao("check", data, "--format", "json").out)
    return {f["code"] for f in found["findings"] if f["code"].startswith("N20")}
