"""Which charts a report has."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from toolkit.charts.model import Chart
from toolkit.charts.national import applications_by_result, applications_by_year
from toolkit.report import Report

Drawer = Callable[[Report], Chart | None]
"""Gives a chart of a report, or None where there is nothing to show. Pure."""

NATIONAL: Mapping[str, Drawer] = MappingProxyType(
    {
        "applications_by_result": applications_by_result,
        "applications_by_year": applications_by_year,
    }
)
"""The charts a province may name."""


def chosen(report: Report, declared: Sequence[str | Drawer]) -> tuple[Chart, ...]:
    """Give the charts of a report, in order.

    Those the province declares; none where the data file says ``charts: false``; the national
    ones where it says ``charts: true`` and the province declares none. A chart whose numbers
    are all 0 is left out: its table says so already.

    Raises:
        ValueError: two charts have one id, or one names a table that the form does not have.
        TypeError: a function gave something else than a chart.
    """
    wish = report.get("charts")
    if wish is False:
        return ()
    wanted = declared or (tuple(NATIONAL) if wish is True else ())
    made = []
    for each in wanted:
        chart = NATIONAL[each](report) if isinstance(each, str) else each(report)
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
