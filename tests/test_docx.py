"""The Word document: read back by python-docx, opened by LibreOffice, made the same twice."""

import re
import shutil
import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pdfplumber
import pytest
from docx import Document
from lxml import etree

from benchmarks import reports
from tests import geometry, libreoffice
from tests.views import report
from toolkit.extract import carried
from toolkit.render.docx import document as docx
from toolkit.render.request import Attachment, RenderRequest
from toolkit.resources import templates

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NATIONAL = templates() / "national"
TREE = Path(__file__).parent.parent
TEMPLATES = [
    file
    for room in ("templates", "plugins", "tests")
    for file in sorted((TREE / room).rglob("report.docx"))
    if not {"__pycache__", "out"} & set(file.parts)
]
HOSTILE = (
    "{{ 7*7 }}",
    "{% raw %}",
    "<w:p>",
    "&lt;",
    "]]>",
    "{_{ x }_}",
    "{%p if x %}",
    "<!-- x -->",
    "😀",
    "㐀𠀀",
    "&#7;",
    "\\a \\f",
)


def request(view, template="report.docx", folder=NATIONAL, **more):
    return RenderRequest(view, (folder,), template, "test", **more)


def made(view, **more):
    return docx.render(request(view, **more))


def opened(view, **more):
    return Document(BytesIO(made(view, **more)))


def parts(data):
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def canonical(xml):
    return etree.canonicalize(xml.decode())


def words(document):
    return [paragraph.text for paragraph in document.paragraphs]


@pytest.fixture(scope="module")
def view():
    return report("（一）主动公开", "1.加强领导。", "正文。", number=lambda column: str(column * 7))


@pytest.fixture(scope="module")
def document(view):
    return opened(view)


def test_every_paragraph_is_there_in_order_in_its_style(view, document):
    said = [(p.style.name, p.text.replace("\n", "")) for p in document.paragraphs if p.text]

    expected = [("Title", view.title), ("Nianbao Body", view.opening[0].text)]
    styles = {0: "Nianbao Body", 2: "Heading 2", 3: "Heading 3"}
    for section in view.sections:
        expected.append(("Heading 1", section.heading))
        expected += [(styles[p.level], p.text) for p in section.paragraphs]
    expected += [("Nianbao Signature", view.signature), ("Nianbao Date", view.issued)]
    assert said == expected


def test_every_cell_stands_at_its_place_with_its_span(view, document):
    shown = list(view.tables.values())
    assert len(document.tables) == len(shown) == 3
    for table, asked in zip(document.tables, shown, strict=True):
        assert len(table.columns) == asked.columns
        for cell in (cell for row in asked.rows for cell in row):
            for row in range(cell.row, cell.row + cell.rowspan):
                for column in range(cell.column, cell.column + cell.colspan):
                    assert table.cell(row, column).text.replace("\n", "") == cell.text


def test_labels_of_narrow_columns_break_between_words(document):
    broken = {cell.text for table in document.tables for row in table.rows for cell in row.cells}

    assert {"商业\n企业", "社会\n公益\n组织", "法律\n服务\n机构", "尚未\n审结"} <= broken
    assert {"自然人", "其他", "本年制发件数"} <= broken


def test_header_rows_repeat_and_no_row_is_split(view, document):
    for table, asked in zip(document.tables, view.tables.values(), strict=True):
        rows = table._tbl.findall(f"{W}tr")
        repeated = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
        assert repeated == [place < asked.header_rows for place in range(len(rows))]
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert table.style.name == "Nianbao Table"


def test_the_page_is_that_of_the_standard(document):
    section = document.sections[0]
    mm = [
        round(length / 36_000, 1)
        for length in (
            section.page_width,
            section.page_height,
            section.top_margin,
            section.left_margin,
            section.page_width - section.left_margin - section.right_margin,
            section.page_height - section.top_margin - section.bottom_margin,
        )
    ]
    grid = section._sectPr.find(f"{W}docGrid").attrib
    body = document.styles["Normal"].element.find(f"{W}rPr/{W}sz").get(f"{W}val")
    character = int(body) / 2 + int(grid[f"{W}charSpace"]) / 4096

    assert mm == [210, 297, 37, 28, 156, 225]
    assert grid[f"{W}type"] == "linesAndChars"
    assert int(156 / 25.4 * 72 / character) == 28
    assert int(225 / 25.4 * 1440 / int(grid[f"{W}linePitch"])) == 22


def test_each_role_names_the_office_font_first_and_others_that_may_stand_in(document):
    wanted = {
        "Title": "方正小标宋简体",
        "Heading 1": "黑体",
        "Heading 2": "楷体_GB2312",
        "Normal": "仿宋_GB2312",
    }
    for style, font in wanted.items():
        named = document.styles[style].element.find(f"{W}rPr/{W}rFonts")
        if named is None:  # the document's default
            named = document.styles.element.find(f"{W}docDefaults//{W}rFonts")
        assert named.get(f"{W}eastAsia") == named.get(f"{W}ascii") == font
    [part] = [p for p in document.part.package.parts if p.partname.endswith("fontTable.xml")]
    table = etree.fromstring(part.blob)
    for font in wanted.values():
        [entry] = [entry for entry in table if entry.get(f"{W}name") == font]
        assert len(entry.find(f"{W}altName").get(f"{W}val").split(",")) >= 2
        assert entry.find(f"{W}charset").get(f"{W}val") == "86"


