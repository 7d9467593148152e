"""PDFs a second: ours beside plain WeasyPrint and typst, on the same report in one run.

    python -m benchmarks.pages [REPORTS]

Ours, warm, tagged and archivable; plain WeasyPrint, untagged, with the machine's fonts, with
libharfbuzz-subset if it is here; the same with the library hidden, twice only since it takes
seconds; typst where the package ``typst`` is installed, with the same texts in plain tables.
Prints milliseconds a report (the median) and the ratios to ours. Each way meets new numbers
each time.
"""

import gc
import importlib
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from itertools import count
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.pdf import fonts as pdf_fonts

from toolkit import pipeline, resources
from toolkit.registry import Registry
from toolkit.render import pdf
from toolkit.render.jinja import environment_of, fill, source
from toolkit.render.request import RenderRequest
from toolkit.view.model import Cell, TableView, View

REPORT = Path("plugins/heilongjiang/examples/full-size-2024.yaml")
HIDDEN_AT_MOST = 2
"""How often the slowest way is taken."""


def main(reports: int) -> None:
    """Measure and print."""
    checked = pipeline.check(REPORT, Registry([]), pipeline.Demands())
    view = pipeline.view(checked)
    ways: dict[str, Callable[[RenderRequest], object]] = {"ours": pdf.render}
    if pdf_fonts.harfbuzz_subset:
        ways["WeasyPrint, with the library"] = _plain
    ways["WeasyPrint, library hidden"] = _hidden
    if find_spec("typst"):
        ways["typst"] = _typst
    times: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(-1, reports):
        request = _request(view, number)
        for name, way in ways.items():
            if way is _hidden and not 0 <= number < HIDDEN_AT_MOST:
                continue
            gc.collect()  # nobody pays for another's garbage
            start = time.perf_counter()
            way(request)
            if number >= 0:  # the first is for warming
                times[name].append(1000 * (time.perf_counter() - start))
    ours = statistics.median(times["ours"])
    for name, each in times.items():
        median = statistics.median(each)
        print(f"{name:30} {median:8.1f} ms   {median / ours:6.2f} x")


def _request(view: View, number: int) -> RenderRequest:
    """Ask for the report with other numbers in its cells."""
    numbers = count(number + 1)

    def changed(cell: Cell) -> Cell:
        return replace(cell, text=str(next(numbers) * 7 % 97)) if cell.numeric else cell

    def renumbered(table: TableView) -> TableView:
        return replace(table, rows=tuple(tuple(map(changed, row)) for row in table.rows))

    sections = tuple(
        replace(section, tables=tuple(map(renumbered, section.tables))) for section in view.sections
    )
    shown = replace(view, sections=sections)
    return RenderRequest(shown, (resources.templates(),), "national/report.html", "benchmark")


def _plain(request: RenderRequest) -> bytes:
    page = fill(request, "print")
    environment = environment_of(request.folders)
    sheets = [CSS(string=source(environment, name)) for name in page.styles]
    made: bytes = HTML(string=page.html).write_pdf(stylesheets=sheets)
    return made


def _hidden(request: RenderRequest) -> bytes:
    library = pdf_fonts.harfbuzz_subset
    pdf_fonts.harfbuzz_subset = None
    try:
        return _plain(request)
    finally:
        pdf_fonts.harfbuzz_subset = library


def _typst(request: RenderRequest) -> object:
    lines = [
        '#set page(width: 210mm, height: 297mm, margin: (x: 27mm, y: 36mm), numbering: "1")',
        '#set text(font: "Noto Serif CJK SC", size: 16pt, lang: "zh")',
        "#set par(justify: true, first-line-indent: 2em)",
        f"= #{_quoted(request.view.title)}",
        *(f"#par[#{_quoted(words.text)}]" for words in request.view.opening),
    ]
    for section in request.view.sections:
        lines.append(f"== #{_quoted(section.heading)}")
        lines += [f"#par[#{_quoted(words.text)}]" for words in section.paragraphs]
        lines += [_typst_table(table) for table in section.tables]
    return importlib.import_module("typst").compile("\n".join(lines).encode(), format="pdf")


def _typst_table(table: TableView) -> str:
    cells = ", ".join(
        f"table.cell(rowspan: {cell.rowspan}, colspan: {cell.colspan})[#{_quoted(cell.text)}]"
        for row in table.rows
        for cell in row
    )
    return f"#text(size: 9pt, table(columns: (1fr,) * {table.columns}, {cells}))"


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
