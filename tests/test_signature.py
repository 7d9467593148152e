"""Office and date of signature stand as GB/T 9704-2012 has it, in PDF and in Word documents."""

import io
from itertools import product
from zipfile import ZipFile

import pdfplumber
import pytest

from tests import geometry, hard_reports, libreoffice, views
from tests.test_pdf import request
from toolkit.render.docx import document as docx
from toolkit.render.docx import signature
from toolkit.render.pdf import document as pdf

OFFICES = ("某某镇政府"[:4], "示例市自然资源和规划局", "示例省示例市示例县示例镇人民政府办公室")
CASES = list(product((*OFFICES, hard_reports.OFFICE), ("2023年1月31日", "二〇二五年一月二十日")))
CHARACTER = 156 / 28
"""mm"""


def word(view):
    return docx.render(request(view, template="national/report.docx"))


def view(office, date):
    return views.report(tables=False, office=office, issued=date)


def block(document, office, date):
    """Give the lines of the office, and the date."""
    lines = [line for page in geometry.pages(document) for line in page.lines]
    place = max(n for n, line in enumerate(lines) if line.text == date)
    above = []
    while "".join(line.text for line in above) != office:
        above.insert(0, lines[place - 1 - len(above)])
    return above, lines[place]


def middle(line):
    return (line.left + line.right) / 2


def check(document, office, date, near=0.6, edge=0.5):
    above, below = block(document, office, date)
    for line in above:
        assert middle(line) == pytest.approx(middle(below), abs=near)
        assert line.right < 184.5
    width = max(line.right - line.left for line in above)
    if width < below.right - below.left + 8 * CHARACTER:
        assert below.right == pytest.approx(184 - 4 * CHARACTER, abs=edge)
    else:
        assert max(line.right for line in above) == pytest.approx(184, abs=edge)


@pytest.mark.parametrize(("office", "date"), CASES)
def test_office_and_date_are_centred_on_each_other_in_pdf(office, date):
    made = pdf.render(request(view(office, date)))

    with pdfplumber.open(io.BytesIO(made)) as document:
        check(document, office, date)


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """The Word documents as LibreOffice prints them."""
    if not libreoffice.is_there():
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("signed")
    for number, case in enumerate(CASES):
        (folder / f"{number}.docx").write_bytes(word(view(*case)))
    libreoffice.convert(sorted(folder.glob("*.docx")), "pdf", folder, folder / "profile")
    return folder


@pytest.mark.parametrize("number", range(len(CASES)))
def test_office_and_date_are_centred_on_each_other_in_word(printed, number):
    office, date = CASES[number]
    near = 1.5 if date[0].isascii() else 0.6  # mm; digits are as wide as the face that stands in

    with pdfplumber.open(printed / f"{number}.pdf") as document:
        check(document, office, date, near, edge=1)


def test_a_template_without_our_styles_stays_as_it_is():
    with ZipFile(io.BytesIO(word(view("某局", "2023年1月31日")))) as file:
        body = file.read("word/document.xml")
    other = body.replace(b"NianbaoSignature", b"Own")

    assert signature.centred(other) == other
    assert signature.centred(body) == body  # once is enough
