"""Rows that the author of a report adds to a table: a list of records, from file to print."""

import json
import re

import openpyxl
import pytest

from tests.conftest import ROOT
from toolkit.diagnostics import Position
from toolkit.errors import FormError
from toolkit.forms import load_forms
from toolkit.forms.json_schema import json_schema
from toolkit.importers.blocks import Cell, Grid
from toolkit.importers.reading import Notes
from toolkit.importers.tables.grids import GridReader
from toolkit.report import build
from toolkit.rules import check
from toolkit.sources import read_text
from toolkit.validation import validate
from toolkit.view import build as view

LIBRARY = ROOT / "tests" / "foreign"
EXAMPLE = LIBRARY / "library" / "examples" / "shili-library-2023.yaml"
FORM = """\
id: own
name: 示例格式
notice: {number: 示〔2024〕1号}
years: {from: 2020}
title: "{organization}{year}年报告"
sections:
  - id: data
    heading: 一、数据
    parts:
      - table: penalties
        columns: [{id: fine, label: 罚款}, {id: total, label: 合计, derived: true}]
      - table: units
        caption: 表二　各单位情况
        rows: {add: true, number: 序号, total: 合计, most: 3}
        columns:
          - {id: name, label: 单位名称, cells: line}
          - {id: fine, label: 罚款}
          - {id: amount, label: 金额（万元）, cells: wan_yuan}
formulas:
  - data.penalties.total == sum(data.units.fine)
  - data.penalties.fine == sum(data.units.fine)
"""
HEAD = "year: 2024\norganization: {name: 示例局}\ndata:\n  penalties: {fine: 7}\n"
ROWS = "  units:\n    - {name: 甲, fine: 3, amount: 1.5}\n    - {name: 乙, fine: 4, amount: 0.25}\n"


def load(tmp_path, words=FORM):
    file = tmp_path / "own.yaml"
    file.write_text(words, encoding="utf-8")
    return load_forms([file])["own"]


@pytest.fixture
def form(tmp_path):
    return load(tmp_path)


def checked(form, data, name="data.yaml"):
    return validate(read_text(data.encode(), name, name[name.rindex(".") :]), form)


def told(findings):
    return [(f.code, f"{f.position.line}:{f.position.column}", f.field) for f in findings]


def report(form, rows=ROWS):
    record, findings = checked(form, HEAD + rows)
    assert not [f for f in findings if f.code != "N106"], findings
    return build(record, form)


def table(form, rows=ROWS):
    return view.build(report(form, rows)).tables["data-units"]


def test_rows_are_numbered_and_summed_up(form):
    assert table(form).grid == (
        ("序号", "单位名称", "罚款", "金额（万元）"),
        ("1", "甲", "3", "1.5"),
        ("2", "乙", "4", "0.25"),
        ("合计", "", "7", "1.75"),
    )


def test_rows_stand_in_the_view_for_templates(form):
    units = view.build(report(form)).values.data.units

    assert [row.name for row in units.rows] == ["甲", "乙"]
    assert units.fine == 7


def test_no_rows_are_one_empty_row(form):
    assert [row[1] for row in table(form, "  units: []\n").grid] == ["单位名称", "", ""]


def test_number_and_total_are_printed_when_asked_for(tmp_path):
    plain = load(tmp_path, FORM.replace(", number: 序号, total: 合计", ""))

    assert table(plain).grid[0] == ("单位名称", "罚款", "金额（万元）")
    assert len(table(plain).grid) == 3


def test_a_sum_over_rows_defines_a_cell_and_is_checked(form):
    assert report(form).cells["data", "penalties", "total"] == 7

    wrong = report(form, ROWS.replace("fine: 4", "fine: 5"))

    (found,) = [f for f in check(wrong) if f.code == "N206"]
    assert "7" in str(found.message)
    assert "8" in str(found.message)


