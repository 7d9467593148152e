"""A workbook that somebody filled in: what is read, and what is told with its cell."""

import io
import json
import zipfile

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests import workbooks
from tests.conftest import EXAMPLES, FULL_SIZE, ROOT
from toolkit.limits import Limits
from toolkit.sources import ods

NEW = ("applications.new", "natural_person")
SHANDONG = ROOT / "plugins" / "shandong" / "examples" / "shili-bureau-2024.yaml"


@pytest.fixture
def book(nianbao, tmp_path):
    """The full-size report in a workbook, changed as asked: ``book(lambda book: …)``."""

    def make(change=None, data=FULL_SIZE, name="book.xlsx"):
        file = tmp_path / name
        said = nianbao("--lang", "zh", "workbook", data, "-o", file, "--force")
        assert said.code == 0, said.all
        return workbooks.changed(file, change) if change else file

    return make


def found(nianbao, file, *more):
    """Findings as a program gets them."""
    said = nianbao("check", file, "--format", "json", *more)
    return json.loads(said.out)["findings"]


def write(row, column, value, sheet="表三", **more):
    def change(book):
        cell = workbooks.place(book, sheet, row, column)
        cell.value = value
        for name, what in more.items():
            setattr(cell, name, what)

    return change


def test_a_workbook_checks_and_builds_like_the_data_file_it_was_made_of(nianbao, book, tmp_path):
    file = book()

    by_data = found(nianbao, FULL_SIZE)
    by_book = found(nianbao, file)
    said = nianbao("generate", file, "-f", "docx,html", "-o", tmp_path / "out")
    nianbao("generate", FULL_SIZE, "-f", "html", "-o", tmp_path / "plain")

    assert [f["code"] for f in by_book] == [f["code"] for f in by_data]
    assert said.code == 0, said.all
    page = (tmp_path / "out" / "book.html").read_text(encoding="utf-8")
    assert page == (tmp_path / "plain" / f"{FULL_SIZE.stem}.html").read_text(encoding="utf-8")


def test_a_sum_that_fails_is_told_at_its_cell_by_the_forms_label(nianbao, book):
    file = book(write(*NEW, 99_999))

    first, *_ = found(nianbao, file, "--select", "N201")

    assert (first["sheet"], first["cell"]) == ("表三", "E32")
    assert first["field"].endswith("四、结转下年度继续办理.自然人")
    assert "E8" in {place["cell"] for place in first["related"]}
    assert nianbao("check", file).code == 1


@pytest.mark.parametrize("printer", ["text", "sarif", "junit", "github", "gitlab"])
def test_every_printer_names_sheet_and_cell(nianbao, book, printer):
    said = nianbao("check", book(write(*NEW, "12件")), "--format", printer)

    assert "表三!E8" in said.out


def test_a_fault_in_a_text_is_told_at_its_row(nianbao, book):
    def change(book):
        page = book["总体情况"]
        row = next(r for r in range(4, 80) if page.cell(r, 3).value) + 2
        page.cell(row, 3).value = "本机关待补充。"

    (one,) = [f for f in found(nianbao, book(change), "--select", "N701") if f["code"] == "N701"]

    assert one["sheet"] == "总体情况"
    assert one["cell"] == f"C{one['line']}"
    assert one["line"] > 6


