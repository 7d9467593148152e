"""Ways of making the report as a Word document."""

from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO

from docx import Document
from docxtpl import DocxTemplate
from jinja2 import Environment

from benchmarks import node
from benchmarks.measure import Way
from benchmarks.reports import contents, filled, request, view
from toolkit import resources
from toolkit.render.docx import document as docx
from toolkit.render.docx.table import table_xml
from toolkit.render.docx.tags import balanced
from toolkit.render.names import context
from toolkit.render.request import RenderRequest
from toolkit.view.model import TableView

OURS = "nianbao"
BY_HAND = "docxtpl, a tag in each cell"
OUR_TEMPLATE = "docxtpl, nianbao's template"
BUILT = "python-docx, built by hand"
NODE = "docxtemplater (Node)"


def ways() -> list[Way]:
    """List those that this machine can take."""
    found = [
        Way(OURS, lambda number: docx.render(request(number, "national/report.docx"))),
        Way(BY_HAND, by_hand),
        Way(OUR_TEMPLATE, our_template),
    ]
    if find_spec("docx"):
        found.append(Way(BUILT, built))
    if (docxtemplater := node.peer()) is not None:
        found.append(Way(NODE, lambda number: docxtemplater(view(number))))
    return found


def by_hand(number: int) -> bytes:
    """Take docxtpl as its manual shows: load, render, save; the template has 200 tags."""
    cells, texts = contents(view(number))
    document = DocxTemplate(BytesIO(tagged("{{{{ cells[{}] }}}}", "{{{{ texts[{}] }}}}")))
    document.render({"cells": cells, "texts": texts}, autoescape=True)
    return _saved(document)


def our_template(number: int) -> bytes:
    """Take docxtpl with nianbao's own short template and tables handed to it ready-made."""
    environment = Environment(autoescape=True, finalize=_with_tables)
    environment.filters["balanced"] = balanced
    document = DocxTemplate(resources.templates() / "national" / "report.docx")
    document.render(context(view(number)), environment)
    return _saved(document)


def _with_tables(value: object) -> object:
    return table_xml(value) if isinstance(value, TableView) else value


@lru_cache(maxsize=2)
def tagged(cell: str, words: str) -> bytes:
    """Make a template of the same report with a tag in each cell and paragraph."""
    shown = filled(cell.format, words.format)
    folder = resources.templates()
    return docx.render(RenderRequest(shown, (folder,), "national/report.docx", "benchmark"))


def built(number: int) -> bytes:
    """Build the report with python-docx: paragraph by paragraph, cell by cell."""
    shown = view(number)
    document = Document()
    document.add_heading(shown.title, 0)
    for words in shown.opening:
        document.add_paragraph(words.text)
    for part in shown.sections:
        document.add_heading(part.heading, 1)
        for words in part.paragraphs:
            document.add_paragraph(words.text)
        for table in part.tables:
            _add(document, table)
    document.add_paragraph(shown.signature)
    document.add_paragraph(shown.issued)
    return _saved(document)


def _add(document: Document, table: TableView) -> None:
    made = document.add_table(len(table.rows), table.columns, "Table Grid")
    places = [row.cells for row in made.rows]
    for row in table.rows:
        for cell in row:
            place = places[cell.row][cell.column]
            if cell.rowspan > 1 or cell.colspan > 1:
                last = places[cell.row + cell.rowspan - 1][cell.column + cell.colspan - 1]
                place = place.merge(last)
            place.text = cell.text


def _saved(document: object) -> bytes:
    target = BytesIO()
    document.save(target)  # type: ignore[attr-defined]
    return target.getvalue()
