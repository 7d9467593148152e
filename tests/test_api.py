"""Using nianbao from a program: everything it offers, by plain calls that write nothing."""

import io
import subprocess
import sys
import zipfile
from datetime import date

import pytest

import toolkit
from tests.conftest import FULL_SIZE, ROOT, SAMPLE
from toolkit import api
from toolkit.errors import InvalidReport, UsageError


def test_a_file_is_checked_and_its_findings_returned(full_size):
    file = full_size(("natural_person: 98", "natural_person: 97"))

    checked = api.check(file, select=["N2"], today=date(2025, 1, 10))

    assert checked.report is not None
    assert {finding.code[:2] for finding in checked.findings} == {"N2"}


def test_documents_are_built_in_memory_and_are_those_of_the_command(nianbao, tmp_path):
    nianbao("generate", SAMPLE, "-f", "docx,html", "-o", tmp_path)

    documents = api.generate(str(SAMPLE), ("docx", "html"))

    assert list(documents) == ["docx", "html"]
    for name, data in documents.items():
        assert data == (tmp_path / f"{SAMPLE.stem}.{name}").read_bytes()


def test_a_file_with_errors_gives_no_document_but_its_findings(full_size):
    file = full_size(("natural_person: 98", "natural_person: -1"))

    with pytest.raises(InvalidReport, match=r"report\.yaml has 1 error") as raised:
        api.generate(file, ("html",))

    lines = FULL_SIZE.read_text(encoding="utf-8").splitlines()
    wrong = next(n for n, line in enumerate(lines, 1) if "natural_person: 98" in line)
    assert wrong in [finding.position.line for finding in raised.value.findings]


def test_a_format_nobody_offers_is_refused():
    with pytest.raises(UsageError, match="There is no format “odt”"):
        api.generate(SAMPLE, ("odt",))


def test_a_file_is_begun_and_is_a_data_file(tmp_path):
    file = tmp_path / "new.yaml"

    file.write_text(api.new(2024, plugin="heilongjiang", language="en"), encoding="utf-8")

    assert "year: 2024" in file.read_text(encoding="utf-8")
    assert api.check(file).source is not None


def test_a_published_report_is_read_and_written_as_a_data_file(tmp_path):
    page, data = tmp_path / "page.html", tmp_path / "report.yaml"
    page.write_bytes(api.generate(FULL_SIZE, ("html",))["html"])

    reading = api.read_published(page)
    data.write_text(api.as_yaml(reading, "heilongjiang"), encoding="utf-8")

    before, after = api.check(FULL_SIZE).report, api.check(data).report
    assert after.title == before.title
    assert api.generate(data, ("text",)) == api.generate(FULL_SIZE, ("text",))


def test_a_document_gives_its_data_file_back(tmp_path):
    document = tmp_path / "report.docx"
    document.write_bytes(api.generate(FULL_SIZE, ("docx",))["docx"])

    extracted = api.extract(document)

    assert extracted.data == FULL_SIZE.read_bytes()
    assert extracted.matches
    assert zipfile.is_zipfile(io.BytesIO(document.read_bytes()))


def test_what_the_readme_shows_of_it_runs(tmp_path):
    """The lines of the room's README, in a program of their own."""
    page = (ROOT / "toolkit" / "README.md").read_text(encoding="utf-8")
    program = page.partition("```python\n")[2].partition("```")[0]

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert "api.check(" in program
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_the_package_says_that_it_is_typed():
    assert (ROOT / "toolkit" / "py.typed").is_file()
    assert toolkit.__all__ == sorted(toolkit.__all__)