def test_marks_are_kept_from_line_ends_and_squeezed_by_word_too(document):
    settings = document.settings.element
    assert settings.find(f"{W}characterSpacingControl").get(f"{W}val") == "compressPunctuation"
    assert "kinsoku" not in document.styles.element.xml  # on unless it is switched off


def test_page_numbers_stand_outside_right_on_odd_and_left_on_even_pages(document):
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        xml = etree.tostring(footer._element, encoding="unicode")
        assert footer.paragraphs[0].text == "— 1 —"
        assert re.search(r"instrText[^>]*> PAGE <", xml)
        assert f'w:jc w:val="{side}"' in xml


def test_properties_tell_title_office_language_and_the_date_asked_for(view):
    moment = datetime(2023, 1, 31, 8, tzinfo=UTC)
    properties = opened(view, created=moment).core_properties

    assert (properties.title, properties.author) == (view.title, view.organization["name"])
    assert properties.language == "zh-CN"
    assert properties.created == properties.modified == moment


def test_properties_are_escaped_once():
    assert opened(report(office="甲 & 乙 <局>")).core_properties.author == "甲 & 乙 <局>"


def test_text_that_looks_like_markup_appears_literally():
    text = " ".join(HOSTILE)
    hostile = report(text, office=text, number=lambda _column: text, issued=text)
    document = opened(hostile)

    said = [line.replace("\n", "") for line in words(document)]
    assert [said.count(text), said[0]] == [3, hostile.title]
    assert document.tables[1].cell(5, 5).text == text


def test_control_characters_cannot_command_the_page():
    document = opened(report("甲\a乙\f丙\x00丁"))

    assert "甲\ufffd乙\ufffd丙\ufffd丁" in words(document)


def test_a_line_break_and_a_tab_stay_what_they_are():
    assert "甲\n乙\t丙" in words(opened(report("甲\n乙\t丙")))


def test_both_ways_make_the_same_document(view):
    fast = parts(docx.render(request(view)))
    ordinary = parts(docx.render(request(view), ordinary=True))

    assert list(fast) == list(ordinary)
    for name in fast:
        assert canonical(fast[name]) == canonical(ordinary[name]), name


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.parent.name)
def test_every_template_of_the_tree_goes_the_fast_way_and_both_ways_agree(file):
    asked = RenderRequest(reports.view(1), (file.parent,), file.name, file.parent.name)

    fast, ordinary = (parts(docx.render(asked, ordinary=way)) for way in (False, True))

    assert docx.ordinary_way(file, file.parent.name) is None
    assert len(TEMPLATES) >= 4
    assert list(fast) == list(ordinary)
    for name in fast:
        assert canonical(fast[name]) == canonical(ordinary[name]), name


def test_the_same_request_gives_the_same_bytes_after_the_zip_clock_ticked(view, tmp_path):
    moved = Path(shutil.copytree(NATIONAL, tmp_path / "moved"))
    first = made(view)
    time.sleep(2.1)  # a ZIP clock ticks every two seconds
    docx.template._compiled.cache_clear()

    assert docx.render(request(view, folder=moved)) == first


def test_the_data_file_comes_back_byte_for_byte(view):
    data = Attachment(
        "数据 & 表.yaml", b"\xef\xbb\xbfyear: 2022\r\n\x00", "text/yaml", "Source", "<x>"
    )
    found = carried(made(view, attachments=(data,)), "report.docx")

    assert found.files == (data,)
    assert found.unchanged


def test_an_edited_text_is_noticed_and_a_document_saved_again_is_not(view):
    attached = made(view, attachments=(Attachment("d.yaml", b"year: 2022", "text/yaml"),))
    saved, edited = BytesIO(), BytesIO()
    document = Document(BytesIO(attached))
    document.save(saved)
    document.tables[1].cell(4, 4).paragraphs[0].runs[0].text = "99"
    document.save(edited)

    assert carried(saved.getvalue(), "report.docx").unchanged
    assert carried(edited.getvalue(), "report.docx").unchanged is False
    assert carried(edited.getvalue(), "report.docx").files[0].data == b"year: 2022"


