"""A file with errors of structure: every rule whose inputs are there is run all the same."""

import json

import pytest

from tests.conftest import FULL_SIZE
from toolkit.forms import load_forms
from toolkit.registry.select import form_for
from toolkit.sources import read, read_text

NEW = "  new: {natural_person: 98,"


def codes(result):
    return {found["code"] for found in json.loads(result.out)["findings"]}


def test_a_missing_section_hides_no_finding_of_other_rules(nianbao, full_size):
    content = FULL_SIZE.read_text(encoding="utf-8")
    other = content[content.index("other_matters: |") :]
    file = full_size((other, ""), (NEW, "  new: {natural_person: 99,"))

    found = codes(nianbao("check", "--format", "json", file))

    assert {"N112", "N201"} <= found
    assert "N404" not in found  # the fee is told in the section that is missing


def test_a_cell_that_cannot_be_read_is_open_and_breaks_no_sum(nianbao, full_size):
    found = codes(
        nianbao("check", "--format", "json", full_size((NEW, "  new: {natural_person: x,")))
    )

    assert found == {"N113"}


def test_what_is_selected_or_ignored_counts_beside_an_error_too(nianbao, full_size):
    row = "      excessive: {natural_person: 0, business: 0, research: 0, public_interest: 0, "
    wrong = (
        ("kind: department", "kind: ministry"),
        (row + "legal_service: 0, other: 0, total: 0}\n", ""),
    )
    file = full_size(*wrong)

    assert codes(nianbao("check", "--format", "json", file)) == {"N122", "N119"}
    assert codes(nianbao("check", "--format", "json", "--ignore", "N119", file)) == {"N122"}
    assert codes(nianbao("check", "--format", "json", "--select", "N2", file)) == {"N122"}
    assert nianbao("check", "--select", "N299", file).code == 2


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("格　式: national-2019\nyear: 2024\n", "national-2019"),
        ("年 度: 2020\n", "national-2019"),
        ("报告　年度: 2020\n", "national-2019"),
        ('year: "2020"\n', "national-2019"),
        ("year: ２０２０\n", "national-2019"),
        ("年度: 2021\n", "national-2021"),
    ],
)
def test_the_form_is_chosen_by_labels_however_they_are_spaced(written, form):
    source = read_text(written.encode(), "data.yaml", ".yaml")

    assert form_for(source, tuple(load_forms().values()))[0].id == form


def test_what_a_workbook_has_no_column_for_is_told_and_nothing_is_written(nianbao, full_size):
    file = full_size(
        ("year: 2024\n", "year: 2024\nsuppress: [{code: N501, reason: 甲, 备注: 乙}]\n")
    )
    book = file.with_suffix(".xlsx")

    result = nianbao("workbook", file, "-o", book)

    assert result.code == 1
    assert "N111 suppress.1: “备注” has no column in a workbook." in result.all
    assert not book.exists()


def test_an_item_of_a_plain_list_comes_back_as_words(nianbao, full_size):
    file = full_size(("year: 2024\n", "year: 2024\nunrecognized: [{甲: 1}, 一行]\n"))
    book = file.with_suffix(".xlsx")

    assert nianbao("workbook", file, "-o", book).code == 0

    assert [item.raw for item in read(book).root.find("unrecognized").node.items] == [
        '{"甲": "1"}',
        "一行",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("natural_person: 98, business: 17", "natural_person: 98, busines: 17"),
        ("  new: {", "  新收: {"),
        ("other_matters:", "其他事项:"),
        ("year: 2024", "yaer: 2024"),
        ("organization:", "organisation:"),
    ],
)
def test_a_name_that_is_not_known_is_told_once_and_not_as_a_missing_value_too(
    nianbao, full_size, old, new
):
    said = nianbao("check", full_size((old, new)), "--format", "json")

    assert [f["code"] for f in json.loads(said.out)["findings"]] == ["N111"]
