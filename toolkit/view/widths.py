"""Columns take the width that their numbers ask for; a table without the room turns on its side.

With ordinary counts the columns stay as the form's layout has them. A column with longer numbers
takes what it lacks from the labels first, then from columns with room to spare. No digit is set
narrower or smaller than 9 pt: a table that cannot give that much upright lies on its side, as
GB/T 9704-2012, 8 has it for wide tables.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from toolkit.view.model import TableView

UPRIGHT, ASIDE = 156.0, 225.0
"""Width of a table in mm: that of the type area, and its height."""
_NORMAL, _SMALL = 10.5, 9.0
"""Sizes of type in tables, in pt."""
_NARROW = 16.0
"""Columns thinner than this on average, in mm, are set in the small size when upright."""
_PT = 25.4 / 72
_CLEAR = 0.6
"""What stays clear on either side of a number, in mm: half a millimetre, and half of a line."""
_STUB = 34.0
"""What the innermost column of row labels keeps, in mm: ten characters of 9 pt to a line."""
_GIVING = ((0, 13.9), (1, 13.9), (-1, 41.8), (0, 10.7), (1, 10.7), (-1, _STUB))
"""In which order columns of row labels give width up, and down to what, in mm: the outer ones
until four characters fit, the innermost until twelve do, the outer ones until three do …"""

Turning = Literal["landscape", "upright", ""]


def arranged(table: TableView, turning: Turning = "") -> TableView:
    """Return a table the widths its numbers ask for.

    Args:
        table: one with the widths of its form; one without rows of headers is left as it is.
        turning: ``"landscape"`` lays it on its side in any case, ``"upright"`` in no case.
    """
    if not table.header_rows:
        return replace(table, landscape=turning == "landscape")
    lengths = _lengths(table)
    total = UPRIGHT
    for total in {"landscape": (ASIDE,), "upright": (UPRIGHT,)}.get(turning, (UPRIGHT, ASIDE)):
        for size in _sizes(table, total):
            start = [share * total for share in table.widths]
            widths = _spread(table, start, [_needed(length, size) for length in lengths])
            if widths is not None:
                kept = widths == start and size == _sizes(table, total)[0]
                fit = "" if kept or size == _NORMAL else "dense"
                return _with(table, widths, total, fit)
    return _with(table, _crowded(table, lengths, total), total, "crowded")


def _with(table: TableView, widths: Sequence[float], total: float, fit: str) -> TableView:
    shares = tuple(width / total for width in widths)
    same = all(abs(a - b) < 1e-9 for a, b in zip(shares, table.widths, strict=True))
    return replace(
        table, widths=table.widths if same else shares, landscape=total == ASIDE, fit=fit
    )


def _sizes(table: TableView, total: float) -> tuple[float, ...]:
    """Return the sizes of type to try, in pt; the first is the table's own."""
    narrow = total == UPRIGHT and total / table.columns < _NARROW
    return (_SMALL,) if narrow else (_NORMAL, _SMALL)


def _lengths(table: TableView) -> list[int]:
    """Return the characters of the longest number of each column; 0 for one of labels."""
    lengths = [0] * table.columns
    for row in table.rows[table.header_rows :]:
        for cell in row:
            if cell.numeric and len(cell.text) > lengths[cell.column]:
                lengths[cell.column] = len(cell.text)
    return lengths


def _needed(length: int, size: float) -> float:
    """Report how wide a column is for numbers of some length, in mm; a digit is half an em."""
    return length * size / 2 * _PT + 2 * _CLEAR if length else 0.0


def _spread(table: TableView, start: list[float], needed: list[float]) -> list[float] | None:
    """Widen the columns that lack room, at the cost of others; None if there is not enough."""
    widths = [max(pair) for pair in zip(start, needed, strict=True)]
    lacking = sum(widths) - sum(start)
    for column, floor in _giving(needed):
        given = min(lacking, max(0.0, widths[column] - floor))
        widths[column] -= given
        lacking -= given
    floors = [max(pair) for pair in zip(needed, _floors(table), strict=True)]
    spare = [
        max(0.0, width - floor) if need else 0.0
        for width, floor, need in zip(widths, floors, needed, strict=True)
    ]
    if lacking <= 1e-9:
        return widths
    if sum(spare) < lacking:
        return None
    return [w - lacking * own / sum(spare) for w, own in zip(widths, spare, strict=True)]


def _giving(needed: Sequence[float]) -> Iterator[tuple[int, float]]:
    """Name columns of row labels that may give width up, with what each keeps."""
    stubs = next((place for place, need in enumerate(needed) if need), 0)
    for place, floor in _GIVING:
        if -1 <= place < stubs - 1 and stubs:
            yield (place if place >= 0 else stubs - 1), floor


def _floors(table: TableView) -> list[float]:
    """Return what a column of numbers keeps for its label, in mm: two characters, or three."""
    floors = [0.0] * table.columns
    for row in table.rows[: table.header_rows]:
        for cell in row:
            if cell.scope == "col":
                characters = 3 if len(cell.text) % 2 else 2
                floors[cell.column] = characters * _SMALL * _PT + 2 * _CLEAR
    return floors


def _crowded(table: TableView, lengths: Sequence[int], total: float) -> list[float]:
    """Share the width out by what numbers ask for, where that is more than there is."""
    needed = [_needed(length, _SMALL) for length in lengths]
    widths = [share * total for share in table.widths]
    for column, floor in _giving(needed):
        widths[column] = min(widths[column], floor)
    left = total - sum(w for w, need in zip(widths, needed, strict=True) if not need)
    floors = [f if need else 0.0 for f, need in zip(_floors(table), needed, strict=True)]
    beyond = [max(0.0, need - floor) for need, floor in zip(needed, floors, strict=True)]
    share = max(0.0, left - sum(floors)) / (sum(beyond) or 1.0)
    return [
        floor + own * share if need else width
        for width, need, floor, own in zip(widths, needed, floors, beyond, strict=True)
    ]
