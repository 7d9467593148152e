"""Published reports in text and HTML: every cell right or reported, the narrative whole."""

import re
from pathlib import Path

import pytest

from tests import published
from tests.importing import codes, imported, narratives
from toolkit import resources
from toolkit.importers import Confidence, import_report, write
from toolkit.report import build
from toolkit.sources import read_text
from toolkit.validation import validate

SAMPLES = Path(__file__).parent / "samples"
EXAMPLE = "heilongjiang/examples/taoshan-commerce-2022.yaml"


def as_report(words, form):
    record, findings = validate(read_text(words.encode(), "data.yaml", ".yaml"), form)
    assert not [f for f in findings if f.severity.label == "error"], findings
    return build(record, form)


def test_the_sample_text_gives_the_data_of_the_example_cell_by_cell_and_word_by_word():
    reading = import_report(SAMPLES / "taoshan-commerce-2022.txt")
    example = (resources.plugins() / EXAMPLE).read_text(encoding="utf-8")

    mine, theirs = as_report(write(reading), reading.form), as_report(example, reading.form)

    assert reading.form.id == "national-2019"
    assert len(theirs.cells) == 198
    assert mine.cells == theirs.cells
    assert mine.narratives == theirs.narratives
    assert (mine.year, mine.organization.name) == (2022, "桃山区商务局")
    assert codes(reading) == ["I016", "I016"]
    assert not reading.unplaced


@pytest.mark.parametrize("dress", ["", "word"])
def test_a_page_gives_every_cell_the_narrative_the_office_and_the_date(tmp_path, dress):
    numbers = published.Numbers()

    reading = imported(tmp_path, published.html_2021(numbers, dress), numbers)

    assert len(numbers.cells) == 200
    assert narratives(reading) == published.NARRATIVES
    assert reading.values["organization", "name"].value == published.OFFICE
    assert reading.values["organization", "region"].value == "示例省示例市示例区"
    assert reading.values["year",].value == 2023
    assert reading.values["issued",].value == "2024-01-25"
    assert codes(reading) == ["I017"]
    assert reading.confidence(("applications",)) is Confidence.HIGH


ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_encoding_is_found_whatever_the_page_declares(tmp_path, encoding):
    numbers = published.Numbers()
    page = published.html_2021(numbers).replace("utf-8", "iso-8859-1")

    reading = imported(tmp_path, page.encode(encoding), numbers)

    assert narratives(reading) == published.NARRATIVES


def test_what_was_written_is_read_back_by_the_validator_as_the_same_numbers(tmp_path):
    numbers = published.Numbers()
    reading = imported(tmp_path, published.html_2021(numbers), numbers)

    report = as_report(write(reading), reading.form)

    assert {path: report.cells[path] for path in numbers.cells} == numbers.cells
    assert report.organization.name == published.OFFICE


WIDE = str.maketrans("0123456789|/", "０１２３４５６７８９｜／")
SAMPLE = SAMPLES / "taoshan-commerce-2022.txt"
VARIANTS = {
    "full-width": lambda words: "\n".join(
        line.translate(WIDE) if "|" in line else line for line in words.split("\n")
    ).encode(),
    "no bars": lambda words: re.sub(r" *\|", "", words).encode(),
    "indented": lambda words: re.sub("(?m)^", "　　", words).encode(),
    "BOM": lambda words: b"\xef\xbb\xbf" + words.encode(),
    "CRLF": lambda words: words.replace("\n", "\r\n").encode(),
    "GBK": lambda words: words.encode("gbk"),
    "UTF-16 LE with BOM": lambda words: b"\xff\xfe" + words.encode("utf-16-le"),
    "UTF-16 BE with BOM": lambda words: b"\xfe\xff" + words.encode("utf-16-be"),
    "UTF-16 LE": lambda words: words.encode("utf-16-le"),
    "UTF-16 BE": lambda words: words.encode("utf-16-be"),
    "UTF-16 LE, full-width": lambda words: re.sub(
        "(?m)^", "　　", VARIANTS["full-width"](words).decode()
    ).encode("utf-16-le"),
    "UTF-16 BE, full-width": lambda words: re.sub(
        "(?m)^", "　　", VARIANTS["full-width"](words).decode()
    ).encode("utf-16-be"),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_sample_text_reads_the_same_however_it_was_saved(tmp_path, variant):
    whole = import_report(SAMPLE)
    (tmp_path / "sample.txt").write_bytes(VARIANTS[variant](SAMPLE.read_text(encoding="utf-8")))
    again = import_report(tmp_path / "sample.txt")
    assert {p: t.value for p, t in again.values.items()} == {
        p: t.value for p, t in whole.values.items()
    }
    assert "I004" not in codes(again)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("harm", [b"\xd8\xd8", b"\x00"])
def test_a_damaged_text_in_utf_16_is_read_so_and_the_damage_reported(tmp_path, encoding, harm):
    words = SAMPLE.read_text(encoding="utf-8").encode(encoding)
    (tmp_path / "sample.txt").write_bytes(words + harm)
    reading, whole = import_report(tmp_path / "sample.txt"), import_report(SAMPLE)
    cells = whole.form.cell_at
    assert {p: reading.values[p].value for p in cells} == {p: whole.values[p].value for p in cells}
    assert "I004" in codes(reading)


@pytest.mark.parametrize("nth", [3, 20, 60, 100, 150])
def test_a_cell_that_the_sample_text_lost_shifts_no_other_cell_in_silence(tmp_path, nth):
    lines = SAMPLE.read_text(encoding="utf-8").split("\n")
    cells = [at for at, line in enumerate(lines) if re.fullmatch(r"\s*\d+\s*\|\s*", line)]
    lines[cells[nth]] = lines[cells[nth] - 1] = "5 |"  # so that a shift shows
    whole, lost = tmp_path / "whole.txt", tmp_path / "lost.txt"
    whole.write_text("\n".join(lines), encoding="utf-8")
    lost.write_text("\n".join(lines[: cells[nth]] + lines[cells[nth] + 1 :]), encoding="utf-8")

    truth, reading = import_report(whole), import_report(lost)

    for path in truth.form.cell_at:
        assert reading.values[path].value in (truth.values[path].value, None)
    assert "I011" in codes(reading)
