"""Long numbers: columns follow them, no digit is set narrower, a table without room turns."""

from dataclasses import replace
from itertools import pairwise

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import hard_reports, libreoffice, views
from tests.conftest import FULL_SIZE
from toolkit.cli.main import main
from toolkit.view.widths import ASIDE, UPRIGHT, arranged

MM = 72 / 25.4
YEARS = (2020, 2024)
PLUGIN = """
from toolkit import Province, hookimpl

@hookimpl
def province():
    return Province(code="98", name="示例省", upright=("review_and_litigation",))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Give the folder of reports as PDF, and below ``word/`` as LibreOffice prints DOCX."""
    folder = tmp_path_factory.mktemp("wide")
    files = [hard_reports.data_file(folder, "heilongjiang", year, pages=1) for year in YEARS]
    asked = ["generate", *files, FULL_SIZE, "-f", "pdf,docx", "-o", folder]
    assert main([str(word) for word in asked]) == 0
    if libreoffice.is_there():
        libreoffice.convert(
            sorted(folder.glob("*.docx")), "pdf", folder / "word", folder / "profile"
        )
    return folder


def numbers(file):
    """Give each number of a table: its text, size, width of a digit in ems, and what is clear
    left and right of it up to the lines of its cell, in mm."""
    with pdfplumber.open(file) as document:
        for page in document.pages:
            for table in page.find_tables():
                for left, top, right, bottom in table.cells:
                    chars = page.crop((left, top, right, bottom)).chars
                    chars = [char for char in chars if char["text"].strip()]
                    text = "".join(char["text"] for char in chars)
                    if text.replace(".", "").isdigit():
                        size = chars[0]["size"]
                        widths = [
                            (b["x0"] - a["x0"]) / size
                            for a, b in pairwise(chars)
                            if a["text"].isdigit()
                        ]
                        clear = (chars[0]["x0"] - left, right - chars[-1]["x1"])
                        yield text, size, widths, min(clear) / MM


@pytest.mark.parametrize("kind", [".", "word"])
@pytest.mark.parametrize("name", ["heilongjiang-2020", "heilongjiang-2024", "full-size-2024"])
def test_numbers_keep_their_size_their_shape_and_half_a_millimetre(made, name, kind):
    if kind == "word" and not (made / "word").is_dir():
        pytest.skip("LibreOffice is not installed")
    found = list(numbers(made / kind / f"{name}.pdf"))

    assert len(found) >= 190
    for text, size, widths, clear in found:
        assert size > 8.95, text
        assert widths == pytest.approx([0.5] * len(widths), abs=0.02), text
        assert clear >= 0.5, text


def shares_in_mm(table):
    total = ASIDE if table.landscape else UPRIGHT
    return [share * total for share in table.widths]


@pytest.mark.parametrize("build", [views.applications, views.disputes])
def test_ordinary_counts_change_nothing(build):
    ordinary = build(lambda _column: "99999")

    assert ordinary.widths == build(lambda _column: "0").widths
    assert (ordinary.landscape, ordinary.fit) == (False, "")


def test_a_column_with_long_numbers_takes_from_the_labels():
    table = views.applications(lambda column: "12345678" if column == 9 else "0")
    before, after = shares_in_mm(views.applications(lambda _column: "0")), shares_in_mm(table)

    assert not table.landscape
    assert after[9] > before[9]
    assert after[2] < before[2]
    assert after[3:9] == pytest.approx(before[3:9])
    assert sum(after) == pytest.approx(UPRIGHT)


@pytest.mark.parametrize(
    ("build", "digits", "turned"),
    [
        (views.applications, 7, False),
        (views.applications, 8, False),
        (views.applications, 9, True),
        (views.disputes, 5, False),
        (views.disputes, 7, True),
        (views.disputes, 9, True),
    ],
)
def test_a_table_without_room_turns_by_itself(build, digits, turned):
    assert build(lambda _column: "1" * digits).landscape is turned


@settings(deadline=None)
@given(st.lists(st.integers(1, 9), min_size=15, max_size=15), st.sampled_from(["", "upright"]))
def test_widths_add_up_and_hold_every_number_or_the_table_says_so(digits, turning):
    for build, first in ((views.applications, 3), (views.disputes, 0)):
        table = build(lambda column: "1" * digits[column])
        table = arranged(replace(table, widths=build(lambda _column: "0").widths), turning)
        widths = shares_in_mm(table)
        size = 9 if table.fit or (not table.landscape) else 10.5

        assert sum(widths) == pytest.approx(ASIDE if table.landscape else UPRIGHT)
        assert all(width > 7.4 for width in widths)
        for width, length in zip(widths[first:], digits[first:], strict=False):
            assert table.fit == "crowded" or width - length * size / 2 / MM >= 1.19


def test_a_plugin_may_refuse(tmp_path):
    folder = tmp_path / "plugins" / "upright"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(PLUGIN, encoding="utf-8")
    file = hard_reports.data_file(tmp_path, "heilongjiang", 2024, pages=1)
    asked = ["generate", file, "-p", "upright", "--plugin-dir", folder.parent, "-f", "pdf"]

    assert main([str(word) for word in (*asked, "-o", tmp_path)]) == 0

    with pdfplumber.open(file.with_suffix(".pdf")) as document:
        assert all(page.height > page.width for page in document.pages)
        for page in document.pages:
            assert min(char["x0"] for char in page.chars) > 27.5 * MM
            assert max(char["x1"] for char in page.chars) < 184.5 * MM
