"""Charts as data: what a report shows beside its tables. Drawing is the business of `render`."""

from toolkit.charts.choice import NATIONAL, Drawer, chosen
from toolkit.charts.earlier import EarlierYear, earlier_years
from toolkit.charts.model import Chart, Series
from toolkit.charts.national import applications_by_result, applications_by_year

__all__ = [
    "NATIONAL",
    "Chart",
    "Drawer",
    "EarlierYear",
    "Series",
    "applications_by_result",
    "applications_by_year",
    "chosen",
    "earlier_years",
]
