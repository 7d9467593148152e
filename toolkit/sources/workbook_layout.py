"""N108: what has become of a workbook's layout, and texts that stand in its rows."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from toolkit.diagnostics import Finding, Position, Severity
from toolkit.errors import SourceError
from toolkit.messages import Text, plural, text
from toolkit.sources import faults, workbook_ids
from toolkit.sources.node import Scalar
from toolkit.sources.number_formats import HIDDEN
from toolkit.sources.tree import Path
from toolkit.sources.xlsx import Filled, Sheet

_CODE = "N108"
_ZEROS = re.compile(r"0\d+\Z")
"""A number filled up with zeros, such as a postal code; the same number to who reads it."""
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
    for name, label in workbook_ids.unlisted(head.words if head else "").items():
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


def broken_formula(position: Position, words: str, path: Path) -> Finding:
    """``#REF!`` and its like."""
    message = text("The formula gives no number but “{words}”.", words=words)
    remedy = text("Write the number itself; in a cell of totals, clear the cell.")
    return replace(_fault(position, message, remedy), path=path)


def no_result(position: Position, path: Path) -> Finding:
    """A formula whose result no program has worked out."""
    message = text("A formula stands here without its result.")
    remedy = text("Open the workbook in LibreOffice, WPS or Excel, save it once, and retry.")
    return replace(_fault(position, message, remedy), path=path)


def _warning(position: Position, message: Text, remedy: Text) -> Finding:
    return replace(_fault(position, message, remedy), severity=Severity.WARNING)


def looks_otherwise(position: Position, filled: Filled) -> Iterator[Finding]:
    """A value that a reader of the sheet sees as another one, crossed out, or not at all."""
    words, remedy = filled.words, text("Give the cell the format of a plain number.")
    if filled.is_unseen or filled.shown == HIDDEN:
        message = text("“{words}” stands here, where nobody sees it; it is read.", words=words)
        yield _warning(position, message, text("Show it, or clear the cell."))
    elif filled.shown and not _ZEROS.match(filled.shown):
        message = text(
            "The cell shows {shown}, and holds {words}, which is read.",
            shown=filled.shown, words=words,
        )  # fmt: skip
        yield _warning(position, message, remedy)
    if filled.is_struck:
        message = text("“{words}” is crossed out here; it is read.", words=words)
        yield _warning(position, message, text("Clear the cell, or take the line away."))


def hidden(position: Position) -> Finding:
    """A row, a column or a sheet with values that nobody sees."""
    message = text("What stands here is hidden; it is read.")
    return _warning(position, message, text("Show it, and look whether it is right."))


def merged(position: Position) -> Finding:
    """A cell of the form that was joined with its neighbour."""
    message = text("Cells of the form were merged here; what stood in the others is lost.")
    return _fault(position, message, text("Unmerge them, and fill in each."))


def commented(position: Position, count: int) -> Finding:
    """Comments on cells, which are not read."""
    message = plural("A comment stands here, and is not read.",
                     "{n} comments stand on this sheet, the first here, and are not read.",
                     count)  # fmt: skip
    found = _fault(position, message, text("Write into the cells what is to be printed."))
    return replace(found, severity=Severity.NOTE)


def other_version(file: str) -> SourceError:
    """N106: a workbook whose ids another version wrote."""
    message = text("The workbook was made by another version of nianbao, and is not read.")
    remedy = text("Make a new one with “nianbao workbook”, and copy the values into it.")
    return SourceError([faults.fault("N106", Position(file), message, remedy)])


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
        start = replace(start, cell=f"{start.cell}:{workbook_ids.reference(last, start.column)}")
    return Scalar(words, words, start, plain=False)
