"""A plugin may lay wide tables on their side, as GB/T 9704-2012, 8 has it, in PDF and DOCX."""

import pdfplumber
import pikepdf
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT

from tests import libreoffice, pdf_conformance
from tests.conftest import FULL_SIZE, ROOT
from tests.test_docx_validity import faults, package_faults
from toolkit.cli.main import main
from toolkit.render.package import read

MM = 72 / 25.4
PLUGIN = """
from toolkit import Province, hookimpl

@hookimpl
def province():
    return Province(code="98", name="示例省", landscape={landscape}, charts={charts})
"""
CHARTS = ("applications_by_result", "applications_by_year")
CHARTED = ROOT / "plugins" / "guangdong" / "examples" / "shili-district-2024.yaml"


def plugin(folder, name, landscape, charts=()):
    (folder / name).mkdir(parents=True)
    content = PLUGIN.format(landscape=landscape, charts=charts)
    (folder / name / "__init__.py").write_text(content, encoding="utf-8")
    return folder


def report(folder, example, was, charts=()):
    """Make the report of an example with the tables of sections three and four on their side."""
    turned = ("applications", "review_and_litigation")
    plugins = plugin(folder / "plugins", "turned", turned, charts)
    file = folder / "report.yaml"
    content = example.read_text(encoding="utf-8").replace(f"plugin: {was}", "plugin: turned")
    file.write_text(content, encoding="utf-8")
    asked = ["generate", file, "--plugin-dir", plugins, "-f", "pdf,docx", "-o", folder]
    assert main([str(word) for word in asked]) == 0
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A report whose tables of sections three and four lie on their side."""
    return report(tmp_path_factory.mktemp("turned"), FULL_SIZE, "heilongjiang")


@pytest.fixture(scope="module")
def charted(tmp_path_factory):
    """The same with two charts after the table of section three."""
    return report(tmp_path_factory.mktemp("charted"), CHARTED, "guangdong", CHARTS)


@pytest.fixture(scope="module")
def printed(made):
    return by_office(made)


def by_office(folder):
    """Print the Word document by LibreOffice."""
    if not libreoffice.is_there():
        pytest.skip("LibreOffice is not installed")
    libreoffice.convert([folder / "report.docx"], "pdf", folder / "printed", folder / "profile")
    return folder / "printed" / "report.pdf"


def looked_at(file):
    """Tell of each page whether it lies on its side, its text, and where its number stands."""
    with pdfplumber.open(file) as document:
        for page in document.pages:
            flat = page.width > page.height
            number = [
                char
                for char in page.chars
                if (char["x1"] < 34 * MM if flat else char["top"] > 262 * MM)
                and char["text"].isdigit()
            ]
            yield (
                flat,
                page.extract_text(),
                [(char["x0"] / MM, char["top"] / MM) for char in number],
            )


def check_pages(file):
    pages = list(looked_at(file))
    turned = [number for number, (flat, _text, _at) in enumerate(pages, 1) if flat]
    words = "".join(pages[number - 1][1] for number in turned)
    assert "三、收到和处理政府信息公开申请情况" in words
    assert "四、政府信息公开行政复议、行政诉讼情况" in words
    assert "五、存在的主要问题及改进情况" not in words
    assert "二、主动公开政府信息情况" not in words
    assert not pages[0][0]
    assert not pages[-1][0]
    for number in turned:
        [(x, y), *_] = pages[number - 1][2]
        assert 20 < x < 31  # beside the type area, where the foot of the sheet is
        assert (y > 150) if number % 2 else (y < 60)  # the outer side of the sheet
    return pages


def test_the_tables_lie_on_pages_of_their_own_with_their_headings_in_pdf(made):
    check_pages(made / "report.pdf")

    with pdfplumber.open(made / "report.pdf") as document:
        for page in (page for page in document.pages if page.width > page.height):
            assert (page.width / MM, page.height / MM) == pytest.approx((297, 210), abs=0.1)
            [table] = page.find_tables()
            left, top, right, bottom = (length / MM for length in table.bbox)
            assert (left, right) == pytest.approx((35, 297 - 37), abs=1)
            assert top > 27.5
            assert bottom < 210 - 25


def test_the_tables_lie_on_pages_of_their_own_with_their_headings_in_docx(made, printed):
    check_pages(printed)
    sections = Document(str(made / "report.docx")).sections

    assert [section.orientation for section in sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    for section in sections[1:3]:
        mm = [section.page_width.mm, section.page_height.mm, section.top_margin.mm]
        assert [*mm, section.right_margin.mm] == pytest.approx([297, 210, 28, 37], abs=0.1)


def test_the_word_document_is_valid_by_the_schemas(made, charted):
    for folder in (made, charted):
        assert faults(folder / "report.docx") == []
        assert list(package_faults(read((folder / "report.docx").read_bytes()))) == []


def test_charts_after_such_a_table_stand_upright_again_in_pdf_and_docx(charted):
    """As high as a page that lies on its side they may not be; one that stands has room."""
    for file in (charted / "report.pdf", by_office(charted)):
        pages = check_pages(file)
        shown = [number for number, (_, text, _) in enumerate(pages, 1) if "图1" in text]
        assert len(shown) == 1
        flat, text, [(x, y), *_] = pages[shown[0] - 1]
        assert not flat
        assert [line for line in text.splitlines() if line[:2] in ("图1", "图2")] == [
            "图1 2024年政府信息公开申请办理结果",
            "图2 2021—2024年政府信息公开申请数量",
        ]
        assert "政府信息公开行政复议、行政诉讼情况" in pages[shown[0]][1]
        assert y > 262
        assert (x > 105) == (shown[0] % 2 == 1)  # its number in the outer corner


def test_each_chart_after_such_a_table_is_tagged_in_its_section_behind_the_table(charted):
    with pikepdf.open(charted / "report.pdf") as document:
        assert pdf_conformance.faults(document) == []
        order = [str(e.S) for e in pdf_conformance.elements(document)]
    order = [name for name in order if name in ("/H2", "/Table", "/Figure")]
    place = order.index("/Figure")
    assert order[place - 2 : place + 3] == ["/H2", "/Table", "/Figure", "/Figure", "/H2"]


def test_pages_are_numbered_on_through_all_sections(made, printed):
    for file in (made / "report.pdf", printed):
        with pdfplumber.open(file) as document:
            for number, page in enumerate(document.pages, 1):
                flat = page.width > page.height
                foot = [
                    char["text"]
                    for char in page.chars
                    if (char["x1"] < 34 * MM if flat else char["top"] > 262 * MM)
                ]
                assert sorted(set("".join(foot)) - {" ", "—"}) == sorted(set(str(number)))


def test_a_section_that_has_no_table_is_refused(nianbao, tmp_path):
    folder = plugin(tmp_path, "wrong", ("overview",))
    said = nianbao("generate", FULL_SIZE, "-p", "wrong", "--plugin-dir", folder, "-o", tmp_path)

    assert said.code != 0
    assert "no form has a table in a section “overview”" in said.all
