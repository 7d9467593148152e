"""Lets a table run over pages where keeping it whole would leave much of a page empty.

A table that a style sheet keeps on one page (``break-inside: avoid``) moves to the next one where
it does not fit. Where more than about a third of the page would stay empty it is laid out from
there on, and split between two rows; its rows of headers repeat.
"""

from typing import Any

from weasyprint.layout import block

from toolkit.render.pdf_breaks import ChineseLines

_ENOUGH = 0.25
"""Part of a sheet below the table's top: with its heading, about a third of the type area."""

_table_layout = block.table_layout


def table_layout(
    context: Any,
    table: Any,
    bottom_space: float,
    skip_stack: Any,
    containing_block: Any,
    page_is_empty: bool,
    *more: Any,
) -> Any:
    """Lay a table out; stands in for WeasyPrint's function of this name."""
    if skip_stack is None and _is_to_stay_whole(context, table):
        room = context.page_bottom - bottom_space - table.position_y
        if room > _ENOUGH * context.page_bottom:
            table = table.copy()
            table.style = table.style.copy()
            table.style["break_inside"] = "auto"
        elif not page_is_empty and _least_height(table) > room:
            return None, None, {"break": "any", "page": None}, [], False
    made = _table_layout(
        context, table, bottom_space, skip_stack, containing_block, page_is_empty, *more
    )
    part, resume_at = made[:2]
    if part is not None and resume_at is not None:
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


def _is_to_stay_whole(context: Any, table: Any) -> bool:
    return (
        table.style["break_inside"] == "avoid"
        and not context.in_column
        and isinstance(table.style.font_config, ChineseLines)
    )


def _least_height(table: Any) -> float:
    """Say how high a table is at least, in px: there is no need to lay it out to see it."""
    rows = sum(len(group.children) for group in table.children)
    height: float = rows * table.style["font_size"]
    return height
