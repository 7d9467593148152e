"""Text that pdftotext takes out of a report's PDF: no wrong cell, and the narrative whole."""

import json
import shutil
import subprocess

import pytest

from tests.test_import_round_trip import checked, data, generated
from toolkit.forms import load_forms
from toolkit.importers import import_report
from toolkit.importers.radicals import meant

FORMS = [("national-2019", 2020), ("national-2021", 2024)]
MODES = ("-layout", "-raw", "")


@pytest.fixture(scope="module", params=FORMS, ids=lambda p: p[0])
def printed(request, tmp_path_factory):
    """A report with a number in every cell, and its PDF."""
    form, year = request.param
    folder = tmp_path_factory.mktemp(form)
    file = folder / "report.json"
    file.write_text(json.dumps(data(load_forms()[form], year, 11)), encoding="utf-8")
    (pdf,) = generated(folder, file, "heilongjiang", "pdf")
    return checked(file, "heilongjiang").report, pdf


def dumped(pdf, mode):
    assert shutil.which("pdftotext"), "run .ci/system-packages test"
    out = pdf.with_name(f"dump{mode}.txt")
    subprocess.run(["pdftotext", *([mode] if mode else []), str(pdf), str(out)], check=True)
    return import_report(out)


def wrong(reading, report):
    got = {path: reading.values[path].value for path in report.cells}
    return {p: (v, report.cells[p]) for p, v in got.items() if v not in (report.cells[p], None)}


def paragraphs(words):
    return ["".join(line.split()) for line in words.split("\n") if line.strip()]


@pytest.mark.parametrize("mode", MODES)
def test_a_dump_gives_no_wrong_cell_and_the_paragraphs_as_they_were(printed, mode):
    report, pdf = printed
    reading = dumped(pdf, mode)
    assert reading.form.id == report.form.id
    assert wrong(reading, report) == {}
    for name, words in report.narratives.items():
        assert paragraphs(reading.values[name,].value) == paragraphs(words)
    if mode:
        assert {path for path in report.cells if reading.values[path].value is None} == set()
        assert not reading.unplaced


def test_radicals_that_a_pdf_names_are_read_as_the_characters_they_look_like(tmp_path):
    assert meant("⽂⺠⻓⼾⾏") == "文民长户行"
