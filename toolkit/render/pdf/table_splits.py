"""Closes the part of a table that a page ends with.

WeasyPrint draws no line where a page cuts a cell that spans rows, so that the part on the first
page would be open below its groups of rows.
"""

from collections.abc import Callable
from typing import Any

from toolkit.render.pdf.fonts import DocumentFaces


def closed_parts(ordinary: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap WeasyPrint's ``table_layout``, which lays out the part of a table on one page."""

    def lay_out(context: Any, table: Any, *more: Any, **rest: Any) -> Any:
        made = ordinary(context, table, *more, **rest)
        part, resume_at = made[:2]
        if part is not None and resume_at and isinstance(part.style.font_config, DocumentFaces):
            _close(part)
        return made

    return lay_out


REPLACED = {"weasyprint.layout.block.table_layout": closed_parts}
"""The function of WeasyPrint and what wraps it while a page is laid out."""


def _close(part: Any) -> None:
    """Draw the table's last line below a part of it, under cells that go on as well."""
    if part.style["border_collapse"] != "collapse" or not part.children:
        return
    upright, level = part.collapsed_border_grid
    headers = len(part.children[0].children) if part.children[0].is_header else 0
    before = part.skipped_rows - headers if part.skipped_rows else 0
    end = before + sum(len(group.children) for group in part.children)
    if not part.children[-1].is_footer and end < len(level):
        part.collapsed_border_grid = (upright, [*level[:end], level[-1], *level[end + 1 :]])
