"""Kinds of values: one table, which every room follows; a form makes kinds of its own as data."""

import json
from dataclasses import replace

import openpyxl
import pytest

from toolkit.errors import FormError
from toolkit.forms import load_forms
from toolkit.forms.json_schema import json_schema
from toolkit.forms.kinds import BASES, Kind
from toolkit.importers.numbers import read as read_published
from toolkit.messages import text
from toolkit.render.workbook import document as workbook
from toolkit.render.workbook.document import Filling
from toolkit.report import build
from toolkit.sources import read, read_text
from toolkit.validation import validate

FORM = """\
id: own
kind: own
name: 示例格式
notice: {number: 示〔2024〕1号}
years: {from: 2020}
title: "{organization}{year}年报告"
kinds:
  yuan: {base: decimal, unit: 元, places: 2, min: 0}
  share: {base: decimal, unit: "%", places: 1, min: 0, max: 100}
  url: {base: line, pattern: "https?://.+"}
  level: {base: choice, choices: [{id: high, label: 高}, {id: low, label: 低}]}
fields:
  - {id: site, label: 网站, kind: url}
  - {id: staff, label: 人数, kind: count}
  - {id: paid, label: 支出, kind: yuan}
  - {id: open, label: 是否开放, kind: flag}
  - {id: rank, label: 等级, kind: level}
sections:
  - id: data
    heading: 一、数据
    kind: matrix
    columns:
      - {id: name, label: 名称, cells: line}
      - {id: spent, label: 经费（元）, cells: yuan}
      - {id: share, label: 占比, cells: share}
      - {id: since, label: 启用年度, cells: year}
      - {id: opened, label: 启用日期, cells: date}
      - {id: open, label: 开放, cells: flag}
      - {id: level, label: 等级, cells: level}
    rows: [{id: first, label: 甲}, {id: second, label: 乙}]
"""
DATA = """\
year: 2024
organization: {name: 示例局}
site: https://example.cn
staff: 12
paid: 3.50
open: 是
rank: 高
data:
  first: {name: 总馆, spent: 12.30, share: 40.5, since: 1998, opened: 1998-05-01, open: 是,
    level: 高}
  second: {name: 分馆, spent: 8, share: 59.5, since: /, open: no, level: low}
"""


def form_of(tmp_path, content=FORM):
    file = tmp_path / "own.yaml"
    file.write_text(content, encoding="utf-8")
    return load_forms([file])["own"]


def checked(form, data):
    return validate(read_text(data.encode(), "data.yaml", ".yaml"), form)


def words(findings):
    return [f"{found.code} {found.field}: {found.message} {found.remedy}" for found in findings]


def test_every_kind_works_in_a_cell_and_in_a_field_alike(tmp_path):
    form = form_of(tmp_path)

    record, findings = checked(form, DATA)
    report = build(record, form)

    assert [f.code for f in findings] == ["N120"]  # since: /
    printed = {path: cell.holds.printed(report.cells[path]) for path, cell in form.cell_at.items()}
    assert list(printed.values()) == [
        *("总馆", "12.30", "40.5", "1998", "1998-05-01", "是", "高"),
        *("分馆", "8", "59.5", "/", "", "否", "低"),
    ]
    assert (report.get("open"), report.get("rank"), report.get("staff")) == (True, "high", 12)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("spent: 12.30", "spent: 12.345", "N115 data.first.spent: 12.345 has more than 2 decimals"),
        ("share: 40.5", "share: 101", "N117 data.first.share: 101 is too large. Write 100 or less"),
        ("spent: 8", "spent: -8", "N114 data.second.spent: -8 is less than 0."),
        ("https://", "ftp://", "N113 site: “ftp://example.cn” is not written as “网站” is."),
        ("rank: 高", "rank: 中", "N122 rank: “中” is none of the choices."),
        ("open: no", "open: 也许", "N113 data.second.open: true or false is expected here."),
        ("1998-05-01", "1998-02-30", "N123 data.first.opened: “1998-02-30” is not a date."),
        ("since: 1998", "since: 98", "N117 data.first.since: There is no report for the year 98."),
    ],
)
def test_the_limits_of_a_kind_are_kept_and_told(tmp_path, old, new, said):
    assert old in DATA

    _, findings = checked(form_of(tmp_path), DATA.replace(old, new))

    assert any(one.startswith(said) for one in words(findings)), words(findings)


def test_a_workbook_holds_every_kind_there_and_back(tmp_path):
    form = form_of(tmp_path)
    record, _ = checked(form, DATA)
    book = tmp_path / "book.xlsx"
    book.write_bytes(workbook.write(Filling(form, record.document)))

    again, findings = validate(read(book), form)

    assert again.document == record.document
    assert [f.code for f in findings] == ["N120"]
    checks = openpyxl.load_workbook(book)["表一"].data_validations.dataValidation
    assert {one.type for one in checks} == {"custom", "whole", "date", "list"}


