"""A report of another kind, on a form that extends no national one, through every command."""

import json
import re
import zipfile

import openpyxl
import pytest

from tests.conftest import ROOT
from toolkit import pipeline
from toolkit.cli.main import main
from toolkit.importers import import_report
from toolkit.pipeline import Demands
from toolkit.registry import Registry

FOREIGN = ROOT / "tests" / "foreign"
EXAMPLE = FOREIGN / "library" / "examples" / "shili-library-2023.yaml"
SUFFIXES = {
    "docx": ".docx",
    "pdf": ".pdf",
    "html": ".html",
    "html-fragment": ".fragment.html",
    "text": ".txt",
}


@pytest.fixture(autouse=True)
def _plugin_is_there(monkeypatch):
    monkeypatch.setenv("NIANBAO_PLUGIN_DIR", str(FOREIGN))


@pytest.fixture(scope="module")
def registry():
    return Registry([FOREIGN])


@pytest.fixture(scope="module")
def form(registry):
    return registry.get("library").forms[0]


@pytest.fixture(scope="module")
def checked(registry):
    return pipeline.check(EXAMPLE, registry, Demands())


@pytest.fixture(scope="module")
def documents(registry, checked, tmp_path_factory):
    """The example in every format: format → file."""
    folder = tmp_path_factory.mktemp("library")
    plugin = registry.get("library")
    made = pipeline.render(checked, registry.formats(plugin).values())
    for name, data in made.items():
        (folder / f"report{SUFFIXES[name]}").write_bytes(data)
    return {name: folder / f"report{SUFFIXES[name]}" for name in made}


def cells(report):
    """All values of a report's tables, by path."""
    return dict(report.cells)


def in_form(report):
    """The same without the sums of rows that were added."""
    return {path: value for path, value in report.cells.items()
            if not report.form.cell_at[path].added}  # fmt: skip


def report_of(file, registry):
    again = pipeline.check(file, registry, Demands())
    assert again.report is not None, [str(finding.message) for finding in again.findings]
    return again.report


def test_the_example_keeps_every_rule_that_holds_for_it(checked):
    assert checked.findings == ()
    assert checked.plugin.name == "library"


def test_totals_of_every_kind_of_number_are_worked_out(checked):
    total = {path[-1]: str(value) for path, value in cells(checked.report).items()
             if path[-2] == "total"}  # fmt: skip

    assert total == {"added": "5425", "withdrawn": "329", "spent": "43.83"}
    assert str(checked.report.cells["details", "visits", "share"]) == "90.08"


@pytest.mark.parametrize("format_", ["text", "html", "html-fragment"])
def test_every_number_and_text_is_printed(documents, checked, format_):
    words = documents[format_].read_text(encoding="utf-8")

    for part in (
        "一、年度服务概况",
        "延长周末开放时间",
        "连续",
        "38.25",
        "43.83",
        "5425",
        "90.08",
        "表一",
        "外借率为外借册次",
        "外借册次不含馆际互借。",
        "李四",
        "1250.5",
        "地方文献",
        "1.85",
    ):
        assert part in words


@pytest.mark.parametrize("format_", SUFFIXES)
def test_a_published_report_is_read_back_with_every_cell(documents, registry, checked, format_):
    reading = import_report(documents[format_], {f.id: f for f in registry.get("library").forms})

    assert [str(found.message) for found in reading.findings if found.code != "I015"] == []
    fields = checked.report.form.cell_at
    there = {path: str(taken.value) for path, taken in reading.values.items() if path in fields}
    assert there == {path: fields[path].holds.printed(value)
                     for path, value in in_form(checked.report).items()}  # fmt: skip
    talks = reading.values["details", "talks"].value
    assert [(row["topic"], row["visitors"]) for row in talks] == [
        ("古籍修复", 120),
        ("地方文献", 84),
    ]
    assert reading.values["details", "remarks"].value == "外借册次不含馆际互借。"


