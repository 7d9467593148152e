"""Text that pdftotext takes out of a report's PDF: no wrong cell, and the narrative whole."""

import json
import shutil
import subprocess

import pytest

from tests.test_import_round_trip import back, checked, data, generated
from toolkit.forms import load_forms
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
    """Let pdftotext take the text out, and give the file."""
    assert shutil.which("pdftotext"), "run .ci/system-packages test"
    out = pdf.with_name(f"dump{mode}.txt")
    subprocess.run(["pdftotext", *([mode] if mode else []), str(pdf), str(out)], check=True)
    return out


def paragraphs(words):
    return ["".join(line.split()) for line in words.split("\n") if line.strip()]


@pytest.mark.parametrize("mode", MODES)
def test_a_dump_gives_no_wrong_cell_and_the_paragraphs_as_they_were(printed, mode):
    report, pdf = printed
    reading, again = back(pdf.parent, dumped(pdf, mode), report, "heilongjiang")
    read = {path for path in report.cells if reading.values[path].value is not None}
    assert reading.form.id == report.form.id
    assert {p: again.cells[p] for p in read} == {p: report.cells[p] for p in read}
    for name, words in report.narratives.items():
        assert paragraphs(reading.values[name,].value) == paragraphs(words)
    if mode:
        assert read == set(report.cells)
        assert not reading.unplaced


def test_radicals_that_a_pdf_names_are_read_as_the_characters_they_look_like():
    assert meant("⽂⺠⻓⼾⾏") == "文民长户行"
