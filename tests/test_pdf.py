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

from tests import pdf_conformance, views
from toolkit import resources
from toolkit.errors import TemplateError
from toolkit.render import pdf
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


def body_lines(page):
    """Give the lines inside the type area, each a list of characters from left to right."""
    lines = {}
    for char in page.chars:
        if char["top"] < (297 - 35) * MM:
            lines.setdefault(round(char["matrix"][5]), []).append(char)
    return [sorted(lines[at], key=lambda char: char["x0"]) for at in sorted(lines, reverse=True)]


def test_a_full_page_has_22_lines_of_28_characters(running_text):
    lines = body_lines(running_text.pages[1])

    assert [len(line) for line in lines] == [28] * 22
    assert {round(char["size"]) for line in lines for char in line} == {16}


def test_the_type_area_stands_where_the_standard_puts_it(running_text):
    page = running_text.pages[1]
    lines = body_lines(page)

    assert (page.width / MM, page.height / MM) == pytest.approx((210, 297), abs=0.1)
    assert lines[0][0]["x0"] / MM == pytest.approx(28, abs=1)
    assert lines[0][-1]["x1"] / MM == pytest.approx(28 + 156, abs=1)
    pitch = (lines[0][0]["matrix"][5] - lines[-1][0]["matrix"][5]) / 21 / MM
    assert pitch == pytest.approx(225 / 22, abs=0.01)
    middle = page.height - lines[0][0]["matrix"][5] - (0.88 - 0.5) * 16
    assert middle / MM == pytest.approx(37 + 225 / 44, abs=1)


def test_the_page_number_stands_outside_in_size_four(running_text):
    for page, edge in zip(running_text.pages, ("right", "left", "right"), strict=False):
        number = [char for char in page.chars if char["top"] > (297 - 35) * MM]
        assert "".join(char["text"] for char in number) == f"— {page.page_number} —"
        assert {round(char["size"]) for char in number} == {14}
        assert page.height / MM - 35 < number[0]["top"] / MM
        at = number[-1]["x1"] + 14 if edge == "right" else number[0]["x0"] - 14
        assert at / MM == pytest.approx(184 if edge == "right" else 28, abs=1)


def test_full_lines_reach_the_right_edge_and_none_begins_with_a_closing_mark(opened):
    for page in opened.pages[1:9]:
        lines = body_lines(page)
        assert len(lines) == 22
        assert not [line for line in lines if line[0]["text"] in "，。；：？！）》」』”、"]
        full = [line for line in lines if len(line) > 26]
        for line in full:
            assert line[-1]["x1"] / MM == pytest.approx(28 + 156, abs=1)


def test_nothing_leaves_the_page_and_nothing_overlaps(opened):
    for page in opened.pages:
        chars = page.chars
        assert min(char["x0"] for char in chars) > 27.5 * MM
        assert max(char["x1"] for char in chars) < 185 * MM
        assert max(char["bottom"] for char in chars) < 280 * MM
        for line in body_lines(page):
            for left, right in pairwise(line):
                assert right["x0"] > left["x0"] + 0.15 * left["size"], (left, right)


def test_tables_are_nine_points_or_more(opened):
    assert min(char["size"] for page in opened.pages for char in page.chars) > 8.9


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
    lines = [line for line in body_lines(opened.pages[0]) if line[0]["size"] > 20]

    widths = [line[-1]["x1"] - line[0]["x0"] for line in lines]
    assert len(lines) == 3
    assert max(widths) < 156 * MM
    assert min(widths) > 0.6 * max(widths)


def test_the_file_passes_every_named_check_for_archives_and_accessibility(hard):
    with pikepdf.open(io.BytesIO(hard)) as document:
        assert pdf_conformance.faults(document) == []
        assert document.check_pdf_syntax() == []


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
        "from toolkit.render import pdf\n"
        "made = pdf.render(test_pdf.request(views.report(), attachments=(test_pdf.DATA,)))\n"
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
