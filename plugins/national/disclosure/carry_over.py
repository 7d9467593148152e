"""What goes on from last year's report into this year's data file."""

from collections.abc import Mapping

from toolkit import CarryOver, Report

from .earlier_years import FIELD, earlier_years

_TOTALS = {
    "new": ("applications", "new", "total"),
    "results": ("applications", "results", "total", "total"),
}


def history(last: Report) -> tuple[Mapping[str, int], ...]:
    """Return the years before last as last year's file has them, and last year itself."""
    before = [{"year": e.year, "new": e.new, "results": e.results} for e in earlier_years(last)]
    totals = {name: last.cells.get(path) for name, path in _TOTALS.items()}
    known = {name: value for name, value in totals.items() if isinstance(value, int)}
    return (*before, {"year": last.year} | known) if len(known) == len(totals) else tuple(before)


def opening_cell(path: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the cell of last year's report that a cell of this year's begins with (件)."""
    if len(path) < 2 or path[-2] != "carried_over":
        return None
    return (*path[:-2], "carried_forward", path[-1])


CARRY_OVER = CarryOver(
    opening_cell=opening_cell,
    answered=("problems_and_improvements",),
    history_field=FIELD,
    history=history,
)
