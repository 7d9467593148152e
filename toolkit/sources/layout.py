"""N108: what has become of a workbook's layout, and texts that stand in its rows."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from toolkit.diagnostics import Finding, Position, Severity
from toolkit.errors import SourceError
from toolkit.messages import Text, text
from toolkit.sources import faults, marks
from toolkit.sources.node import Scalar
from toolkit.sources.xlsx import Sheet

_CODE = "N108"
_RESTORE = text("Undo that, or make a new workbook from this one with “nianbao workbook”.")


def _fault(position: Position, message: Text, remedy: Text) -> Finding:
    return faults.fault(_CODE, position, message, remedy)


def with_password(file: str) -> SourceError:
    """N101: the workbook is locked away, or no workbook at all."""
    return SourceError(
        [
            faults.fault(
                "N101",
                Position(file),
                text("The workbook has a password, or is an old .xls with another ending."),
                text("Open it in its own program and save it as .xlsx without a password."),
            )
        ]
    )


def not_ours(file: str) -> SourceError:
    """N106: a spreadsheet that was not made to be filled in."""
    return SourceError(
        [
            faults.fault(
                "N106",
                Position(file),
                text("The spreadsheet was not made by “nianbao workbook”."),
                text(
                    "Make one with “nianbao workbook” and fill it in; “nianbao import” reads"
                    " published tables."
                ),
            )
        ]
    )


def foreign(file: str, sheet: Sheet) -> Iterator[Finding]:
    """A sheet somebody added; it is not read, and that is said."""
    if sheet.cells:
        position = Position(file, 0, 0, sheet.name, "A1", sheet.number)
        message = text("The sheet “{sheet}” belongs to no form; it is not read.", sheet=sheet.name)
        remedy = text("Keep it if it holds notes only.")
        found = _fault(position, message, remedy)
        yield replace(found, severity=Severity.NOTE)


def copied(file: str, sheet: Sheet, first: Sheet) -> Finding:
    """A sheet that is there twice."""
    position = Position(file, 1, 1, sheet.name, "A1", sheet.number)
    message = text(
        "The sheet “{sheet}” is a copy of “{first}”.", sheet=sheet.name, first=first.name
    )
    return _fault(position, message, text("Keep one of the two."))


def missing_sheets(file: str, sheet: Sheet, known: Collection[str]) -> Iterator[Finding]:
    """Sheets that were deleted; any sheet that is left knows of them."""
    head = sheet.cells.get(1, {}).get(4)
    for name, label in marks.unlisted(head.words if head else "").items():
        if name not in known:
            message = text("The sheet “{sheet}” is missing.", sheet=label)
            yield _fault(Position(file), message, _RESTORE)


def missing_rows(
    position: Position, expected: Mapping[str, str], seen: Collection[str]
) -> Iterator[Finding]:
    """Rows of the form that were deleted."""
    for name, label in expected.items():
        if name not in seen:
            yield _fault(position, text("The row “{label}” is missing.", label=label), _RESTORE)


def missing_columns(
    position: Position, expected: Mapping[str, str], columns: Mapping[int, str]
) -> Iterator[Finding]:
    """Columns of the form that were deleted."""
    for name, label in expected.items():
        if name not in columns.values():
            yield _fault(position, text("The column “{label}” is missing.", label=label), _RESTORE)


def copied_row(position: Position) -> Finding:
    """A row whose id stands twice in one sheet."""
    message = text("This row is a copy of another one.")
    return _fault(position, message, text("Keep one of the two."))


def twice(position: Position, first: Position, path: tuple[str, ...]) -> Finding:
    """N105: two cells for one field."""
    return faults.fault(
        "N105",
        position,
        text(
            "This field stands twice; first in {sheet}!{cell}.", sheet=first.sheet, cell=first.cell
        ),
        text("Keep one of the two."),
        path=path,
    )


def stray(position: Position, words: str) -> Finding:
    """Something in a row or column that was inserted."""
    shown = words if len(words) <= 40 else f"{words[:39]}…"
    return _fault(
        position,
        text("“{words}” stands where the form has no place.", words=shown),
        text("Move it to its cell, and delete the row or column that was inserted."),
    )


def broken_formula(position: Position, words: str) -> Finding:
    """``#REF!`` and its like."""
    return _fault(
        position,
        text("The formula gives no number but “{words}”.", words=words),
        text("Write the number itself; in a cell of totals, clear the cell."),
    )


def no_result(position: Position) -> Finding:
    """A formula whose result no program has worked out."""
    return _fault(
        position,
        text("A formula stands here without its result."),
        text("Open the workbook in LibreOffice, WPS or Excel, save it once, and retry."),
    )


def paragraphs(start: Position, lines: Iterable[tuple[Position, str]]) -> Scalar:
    """Join the rows of a text, an empty row being an empty line; the last empty ones fall off.

    The cell of its position is an area (``C5:C9``) where each row is a line, so that a line
    is found again by counting.
    """
    by_row = {place.line: words for place, words in lines}
    first = start.line
    last = max((row for row, words in by_row.items() if words), default=first)
    rows = [by_row.get(row, "") for row in range(first, last + 1)]
    words = "\n".join(rows)
    single = not any("\n" in row for row in rows)
    if last > first and single:
        start = replace(start, cell=f"{start.cell}:{marks.reference(last, start.column)}")
    return Scalar(words, words, start, plain=False)
