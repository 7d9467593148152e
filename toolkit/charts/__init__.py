"""Charts as data: what a report shows beside its tables. Drawing is the business of `render`."""

from toolkit.charts.choice import Drawer, chosen
from toolkit.charts.model import Amount, Chart, Series

__all__ = ["Amount", "Chart", "Drawer", "Series", "chosen"]
