"""One workbook for many offices: a supervisor hands it out, collects, checks and builds."""

import json

import openpyxl
import pdfplumber
import pytest

from tests import workbooks
from toolkit.sources import offices

LIST = (
    "名称,行政区,机关类别\n"
    "示例市教育局,黑龙江省示例市,政府部门\n"
    "示例市财政局,黑龙江省示例市,政府部门\n"
)
WORDS = (
    "2025年，本机关落实条例。\n（一）主动公开\n主动公开信息12条。\n（二）依申请公开\n"
    "（三）政府信息管理\n（四）平台建设\n（五）监督保障\n存在问题：不够。改进：加强。\n未收取信息处理费。"
)


@pytest.fixture
def collected(nianbao, tmp_path):
    """A workbook of the offices in a list, filled in and changed as asked."""

    def make(change=None, words=LIST, encoding="utf-8", year=2025):
        listed, file = tmp_path / "offices.csv", tmp_path / f"{year}.xlsx"
        listed.write_bytes(words.encode(encoding))
        said = nianbao(
            *("workbook", "--collect", listed, "--year", year, "-p", "heilongjiang"),
            *("-o", file, "--force"),
        )
        assert said.code == 0, said.all
        return workbooks.changed(file, lambda book: (fill(book), change and change(book)))

    return make


def columns(page):
    return {str(cell.value).lstrip("~!"): cell.column for cell in page[7] if cell.value}


def cell(book, sheet, field, row):
    return book[sheet].cell(row, columns(book[sheet])[field])


def fill(book):
    rows = [r for r in range(8, 40) if book["机关"].cell(r, 3).value]
    for row in rows:
        for field in ("overview", "problems_and_improvements", "other_matters"):
            cell(book, "文字部分", field, row).value = WORDS
        for sheet in ("表二", "表三", "表四"):
            for head in book[sheet][7]:
                if head.value and str(head.value)[0] not in "#~@":
                    book[sheet].cell(row, head.column).value = 0
        cell(book, "表三", "applications.new.business", row).value = row
        cell(book, "表三", "applications.carried_forward.business", row).value = row


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_list_of_offices_gives_each_a_report_of_its_own(nianbao, collected, tmp_path, encoding):
    file = collected(encoding=encoding)

    said = nianbao("generate", file, "-f", "html", "-o", tmp_path / "out")

    assert said.code == 0, said.all
    assert set(offices(file).values()) == {"示例市教育局", "示例市财政局"}
    made = {page.name for page in (tmp_path / "out").glob("*.html")}
    assert made == {"2025-示例市教育局.html", "2025-示例市财政局.html"}
    page = (tmp_path / "out" / "2025-示例市财政局.html").read_text(encoding="utf-8")
    assert "示例市财政局" in page
    assert "示例市教育局" not in page


def test_one_office_at_fault_stops_no_other_and_is_named_with_its_cell(
    nianbao, collected, tmp_path
):
    def spoil(book):
        cell(book, "表三", "applications.new.business", 9).value = "三五件"

    file = collected(spoil)
    said = nianbao("generate", file, "-f", "html", "-o", tmp_path / "out")
    found = json.loads(nianbao("check", file, "--format", "json").out)["findings"]

    assert said.code == 1
    assert [page.name for page in (tmp_path / "out").glob("*.html")] == ["2025-示例市教育局.html"]
    (one,) = [f for f in found if f["severity"] == "error"]
    assert (one["code"], one["sheet"], one["cell"]) == ("N113", "表三", "D9")


def test_what_is_unchanged_is_not_built_again(nianbao, collected, tmp_path):
    file = collected()
    nianbao("generate", file, "-f", "html", "-o", tmp_path / "out")

    assert "2 unchanged" in nianbao("generate", file, "-f", "html", "-o", tmp_path / "out").err


def test_two_offices_of_one_name_are_refused_before_anything_is_built(nianbao, collected, tmp_path):
    def twin(book):
        book["机关"].cell(9, 3).value = "示例市教育局"

    said = nianbao("generate", collected(twin), "-f", "html", "-o", tmp_path / "out")

    assert said.code == 2
    assert "示例市教育局" in said.err
    assert not list((tmp_path / "out").glob("*.html"))


def test_an_office_that_comes_later_takes_a_spare_row(nianbao, collected):
    def add(book):
        for column in range(3, 12):
            book["机关"].cell(10, column).value = book["机关"].cell(9, column).value
        book["机关"].cell(10, 3).value = "示例市审计局"
        fill(book)

    assert "示例市审计局" in offices(collected(add)).values()


def test_libreoffice_adds_the_offices_up(collected):
    book = openpyxl.load_workbook(workbooks.through_office(collected(), "xlsx"), data_only=True)
    page = book["表三"]

    (total,) = [r for r in range(8, 40) if page.cell(r, 2).value == "合计"]
    assert page.cell(total, columns(page)["applications.new.business"]).value == 8 + 9
    assert page.cell(8, columns(page)["applications.new.total"]).value == 8
    assert page.cell(8, page.max_column).value == "平"


def test_import_gives_a_data_file_for_each_office(nianbao, collected, tmp_path):
    said = nianbao("import", collected(), "-o", tmp_path / "data")

    assert said.code == 0, said.all
    assert len(list((tmp_path / "data").glob("*.yaml"))) == 2


def test_each_office_is_compared_with_last_years_row_of_its_name(nianbao, collected):
    head, *listed = LIST.splitlines(keepends=True)
    moved = "示例市民政局,黑龙江省示例市,政府部门\n"
    collected(words="".join([head, moved, *reversed(listed)]), year=2024)
    file = collected(words="".join([head, *listed, "示例市新设局,黑龙江省示例市,政府部门\n"]))

    found = json.loads(nianbao("check", file, "--format", "json").out)["findings"]

    carried = {f["cell"]: f["message"] for f in found if f["code"] == "N601"}
    business = openpyxl.utils.get_column_letter(
        columns(openpyxl.load_workbook(file)["表三"])["applications.carried_over.business"]
    )
    assert set(carried) == {f"{business}8", f"{business}9"}  # the new office has no last year
    assert "10 forward" in carried[f"{business}8"]  # 教育局 stood in row 10
    assert "9 forward" in carried[f"{business}9"]


def test_a_printed_page_holds_whole_groups_of_columns_under_their_labels(collected):
    with pdfplumber.open(workbooks.through_office(collected(), "pdf")) as printed:
        words = ["".join((page.extract_text() or "").split()) for page in printed.pages]
    table = [page for page in words if "三、收到和处理政府信息公" in page]

    assert len(table) == 25  # one for each row of the form's table
    for page in table:
        assert page.count("自然人") == page.count("总计") - page.count("（七）总计") == 1
        assert "示例市教育局" in page
    assert sum("三、本年度办理结果" in page for page in table) == 22
    assert all("示例市教育局" in page for page in words if "行政区" in page or "传真" in page)


WRONG = {
    "名称,电话号码簿\n甲,1\n": "电话号码簿",
    "名称,行政区\n,黑龙江省\n": "has no name",
    "名称\n甲局\n甲局\n": "stands on line 2",
    "": "no offices",
}


@pytest.mark.parametrize("words", WRONG)
def test_a_list_that_will_not_do_is_refused_with_its_line(nianbao, tmp_path, words):
    (tmp_path / "offices.csv").write_text(words, encoding="utf-8")

    said = nianbao("workbook", "--collect", tmp_path / "offices.csv", "-o", tmp_path / "a.xlsx")

    assert said.code == 2
    assert WRONG[words] in said.err
    assert not (tmp_path / "a.xlsx").exists()
