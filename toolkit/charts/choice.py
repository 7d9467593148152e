"""Which charts a report has."""

from collections.abc import Callable, Mapping, Sequence

from toolkit.charts.model import Chart
from toolkit.report import Report

Drawer = Callable[[Report], Chart | None]
"""Gives a chart of a report, or None where there is nothing to show. Pure."""


def chosen(
    report: Report, declared: Sequence[str | Drawer], known: Mapping[str, Drawer]
) -> tuple[Chart, ...]:
    """Return the charts of a report, in order.

    Those the province declares; none where the data file says ``charts: false``; those of the
    kind of report (``known``, by name) where it says ``charts: true`` and the province declares
    none. A chart whose numbers
    are all 0 is left out: its table says so already.

    Raises:
        ValueError: two charts have one id, or one names a table that the form does not have.
        TypeError: a function gave something else than a chart.
    """
    wish = report.get("charts")
    if wish is False:
        return ()
    wanted = declared or (tuple(known) if wish is True else ())
    made = []
    for each in wanted:
        draw = known.get(each) if isinstance(each, str) else each
        chart = draw(report) if draw else None
        if chart is not None and not isinstance(chart, Chart):
            raise TypeError(f"a chart was expected, not {type(chart).__name__}")
        if chart is not None and chart.shows:
            made.append(chart)
    _see_places(made, report)
    return tuple(made)


def _see_places(made: Sequence[Chart], report: Report) -> None:
    if len({chart.id for chart in made}) < len(made):
        raise ValueError("two charts have one id")
    tables = {section.id for section in report.form.sections if section.tables}
    for chart in made:
        if chart.after not in tables:
            raise ValueError(f"chart {chart.id!r}: there is no table {chart.after!r}")
