"""The peers of the benchmarks make the same report, and what is told follows from the runs."""

import io
import os
import subprocess
import sys

import docx
import pytest

from benchmarks import batch, docx_ways, pdf_ways, reports, tell
from benchmarks.measure import Spent, Times, Way, interleaved
from benchmarks.targets import Target
from toolkit.render.docx import document as ours


def words_of(made: bytes) -> list[str]:
    """Give the texts of paragraphs and cells, in order, without line breaks."""
    document = docx.Document(io.BytesIO(made))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [text.replace("\n", "") for text in (*(p.text for p in document.paragraphs), *cells)]


@pytest.fixture(scope="module")
def report() -> list[str]:
    return words_of(ours.render(reports.request(7, "national/report.docx")))


@pytest.mark.parametrize("way", [docx_ways.by_hand, docx_ways.our_template])
def test_docxtpl_makes_the_same_report(way, report):
    assert words_of(way(7)) == report


def test_python_docx_makes_the_same_cells_and_paragraphs(report):
    built = words_of(docx_ways.built(7))

    cells, texts = reports.contents(reports.view(7))
    assert len(cells) == 200
    for text in (*cells, *texts):
        assert text in built
        assert text in report


def test_typst_prints_the_same_texts():
    made = pdf_ways.typst(7)
    text = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=made, capture_output=True, check=True
    ).stdout.decode()

    letters = "".join(text.split())
    for paragraph in reports.contents(reports.view(7))[1]:
        assert "".join(paragraph.split())[:12] in letters


def test_each_report_is_another():
    assert reports.view(1) != reports.view(2)
    assert reports.view(1) == reports.view(1)


def test_ways_are_taken_by_turns_and_the_first_round_does_not_count():
    taken = []
    ways = [
        Way("quick", lambda number: taken.append(("quick", number))),
        Way("slow", lambda number: taken.append(("slow", number)), at_most=1),
        Way("elsewhere", lambda _number: Spent(5.0)),
    ]

    times = interleaved(ways, 2)

    assert taken[-4:] == [("quick", -1), ("quick", 0), ("slow", 0), ("quick", 1)]
    assert ("slow", -1) not in taken
    assert [len(times[name].cpu) for name in ("quick", "slow", "elsewhere")] == [2, 1, 2]
    assert times["elsewhere"].processor == 5.0


def test_a_target_is_a_ratio_of_the_least_processor_times():
    times = {"a": Times([9.0, 9.0], [10.0, 30.0]), "b": Times([9.0], [2.0])}

    assert Target("a", "b", 5).ratio(times) == 5.0
    assert Target("a", "b", 5).is_met(5.0)
    assert not Target("a", "b", 5.1).is_met(5.0)
    assert Target("a", "b", 5, at_most=True).is_met(5.0)
    assert Target("a", "c", 5).ratio(times) is None


def test_what_was_measured_is_told_with_targets_met_and_missed():
    times = {docx_ways.OURS: Times([1.0], [1.0]), docx_ways.BY_HAND: Times([40.0], [40.0])}

    told = tell.markdown({"docx": times})

    assert f"| {docx_ways.BY_HAND} | 1 | 40.0 | 40.0 | 40.0 | 40.0× |" in told
    assert "**missed**" in told


def test_memory_is_that_of_a_process_and_its_children():
    hoard = "import time; x = b'1' * 80_000_000; print(flush=True); time.sleep(30)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hoard!r}])"
    process = subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        (child,) = list(batch.family(process.pid))[1:]
        assert batch._memory(child) > 75
        assert batch._memory(process.pid) > batch._memory(child)
    finally:
        os.kill(child, 9)
        process.communicate()
