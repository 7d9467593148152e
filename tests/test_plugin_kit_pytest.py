"""The conformance kit under pytest, as an author's own tests use it."""

import subprocess
import sys
import textwrap

import pytest

from tests.authoring import Author
from tests.conftest import FULL_SIZE
from toolkit.diagnostics.plugin_codes import DEMANDS

THREE_LINES = """
from toolkit.testing import PluginChecks
class TestHainan(PluginChecks):
    plugin = "../hainan"
"""
OWN = """
PLUGIN = "../hainan"

def test_a_changed_cell_is_in_the_word_table(build_report):
    report = build_report({"applications.new.natural_person": 198}, example="e.yaml")
    assert "N201" in report.codes
    assert "198" in report.make("docx").tables[1][3]

def test_the_motto_is_in_page_and_pdf(build_report):
    report = build_report()
    assert "公开为常态" in report.make("html").paragraphs
    assert "公开为常态" in report.make("pdf").text
"""


@pytest.fixture
def author(tmp_path):
    author = Author(tmp_path)
    (author.home / "examples").mkdir()
    words = FULL_SIZE.read_text(encoding="utf-8").replace("heilongjiang", "hainan")
    (author.home / "examples" / "e.yaml").write_text(words, encoding="utf-8")
    (tmp_path / "tests").mkdir()
    return author


def run_pytest(folder, source):
    (folder / "test_hainan.py").write_text(textwrap.dedent(source), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_three_lines_run_a_test_for_each_demand(author, tmp_path):
    done = run_pytest(tmp_path / "tests", THREE_LINES)

    assert done.returncode == 0, done.stdout
    assert f"{len(DEMANDS)} passed" in done.stdout


def test_a_demand_that_is_broken_fails_by_its_name_with_its_place(author, tmp_path):
    author.declare(("{report.year}年", "2022年"))

    done = run_pytest(tmp_path / "tests", THREE_LINES)

    assert "test_demand[P112]" in done.stdout
    assert "__init__.py:9:1: P112 opening() says 2022年" in done.stdout
    assert f"1 failed, {len(DEMANDS) - 1} passed" in done.stdout


def test_an_author_builds_reports_and_reads_their_cells(author, tmp_path):
    done = run_pytest(tmp_path / "tests", OWN)

    assert done.returncode == 0, done.stdout
    assert "2 passed" in done.stdout
