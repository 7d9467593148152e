"""What generate makes, read back with the embedded data left aside, is the same report."""

import json
import random

import pytest

from tests.conftest import EXAMPLES
from toolkit import pipeline
from toolkit.cli.main import main
from toolkit.forms import load_forms
from toolkit.importers import import_report, write
from toolkit.pipeline import Demands
from toolkit.registry import Registry

SENTENCES = (
    "全年主动公开信息{n}条，较上年增加{n}%。",
    "（一）主动公开",
    "1.政策文件公开",
    "一是制度有待完善；二是培训不够（{n}次）。",
    "按照“应公开、尽公开”的要求，办理Email申请{n}件。",
)
RANDOM = 3
"""Random reports a form; each holds every cell, so few tell much."""


def checked(file):
    return pipeline.check(file, Registry(()), Demands(plugin="heilongjiang", select=("N301",)))


def data(form, year, seed):
    """A report with a random number in every cell; sums need not hold here."""
    pick = random.Random(seed)
    document = {"form": form.id, "year": year, "organization": {"name": "示例区虚构局"}}
    for section in form.sections:
        if section.kind == "narrative":
            lines = pick.choices(SENTENCES, k=pick.randint(1, 6))
            document[section.id] = "\n\n".join(line.format(n=pick.randint(1, 99)) for line in lines)
    for cell in form.cells:
        node = document
        for step in cell.path[:-1]:
            node = node.setdefault(step, {})
        node[cell.path[-1]] = value(cell, pick)
    return document


def value(cell, pick):
    number = pick.choice([0, 0, 1, pick.randint(2, 99), pick.randint(100, 999_999)])
    if cell.kind == "signed":
        return pick.choice([number, -number])
    if cell.kind == "wan_yuan":
        return number / 100
    return "251000元" if cell.kind == "money" else number


def same(first, second):
    assert second.cells == first.cells
    assert {k: v.split() for k, v in second.narratives.items()} == {
        k: v.split() for k, v in first.narratives.items()
    }
    assert (second.year, second.organization.name) == (first.year, first.organization.name)
    assert (second.form.id, second.issued) == (first.form.id, first.issued)


def generated(folder, file, formats):
    main(
        [
            "generate",
            str(file),
            "-p",
            "heilongjiang",
            "--select",
            "N301",
            "-f",
            formats,
            "-o",
            str(folder),
        ]
    )
    suffixes = {"html-fragment": ".fragment.html"}
    for name in formats.split(","):
        yield folder / f"{file.stem}{suffixes.get(name, '.' + name)}"


def back(folder, document, report):
    """Import a document; a fragment has no title, so office and year are told."""
    told = {("year",): report.year, ("organization", "name"): report.organization.name}
    reading = import_report(document, known=told if "fragment" in document.name else None)
    again = folder / f"{document.name}.yaml"
    again.write_text(write(reading), encoding="utf-8")
    return reading, checked(again).report


@pytest.mark.parametrize("seed", range(RANDOM))
@pytest.mark.parametrize("form", [("national-2019", 2020), ("national-2021", 2024)])
def test_a_random_report_comes_back_from_word_and_html(tmp_path, form, seed):
    file = tmp_path / "report.json"
    file.write_text(json.dumps(data(load_forms()[form[0]], form[1], seed)), encoding="utf-8")
    report = checked(file).report

    for document in generated(tmp_path, file, "docx,html,html-fragment"):
        reading, again = back(tmp_path, document, report)
        same(report, again)
        assert not reading.unplaced


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.yaml")), ids=lambda f: f.stem)
def test_the_examples_come_back_from_every_format(tmp_path, example):
    report = checked(example).report

    for document in generated(tmp_path, example, "docx,pdf,html,html-fragment"):
        reading, again = back(tmp_path, document, report)
        same(report, again)
        assert not reading.unplaced, document
