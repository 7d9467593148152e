"""A plugin may lay wide tables on their side, as GB/T 9704-2012, 8 has it, in PDF and DOCX."""

import shutil
import subprocess

import pdfplumber
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT

from tests.conftest import FULL_SIZE
from tests.test_docx_validity import faults
from toolkit.cli.main import main

MM = 72 / 25.4
PLUGIN = """
from toolkit import Province, hookimpl

@hookimpl
def province():
    return Province(code="98", name="示例省", landscape={landscape})
"""


def plugin(folder, name, landscape):
    (folder / name).mkdir(parents=True)
    (folder / name / "__init__.py").write_text(PLUGIN.format(landscape=landscape), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Make a report whose tables of sections three and four lie on their side."""
    folder = tmp_path_factory.mktemp("turned")
    plugins = plugin(folder / "plugins", "turned", ("applications", "review_and_litigation"))
    file = folder / "report.yaml"
    content = FULL_SIZE.read_text(encoding="utf-8").replace(
        "plugin: heilongjiang", "plugin: turned"
    )
    file.write_text(content, encoding="utf-8")
    asked = ["generate", file, "--plugin-dir", plugins, "-f", "pdf,docx", "-o", folder]
    assert main([str(word) for word in asked]) == 0
    return folder


@pytest.fixture(scope="module")
def printed(made):
    """The Word document as LibreOffice prints it."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    home = f"-env:UserInstallation=file://{made}/profile"
    asked = ["--headless", "--convert-to", "pdf", "--outdir", made / "printed"]
    subprocess.run(
        [office, home, *asked, made / "report.docx"], check=True, capture_output=True, timeout=120
    )
    return made / "printed" / "report.pdf"


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


def test_the_word_document_is_valid_by_the_schemas(made):
    assert faults(made / "report.docx") == []


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