ODD = {
    "text": ("约12件", "N113"),
    "a unit": ("12件", "N116"),
    "full-width digits": ("９８", "N116"),
    "thousands separators": ("1,098", "N116"),
    "a slash": ("/", "N120"),
    "a fraction": (9.5, "N115"),
    "less than nothing": (-1, "N114"),
    "a truth value": (True, "N113"),
    "an error": ("#REF!", "N108"),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_no_plain_number_is_told_as_in_a_data_file(nianbao, book, name):
    value, code = ODD[name]

    codes = {(f["code"], f.get("cell")) for f in found(nianbao, book(write(*NEW, value)))}

    assert (code, "E8") in codes


def test_a_number_that_a_program_took_for_a_date_is_no_number(nianbao, book):
    file = book(write(*NEW, 45_000, number_format="yyyy-mm-dd"))

    assert ("N113", "E8") in {(f["code"], f["cell"]) for f in found(nianbao, file)}


def test_an_empty_cell_is_left_out_and_zero_is_zero(nianbao, book):
    def change(book):
        for column in (
            "natural_person",
            "business",
            "research",
            "public_interest",
            "legal_service",
            "other",
        ):
            workbooks.place(book, "表三", "applications.carried_over", column).value = None

    codes = {f["code"]: f for f in found(nianbao, book(change))}

    assert codes["N119"]["cell"] == "E9"
    assert "上年结转" in codes["N119"]["field"]


def test_a_formula_of_the_clerk_counts_once_it_has_a_result(nianbao, book):
    file = book(write(*NEW, "=90+8"))

    (one,) = [f for f in found(nianbao, file) if f["code"] == "N108"]
    assert one["cell"] == "E8"

    saved = workbooks.through_office(file, "xlsx")
    assert "N108" not in {f["code"] for f in found(nianbao, saved)}


def test_a_total_that_was_written_over_is_checked_as_a_stated_one(nianbao, book):
    file = book(write("applications.results.total", "natural_person", 7))

    assert ("N202", "E31") in {(f["code"], f["cell"]) for f in found(nianbao, file)}


def test_rows_and_columns_that_were_inserted_are_told_and_the_rest_is_read(nianbao, book):
    def change(book):
        page = book["表三"]
        cell = workbooks.place(book, "表三", *NEW)
        row = cell.row
        page.insert_rows(row)
        page.cell(row, 5).value = 3

    said = found(nianbao, book(change))

    assert {f["code"] for f in said} == {"N108"}
    assert [f["cell"] for f in said] == ["E8"]


def test_a_row_a_column_or_a_sheet_that_is_gone_is_told_by_name(nianbao, book):
    def change(book):
        page = book["表三"]
        page.delete_rows(workbooks.place(book, "表三", "applications.carried_over", "other").row)
        del book["表四"]
        book["表二"].delete_cols(3)

    said = nianbao("--lang", "zh", "check", book(change))

    assert said.code == 1
    for words in (
        "缺“二、上年结转政府信息公开申请数量”这一行",
        "缺工作表“表四”",
        "缺“本年制发件数”这一列",
    ):
        assert words in said.out


def test_sheets_may_be_renamed_and_put_in_another_order(nianbao, book):
    def change(book):
        book["表三"].title = "申请"
        book.move_sheet("申请", -4)

    assert found(nianbao, book(change)) == found(nianbao, book())


def test_a_copied_sheet_and_a_sheet_of_ones_own(nianbao, book):
    def change(book):
        copy = book.copy_worksheet(book["表四"])
        copy.title = "表四 (2)"
        book.create_sheet("备注")["A1"] = "自己的备注"

    said = {
        (f["severity"], f["sheet"]) for f in found(nianbao, book(change)) if f["code"] == "N108"
    }

    assert said == {("error", "表四 (2)"), ("note", "备注")}


def test_each_suppression_is_told_at_its_own_cell(nianbao, book, full_size):
    reasons = "[{code: N501, reason: 甲}, {code: N502, reason: 乙}, {code: N999, reason: 丙}]"
    data = full_size(("year: 2024", f"year: 2024\nsuppress: {reasons}"))

    file = book(data=data)

    told = {f["cell"]: f["message"] for f in found(nianbao, file) if f["code"].startswith("N13")}
    assert len(told) == 3
    page = openpyxl.load_workbook(file)["忽略检查"]
    assert all(str(page[cell].value) in message for cell, message in told.items())


def test_text_from_data_never_becomes_a_formula(nianbao, book, full_size):
    file = book(data=full_size(("name: 示例市自然资源和规划局", 'name: "=HYPERLINK(1)"')))

    cell = workbooks.place(
        workbooks.opened(file.read_bytes()), "基本信息", "organization.name", "."
    )

    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_a_sheet_beyond_the_limit_is_refused(nianbao, book, monkeypatch):
    file = book()
    monkeypatch.setattr("toolkit.sources.xlsx.limits", lambda: Limits(values=50))

    assert "error N103" in nianbao("check", file).out


REFUSED = {
    "broken.xlsx": (b"PK\x03\x04 no archive", "N101"),
    "password.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "N101"),
    "empty.xlsx": (b"", "N101"),
    "broken.ods": (b"PK\x03\x04 no archive", "N101"),
    "macros.xlsm": (b"no archive", "N101"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_in_words(nianbao, tmp_path, name):
    data, code = REFUSED[name]
    (tmp_path / name).write_bytes(data)

    said = nianbao("check", tmp_path / name)

    assert said.code == 1
    assert f"error {code}" in said.out
    assert "Traceback" not in said.all


def test_a_spreadsheet_of_others_is_no_data_file(nianbao, tmp_path):
    file = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(file)

    assert "error N106" in nianbao("check", file).out
    assert "no such data file" in nianbao("check", tmp_path).err


def test_a_workbook_is_not_mended_by_fix(nianbao, book):
    file = book(write(*NEW, "９８"))
    before = file.read_bytes()

    said = nianbao("check", file, "--fix")

    assert "by hand" in said.err
    assert file.read_bytes() == before


def test_import_makes_a_data_file_of_a_workbook_and_new_goes_on_from_it(nianbao, book, tmp_path):
    file = book(data=SHANDONG)

    imported = nianbao("import", file, "-o", tmp_path / "data.yaml")
    carried = nianbao("new", tmp_path / "next.yaml", "--from", file)

    assert (imported.code, carried.code) == (0, 0), imported.all + carried.all
    before, after = found(nianbao, SHANDONG), found(nianbao, tmp_path / "data.yaml")
    assert [f["code"] for f in after] == [f["code"] for f in before]
    assert "carried_over: {natural_person: 4" in (tmp_path / "next.yaml").read_text(
        encoding="utf-8"
    )


def test_the_data_inside_a_document_is_text_and_no_workbook(nianbao, book, tmp_path):
    nianbao("generate", book(), "-f", "docx", "-o", tmp_path / "out")

    said = nianbao("extract", tmp_path / "out" / "book.docx", "-o", tmp_path / "data.yaml")

    assert said.code == 0, said.all
    assert "organization" in (tmp_path / "data.yaml").read_text(encoding="utf-8")


def test_a_report_of_last_year_is_found_beside_a_workbook(nianbao, book, tmp_path):
    this = book(name="office-2024.xlsx")
    last = (EXAMPLES / "full-size-2024.yaml").read_text(encoding="utf-8").replace("2024", "2023")
    (tmp_path / "office-2023.yaml").write_text(last, encoding="utf-8")

    assert any(f["code"].startswith("N6") for f in found(nianbao, this))


LOOKS = {
    "percent": (0.98, "0%", "98%"),
    "a whole percentage": (98, "0.00%", "9800%"),
    "rounded to a whole number": (97.6, "0", "98"),
    "rounded to one decimal": (1.005, "0.0", "1.0"),
    "in thousands": (98_000, "0,", "98"),
    "not at all": (98, ";;;", "nobody sees"),
    "by a power of ten": (98, "0E+00", "1E+2"),
    "with a digit behind it": (98, '0"0"', "980"),
    "with a digit before it": (98, '"1"0', "198"),
    "as a word": (98, '"略"', "略"),
}


@pytest.mark.parametrize("name", LOOKS)
def test_a_number_that_is_shown_as_another_is_told_at_its_cell(nianbao, book, name):
    value, code, words = LOOKS[name]

    said = found(nianbao, book(write(*NEW, value, number_format=code)))

    assert [f["cell"] for f in said if f["code"] == "N108" and words in f["message"]] == ["E8"]


@pytest.mark.parametrize(
    "code",
    ["General", "0", "#,##0", '0"件"', '"¥"#,##0', "0.0E+00", "@", "[DBNum1]General", "0.00"],
)
def test_a_number_that_is_shown_as_it_is_is_not_told(nianbao, book, code):
    assert "N108" not in {
        f["code"] for f in found(nianbao, book(write(*NEW, 98, number_format=code)))
    }


def _white(book):
    workbooks.place(book, "表三", *NEW).font = openpyxl.styles.Font(color="FFFFFFFF")


def _white_by_number(book):
    white = openpyxl.styles.colors.Color(indexed=9)
    workbooks.place(book, "表三", *NEW).font = openpyxl.styles.Font(color=white)


def _yellow_on_yellow(book):
    cell = workbooks.place(book, "表三", *NEW)
    cell.font = openpyxl.styles.Font(color="FFFFFF00")
    cell.fill = openpyxl.styles.PatternFill("solid", fgColor="FFFFFF00")


def _struck(book):
    workbooks.place(book, "表三", *NEW).font = openpyxl.styles.Font(strike=True)


def _hidden_row(book):
    book["表三"].row_dimensions[8].hidden = True


def _hidden_column(book):
    book["表三"].column_dimensions["E"].hidden = True


def _hidden_sheet(book):
    book["表三"].sheet_state = "hidden"


def _comment(book):
    cell = workbooks.place(book, "表三", *NEW)
    cell.comment = openpyxl.comments.Comment("其实是99", "某人")


def _merged(book):
    book["表三"].merge_cells("E8:F8")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_white, "nobody sees"),
        (_white_by_number, "nobody sees"),
        (_yellow_on_yellow, "nobody sees"),
        (_struck, "crossed out"),
        (_hidden_row, "hidden"),
        (_hidden_column, "hidden"),
        (_hidden_sheet, "hidden"),
        (_comment, "comment"),
        (_merged, "merged"),
    ],
)
def test_what_a_reader_of_the_sheet_does_not_see_is_told_once(nianbao, book, change, words):
    said = [f for f in found(nianbao, book(change)) if f["code"] == "N108"]

    assert [(f["sheet"], f["cell"]) for f in said] == [("表三", "E8")]
    assert words in said[0]["message"]


