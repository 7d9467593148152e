"""The charts of one report in a template: drawn before it is filled, and none forgotten."""

import importlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from toolkit.errors import TemplateError
from toolkit.messages import text
from toolkit.render.request import RenderRequest
from toolkit.view.model import ChartView, View

if TYPE_CHECKING:
    from toolkit.render.charts.picture import Picture

PICTURE = "nianbao-chart:"
"""Scheme under which the PDF's fetcher hands out drawings."""

_WORDS = ("fragment", "text")
"""Media that tell a chart's numbers instead of drawing them."""


@dataclass(slots=True)
class Pictures:
    """What ``{{ picture(chart) }}`` puts in, for one document.

    A page gets the drawing itself, a PDF a reference to it; a fragment gets its numbers in
    words, since content management systems throw drawings away, and so does plain text.
    """

    medium: str
    drawn: dict[str, "Picture"]
    printed: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, view: View, medium: str) -> "Pictures":
        """Draw what the medium shows.

        Raises:
            EnvironmentFault: matplotlib is not installed, or a font lacks a character.
        """
        return cls(medium, {} if medium in _WORDS else drawn(view, "svg"))

    def __call__(self, chart: ChartView) -> Markup:
        """Put one chart in, and remember that it is."""
        self.printed.add(chart.id)
        if self.medium in _WORDS:
            return escape(f"图{chart.number}数据：{chart.description}")
        if self.medium == "screen":
            return Markup(self.drawn[chart.id].data.decode())  # noqa: S704  our own drawing
        picture = Markup('<img src="{}{}" alt="{}">')
        return picture.format(PICTURE, chart.id, chart.description)

    def all_printed(self, request: RenderRequest) -> None:
        """See that no chart was left out.

        Raises:
            TemplateError: one was.
        """
        for chart in request.view.charts:
            if chart.id not in self.printed:
                raise forgotten(chart, request)


def forgotten(chart: ChartView, request: RenderRequest) -> TemplateError:
    """Report that a template prints a table's cells by hand and forgets its chart."""
    problem = text(
        "the template does not print “{caption}”; a chart comes with its whole table"
        " (table.{table}); “charts: false” in the data file leaves charts out",
        caption=chart.caption,
        table=chart.chart.after,
    )
    return TemplateError(request.plugin, problem, request.template)


def drawings(view: View) -> dict[str, bytes]:
    """Return the SVG of each chart, by its id."""
    return {name: picture.data for name, picture in drawn(view, "svg").items()}


def drawn(view: View, kind: str) -> dict[str, "Picture"]:
    """Draw every chart, as ``"svg"`` or ``"png"``; matplotlib is not asked where there is none.

    Raises:
        EnvironmentFault: matplotlib is not installed, or a font lacks a character.
    """
    if not view.charts:
        return {}
    draw = getattr(importlib.import_module("toolkit.render.charts.picture"), kind)
    return {chart.id: draw(chart.chart) for chart in view.charts}
