"""Ways of making the report as a PDF."""

import importlib
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.pdf import fonts as pdf_fonts

from benchmarks.measure import Way
from benchmarks.reports import request, view
from toolkit.render.docx import document
from toolkit.render.html.templates import environment_of, fill, source
from toolkit.render.pdf import document as pdf
from toolkit.view.model import TableView

OURS = "nianbao"
WITH = "WeasyPrint, with libharfbuzz-subset"
WITHOUT = "WeasyPrint, the library hidden"
TYPST = "typst"
OFFICE = "LibreOffice, from the DOCX"
_SLOW = 3
_TOGETHER = 5
"""Documents LibreOffice converts in one run: it starts once."""
PAGE = "national/report.html"


def ways() -> list[Way]:
    """List those that this machine can take."""
    found = [Way(OURS, lambda number: pdf.render(request(number, PAGE)))]
    if pdf_fonts.harfbuzz_subset:
        found.append(Way(WITH, plain))
    found.append(Way(WITHOUT, hidden, at_most=_SLOW))
    if find_spec("typst"):
        found.append(Way(TYPST, typst))
    if shutil.which("soffice"):
        found.append(Way(OFFICE, office, at_most=_SLOW, many=_TOGETHER))
    return found


def plain(number: int) -> bytes:
    """Take WeasyPrint as its manual shows: the same page and style sheets, untagged."""
    asked = request(number, PAGE)
    page = fill(asked, "print")
    environment = environment_of(asked.folders)
    sheets = [CSS(string=source(environment, name)) for name in page.styles]
    made: bytes = HTML(string=page.html).write_pdf(stylesheets=sheets)
    return made


def hidden(number: int) -> bytes:
    """Take it as on a machine without libharfbuzz-subset, where fontTools cuts the fonts."""
    library = pdf_fonts.harfbuzz_subset
    pdf_fonts.harfbuzz_subset = None
    try:
        return plain(number)
    finally:
        pdf_fonts.harfbuzz_subset = library


def office(number: int) -> None:
    """Convert our Word documents with LibreOffice, some at once, in a profile of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [folder / f"{place}.docx" for place in range(_TOGETHER)]
        for file in files:
            file.write_bytes(document.render(request(number, "national/report.docx")))
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", name]
        subprocess.run([*command, *files], capture_output=True, check=True)
        assert len(list(folder.glob("*.pdf"))) == _TOGETHER  # noqa: S101


def typst(number: int) -> object:
    """Take typst: the same texts in plain tables of the same grid, on the same page."""
    shown = view(number)
    lines = [
        '#set page(width: 210mm, height: 297mm, margin: (x: 27mm, y: 36mm), numbering: "1")',
        '#set text(font: "Noto Serif CJK SC", size: 16pt, lang: "zh")',
        "#set par(justify: true, first-line-indent: 2em)",
        f"= #{_quoted(shown.title)}",
        *(f"#par[#{_quoted(words.text)}]" for words in shown.opening),
    ]
    for section in shown.sections:
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