def test_a_plain_document_carries_nothing(view):
    assert carried(made(view), "report.docx").files == ()


ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr"
    " suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct"
    " topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind"
    " contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss"
    " imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs"
    " highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize"
    " tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption"
    " tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection"
    " tcFitText vAlign hideMark",
    "tbl": "tblPr tblGrid tr",
    "tc": "tcPr p",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc"
    " pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi"
    " rtlGutter docGrid",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden"
    " unhideWhenUsed qFormat locked personal rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "settings": "writeProtection view zoom bordersDoNotSurroundHeader"
    " bordersDoNotSurroundFooter defaultTabStop evenAndOddHeaders drawingGridVerticalSpacing"
    " characterSpacingControl footnotePr endnotePr compat rsids mathPr themeFontLang"
    " clrSchemeMapping decimalSymbol listSeparator",
    "font": "altName panose1 charset family notTrueType pitch sig",
}
"""Order of child elements that ISO/IEC 29500-1 lays down (its sequences in wml.xsd)."""


def test_elements_stand_in_the_order_of_the_standard(view):
    checked = set()
    for name, xml in parts(made(view)).items():
        for node in etree.fromstring(xml).iter(*(f"{W}{parent}" for parent in ORDER)):
            order = ORDER[etree.QName(node).localname].split()
            places = [order.index(etree.QName(child).localname) for child in node]
            assert places == sorted(places), (name, etree.tostring(node))
            checked.add(etree.QName(node).localname)

    assert checked == set(ORDER)


def test_every_part_is_announced_and_every_relationship_leads_somewhere(view):
    package = parts(made(view, attachments=(Attachment("d.yaml", b"x", "text/yaml"),)))
    types = etree.fromstring(package["[Content_Types].xml"])
    announced = {t.get("PartName", "").lstrip("/") for t in types} | {
        name for name in package for t in types if name.endswith("." + t.get("Extension", "?"))
    }

    assert set(package) <= announced | {"[Content_Types].xml"}
    for name in package:
        if name.endswith(".rels"):
            base = Path(name).parent.parent
            for relation in etree.fromstring(package[name]):
                target = (Path("/") / base / relation.get("Target")).resolve()
                assert str(target).lstrip("/") in package, name


def test_no_revision_marks_of_an_editor_are_left(view):
    assert not any(b"rsid" in xml for xml in parts(made(view)).values())


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """The document as LibreOffice prints it."""
    if not libreoffice.is_there():
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("office")
    long = report("测" * 1500, office="某" * 40, number=lambda _column: "1234567")
    (folder / "report.docx").write_bytes(made(long))
    libreoffice.convert([folder / "report.docx"], "pdf", folder, folder / "profile")
    with pdfplumber.open(folder / "report.pdf") as pdf:
        yield pdf


def test_libreoffice_sets_28_characters_in_a_line_and_22_lines_on_a_page(printed):
    lines = {}
    for char in printed.pages[1].chars:
        if char["text"] == "测":
            lines.setdefault(round(char["top"]), []).append(char["x0"])

    assert len(lines) == 22
    assert {len(line) for line in lines.values()} == {28}
    assert abs(min(min(line) for line in lines.values()) - 28 / 25.4 * 72) < 3


def test_libreoffice_keeps_the_type_area_and_the_indents(printed):
    pages = geometry.pages(printed)
    everything = [line for page in pages for line in page.lines]
    heading = next(line for line in everything if line.text.startswith("一、"))

    assert pages[1].pitch == pytest.approx(225 / 22, abs=0.05)
    assert pages[1].lines[0].middle == pytest.approx(37 + 225 / 44, abs=1)
    assert pages[1].lines[0].right == pytest.approx(28 + 156, abs=1)
    assert heading.left == pytest.approx(28 + 2 * 156 / 28, abs=1)


def test_libreoffice_keeps_the_grid_on_the_first_page_below_the_title(printed):
    """Each line of the title has a line of the grid, and one is blank, as in PDF."""
    lines = geometry.pages(printed)[0].lines
    title = [line for line in lines if line.size > 20]
    text = [line for line in lines if "测" in line.text]

    assert len(title) == 3
    places = [(line.middle - 37) / (225 / 22) - 0.5 for line in text]
    assert places == pytest.approx(range(round(places[0]), 22), abs=0.15)


def test_libreoffice_prints_the_page_number_outside(printed):
    for page, (side, number) in zip(printed.pages, (("right", 1), ("left", 2)), strict=False):
        foot = page.crop((0, 262 / 25.4 * 72, page.width, page.height))
        middle = sum(char["x0"] for char in foot.chars) / len(foot.chars)
        assert foot.extract_text().replace(" ", "") == f"—{number}—"
        assert (middle > page.width / 2) == (side == "right")


def test_libreoffice_breaks_no_number_over_lines(printed):
    bodies = [
        page.crop((0, 0, page.width, 262 / 25.4 * 72))
        if page.height > page.width
        else page.crop((34 / 25.4 * 72, 0, page.width, page.height))
        for page in printed.pages
    ]
    numbers = [word["text"] for page in bodies for word in page.extract_words()]
    numbers = [number for number in numbers if number.isdigit()]

    assert set(numbers) <= {"1234567", "2022", "2023", "1", "31"}  # of the text and the date
    assert numbers.count("1234567") >= 175