def test_a_workbook_of_another_version_is_told_to_be_one(nianbao, book):
    def change(book):
        for page in book:
            if str(page["A1"].value).startswith("nianbao-workbook"):
                page["A1"].value = "nianbao-workbook 0"

    assert "another version" in nianbao("check", book(change)).out


def test_a_number_that_is_shown_with_zeros_before_it_keeps_them_in_a_text(nianbao, book, tmp_path):
    def change(book):
        cell = workbooks.place(book, "基本信息", "contact.postal_code", ".")
        cell.value, cell.number_format = 10010, "000000"

    nianbao("import", book(change), "-o", tmp_path / "data.yaml")

    assert 'postal_code: "010010"' in (tmp_path / "data.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", ["2025年1月20日", "2025.1.20", "2025-01-20"])
def test_a_date_in_words_is_read_in_a_cell_as_well(nianbao, book, words):
    def change(book):
        workbooks.place(book, "基本信息", "issued", ".").value = words

    assert found(nianbao, book(change)) == []


def _earlier(year="2023", new=118, results=115, **looks):
    def change(book):
        for name, value in (("B6", year), ("C6", new), ("D6", results)):
            book["历年数据"][name].value = value
        for name, what in looks.items():
            setattr(book["历年数据"]["C6"], name, what)

    return change


