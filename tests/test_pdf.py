"""PDF: the official geometry, text as text, tags for all readers, fit for an archive."""

import io
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pikepdf
import pytest

from tests import geometry, pdf_conformance, views
from toolkit import resources
from toolkit.errors import TemplateError
from toolkit.render.pdf import document as pdf
from toolkit.render.request import Attachment, RenderRequest

MM = 72 / 25.4
OFFICE = "黑龙江省七台河市桃山区人民政府政务服务和大数据管理局暨政务公开工作领导小组联合办公室"
SENTENCE = "本机关（含下属单位）2022年共收到“政府信息公开申请”17件，均已办结；无结转。"
HOSTILE = ("{{ 7*7 }}", "<script>alert(1)</script>", "<img src=file:///etc/passwd>", "&lt;", "㐀𠀀")
DATA = Attachment("report.yaml", b"year: 2022\n", "application/yaml", "Source", "数据文件")


def request(view, template="national/report.html", *folders, attachments=()) -> RenderRequest:
    date = datetime(2023, 1, 31, tzinfo=UTC)
    places = (*folders, resources.templates())
    return RenderRequest(view, places, template, "test", attachments, date)


@pytest.fixture(scope="module")
def running_text():
    """Open a PDF of three pages of nothing but characters."""
    view = views.report("字" * 28 * 22 * 3, tables=False)
    with pdfplumber.open(io.BytesIO(pdf.render(request(view)))) as document:
        yield document


@pytest.fixture(scope="module")
def hard() -> bytes:
    """Make a report with all that is hard: ten pages, a long name, big numbers, rare text."""
    paragraphs = [SENTENCE * 20] * 13
    view = views.report(
        "（一）主动公开",
        *paragraphs,
        "1.制度建设",
        *HOSTILE,
        office=OFFICE,
        number=lambda _column: "1234567",
    )
    return pdf.render(request(view, attachments=(DATA,)))


@pytest.fixture(scope="module")
def text(hard) -> str:
    made = subprocess.run(["pdftotext", "-", "-"], input=hard, capture_output=True, check=True)
    return made.stdout.decode()


@pytest.fixture(scope="module")
def opened(hard):
    with pdfplumber.open(io.BytesIO(hard)) as document:
        yield document


def test_a_full_page_has_22_lines_of_28_characters(running_text):
    page = geometry.pages(running_text)[1]

    assert [len(line.text) for line in page.lines] == [28] * 22
    assert {round(line.size) for line in page.lines} == {16}


def test_the_type_area_stands_where_the_standard_puts_it(running_text):
    page = geometry.pages(running_text)[1]

    assert (page.width, page.height) == pytest.approx((210, 297), abs=0.1)
    assert page.lines[0].left == pytest.approx(28, abs=1)
    assert page.lines[0].right == pytest.approx(28 + 156, abs=1)
    assert page.pitch == pytest.approx(225 / 22, abs=0.01)
    assert page.lines[0].middle == pytest.approx(37 + 225 / 44, abs=1)
    assert page.lines[-1].middle == pytest.approx(37 + 225 - 225 / 44, abs=1)


def test_the_page_number_stands_outside_in_size_four(running_text):
    for page, edge in zip(geometry.pages(running_text), ("right", "left", "right"), strict=False):
        [number] = page.foot
        assert number.text == f"—{page.number}—"
        assert round(number.size) == 14
        assert number.baseline - 0.88 * 14 / MM > 297 - 35
        at = number.right + 14 / MM if edge == "right" else number.left - 14 / MM
        assert at == pytest.approx(184 if edge == "right" else 28, abs=1)


def test_text_with_real_punctuation_fills_22_lines_to_the_edge(opened):
    for page in geometry.pages(opened)[1:9]:
        assert len(page.lines) == 22
        for line, following in pairwise(page.lines):
            if following.left < 29:  # not the last of its paragraph
                assert line.right == pytest.approx(28 + 156, abs=0.5), line


def test_no_line_begins_or_ends_with_a_mark_that_may_not_stand_there(opened):
    assert not [line for page in geometry.pages(opened) for line in geometry.misplaced(page)]


