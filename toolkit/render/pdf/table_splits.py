"""Closes the part of a table that a page ends with.

WeasyPrint draws no line where a page cuts a cell that spans rows, so that the part on the first
page would be open below its groups of rows.
"""

from typing import Any

from weasyprint.layout import block

from toolkit.render.pdf.line_breaking import ChineseLines

_table_layout = block.table_layout


def table_layout(context: Any, table: Any, *more: Any, **rest: Any) -> Any:
    """Lay a table out; stands in for WeasyPrint's function of this name."""
    made = _table_layout(context, table, *more, **rest)
    part, resume_at = made[:2]
    if part is not None and resume_at and isinstance(part.style.font_config, ChineseLines):
        _close(part)
    return made


block.table_layout = table_layout


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