@pytest.mark.parametrize(
    ("row", "code", "column", "field"),
    [
        ("{name: 甲, fine: -1, amount: 0}", "N114", 23, "data.units.1.fine"),
        ("{name: 甲, fine: 若干, amount: 0}", "N113", 23, "data.units.1.fine"),
        ("{name: 甲, fien: 3, fine: 1, amount: 0}", "N111", 17, "data.units.1.fien"),
        ("{name: 甲, fine: 1.5, amount: 0}", "N115", 23, "data.units.1.fine"),
        ("{单位名称: 甲, 罚款: 若干, amount: 0}", "N113", 21, "data.units.1.罚款"),
        ("甲", "N113", 7, "data.units.1"),
        ("{name: 甲, amount: 0}", "N120", 7, "data.units.1.fine"),
        ("{name: 甲, fine: /, amount: 0}", "N120", 23, "data.units.1.fine"),
    ],
)
def test_a_fault_in_a_row_is_told_at_its_place(form, row, code, column, field):
    _, findings = checked(form, f"{HEAD}  units:\n    - {row}\n")

    assert told(findings) == [(code, f"6:{column}", field)]


def test_several_faults_are_told_at_once(form):
    rows = "  units:\n    - {name: 甲, fine: x, amount: 0}\n    - {name: 乙, fine: y, amount: z}\n"

    _, findings = checked(form, HEAD + rows)

    assert [f.field for f in findings] == [
        "data.units.1.fine", "data.units.2.fine", "data.units.2.amount",
    ]  # fmt: skip


def test_more_rows_than_the_form_lets_through_are_refused(form):
    _, findings = checked(form, HEAD + "  units:\n" + "    - {name: 甲, fine: 1, amount: 0}\n" * 4)

    (found,) = [f for f in findings if f.code == "N121"]
    assert str(found.message) == "The table has 4 rows; 3 are allowed."


def test_what_is_no_list_is_refused(form):
    _, findings = checked(form, HEAD + "  units: 5\n")

    assert told(findings) == [("N113", "5:10", "data.units")]


def test_a_table_that_nobody_filled_in_is_told(form):
    _, findings = checked(form, HEAD)

    assert [(f.code, f.path) for f in findings] == [("N119", ("data", "units"))]


def test_an_open_number_leaves_its_sum_open(form):
    record, _ = checked(form, HEAD + ROWS.replace("fine: 4", "fine: null"))

    made = build(record, form)

    assert str(made.cells["data", "units", "fine"]) == ""
    assert str(made.cells["data", "units", "amount"]) == "1.75"


def test_the_schema_has_a_list_of_rows(form):
    units = json_schema(form)["properties"]["data"]["properties"]["units"]

    assert (units["type"], units["maxItems"]) == ("array", 3)
    assert units["items"]["properties"]["fine"]["type"] == "integer"
    assert units["items"]["properties"]["罚款"]["minimum"] == 0
    assert units["items"]["additionalProperties"] is False


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("add: true", "add: false", "14:15: Rows that are added stand in a table of “parts”"),
        ("most: 3", "least: 3", "14:50: “least” is not known here"),
        ("most: 3", "most: 0", "“most” must be a whole number from 1"),
        ("number: 序号", "number: true", "14:35: “number” must be a text."),
        (
            "  - {id: fine, label: 罚款}\n        ",
            "  - {id: fine, label: 罚款, derived: true}\n        ",
            "17:13: A column of rows that are added is plain",
        ),
        ("称, cells: line", "称, cells: text", "holds single values, not “text”"),
        ("caption: 表二", "formulas: [a == b]\n        caption: 二", "are not known."),
        ("sum(data.units.fine)\n  -", "data.units.fine\n  -", "“data.units.fine” is no"),
        ("sum(data.units.fine)\n  -", "sum(data.units.name)\n  -", "“sum(data.units.name)” is"),
    ],
)  # fmt: skip
def test_what_is_not_known_of_added_rows_is_refused(tmp_path, old, new, said):
    assert old in FORM

    with pytest.raises(FormError, match=re.escape(said)):
        load(tmp_path, FORM.replace(old, new))


WIDE = FORM.replace("caption: 表二", "widths: [1, 5, 2, 2]\n        caption: 表二")


def test_the_form_may_give_the_widths_of_columns(tmp_path):
    assert table(load(tmp_path, WIDE)).widths == (0.1, 0.5, 0.2, 0.2)


def test_widths_of_a_table_with_rows_of_its_own_begin_with_the_labels(tmp_path):
    words = FORM.replace("- table: penalties", "- table: penalties\n        widths: [1, 3]")

    made = view.build(report(load(tmp_path, words)))

    assert made.tables["data-penalties"].widths == (0.25, 0.75)


