"""Data → workbook → data: nothing is lost, on any form, whatever the report says."""

import os
from random import Random

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests import workbooks
from tests.conftest import ROOT
from toolkit.sources import read
from toolkit.sources.workbook import read as read_book

EXAMPLES = int(os.environ.get("NIANBAO_EXAMPLES", "25"))
SHIPPED = sorted(ROOT.glob("plugins/*/examples/*.yaml"))
SLOW = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
)


@SLOW
@given(workbooks.documents())
def test_any_report_comes_back_from_a_workbook_as_it_went_in(document):
    before = workbooks.source(document)

    book = read_book(workbooks.workbook(before), "book.xlsx", ".xlsx")
    after = book.reports[""]

    assert after.findings == ()
    assert workbooks.said(workbooks.report(after)) == workbooks.said(workbooks.report(before))


@pytest.mark.parametrize("data", SHIPPED, ids=lambda file: file.stem)
def test_every_example_comes_back_from_its_workbook(data):
    before = workbooks.source_of(data)

    after = read_book(workbooks.workbook(before), "book.xlsx", ".xlsx").reports[""]

    assert workbooks.said(workbooks.report(after)) == workbooks.said(workbooks.report(before))


def test_a_workbook_has_the_same_bytes_every_time():
    before = workbooks.source_of(SHIPPED[0])

    assert workbooks.workbook(before) == workbooks.workbook(before)


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Workbooks of three forms with odd texts, saved again by LibreOffice."""
    folder = tmp_path_factory.mktemp("office")
    sources = {}
    for number, name in enumerate(("national-2019", "national-2021", "shandong-2021")):
        document = workbooks.filled(name, number)
        file = folder / f"{name}.xlsx"
        file.write_bytes(workbooks.workbook(workbooks.source(document)))
        sources[name] = (workbooks.source(document), workbooks.through_office(file, "xlsx"))
    return sources


@pytest.mark.parametrize("name", ["national-2019", "national-2021", "shandong-2021"])
def test_libreoffice_gives_back_what_it_was_given(saved, name):
    before, file = saved[name]

    after = read(file)

    assert after.findings == ()
    assert workbooks.said(workbooks.report(after)) == workbooks.said(workbooks.report(before))


@pytest.mark.parametrize("name", ["national-2019", "national-2021", "shandong-2021"])
def test_libreoffice_works_out_the_totals_that_we_do(saved, name):
    before, file = saved[name]
    ours = workbooks.report(before)

    theirs = workbooks.report(read(file))

    totals = {cell.path for cell in ours.form.cells if cell.derived}
    assert totals
    assert totals <= theirs.stated  # read from the results LibreOffice stored
    assert {p: theirs.cells[p] for p in totals} == {p: ours.cells[p] for p in totals}


@pytest.mark.parametrize("name", ["national-2019", "shandong-2021"])
def test_a_workbook_saved_as_ods_gives_the_same(saved, name):
    before, file = saved[name]

    after = read(workbooks.through_office(file, "ods"))

    assert after.findings == ()
    assert workbooks.said(workbooks.report(after)) == workbooks.said(workbooks.report(before))


def test_a_check_says_by_how_much_a_sum_is_off(tmp_path):
    document = workbooks.filled("national-2021", 1)
    document["applications"]["new"]["business"] += 4
    file = tmp_path / "book.xlsx"
    file.write_bytes(workbooks.workbook(workbooks.source(document)))

    book = openpyxl.load_workbook(workbooks.through_office(file, "xlsx"), data_only=True)

    said = [cell.value for row in book["表三"].iter_rows() for cell in row]
    assert "差4" in said
    assert "2 处不成立，请看标红的格" in [row[2].value for row in book["填写说明"].iter_rows()]


REQUIRED = (
    ("基本信息", "C9"),
    ("总体情况", "C6"),
    ("存在的主要问题及改进情况", "C5"),
    ("其他需要报告的事项", "C5"),
)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_workbook_that_a_clerk_fills_in_adds_up_in_libreoffice_as_here(nianbao, tmp_path, seed):
    dice, file = Random(seed), tmp_path / "book.xlsx"
    nianbao(*("workbook", "--year", 2025, "--form", "national-2021", "-p", "guangdong", "-o", file))
    numbers = {}

    def fill(book):
        for sheet, where in REQUIRED:
            book[sheet][where] = "示例局"
        for cell in workbooks.forms()["national-2021"].cells:
            if not cell.derived:
                numbers[cell.path] = dice.choice([0, dice.randint(1, 9_999)])
                workbooks.cell(book, cell.path).value = numbers[cell.path]

    workbooks.changed(file, fill)
    after = workbooks.report(read(workbooks.through_office(file, "xlsx")))

    assert {path: after.cells[path] for path in numbers} == numbers
    totals = {cell.path for cell in after.form.cells if cell.derived}
    document = {"form": "national-2021", "year": 2025, "organization": {"name": "示例局"}}
    document |= dict.fromkeys(("overview", "problems_and_improvements", "other_matters"), "示例局")
    for path, number in numbers.items():
        workbooks.put(document, path, number)
    ours = workbooks.report(workbooks.source(document))
    assert totals <= after.stated
    assert {path: after.cells[path] for path in totals} == {p: ours.cells[p] for p in totals}
