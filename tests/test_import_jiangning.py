"""A published report whose own numbers do not balance is imported as published, and found out.

Jiangning District (Nanjing) published for 2022: apart from 8 applications carried over, 783 came
in, 788 were dealt with and 2 carried forward; 8 + 783 = 791, 788 + 2 = 790. Only these four
numbers are known. The table here gives them to natural persons and 予以公开, which is assumed,
and 0 to every other cell.
"""

from pathlib import Path

import pytest

from tests import published
from tests.importing import imported
from tests.test_import_text_and_html import as_report
from toolkit.importers import write
from toolkit.rules import check

SUMS = ("N201", "N202", "N203", "N204")
TOLD = "除去上年结转的8件，全年收到政府信息公开申请783件，办结788件，结转下年度2件。"
ROWS = {
    ("new",): 783,
    ("carried_over",): 8,
    ("results", "granted"): 788,
    ("results", "total"): 788,
    ("carried_forward",): 2,
}


class Jiangning(published.Numbers):
    """Gives the four known numbers and 0 elsewhere; ``late`` counts one more carried forward."""

    def __init__(self, late: int = 0) -> None:
        super().__init__()
        rows = {**ROWS, ("carried_forward",): ROWS["carried_forward",] + late}
        self.known = {
            ("applications", *row, column): number
            for row, number in rows.items()
            for column in ("natural_person", "total")
        }

    def __call__(self, *path: str, words: str | None = None, value: object = None):
        self.cells[path] = self.known.get(path, 0)
        return (str(self.cells[path]), 1, 1)


def the_page(numbers, dress=""):
    told = published.html_2021(numbers, dress).replace("2023年", "2022年")
    told = told.replace(published.OFFICE, "南京市江宁区人民政府").replace("2024-", "2023-")
    return told.replace("全年新收申请按规定办理。", TOLD)


@pytest.mark.parametrize("dress", ["", "word"])
def test_every_cell_is_right_and_the_one_that_is_missing_stays_missing(tmp_path: Path, dress):
    numbers = Jiangning()

    reading = imported(tmp_path, the_page(numbers, dress), numbers)  # compares every cell
    report = as_report(write(reading), reading.form)

    assert len(numbers.cells) == 200
    assert (reading.form.id, report.year) == ("national-2021", 2022)
    assert report.organization.name == "南京市江宁区人民政府"
    assert {path: report.cells[path] for path in numbers.cells} == numbers.cells
    assert TOLD in report.narratives["overview"]
    found = check(report, select=SUMS)
    assert {f.code for f in found} == {"N201"}
    assert all("791" in str(f.message) and "790" in str(f.message) for f in found), found


def test_were_three_carried_forward_nothing_would_be_found(tmp_path: Path):
    numbers = Jiangning(late=1)
    reading = imported(tmp_path, the_page(numbers), numbers)
    assert check(as_report(write(reading), reading.form), select=SUMS) == ()