@pytest.mark.parametrize("widths", ["[1, 5, 2]", "[1, 5, 2, 0]", "[1, 5, 2, a]", "[1, 5, 2, true]"])
def test_widths_that_fit_no_column_are_refused(tmp_path, widths):
    with pytest.raises(FormError, match=r"13:17: “widths” is a list of 4 numbers, one a column"):
        load(tmp_path, WIDE.replace("[1, 5, 2, 2]", widths))


def test_a_column_may_have_to_be_filled_in(tmp_path):
    form = load(tmp_path, FORM.replace("cells: line}", "cells: line, required: true}"))

    rows = "    - {fine: 3, amount: 1}\n    - {name: '', fine: 1, amount: 2}\n"

    _, findings = checked(form, f"{HEAD}  units:\n{rows}")

    assert told(findings) == [
        ("N112", "6:7", "data.units.1.name"),
        ("N112", "7:14", "data.units.2.name"),
    ]
    assert "allOf" in json_schema(form)["properties"]["data"]["properties"]["units"]["items"]


@pytest.mark.parametrize(
    "words",
    [
        FORM.replace("caption: 表二", "header: false\n        caption: 表二"),
        FORM.replace("caption: 表二", "when: data\n        caption: 表二"),
        FORM.replace("label: 罚款}, {id: total", "label: 罚款, required: true}, {id: total"),
        FORM.replace("{id: fine, label: 罚款}, {id: total", "{label: 罚款}, {id: total"),
        FORM + "due: {month: 1, day: 31}\n",
        FORM + "words: [冻结存款]\n",
    ],
)
def test_what_a_form_cannot_say_yet_is_refused_with_its_place(tmp_path, words):
    with pytest.raises(FormError, match=r"own\.yaml:\d+:\d+: .*(not known here|is missing here)"):
        load(tmp_path, words)


def test_a_whole_section_has_no_added_rows(tmp_path):
    words = FORM.partition("sections:")[0] + (
        "sections:\n  - {id: a, heading: 一、表, kind: matrix, rows: {add: true},"
        " columns: [{id: b, label: 乙}]}\n"
    )

    with pytest.raises(FormError, match="7:47: Rows that are added stand in a table of “parts”"):
        load(tmp_path, words)


def grid(*rows):
    cells = [
        Cell(y, x, words, Position("page.html", y + 1, x + 1))
        for y, row in enumerate(rows)
        for x, words in enumerate(row)
    ]
    return Grid(tuple(cells), Position("page.html", 1, 1))


HEADS = ("序号", "单位名称", "罚款", "金额（万元）")


def read(form, *grids):
    notes = Notes(form)
    reader = GridReader(form, notes)
    for one in grids:
        reader.read(one)
    return notes


def test_rows_are_read_back_until_the_total(form):
    rows = ("1", "甲", "3", "2"), ("合计", "", "3", "2"), ("2", "乙", "1", "1")

    notes = read(form, grid(HEADS, *rows))

    assert notes.values["data", "units"].value == [{"name": "甲", "fine": 3, "amount": 2}]
    assert [item.words for item in notes.unplaced] == ["2 | 乙 | 1 | 1"]


def test_a_table_goes_on_in_the_next_grid(form):
    notes = read(
        form,
        grid(HEADS, ("1", "甲", "3", "2")),
        grid(("2", "乙", "4", "1"), ("合计", "", "7", "3")),
    )

    assert [row["name"] for row in notes.values["data", "units"].value] == ["甲", "乙"]
    assert (notes.findings, notes.unplaced) == ([], [])


def test_a_total_that_its_rows_do_not_come_to_is_told(form):
    notes = read(form, grid(HEADS, ("1", "甲", "3", "2"), ("合计", "", "4", "2")))

    assert [(f.code, str(f.message)) for f in notes.findings] == [
        ("I012", "The total of this column is 4, but its rows come to 3.")
    ]
    assert [item.words for item in notes.unplaced] == ["罚款: 4"]


