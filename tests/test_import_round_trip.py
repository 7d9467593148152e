"""What generate makes, read back with the embedded data left aside, is the same report."""

import json
import os
import random

import pytest

from toolkit import pipeline, resources
from toolkit.cli.main import main
from toolkit.forms import load_forms
from toolkit.importers import import_report, write
from toolkit.pipeline import Demands
from toolkit.registry import Registry

SENTENCES = (
    "全年主动公开信息{n}条，较上年增加{n}%。",
    "（一）主动公开",
    "1.政策文件公开",
    "2．平台建设：网站更新{n}次，点击1,0{n}次（含“两微一端”）。",
    "一是制度有待完善；二是培训不够（{n}次）。",
    "按照“应公开、尽公开”的要求，办理Email申请{n}件。",
    "本机关通过政府网站、政务新媒体、公告栏等渠道，及时、准确公开政府信息{n}条，回应关切{n}次，"
    "办理结果按规定告知申请人，并对已公开的信息逐条复核，确保内容真实、表述规范、链接可用；"
    "对不予公开的，说明理由和依据，告知救济途径。全年举办培训{n}期。",
    "①统计口径为{n}月1日至{n}月31日；②A<B&C 的写法照录。",
)
FORMATS = "docx,html,html-fragment,text"
RANDOM = int(os.environ.get("NIANBAO_ROUND_TRIPS", "2"))
"""Random reports a form; each holds every cell, so few tell much."""
SUMS = ("N201", "N202", "N203", "N204")
BLANK = 0.05
"""Share of cells that hold no number but a mark for a blank."""
PLUGINS = ("heilongjiang", "guangdong", "beijing", "shandong", "sichuan")
EXAMPLES = sorted(resources.plugins().glob("*/examples/*.yaml"))


def checked(file, plugin):
    return pipeline.check(file, Registry(()), Demands(plugin=plugin, select=("N301",)))


def data(form, year, seed):
    """A report with a random number in every cell; sums need not hold here."""
    pick = random.Random(seed)
    document = {"form": form.id, "year": year, "organization": {"name": "示例区虚构局"}}
    for section in form.sections:
        if section.kind == "narrative":
            lines = pick.choices(SENTENCES, k=pick.randint(1, 9))
            document[section.id] = "\n\n".join(line.format(n=pick.randint(1, 99)) for line in lines)
    for cell in form.cells:
        node = document
        for step in cell.path[:-1]:
            node = node.setdefault(step, {})
        node[cell.path[-1]] = value(cell, pick)
    return document


def value(cell, pick):
    if pick.random() < BLANK:
        return pick.choice(["/", "—", "无"])
    number = pick.choice([0, 0, 1, pick.randint(2, 99), pick.randint(100, 999_999)])
    if cell.kind == "signed":
        return pick.choice([number, -number])
    if cell.kind == "wan_yuan":
        return number / 100
    return "251000元" if cell.kind == "money" else number


def texts(report, within):
    lines = {name: words.split("\n") for name, words in report.narratives.items()}
    return {n: [within.join(w.split()) for w in found if w.strip()] for n, found in lines.items()}


def same(first, second, within=" "):
    """Compare two reports; a PDF does not tell a space at which a line was broken."""
    assert second.form.id == first.form.id
    assert second.cells == first.cells
    assert texts(second, within) == texts(first, within)
    assert (second.year, second.organization.name) == (first.year, first.organization.name)
    assert second.issued == first.issued
    assert second.contact in ({}, first.contact)  # not every plugin prints it


def generated(folder, file, plugin, formats):
    options = ("-p", plugin, "--select", "N301", "-f", formats, "-o", str(folder))
    assert main(["generate", str(file), *options]) == 0
    suffixes = {"html-fragment": ".fragment.html", "text": ".txt"}
    for name in formats.split(","):
        yield folder / f"{file.stem}{suffixes.get(name, '.' + name)}"


def back(folder, document, report, plugin):
    """Import a document; a fragment has no title, so office and year are told."""
    told = {("year",): report.year, ("organization", "name"): report.organization.name}
    forms = load_forms() | {form.id: form for form in Registry(()).get(plugin).forms}
    reading = import_report(document, forms, known=told if "fragment" in document.name else None)
    again = folder / f"{document.name}.yaml"
    again.write_text(write(reading), encoding="utf-8")
    return reading, checked(again, plugin).report


@pytest.mark.parametrize("seed", range(RANDOM))
@pytest.mark.parametrize("form", [("national-2019", 2020), ("national-2021", 2024)])
def test_a_random_report_comes_back_from_every_format(tmp_path, form, seed):
    plugin = PLUGINS[seed % len(PLUGINS)]
    file = tmp_path / "report.json"
    file.write_text(json.dumps(data(load_forms()[form[0]], form[1], seed)), encoding="utf-8")
    report = checked(file, plugin).report

    formats = FORMATS + (",pdf" if seed % 2 == 0 else "")
    for document in generated(tmp_path, file, plugin, formats):
        reading, again = back(tmp_path, document, report, plugin)
        same(report, again, "" if document.suffix == ".pdf" else " ")
        assert not reading.unplaced, document


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda f: f"{f.parts[-3]}-{f.stem}")
def test_the_examples_of_every_plugin_come_back_from_every_format(tmp_path, example):
    plugin = example.parts[-3]
    report = checked(example, plugin).report

    for document in generated(tmp_path, example, plugin, f"{FORMATS},pdf"):
        reading, again = back(tmp_path, document, report, plugin)
        same(report, again, "" if document.suffix == ".pdf" else " ")
        assert not reading.unplaced, document


@pytest.mark.parametrize("form", [("national-2019", 2020), ("national-2021", 2024)])
def test_sums_that_do_not_hold_are_found_at_the_same_cells_after_the_import(tmp_path, form):
    file = tmp_path / "report.json"
    file.write_text(json.dumps(data(load_forms()[form[0]], form[1], 7)), encoding="utf-8")
    before = sums(file)
    assert {code for code, *_ in before} == set(SUMS)

    report = checked(file, "heilongjiang").report
    for document in generated(tmp_path, file, "heilongjiang", "docx,html,text,pdf"):
        back(tmp_path, document, report, "heilongjiang")
        assert sums(tmp_path / f"{document.name}.yaml") == before, document


def sums(file):
    """Give the findings about sums: code, cell, and what is said of the numbers."""
    demands = Demands(plugin="heilongjiang", select=SUMS)
    found = pipeline.check(file, Registry(()), demands).findings
    return sorted((f.code, f.path, str(f.message)) for f in found)