EARLIER = {
    "numbers": (_earlier(2023), []),
    "text": (_earlier("2023年", "1,180", "012"), [("N116", "B6"), ("N116", "C6"), ("N116", "D6")]),
    "white": (
        _earlier(2023, font=openpyxl.styles.Font(color="FFFFFFFF")),
        [("N108", "C6")],
    ),
    "an error": (_earlier(2023, "#REF!", data_type="e"), [("N108", "C6")]),
    "no result": (_earlier(2023, "=1+1"), [("N108", "C6")]),
    "a fraction": (_earlier(2023, 118.5), [("N607", "C6")]),
}


@pytest.mark.parametrize("name", EARLIER)
def test_a_list_in_a_workbook_is_looked_at_like_a_table(nianbao, book, name):
    change, told = EARLIER[name]

    assert [(f["code"], f["cell"]) for f in found(nianbao, book(change))] == told


def test_a_formula_without_a_number_is_told_once_and_not_as_a_missing_number_too(nianbao, book):
    for value in ("#N/A", "=90+8"):
        said = found(nianbao, book(write(*NEW, value, data_type="e" if value[0] == "#" else "f")))
        assert [(f["code"], f["cell"]) for f in said] == [("N108", "E8")]


@pytest.mark.parametrize("look", [{"color": "FFFFFFFF"}, {"strike": True}])
def test_a_line_of_text_that_nobody_reads_is_told_at_its_cell(nianbao, book, look):
    def change(book):
        book["总体情况"]["C8"].font = openpyxl.styles.Font(**look)

    assert [(f["code"], f["cell"]) for f in found(nianbao, book(change))] == [("N108", "C8")]


