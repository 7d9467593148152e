"""PDF: the official geometry, text as text, nothing fetched."""

import io

import pdfplumber
import pytest
import views

from toolkit import resources
from toolkit.render import pdf
from toolkit.render.request import RenderRequest

MM = 72 / 25.4


def request(view, template="national/report.html", *folders) -> RenderRequest:
    return RenderRequest(view, (*folders, resources.templates()), template, "test")


@pytest.fixture(scope="module")
def running_text():
    """Open a PDF of three pages of nothing but characters."""
    view = views.report("字" * 28 * 22 * 3, tables=False)
    with pdfplumber.open(io.BytesIO(pdf.render(request(view)))) as document:
        yield document


def body_lines(page):
    """Give the lines inside the type area, each a list of characters from left to right."""
    lines = {}
    for char in page.chars:
        if char["top"] < (297 - 35) * MM:
            lines.setdefault(round(char["bottom"]), []).append(char)
    return [sorted(lines[at], key=lambda char: char["x0"]) for at in sorted(lines)]


def test_a_full_page_has_22_lines_of_28_characters(running_text):
    lines = body_lines(running_text.pages[1])

    assert [len(line) for line in lines] == [28] * 22


def test_the_type_area_stands_where_the_standard_puts_it(running_text):
    page = running_text.pages[1]
    lines = body_lines(page)

    assert (page.width / MM, page.height / MM) == pytest.approx((210, 297), abs=0.1)
    assert lines[0][0]["x0"] / MM == pytest.approx(28, abs=1)
    assert lines[0][-1]["x1"] / MM == pytest.approx(28 + 156, abs=1)
    pitch = (lines[-1][0]["bottom"] - lines[0][0]["bottom"]) / 21 / MM
    assert pitch == pytest.approx(225 / 22, abs=0.01)