def test_columns_may_stand_in_another_order(form):
    notes = read(form, grid(("序号", "罚款", "金额（万元）", "单位名称"), ("1", "3", "2", "甲")))

    assert notes.values["data", "units"].value == [{"fine": 3, "amount": 2, "name": "甲"}]


def test_what_is_no_number_stays_and_is_told(form):
    notes = read(form, grid(HEADS, ("1", "甲", "3 4", "2")))

    assert notes.values["data", "units"].value[0]["fine"] == "3 4"
    assert [f.path for f in notes.findings] == [("data", "units", "0", "fine")]


@pytest.fixture
def library(monkeypatch):
    monkeypatch.setenv("NIANBAO_PLUGIN_DIR", str(LIBRARY))


def test_rows_typed_into_a_workbook_are_read(library, nianbao, tmp_path):
    book = tmp_path / "book.xlsx"
    assert nianbao("workbook", EXAMPLE, "-o", book).code == 0
    opened = openpyxl.load_workbook(book)
    sheet = next(s for s in opened.worksheets if s.cell(1, 2).value == "details.talks")
    for column, value in enumerate(("新书分享", "2023-10-01", "是", 30, 0.5), 2):
        sheet.cell(8, column).value = value
    opened.save(book)

    result = nianbao("generate", book, "-f", "text", "-o", tmp_path)

    assert result.code == 0, result.all
    words = next(tmp_path.glob("*.txt")).read_text(encoding="utf-8")
    assert "| 3 | 新书分享 | 2023-10-01 | 是 | 30 | 0.5 |" in words
    assert "| 234 | 2.35 |" in words


def test_a_wrong_number_in_a_row_of_a_workbook_is_told_by_its_cell(library, nianbao, tmp_path):
    book = tmp_path / "book.xlsx"
    nianbao("workbook", EXAMPLE, "-o", book)
    opened = openpyxl.load_workbook(book)
    sheet = next(s for s in opened.worksheets if s.cell(1, 2).value == "details.talks")
    sheet["E6"] = -5
    opened.save(book)

    assert "!E6: error N114" in nianbao("check", book).out


def test_what_is_no_row_is_not_lost_in_a_workbook(library, nianbao, tmp_path):
    file = tmp_path / "data.yaml"
    words = EXAMPLE.read_text(encoding="utf-8")
    file.write_text(words.replace("  talks:\n", "  talks:\n    - 古籍\n"), encoding="utf-8")

    result = nianbao("workbook", file, "-o", tmp_path / "book.xlsx")

    assert result.code == 1
    assert "34:7: error N111" in result.err
    assert not (tmp_path / "book.xlsx").exists()


def test_a_workbook_of_many_offices_says_that_it_cannot_hold_them(library, nianbao, tmp_path):
    offices = tmp_path / "offices.csv"
    offices.write_text("名称\n甲馆\n乙馆\n", encoding="utf-8")

    result = nianbao("workbook", "-p", "library", "--year", 2024, "--collect", offices,
                     "-o", tmp_path / "book.xlsx")  # fmt: skip

    assert result.code == 2
    assert "has no place for “表三　讲座情况表”" in result.all


def test_a_new_file_shows_what_a_row_is(library, nianbao, tmp_path):
    file = tmp_path / "new.yaml"
    nianbao("new", "-p", "library", "--year", 2024, file)

    words = file.read_text(encoding="utf-8")
    assert "  # - {topic: , held: , open: , visitors: , spent:}\n" in words
    file.write_text(words.replace("  # - {", "  - {"), encoding="utf-8")
    assert "talks" not in "".join(re.findall(".* N11[13].*", nianbao("check", file).out))


def test_last_year_s_rows_stand_beside(library, nianbao, tmp_path):
    file = tmp_path / "next.yaml"
    nianbao("new", "--from", EXAMPLE, file)

    words = file.read_text(encoding="utf-8")
    assert '# - {topic: "古籍修复", held: "2023-03-05", open: true, visitors: , spent: }' in words
    assert "(2023: 120, 1.25)" in words


def test_the_schema_command_tells_the_rows(library, nianbao):
    schema = json.loads(nianbao("schema", "library-2020", "--format", "json-schema").out)

    talks = schema["properties"]["details"]["properties"]["talks"]
    assert set(talks["items"]["properties"]) >= {"topic", "讲座名称", "visitors"}
