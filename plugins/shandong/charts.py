"""A chart of the table that Shandong's own form adds. Habit: offices there print charts."""

from toolkit import Chart, Report, Series


def proposals(report: Report) -> Chart | None:
    """Show 建议 and 提案 received, completed and made public; None on the national forms."""
    if report.form.id != "shandong-2021":
        return None
    table = report.form.section("proposals").tables[0]
    rows = [row for row in table.rows if not row.derived]
    series = []
    for column in table.columns:
        paths = [(*table.path, row.id, column.id) for row in rows]
        values = [report.cells[path] for path in paths]
        numbers = tuple(value if isinstance(value, int) else None for value in values)
        series.append(Series(column.label, numbers))
    return Chart(
        id="proposals-by-kind",
        title=f"{report.year}年人大代表建议和政协提案办理结果公开情况",
        categories=tuple(row.label for row in rows),
        series=tuple(series),
        after="proposals",
    )
