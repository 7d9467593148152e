"""The SVG that matplotlib writes, made fit to stand inside a page."""

import re
from typing import Any

from lxml import etree

from toolkit.charts import Chart

_SVG = "{http://www.w3.org/2000/svg}"
_FRACTION = re.compile(r"-?\d+\.\d+")
_SPACES = re.compile(r"\s*([A-Za-z]|\s)\s*")
_NAMES: Any = {None: _SVG[1:-1]}
_NEEDLESS = ("metadata", "defs", "style", "title")


def tidy(data: bytes, chart: Chart, width: float, height: float) -> bytes:
    """Return one ``<svg>`` element: named and described, no style sheet, no ids but its own.

    The names of two charts on one page must differ, and a style sheet inside an SVG would
    reach the whole page.

    Args:
        data: a whole SVG file of matplotlib, without patterns and clips.
        chart: what it shows.
        width: in mm, as is the height.
        height: of the chart.
    """
    root = etree.fromstring(data, etree.XMLParser(remove_comments=True, remove_blank_text=True))
    for name in _NEEDLESS:
        for element in list(root.iter(f"{_SVG}{name}")):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
    for element in root.iter():
        element.attrib.pop("id", "")
        if "d" in element.attrib:
            element.set("d", _shorter(element.get("d", "")))
    made = etree.Element(f"{_SVG}svg", nsmap=_NAMES)
    made.set("viewBox", root.get("viewBox", ""))
    made.set("width", f"{width:.4g}mm")
    made.set("height", f"{height:.4g}mm")
    made.set("role", "img")
    made.set("aria-labelledby", f"chart-{chart.id}-title chart-{chart.id}-desc")
    _named(made, "title", f"chart-{chart.id}-title", chart.title)
    _named(made, "desc", f"chart-{chart.id}-desc", chart.description)
    made.extend(root)
    etree.cleanup_namespaces(made)
    return etree.tostring(made, encoding="unicode").encode()


def _shorter(path: str) -> str:
    """Write a path with hundredths of a point, a third of its length."""
    rounded = _FRACTION.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), path)
    return _SPACES.sub(r"\1", rounded).strip()


def _named(root: etree._Element, tag: str, name: str, words: str) -> None:
    element = etree.SubElement(root, f"{_SVG}{tag}", id=name)
    element.text = words