def test_nothing_leaves_the_page_and_nothing_overlaps(opened):
    for page in opened.pages:
        chars = page.chars
        if page.height > page.width:
            assert min(char["x0"] for char in chars) > 27.5 * MM
            assert max(char["x1"] for char in chars) < 185 * MM
            assert max(char["bottom"] for char in chars) < 280 * MM
        chars = [char for char in chars if char["upright"]]  # the number of a turned page is not
        rows = {}
        for char in chars:
            rows.setdefault(round(char["matrix"][5]), []).append(char)
        for row in rows.values():
            row.sort(key=lambda char: char["x0"])
            for left, right in pairwise(row):
                assert right["x0"] > left["x0"] + 0.15 * left["size"], (left, right)


def test_tables_are_nine_points_or_more(opened):
    chars = [char for page in opened.pages for char in page.chars]
    assert min(char["size"] for char in chars if char["upright"]) > 8.9


def test_all_text_copies_out_letter_for_letter_in_reading_order(text):
    flat = re.sub(r"\s|— \d+ —", "", text)

    places = [flat.index(heading) for heading in views.HEADINGS]
    assert places == sorted(places)
    assert f"{OFFICE}2022年政府信息公开工作年度报告" in flat
    assert flat.count("1234567") == 200
    for hostile in HOSTILE:
        assert hostile.replace(" ", "") in flat
    assert "49" not in flat


def test_the_title_breaks_into_lines_of_like_length(opened):
    lines = geometry.pages(opened)[0].of(22)

    widths = [line.right - line.left for line in lines]
    assert len(lines) == 4
    assert max(widths) < 156
    assert min(widths) > 0.6 * max(widths)


def test_the_file_passes_every_named_check_for_archives_and_accessibility(hard):
    with pikepdf.open(io.BytesIO(hard)) as document:
        assert pdf_conformance.faults(document) == []
        assert (getattr(document, "check_pdf_syntax", None) or document.check)() == []


def test_a_table_that_runs_over_pages_is_one_table_and_its_header_is_read_once(tmp_path):
    page = tmp_path / "own.html"
    page.write_text(
        '{% extends "national/report.html" %}{% block styles %}'
        '{{ super() }}{{ stylesheet("own.css") }}{% endblock %}',
        encoding="utf-8",
    )
    css = "table { break-inside: auto } td { height: 12mm } h1 { margin-bottom: 0 }"
    (tmp_path / "own.css").write_text(css, encoding="utf-8")
    made = pdf.render(request(views.report(), "own.html", tmp_path))

    with pikepdf.open(io.BytesIO(made)) as document:
        assert pdf_conformance.faults(document) == []
        tables = [e for e in pdf_conformance.elements(document) if e.S == "/Table"]
        assert len(tables) == 3
    with pdfplumber.open(io.BytesIO(made)) as opened_again:
        heads = [page for page in opened_again.pages if "法人或其他组织" in page.extract_text()]
        assert len(heads) == 2


def test_bookmarks_lead_to_the_six_sections(hard):
    with pikepdf.open(io.BytesIO(hard)) as document, document.open_outline() as outline:
        assert [item.title for item in outline.root[0].children] == list(views.HEADINGS)


def test_the_data_file_travels_inside_byte_for_byte(hard):
    with pikepdf.open(io.BytesIO(hard)) as document:
        [(name, file)] = document.attachments.items()
        assert name == DATA.name
        assert file.get_file().read_bytes() == DATA.data
        assert document.Root.AF[0].AFRelationship == "/Source"


def test_equal_requests_give_equal_bytes_in_another_process_zone_and_language(tmp_path):
    tests = Path(__file__).parent
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import test_pdf, views\n"
        "from toolkit.render.pdf import document\n"
        "made = document.render(test_pdf.request(views.report(), attachments=(test_pdf.DATA,)))\n"
        "sys.stdout.buffer.write(made)\n"
    )
    environment = {**os.environ, "TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    other = subprocess.run(
        [sys.executable, "-c", program, tests],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )

    assert other.stdout == pdf.render(request(views.report(), attachments=(DATA,)))


@pytest.mark.parametrize(
    "asked", ["file:///etc/passwd", "../secret.png", "http://127.0.0.1:9/x.png", "absent.png"]
)
def test_a_template_gets_no_file_from_outside_and_misses_none_in_silence(tmp_path, asked):
    (tmp_path / "secret.png").write_bytes(b"")
    (tmp_path / "in").mkdir()
    page = f'{{% extends "national/report.html" %}}{{% block opening %}}<img alt="" src="{asked}">'
    (tmp_path / "in" / "own.html").write_text(page + "{% endblock %}", encoding="utf-8")

    with pytest.raises(TemplateError, match="the page asks for what it may not have"):
        pdf.render(request(views.report(), "own.html", tmp_path / "in"))
