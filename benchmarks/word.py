"""Word documents a second: ours beside plain docxtpl, on the same report in one run.

    python benchmarks/word.py [REPORTS]

Three ways make the same report of 198 cells, turn by turn: ours, warm; plain docxtpl as its
manual shows (load, render, save) with a template that has one tag in each cell; plain docxtpl
with our own short template, our tables handed to it ready-made. Prints milliseconds a report
(the median) and the ratios to ours.
"""

import gc
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import count

from docxtpl import DocxTemplate
from jinja2 import Environment

from toolkit import resources
from toolkit.forms import Form, load_forms
from toolkit.render import docx
from toolkit.render.docx_text import balanced, printable
from toolkit.render.names import context
from toolkit.render.request import RenderRequest
from toolkit.view.model import Cell, Names, Paragraph, SectionView, TableView, View
from toolkit.view.tables import table

Words = Callable[[int], str]


def main(reports: int) -> None:
    """Measure and print."""
    form = load_forms()["national-2019"]
    by_hand = _made(_view(form, "{{{{ cells[{}] }}}}".format, "{{{{ texts[{}] }}}}".format))
    ways = {
        "ours": lambda number, view: _made(view),
        "docxtpl, a tag in each cell": lambda number, view: _by_hand(by_hand, number),
        "docxtpl, our template": lambda number, view: _plain(view),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(-1, reports):
        view = _report(form, number)
        for name, way in ways.items():
            gc.collect()  # nobody pays for another's garbage
            start = time.perf_counter()
            way(number, view)
            if number >= 0:  # the first is for warming
                times[name].append(1000 * (time.perf_counter() - start))
    ours = statistics.median(times["ours"])
    for name, each in times.items():
        median = statistics.median(each)
        print(f"{name:30} {median:8.2f} ms   {median / ours:6.1f} x")


def _view(form: Form, cell: Words, words: Words) -> View:
    """Lay the form out with a text for each cell and paragraph, by number from 0."""
    numbers, places = count(), count()

    def worded(shown: TableView) -> TableView:
        return replace(shown, rows=tuple(tuple(map(filled, row)) for row in shown.rows))

    def filled(place: Cell) -> Cell:
        return replace(place, text=cell(next(numbers))) if place.numeric else place

    zero = {place.path: 0 for place in form.cells}
    sections = []
    for section in form.sections:
        if section.kind == "narrative":
            shown = SectionView(
                section.id,
                section.heading,
                tuple(Paragraph(words(next(places))) for _ in range(4)),
            )
        else:
            shown = SectionView(section.id, section.heading, tables=(worded(table(section, zero)),))
        sections.append(shown)
    return View(
        title=words(next(places)),
        year="2020",
        organization=Names({"name": "某某局"}),
        issued="2021年1月31日",
        opening=(Paragraph(words(next(places))),),
        sections=tuple(sections),
        values=Names({}),
        form=form.id,
        signature="某某局",
    )


def _report(form: Form, number: int) -> View:
    view = _view(form, lambda place: str(number * place % 97), lambda place: _text(number, place))
    return replace(view, title=f"某某{number}局2020年政府信息公开工作年度报告")


def _text(number: int, place: int) -> str:
    return f"{number}、{place}：全年主动公开政府信息若干条，办理依申请公开若干件。" * 4


def _made(view: View) -> bytes:
    folder = resources.templates() / "national"
    return docx.render(RenderRequest(view, (folder,), "report.docx", "benchmark"))


def _by_hand(template: bytes, number: int) -> bytes:
    cells = [str(number * place % 97) for place in range(300)]
    texts = [_text(number, place) for place in range(100)]
    document = DocxTemplate(BytesIO(template))
    document.render({"cells": cells, "texts": texts}, autoescape=True)
    return _saved(document)


def _plain(view: View) -> bytes:
    environment = Environment(autoescape=True, finalize=printable)
    environment.filters["balanced"] = balanced
    document = DocxTemplate(resources.templates() / "national" / "report.docx")
    document.render(context(view), environment)
    return _saved(document)


def _saved(document: DocxTemplate) -> bytes:
    target = BytesIO()
    document.save(target)
    return target.getvalue()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