def test_the_schema_of_an_editor_knows_the_limits(tmp_path):
    properties = json_schema(form_of(tmp_path))["properties"]

    row = properties["data"]["properties"]["first"]["properties"]
    assert (row["share"]["minimum"], row["share"]["maximum"]) == (0, 100)
    assert row["level"]["enum"] == ["high", "高", "low", "低"]
    assert properties["site"]["pattern"] == "^(?:https?://.+)$"


def test_a_published_amount_is_brought_to_the_unit_of_its_kind(tmp_path):
    kind = form_of(tmp_path).cell_at["data", "first", "spent"].holds

    assert read_published("1.2万元", kind).data == 12000
    assert str(read_published("40.5%", form_of(tmp_path).cells[2].holds).data) == "40.5"
    assert not read_published("40.5%", kind).understood


SUMS = """\
id: own
name: 示例格式
notice: {number: 示〔2024〕1号}
years: {from: 2020}
title: "{organization}{year}年报告"
not_applicable: 无此项
sections:
  - id: cases
    heading: 一、案件
    kind: matrix
    corner: 类别
    rows: [{id: fined, label: 罚款}, {id: seized, label: 扣押}]
    columns:
      - {id: city, label: 市级}
      - {id: county, label: 县级}
      - {id: total, label: 合计, derived: true}
    formulas: [total == city + county]
"""


@pytest.mark.parametrize("word", ["无此项", "not_applicable", "不适用"])
def test_not_applicable_is_neither_open_nor_nought(tmp_path, word):
    form = form_of(tmp_path, SUMS)
    data = f"""\
year: 2024
organization: {{name: 示例局}}
cases: {{fined: {{city: 3, county: {word}}}, seized: {{city: {word}, county: {word}}}}}
"""
    record, findings = checked(form, data)
    book = tmp_path / "book.xlsx"
    book.write_bytes(workbook.write(Filling(form, record.document)))
    report = build(record, form)

    printed = [cell.holds.printed(report.cells[path]) for path, cell in form.cell_at.items()]
    assert [f.code for f in findings] == []
    assert printed == ["3", "无此项", "3", "无此项", "无此项", "无此项"]
    assert validate(read(book), form)[0].document == record.document
    assert read_published("无此项", form.cells[0].holds).data == "无此项"


def test_a_form_without_a_word_for_it_refuses_not_applicable(tmp_path):
    form = form_of(tmp_path, SUMS.replace("not_applicable: 无此项\n", ""))
    data = "year: 2024\norganization: {name: 甲}\ncases: {fined: {city: 无此项, county: 1}}\n"

    assert "N113" in {finding.code for finding in checked(form, data)[1]}


def test_a_new_base_kind_is_one_entry_in_one_table(tmp_path, monkeypatch):
    stars = Kind(
        "stars",
        "number",
        whole=True,
        minimum=BASES["count"].minimum,
        maximum=replace(BASES["count"]).minimum + 5,
        read=lambda word: len(word) if word and set(word) == {"★"} else None,
        show=lambda value: "★" * int(str(value)),
        json={"type": ["integer", "string"]},
        guide=text("whole number, 件"),
    )
    monkeypatch.setitem(BASES, "stars", stars)
    content = FORM.replace("label: 占比, cells: share", "label: 星级, cells: stars")
    form = form_of(tmp_path, content)
    data = DATA.replace("share: 40.5", "share: ★★★").replace("share: 59.5", "share: 5")

    record, findings = checked(form, data)
    _, wrong = checked(
        form, data.replace("share: 5}", "share: 6}").replace("share: 5,", "share: 6,")
    )
    book = tmp_path / "book.xlsx"
    book.write_bytes(workbook.write(Filling(form, record.document)))

    path = ("data", "first", "share")
    assert [f.code for f in findings] == ["N120"]
    assert form.cell_at[path].holds.printed(build(record, form).cells[path]) == "★★★"
    assert any("6 is too large. Write 5 or less." in one for one in words(wrong))
    assert validate(read(book), form)[0].document == record.document
    assert '"maximum": 5' in json.dumps(json_schema(form))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("base: line,", "base: lines,", ":10:15: “base” is one of: choice, count, date, decimal,"),
        ("kind: url", "kind: uri", "“kind” is one of:"),
        ("cells: yuan", "cells: list", "A cell holds one value, not “list”."),
        ("cells: level", "cells: choice", "Name the choices in a kind of the form"),
        ("max: 100", "max: -1", ":9:3: “min” is more than “max” here."),
        ("max: 100", "pattern: x", "“pattern” says nothing of values of the kind “decimal”."),
        ('"https?://.+"', '"("', "“pattern” is no pattern:"),
        ("places: 2", "places: two", "“places” must be a whole number from 0 to 12."),
        ("kind: count", "kind: choice", "“choices” is missing here."),
    ],
)
def test_a_kind_that_says_nothing_or_too_much_is_refused(tmp_path, old, new, said):
    assert old in FORM

    with pytest.raises(FormError) as raised:
        form_of(tmp_path, FORM.replace(old, new, 1))

    assert said in str(raised.value)
