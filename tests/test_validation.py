"""A data file against its form: each fault with its place, its words and its remedy."""

import json
from dataclasses import replace

import pytest

from tests.conftest import FULL_SIZE

NEW = "  new: {natural_person: 98,"


def line_of(file, part):
    content = file.read_text(encoding="utf-8")
    return content[: content.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("written", "column", "said", "remedy"),
    [
        ("-1", 25, "error N114 applications.new.natural_person: -1 is less than 0.", "0 or more"),
        ("1.5", 25, "error N115 applications.new.natural_person: 1.5 is not a whole", "whole"),
        ("true", 25, "error N113 applications.new.natural_person: A truth value", "in digits"),
        (".nan", 25, "error N118 applications.new.natural_person: This is not a number", "digits"),
        (".inf", 25, "error N118 applications.new.natural_person: This is not a number", "digits"),
        ("many", 25, "error N113 applications.new.natural_person: “many” is not a", "in digits"),
        ("9999999999", 25, "error N117 applications.new.natural_person: 9999999999", "typed twice"),
        ("[98]", 25, "error N113 applications.new.natural_person: Several values", "in digits"),
        ("９８", 25, "warning N116 applications.new.natural_person: “９８” was read as 98", "98"),
        ('"98"', 25, "warning N116 applications.new.natural_person: “98” was read as 98", "98"),
        ("/", 25, "warning N120 applications.new.natural_person: No number stands here", "0 where"),
        ("", 25, "warning N120 applications.new.natural_person: No number stands here", "0 where"),
    ],
)
def test_a_number_that_is_none_is_told_with_its_place(
    nianbao, full_size, written, column, said, remedy
):
    file = full_size((NEW, f"  new: {{natural_person: {written},"))

    result = nianbao("check", file)

    assert f"{file}:{line_of(file, '  new: {')}:{column}: {said}" in result.out
    assert remedy in result.out


def test_the_fault_is_underlined_in_its_line(nianbao, full_size):
    file = full_size((NEW, "  new: {natural_person: -12,"))

    lines = nianbao("check", file).out.splitlines()

    at = next(i for i, line in enumerate(lines) if "N114" in line)
    start = lines[at + 1].index("-12")
    assert lines[at + 2][start : start + 3] == "^^^"


def test_an_unknown_key_is_answered_with_the_nearest_known_one(nianbao, full_size):
    result = nianbao("check", full_size(("organization:\n", "organisation:\n")))

    assert "N111 organisation: “organisation” is not known here." in result.out
    assert "Did you mean “organization”?" in result.out
    assert "N112" not in result.out  # it is there under the wrong name
    assert result.code == 1


def test_a_missing_section_and_an_empty_one_are_errors(nianbao, full_size):
    content = FULL_SIZE.read_text(encoding="utf-8")
    other = content[content.index("other_matters: |") :]

    assert "N112 other_matters: “六、其他需要报告的事项” (other_matters) is missing." in (
        nianbao("check", full_size((other, ""))).out
    )
    assert (
        "(other_matters) is empty."
        in nianbao("check", full_size((other, 'other_matters: "  "\n'))).out
    )


def test_a_key_that_stands_twice_is_an_error_even_under_two_names(nianbao, full_size):
    file = full_size(("year: 2024\n", "year: 2024\n年度: 2023\n"))

    assert f"{file}:4:1: error N105 year: “年度” stands twice; first on line 3." in (
        nianbao("check", file).out
    )


def test_all_faults_are_told_at_once(nianbao, full_size):
    file = full_size(
        (NEW, "  new: {natural_person: -1,"),
        ("  carried_over: {natural_person: 6,", "  carried_over: {natural_person: x,"),
        ("issued: 2025-01-20", "issued: 2025-02-30"),
        ("kind: department", "kind: ministry"),
    )

    found = json.loads(nianbao("check", "--format", "json", file).out)["findings"]

    assert [one["code"] for one in found] == ["N122", "N123", "N114", "N113"]
    assert [one["line"] for one in found] == sorted(one["line"] for one in found)