@pytest.mark.parametrize("format_", [name for name in SUFFIXES if name != "html-fragment"])
def test_what_import_writes_passes_the_checks(nianbao, documents, tmp_path, format_):
    target = tmp_path / "again.yaml"

    result = nianbao("import", "-p", "library", documents[format_], "-o", target)

    assert result.code == 0, result.all
    assert 'organization:\n  name: "示例市图书馆"' in target.read_text(encoding="utf-8")
    assert nianbao("check", target).err == "No findings.\n"


@pytest.mark.parametrize("format_", ["docx", "pdf"])
def test_the_data_come_out_of_a_document(nianbao, documents, tmp_path, format_):
    result = nianbao("extract", documents[format_], "-o", tmp_path / "data.yaml")

    assert result.code == 0, result.all
    assert (tmp_path / "data.yaml").read_bytes() == EXAMPLE.read_bytes()


def test_captions_and_notes_of_tables_look_otherwise_than_text(documents):
    page = documents["html"].read_text(encoding="utf-8")
    with zipfile.ZipFile(documents["docx"]) as package:
        word = package.read("word/document.xml").decode()

    assert ".table-title {" in page
    assert ".table-note {" in page
    caption = word.partition("表三　讲座情况表</w:t>")[0].rpartition("<w:p>")[2]
    assert 'w:eastAsia="黑体"' in caption
    note = word.partition("一个系列的讲座填一行。</w:t>")[0].rpartition("<w:p>")[2]
    assert '<w:sz w:val="18"/>' in note


def test_a_workbook_holds_the_whole_report_there_and_back(nianbao, registry, checked, tmp_path):
    book = tmp_path / "book.xlsx"
    assert main(["workbook", str(EXAMPLE), "-o", str(book)]) == 0

    assert cells(report_of(book, registry)) == cells(checked.report)
    rows = report_of(book, registry).rows("details", "talks")
    assert rows == checked.report.rows("details", "talks")
    texts = report_of(book, registry).narratives
    assert texts == {name: words.rstrip("\n") for name, words in checked.report.narratives.items()}
    assert nianbao("check", book).code == 0


def test_a_workbook_is_made_empty_too(nianbao, tmp_path):
    made = nianbao("workbook", "-p", "library", "--year", 2024, "-o", tmp_path / "empty.xlsx")

    assert made.code == 0, made.all
    sheets = openpyxl.load_workbook(tmp_path / "empty.xlsx").worksheets
    words = {cell.value for sheet in sheets for row in sheet for cell in row}
    assert {"馆藏合计", "四、下一年度安排"} <= words


def test_a_new_file_asks_for_what_the_form_has(nianbao, form, tmp_path):
    file = tmp_path / "new.yaml"
    assert nianbao("new", "-p", "library", "--year", 2024, file).code == 0

    words = file.read_text(encoding="utf-8")

    assert all(section.heading in words for section in form.sections)
    codes = set(re.findall(r" (N\d{3}) ", nianbao("check", file).out))
    assert codes <= {"N112", "N119", "N120"}


def test_last_year_s_report_is_gone_on_from(nianbao, tmp_path):
    file = tmp_path / "next.yaml"

    assert nianbao("new", "--from", EXAMPLE, file).code == 0

    words = file.read_text(encoding="utf-8")
    assert "year: 2024" in words
    assert "plugin: library" in words
    assert 'name: "示例市图书馆"' in words
    assert "2023: 5120, 310, 38.25" in words
    assert 'grade: "first"' in words
    assert "free: true" in words
    assert "(2023: 张三, 1250.5, 1998, 是)" in words
    assert "staff:  # 在编人数 (2023: 46)" in words


def test_the_form_is_told(nianbao):
    assert "library-2020\t2020–" in nianbao("schema").out
    schema = json.loads(nianbao("schema", "library-2020", "--format", "json-schema").out)

    spent = schema["properties"]["holdings"]["properties"]["books"]["properties"]["spent"]
    assert spent["type"] == "number"


def test_the_plugin_keeps_the_contract(nianbao):
    result = nianbao("plugins", "check", FOREIGN / "library")

    assert result.code == 0, result.all
    assert set(re.findall(r": (?:error|warning|note) (\w+) ", result.out)) <= {"P404"}
    assert "免费开放" not in result.out  # 是 stands in every document, so nobody can say
