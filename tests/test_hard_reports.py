"""Reports that are hard to set keep the geometry, in every province and on both forms."""

import io
from dataclasses import replace
from itertools import pairwise

import pdfplumber
import pikepdf
import pytest

from tests import geometry, hard_reports, pdf_conformance, views
from tests.test_pdf import request
from toolkit.cli.main import main
from toolkit.render.pdf import document as pdf

PROVINCES = ("heilongjiang", "guangdong", "beijing", "shandong", "sichuan")


@pytest.mark.parametrize("year", [2020, 2024])
@pytest.mark.parametrize("province", PROVINCES)
def test_long_text_long_names_and_large_counts_keep_the_geometry(province, year, tmp_path):
    file = hard_reports.data_file(tmp_path, province, year, pages=2)

    assert main(["generate", str(file), "-f", "pdf", "-o", str(tmp_path)]) == 0

    made = file.with_suffix(".pdf")
    with pikepdf.open(made) as document:
        assert pdf_conformance.faults(document) == []
    with pdfplumber.open(made) as document:
        chars = [char for page in document.pages for char in page.chars]
        assert min(char["size"] for char in chars if char["upright"]) > 8.9
        pages = geometry.pages(document)
    for page in pages:
        left, right = (28, 184) if page.height > page.width else (35, 260)
        assert all(line.left > left - 0.5 and line.right < right + 0.5 for line in page.lines)
        text = page.of(16)
        assert not [line for line in text if line.text[0] in geometry.CLOSING]
        for line, following in pairwise(text):
            if following.left < 29 and following.baseline - line.baseline < 11:
                assert line.right == pytest.approx(184, abs=0.5), line
    flat = "".join(line.text for page in pages for line in page.lines)
    assert hard_reports.OFFICE in flat
    assert all(sign in flat for sign in "㐀㙟䶮𠀀𫍽")
    assert "1234567.89" in flat


def last_lines(view):
    with pdfplumber.open(io.BytesIO(pdf.render(request(view)))) as document:
        return [[line.text for line in page.lines] for page in geometry.pages(document)]


@pytest.mark.parametrize("lines", range(6, 11))
def test_neither_heading_nor_signature_is_parted_from_its_text(lines):
    view = views.report("字" * 28 * lines, tables=False)
    *before, last = view.sections
    text = views.paragraphs("（一）信息处理费", "文" * 28 * 2, "句" * 20)
    pages = last_lines(replace(view, sections=(*before, replace(last, paragraphs=text))))

    assert pages[-1][-2:] == [view.signature, view.issued]
    assert pages[-1][-3].startswith("句")  # the last paragraph stays with the signature
    for page in pages:
        assert not page[-1].startswith(("（一）", "六、", "五、", "四、"))
