"""The reports of `published` as text dumps, Word documents, spreadsheets and PDF."""

import io
import unicodedata

import docx
import openpyxl

from tests import published
from tests.published import Numbers, Rows, expand


def _bars(rows: Rows) -> str:
    """One cell a line, “|” behind it, and the bars that spans leave at the end of a row."""
    lines = []
    for row in rows:
        lines.extend(f"{words} |" for words, _, _ in row)
        lines.extend(["|" * sum(cell[2] - 1 for cell in row)])
    return "\n".join(line for line in lines if line)


def _aligned(rows: Rows) -> str:
    grid = expand(rows)
    widths = [max(_width(row[x]) for row in grid) + 2 for x in range(len(grid[0]))]
    return "\n".join(
        "".join(c + " " * (w - _width(c)) for c, w in zip(row, widths, strict=True)).rstrip()
        for row in grid
    )


def _width(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in words)


def _lines(rows: Rows, within: str) -> str:
    return "\n".join(within.join(words for words, _, _ in row) for row in rows)


TEXT_SHAPES = {
    "a cell a line with bars": _bars,
    "a cell a line": lambda rows: _lines(rows, "\n"),
    "a cell a line, blank lines between": lambda rows: _lines(rows, "\n\n"),
    "rows between bars": lambda rows: "\n".join(f"| {' | '.join(row)} |" for row in expand(rows)),
    "tabs": lambda rows: "\n".join("\t".join(row) for row in expand(rows)),
    "aligned columns": _aligned,
    "two spaces": lambda rows: _lines(rows, "  "),
    "one space": lambda rows: _lines(rows, " "),
}
HTML_SHAPES = {
    "cells as paragraphs": lambda rows: f"<p>{_lines(rows, '</p><p>')}</p>".replace(
        "\n", "</p><p>"
    ),
    "rows as paragraphs": lambda rows: "".join(
        f"<p>{'&nbsp;&nbsp;'.join(words for words, _, _ in row)}</p>" for row in rows
    ),
    "tables without spans": lambda rows: published.table(
        [[(words, 1, 1) for words in row] for row in expand(rows)]
    ),
    "tables inside layout tables": lambda rows: (
        f"<table><tr><td>{published.table(rows)}</td></tr></table>"
    ),
}


def tables(n: Numbers) -> dict[str, list[Rows]]:
    return {
        "proactive_disclosure": published.disclosure_2021(n),
        "applications": [published.applications(n)],
        "review_and_litigation": [published.review(n)],
    }


def text(n: Numbers, shape) -> str:
    worded = {name: "\n".join(map(shape, found)) for name, found in tables(n).items()}
    return f"{published.TITLE}\n{published.whole(n, worded, paragraph='{}')}"


def html(n: Numbers, shape) -> str:
    worded = {name: "".join(map(shape, found)) for name, found in tables(n).items()}
    return published.page(published.whole(n, worded))


def _placed(rows: Rows):
    """Give (row, column, words, height, width) of each cell."""
    width = sum(cell[2] for cell in rows[0])
    taken = [[False] * width for _ in rows]
    for y, row in enumerate(rows):
        for words, tall, wide in row:
            x = taken[y].index(False)
            for dy in range(tall):
                taken[y + dy][x : x + wide] = [True] * wide
            yield y, x, words, tall, wide


def word(n: Numbers, *, nested: bool = False) -> docx.document.Document:
    document = docx.Document()
    document.add_heading(published.TITLE, 0)
    found = tables(n)
    for name, heading in published.HEADINGS.items():
        document.add_paragraph(heading)
        for words in published.NARRATIVES.get(name, []):
            document.add_paragraph(f"　　{words}")
        for rows in found.get(name, []):
            host = document.add_table(rows=1, cols=1).cell(0, 0) if nested else document
            _word_table(host, rows)
    return document


def _word_table(host, rows: Rows) -> None:
    table = host.add_table(rows=len(rows), cols=sum(cell[2] for cell in rows[0]))
    for y, x, words, tall, wide in _placed(rows):
        cell = table.cell(y, x)
        if tall * wide > 1:
            cell = cell.merge(table.cell(y + tall - 1, x + wide - 1))
        cell.text = words


def saved(document) -> bytes:
    """Give a Word document or workbook as bytes."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def workbook(n: Numbers, *, sheets: bool = False, merged: bool = True) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet, y = book.active, 1
    sheet.cell(y, 1, published.TITLE)
    found = tables(n)
    for name, heading in published.HEADINGS.items():
        if sheets:
            sheet, y = book.create_sheet(heading), 0
        else:
            sheet.cell(y + 1, 1, heading)
        y += 2
        for words in published.NARRATIVES.get(name, []):
            sheet.cell(y, 1, words)
            y += 1
        for rows in found.get(name, []):
            y = _sheet_table(sheet, y, rows, merged=merged)
    return book


def _sheet_table(sheet, top: int, rows: Rows, *, merged: bool) -> int:
    for y, x, words, tall, wide in _placed(rows):
        sheet.cell(top + y, x + 1, int(words) if words.isdigit() else words)
        if merged and tall * wide > 1:
            sheet.merge_cells(
                start_row=top + y,
                start_column=x + 1,
                end_row=top + y + tall - 1,
                end_column=x + wide,
            )
    return top + len(rows) + 1