@pytest.mark.parametrize(
    ("look", "words"), [({"color": "FFFFFFFF"}, "sees"), ({"strike": True}, "out")]
)
def test_some_words_of_a_line_that_nobody_reads_are_told_at_its_cell(nianbao, book, look, words):
    def change(book):
        run = TextBlock(InlineFont(**look), "不")
        book["总体情况"]["C7"].value = CellRichText("全年", run, "公开")

    said = [f for f in found(nianbao, book(change)) if f["code"] == "N108"]

    assert [f["cell"] for f in said] == ["C7"]
    assert words in said[0]["message"]


def test_white_words_on_a_dark_ground_are_seen(nianbao, book):
    def change(book):
        cell = workbooks.place(book, "表三", *NEW)
        cell.font = openpyxl.styles.Font(color="FFFFFFFF")
        cell.fill = openpyxl.styles.PatternFill("solid", fgColor="FFC00000")

    assert found(nianbao, book(change)) == []


ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0">
<office:automatic-styles>
 <style:style style:name="white" style:family="table-cell">
  <style:text-properties fo:color="#ffffff"/></style:style>
 <style:style style:name="below" style:family="table-cell" style:parent-style-name="white"/>
 <style:style style:name="dark" style:family="table-cell" style:parent-style-name="white">
  <style:table-cell-properties fo:background-color="#c00000"/></style:style>
 <style:style style:name="struck" style:family="text">
  <style:text-properties style:text-line-through-style="solid"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="一">
 <table:table-column table:number-columns-repeated="3"/>
 <table:table-column table:default-cell-style-name="below"/>
 <table:table-row>
  <table:table-cell office:value-type="string" table:style-name="white">
   <text:p>甲</text:p></table:table-cell>
  <table:table-cell office:value-type="string" table:style-name="dark">
   <text:p>乙</text:p></table:table-cell>
  <table:table-cell office:value-type="string">
   <office:annotation><text:p>注</text:p></office:annotation>
   <text:p>丙<text:span text:style-name="struck">丁</text:span></text:p></table:table-cell>
  <table:table-cell office:value-type="string"><text:p>戊</text:p></table:table-cell>
 </table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""


def test_cells_of_opendocument_that_nobody_reads_are_known_by_their_styles():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("content.xml", ODS)

    (sheet,) = ods.read(data.getvalue(), "a.ods")

    assert {column: cell.value for column, cell in sheet.cells[1].items() if cell.is_unseen} == {
        1: "甲",
        4: "戊",
    }
    assert [column for column, cell in sheet.cells[1].items() if cell.is_struck] == [3]
    assert sheet.shape.comments == [(1, 3)]
