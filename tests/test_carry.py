"""This year's file made from last year's report."""

import json

import pytest

from tests.conftest import FULL_SIZE, ROOT, SAMPLE
from toolkit import pipeline
from toolkit.pipeline import Demands
from toolkit.registry import Registry
from toolkit.sources import read
from toolkit.validation import validate

CARRIED = {".html", ".docx", ".xlsx", ".ods"}


def carried(nianbao, tmp_path, last, *more):
    file = tmp_path / "this-year.yaml"
    said = nianbao("new", file, "--from", last, *more)
    assert said.code == 0, said.all
    return file


def report(file):
    return pipeline.check(file, Registry(()), Demands(select=("N301",))).report


def test_what_was_carried_forward_is_carried_over_and_the_office_stays(nianbao, tmp_path):
    file = carried(nianbao, tmp_path, FULL_SIZE)
    last, this = report(FULL_SIZE), file.read_text(encoding="utf-8")

    columns = [c.path[-1] for c in last.form.cells if c.path[:2] == ("applications", "new")]
    amounts = ", ".join(
        f"{c}: {last.cells['applications', 'carried_forward', c]}" for c in columns if c != "total"
    )
    assert f"carried_over: {{{amounts}}}" in this
    assert f"year: {last.year + 1}" in this
    assert last.organization.name in this
    assert "carried_forward: {natural_person: ," in this


def test_last_years_problems_stand_as_comments_to_answer(nianbao, tmp_path):
    this = carried(nianbao, tmp_path, FULL_SIZE).read_text(encoding="utf-8")
    for line in report(FULL_SIZE).narratives["problems_and_improvements"].split("\n"):
        assert not line.strip() or f"#   {line.strip()}" in this
    assert "problems_and_improvements: |\n\n" in this


def test_a_report_on_the_form_of_2019_says_what_cannot_be_carried(nianbao, tmp_path):
    this = carried(nianbao, tmp_path, SAMPLE).read_text(encoding="utf-8")
    assert "no place for these numbers of 2022" in this
    assert "政府集中采购 / 采购项目数量: 0" in this
    assert "issued: , repealed: , in_force: }" in this


def test_a_published_report_will_do_as_last_years(nianbao, tmp_path):
    published = SAMPLE.parents[3] / "tests" / "samples" / "taoshan-commerce-2022.txt"
    this = carried(nianbao, tmp_path, published, "-p", "heilongjiang").read_text(encoding="utf-8")
    assert 'name: "桃山区商务局"' in this
    assert "year: 2023" in this
    assert "plugin: heilongjiang" in this


def test_what_is_carried_word_by_word(nianbao, tmp_path):
    last = report(FULL_SIZE)
    source = read(carried(nianbao, tmp_path, FULL_SIZE))
    record, _ = validate(source, last.form)

    for name in ("name", "short_name", "region", "kind"):
        assert record.at(("organization", name)) == getattr(last.organization, name)
    assert record.at(("contact",)) == dict(last.contact)
    assert record.at(("plugin",)) == last.plugin
    for cell in last.form.cells:
        value = record.at(cell.path)
        if cell.derived:
            assert value is None, cell.path
        elif cell.path[:2] == ("applications", "carried_over"):
            assert value == last.cells["applications", "carried_forward", cell.path[-1]]
        else:
            assert value is None, cell.path  # nobody filled it in yet


def test_a_blank_carries_nothing(nianbao, tmp_path, full_size):
    file = carried(
        nianbao,
        tmp_path,
        full_size(("carried_forward: {natural_person: 9", "carried_forward: {natural_person: /")),
    )

    assert "carried_over: {natural_person: ," in file.read_text(encoding="utf-8")


def test_a_workbook_goes_on_from_last_year_as_a_data_file_does(nianbao, tmp_path):
    book = tmp_path / "book.xlsx"
    said = nianbao("workbook", "--previous", FULL_SIZE, "-o", book)
    assert said.code == 0, said.all

    last = report(FULL_SIZE)
    record, _ = validate(read(book), last.form)

    assert record.at(("year",)) == last.year + 1
    assert record.at(("organization", "name")) == last.organization.name
    given = {cell.path for cell in last.form.cells if record.at(cell.path) is not None}
    assert {path[:2] for path in given} == {("applications", "carried_over")}
    for path in given:
        assert record.at(path) == last.cells["applications", "carried_forward", path[-1]]


PAGES = sorted(f for f in (ROOT / "tests" / "pages").iterdir() if f.suffix in CARRIED)


@pytest.mark.parametrize("last", PAGES, ids=lambda file: file.name)
def test_any_published_report_can_be_gone_on_from(nianbao, tmp_path, last):
    truth = json.loads(last.with_suffix(".json").read_text(encoding="utf-8"))
    year = max(truth["year"] + 1, 2021)

    file = carried(nianbao, tmp_path, last, "--year", year)

    this = read(file).root
    known = "applications.carried_forward" not in truth["unread"]
    for column, number in truth["cells"]["applications.carried_forward"].items():
        if column != "total":
            value = found(this, "applications", "carried_over", column)
            assert value == (number if known and isinstance(number, int) else None)
    assert found(this, "organization", "name") == truth["organization"]
    assert found(this, "year") == year
    assert found(this, "proactive_disclosure", "article_20_1", "rules", "issued") is None
    words = file.read_text(encoding="utf-8")
    for line in truth["narratives"]["problems_and_improvements"]:
        assert any(f"#   {number}{line}" in words for number in ("", "1.", "2."))


def found(node, *path):
    for step in path:
        node = node.find(step).node
    return node.value


def test_a_cell_of_last_year_that_is_no_number_is_told_at_its_place(nianbao, tmp_path):
    page = ROOT / "tests" / "pages" / "errors-2024.xlsx"

    said = nianbao("new", tmp_path / "this-year.yaml", "--from", page)

    assert said.code == 0, said.all
    assert "Sheet!F24" in said.err
    assert "#REF!" in said.err