def test_findings_as_json_keep_their_contract(nianbao, full_size):
    file = full_size((NEW, "  new: {natural_person: -1,"))

    printed = json.loads(nianbao("check", "--format", "json", file).out)

    assert set(printed) == {"findings", "summary"}
    assert {
        "code", "severity", "message", "remedy", "file", "line", "column", "field", "citation",
    } <= set(printed["findings"][0])  # fmt: skip


def test_rows_left_out_count_as_nought_and_are_told_once(nianbao, full_size):
    row = "      excessive: {natural_person: 0, business: 0, research: 0, public_interest: 0, "
    rest = "legal_service: 0, other: 0, total: 0}\n"
    file = full_size((row + rest, ""))

    result = nianbao("check", file)
    strict = nianbao("check", "--strict", file)

    assert result.code == 0
    assert result.out.count("N119") == 1
    assert "1 row is not filled in and counts as 0: “4.无正当理由大量反复申请”." in result.out
    assert strict.code == 1
    assert "error N119" in strict.out


def test_official_chinese_labels_are_keys_too(nianbao, full_size):
    file = full_size(
        ("year: 2024", "年度: 2024"),
        ("organization:\n  name:", "行政机关:\n  名称:"),
        (
            "# 三、收到和处理政府信息公开申请情况\napplications:",
            "三、收到和处理政府信息公开申请情况:",
        ),
        (NEW + " business: 17,", "  本年新收政府信息公开申请数量: {自然人: 98, 商业企业: 17,"),
        ("  carried_over:", "  二、上年结转政府信息公开申请数量:"),
        ("    granted:", "    （一）予以公开:"),
        ("    partially_granted:", "    (二)部分公开(区分处理的,只计这一情形,不计其他情形):"),
    )

    assert nianbao("check", file).out == nianbao("check", full_size(name="ids.yaml")).out


def test_the_same_report_in_json_is_as_good(nianbao, tmp_path):
    from toolkit.forms import load_forms
    from toolkit.sources import read
    from toolkit.validation import validate

    record, _ = validate(read(FULL_SIZE), load_forms()["national-2021"])
    file = tmp_path / "report.json"
    file.write_text(json.dumps(record.document, ensure_ascii=False, default=float), "utf-8")

    assert nianbao("check", file).code == 0


def test_a_broken_sum_names_the_cell_the_sides_and_the_value_that_would_balance(nianbao, full_size):
    file = full_size((NEW, "  new: {natural_person: 99,"))

    result = nianbao("check", file)

    assert result.code == 1
    assert f"{file}:{line_of(file, '  new: {')}:25: error N201" in result.out
    for part in ("105", "104", "98"):
        assert part in result.out


def test_totals_that_are_left_out_are_worked_out(nianbao, full_size):
    content = FULL_SIZE.read_text(encoding="utf-8")
    lines = content.split("\n")
    totals = [line for line in lines if line.startswith("    total:")]
    file = full_size((totals[0] + "\n", ""), (", total: 13}", "}"), (", total: 7}", "}"))

    result = nianbao("check", file)

    assert result.code == 0
    assert "N119" not in result.out


def test_a_report_on_the_form_of_another_year_is_told_with_the_notices(nianbao):
    from tests.conftest import SAMPLE

    result = nianbao("check", "--select", "N3", SAMPLE)

    assert "N301" in result.out
    assert "国办公开办函〔2019〕60号" in result.out
    assert "国办公开办函〔2021〕30号" in result.out


def test_what_was_made_for_one_form_is_used_for_that_form_alone():
    from toolkit.forms import load_forms
    from toolkit.validation.schema import validator

    forms = list(load_forms().values())
    older, newer = (next(f for f in forms if f.id == f"national-{y}") for y in (2019, 2021))
    unlike = replace(newer, keys=tuple(key for key in newer.keys if key.id != "year"))

    assert validator(newer).schema is validator(replace(newer)).schema
    assert set(validator(older).schema) == {key.id for key in older.keys}
    assert set(validator(newer).schema) == {key.id for key in newer.keys}
    for form, faults in ((newer, False), (unlike, True), (newer, False)):
        check = validator(form)
        check.validate({"year": 2024}, normalize=False)
        assert ("year" in check.errors) is faults
    assert "year" not in validator(unlike).errors  # what one file had wrong is not said of the next
