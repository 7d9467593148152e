"""Tables run over pages where keeping them whole would leave much of a page empty."""

import io
import re

import pdfplumber
import pikepdf
import pytest
from docx import Document

from tests import geometry, pdf_conformance, views
from tests.test_docx import W, made
from tests.test_pdf import request
from toolkit import resources
from toolkit.cli.main import main
from toolkit.render.pdf import document as pdf

MM = 72 / 25.4
BOTTOM = 37 + 225
TEXTS = tuple(range(1, 23, 3))
"""Lines of text before the tables: section three begins at every height of a page."""


def printed(lines, digits=1):
    view = views.report("字" * 28 * lines, number=lambda _column: "1" * digits)
    return pdf.render(request(view))


@pytest.mark.parametrize("lines", TEXTS)
def test_no_more_than_a_third_of_a_page_stays_empty(lines):
    with pdfplumber.open(io.BytesIO(printed(lines))) as document:
        pages = document.pages[:-1]
        for page in pages:
            lowest = max(rule["bottom"] for rule in [*page.rects, *page.lines, *body(page)]) / MM
            assert BOTTOM - lowest < 225 / 3 + 3, page.page_number


def body(page):
    return [char for char in page.chars if char["bottom"] < (BOTTOM + 1) * MM]


@pytest.mark.parametrize("lines", TEXTS)
def test_parts_begin_with_the_headers_and_end_with_a_line_and_hold_whole_rows(lines):
    data = printed(lines)
    with pdfplumber.open(io.BytesIO(data)) as document:
        parts = [table for page in document.pages for table in page.find_tables()]
        longest = [part for part in parts if "法人或其他组织" in text(part)]
        numbers = sum(cell == "1" for part in parts for row in part.extract() for cell in row)

        assert 1 <= len(longest) <= 2
        assert numbers == 10 + 175 + 15
        assert min(len(part.rows) for part in longest) >= 3 + 3  # headers, and three rows
        if len(longest) == 2:
            assert below(longest[0]) == ""  # a label that has no room would run out of its cell
        for part in longest:
            left, _top, right, bottom = part.bbox
            assert covered(part.page, bottom) == pytest.approx(right - left, abs=2)
    with pikepdf.open(io.BytesIO(data)) as document:
        assert pdf_conformance.faults(document) == []


def text(part):
    return part.page.crop(part.bbox).extract_text()


def below(part):
    """Read what stands beneath a part, down to the type area's end."""
    chars = body(part.page)
    return "".join(char["text"] for char in chars if char["bottom"] > part.bbox[3] + 0.5)


def covered(page, bottom):
    """Measure how much of a level the lines at it cover, in pt."""
    spans = sorted(
        (rule["x0"], rule["x1"])
        for rule in [*page.lines, *page.rects]
        if abs(rule["bottom"] - bottom) < 1 and rule["x1"] - rule["x0"] > 2
    )
    reached, total = 0.0, 0.0
    for start, end in spans:
        total += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return total


def test_some_of_these_tables_were_split():
    with pdfplumber.open(io.BytesIO(printed(13))) as document:
        heads = [page for page in document.pages if "法人或其他组织" in page.extract_text()]
        assert len(heads) == 2
        assert not any(geometry.misplaced(page) for page in geometry.pages(document))


def test_word_keeps_the_first_and_the_last_rows_together():
    document = Document(io.BytesIO(made(views.report("字" * 28))))
    long = document.tables[1]._tbl
    kept = [
        all(cell.find(f"{W}p/{W}pPr/{W}keepNext") is not None for cell in row.iter(f"{W}tc"))
        for row in long.iter(f"{W}tr")
    ]

    assert kept[:9] == [True] * 9  # three rows of headers, six of numbers
    assert kept[-3:] == [True, True, False]
    # of （三） … （六）, which begin in rows 7, 15, 18 and 23: the first two, and the last but one
    assert [at for at in range(9, 25) if kept[at]] == [13, 15, 16, 18, 19, 21, 23, 24]


def test_the_label_of_a_group_is_not_cut_off_where_a_page_ends(tmp_path):
    """Six-digit numbers bring the end of a page to the first row of （四）."""
    example = resources.plugins() / "heilongjiang" / "examples" / "full-size-2024.yaml"
    whole = example.read_text(encoding="utf-8")
    data = re.sub(r"(?<=: )\d{1,3}(?=[,}])", lambda n: str(int(n[0]) * 9876), whole)
    (tmp_path / "report.yaml").write_text(data, encoding="utf-8")
    main(["generate", str(tmp_path / "report.yaml"), "-f", "pdf", "-o", str(tmp_path)])

    with pdfplumber.open(tmp_path / "report.pdf") as document:
        parts = [table for page in document.pages for table in page.find_tables()]
        longest = [part for part in parts if "法人或其他组织" in text(part)]
        assert len(longest) == 2
        assert below(longest[0]) == ""
