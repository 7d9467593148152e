"""Labels of rows and columns, on both forms, are never broken inside a word."""

import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import hard_reports, libreoffice
from tests.conftest import ROOT
from toolkit.cli.main import main
from toolkit.forms import choose, load_forms
from toolkit.render.typesetting.labels import fitted, word_breaks

WORDS = {
    line.replace("|", ""): line.split("|")
    for line in (ROOT / "tests/official_label_words.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
}
YEARS = (2020, 2024)


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Give the folder of reports on both forms as PDF, and below ``word/`` as Word prints them."""
    folder = tmp_path_factory.mktemp("labels")
    files = [hard_reports.data_file(folder, "heilongjiang", year, pages=1) for year in YEARS]
    asked = ["generate", *files, "-f", "pdf,docx", "-o", folder]
    assert main([str(word) for word in asked]) == 0
    if libreoffice.is_there():
        libreoffice.convert(
            sorted(folder.glob("*.docx")), "pdf", folder / "word", folder / "profile"
        )
    return folder


def labels(file):
    """Give the lines of every label in the tables of a PDF."""
    with pdfplumber.open(file) as document:
        for page in document.pages:
            for table in page.find_tables():
                for cell in table.cells:
                    text = page.crop(cell).extract_text(y_tolerance=1) or ""
                    lines = tuple(line.replace(" ", "") for line in text.split("\n"))
                    if not lines[0].replace(".", "").replace("-", "").isdigit():
                        yield lines


def broken_words(lines):
    """Give the breaks of a label that are not between its words."""
    label, ends, reached = "".join(lines), set(), 0
    for word in WORDS[label]:
        reached += len(word)
        ends.add(reached)
    reached = 0
    for line in lines:
        reached += len(line)
        if reached not in ends:
            yield label[:reached] + "/" + label[reached:]


@pytest.mark.parametrize("kind", [".", "word"])
@pytest.mark.parametrize("year", YEARS)
def test_no_label_is_broken_inside_a_word(printed, year, kind):
    if kind == "word" and not (printed / "word").is_dir():
        pytest.skip("LibreOffice is not installed")
    found = [
        lines
        for lines in labels(printed / kind / f"heilongjiang-{year}.pdf")
        if "".join(lines) in WORDS
    ]

    assert [fault for lines in found for fault in broken_words(lines)] == []
    assert {"".join(lines) for lines in found} >= set(all_labels(year))
    assert any(len(lines) > 1 for lines in found)


def all_labels(year):
    """Give the labels of a form, but for groups of rows, which the end of a page may cut."""
    for table in choose(load_forms().values(), year).tables:
        yield from filter(None, (table.caption, table.corner))
        for column in table.columns:
            yield from (item.label for chain in column.chains() for item in chain)
        for row in table.rows:
            yield from (chain[-1].label for chain in row.chains() if chain[-1].label)


@given(st.sampled_from(sorted(WORDS)), st.floats(8, 40))
def test_lines_of_a_label_are_the_label_and_fit(label, room):
    lines = fitted(label, room)

    assert "".join(lines) == label
    assert list(broken_words(lines)) == []
    assert all(len(line) - line.count(".") <= room + 1 for line in lines)


def test_what_is_not_listed_breaks_into_words_of_two_characters():
    assert word_breaks("甲乙丙丁申请") == (2, 4)
    assert fitted("甲乙丙丁", 3) == ("甲乙", "丙丁")


def test_a_word_longer_than_its_column_is_broken_all_the_same():
    assert fitted("申请人", 2) == ("申请", "人")
