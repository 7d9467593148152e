"""The charts any province may switch on. Each is a pure function: Report → Chart, or None."""

from collections.abc import Iterator

from toolkit import Amount, Chart, Item, Report, Series, Table, item_name

from .earlier_years import earlier_years

_SECTION = "applications"
_RESULTS = "results"
_TOTAL = "total"


def applications_by_result(report: Report) -> Chart | None:
    """Results of the year, one bar a kind, of all applicants together."""
    table = _table(report)
    rows = tuple(_kinds(table)) if table else ()
    if table is None or not rows:
        return None
    numbers = tuple(_sum(report, table.path, row) for row in rows)
    return Chart(
        "applications-by-result",
        f"{report.year}年政府信息公开申请办理结果",
        tuple(item_name(row[-1]) for row in rows),
        (Series("办理结果", numbers),),
    )


def applications_by_year(report: Report) -> Chart | None:
    """Applications received and dealt with, this year beside those in ``earlier_years``.

    A single year has nothing beside it, and is no chart.
    """
    earlier = earlier_years(report)
    if not earlier:
        return None
    new = (*(year.new for year in earlier), _cell(report, "new"))
    results = (*(year.results for year in earlier), _cell(report, _RESULTS))
    years = (*(year.year for year in earlier), report.year)
    return Chart(
        "applications-by-year",
        f"{years[0]}—{years[-1]}年政府信息公开申请数量",
        tuple(f"{year}年" for year in years),
        (Series("本年新收", new), Series("办理结果总计", results)),
        layout="columns",
    )


def _table(report: Report) -> Table | None:
    section = next((s for s in report.form.sections if s.id == _SECTION), None)
    return section.tables[0] if section and section.tables else None


def _kinds(table: Table) -> Iterator[tuple[Item, ...]]:
    """Yield the kinds of result, each with the groups above it; the total is left out."""
    for row in table.rows:
        if row.id == _RESULTS:
            yield from ((row, kind) for kind in row.items if not kind.derived)


def _sum(report: Report, above: tuple[str, ...], row: tuple[Item, ...]) -> Amount:
    """Add the total column up over all rows below; None if one of them is not filled in."""
    steps = tuple(item.id for item in row[:-1] if item.id)
    total = 0
    for chain in row[-1].chains():
        path = (*above, *steps, *(item.id for item in chain if item.id), _TOTAL)
        value = report.cells.get(path)
        if not isinstance(value, int):
            return None
        total += value
    return total


def _cell(report: Report, row: str) -> Amount:
    path = (_SECTION, row, _TOTAL) if row != _RESULTS else (_SECTION, row, _TOTAL, _TOTAL)
    value = report.cells.get(path)
    return value if isinstance(value, int) else None
