"""Table cells laid out once: a report's tables have the same labels, and few different numbers.

Half of the time of a PDF went into laying out some two hundred cells of one short text each.
How the lines of such a cell come out depends on its style, its width and its text alone; so it
is computed with the cell's corner at (0, 0), remembered, and every cell gets a copy moved to
its place. The first cell is moved in the same way as all later ones: a report has the same
bytes whether it is made first or last.

The same holds for the lengths that a style gives a box, by `percentages`.

Source: the layout of WeasyPrint; see `toolkit.render.pdf.quick.layout` for the versions it knows.
"""

from collections.abc import Callable
from math import inf
from typing import Any

from toolkit.render.pdf.quick.styles import signature
from toolkit.render.pdf.weasyprint import boxes

Box = Any
Key = tuple[Any, ...]
Layout = Callable[..., tuple[Any, ...]]

_MOST_CELLS = 5000
"""Remembered layouts; they take about 2 KB each."""

_cells: dict[Key, "_Laid | None"] = {}
_lengths: dict[Key, dict[str, Any]] = {}


def forget() -> None:
    """Forget every cell: how a report comes out does not depend on what is remembered."""
    _cells.clear()
    _lengths.clear()


class _Laid:
    """The lines of one cell whose corner is at (0, 0), and what else its layout tells."""

    __slots__ = ("bottom", "height", "lines", "page")

    def __init__(self, cell: Box, sources: list[Box], page: object) -> None:
        places = {id(source.element): place for place, source in enumerate(sources)}
        self.lines = [_detached(line, places) for line in cell.children]
        self.height = cell.height
        self.page = page
        last = cell.children[-1]
        self.bottom = last.position_y + last.height + cell.border_bottom_width + cell.padding_bottom


def cell_layout(ordinary: Layout) -> Layout:
    """Wrap WeasyPrint's ``block_container_layout``, for cells of tables."""

    def lay_out(
        context: Any, box: Box, bottom_space: float, skip_stack: Any, *more: Any, **rest: Any
    ) -> tuple[Any, ...]:
        if type(box) is not boxes.TableCellBox:
            return ordinary(context, box, bottom_space, skip_stack, *more, **rest)
        sources: list[Box] = []
        key = None if skip_stack or context.footnotes else _cell_key(box, sources)
        laid = _laid(ordinary, context, box, key, sources) if key else None
        if laid is None or context.overflows_page(bottom_space, box.position_y + laid.bottom):
            return ordinary(context, box, bottom_space, skip_stack, *more, **rest)
        made = box.copy_with_children([_placed(line, box, sources) for line in laid.lines])
        made.height = laid.height
        return made, None, {"break": "any", "page": laid.page}, [], False, None

    return lay_out


def _laid(ordinary: Layout, context: Any, box: Box, key: Key, sources: list[Box]) -> _Laid | None:
    """Look the cell up, or lay it out at (0, 0) and remember how it came out."""
    if key in _cells:
        return _cells[key]
    trial = box.copy()
    trial.position_x = trial.position_y = 0
    made, resume_at, next_page, _margins, _through, _lines = ordinary(
        context,
        trial,
        -inf,
        None,
        page_is_empty=True,
        absolute_boxes=[],
        fixed_boxes=[],
        adjoining_margins=None,
        first_letter_style=None,
        first_line_style=None,
        discard=False,
        max_lines=None,
    )
    if len(_cells) >= _MOST_CELLS:
        _cells.clear()
    whole = resume_at is None and made is not None and made.children and made.position_y == 0
    _cells[key] = _Laid(made, sources, next_page["page"]) if whole else None
    return _cells[key]


def _cell_key(cell: Box, sources: list[Box]) -> Key | None:
    """Report all that the lines of a cell depend on; None for a cell that is not simple.

    ``sources`` is filled with the cell and the inline boxes in it, in order.
    """
    style = signature(cell.style)
    if style is None or len(cell.children) != 1 or cell.first_letter_style or cell.first_line_style:
        return None
    content = _inline_key(cell.children[0], boxes.LineBox, sources)
    if content is None:
        return None
    sources.insert(0, cell)
    return (
        style,
        cell.width,
        cell.height,
        cell.margin_top,
        cell.padding_top,
        cell.padding_right,
        cell.padding_bottom,
        cell.padding_left,
        cell.border_top_width,
        cell.border_right_width,
        cell.border_bottom_width,
        cell.border_left_width,
        cell.min_height,
        cell.max_height,
        content,
    )


def _inline_key(box: Box, kind: Any, sources: list[Box]) -> Key | None:
    style = signature(box.style)
    if style is None or type(box) is not kind:
        return None
    spaces = (box.leading_collapsible_space, box.trailing_collapsible_space)
    if kind is boxes.TextBox:
        return (style, box.text, *spaces)
    parts: list[Key] = []
    for child in box.children:
        inner = boxes.TextBox if type(child) is boxes.TextBox else boxes.InlineBox
        if inner is boxes.InlineBox:
            sources.append(child)
        key = _inline_key(child, inner, sources)
        if key is None or child.is_leader or child.style["anchor"]:
            return None
        parts.append(key)
    return (kind.__name__, style, *spaces, *parts)


def _detached(box: Box, places: dict[int, int]) -> Box:
    """Copy a laid-out box for keeping: its element becomes a number, so no document is held."""
    kept = box.copy()
    kept.element = places.get(id(box.element), 0)
    if box.children:
        kept.children = [_detached(child, places) for child in box.children]
    elif hasattr(box, "pango_layout"):
        box.pango_layout.kept = True  # shared by all copies, so `texts` may know it again
    return kept


def _placed(kept: Box, cell: Box, sources: list[Box]) -> Box:
    """Copy a kept box for one cell, at the cell's place."""
    box = kept.copy()
    box.element = sources[kept.element].element
    box.position_x += cell.position_x
    box.position_y += cell.position_y
    box.remove_decoration_sides = set(kept.remove_decoration_sides)
    if kept.children:
        box.children = [_placed(child, cell, sources) for child in kept.children]
    return box


def percentages(ordinary: Callable[[Box, Any], None]) -> Callable[[Box, Any], None]:
    """Wrap WeasyPrint's ``resolve_percentages``: lengths of a box in its containing block."""

    def resolve(box: Box, containing_block: Any) -> None:
        style = signature(box.style)
        if style is None:
            ordinary(box, containing_block)
            return
        if isinstance(containing_block, tuple):
            width, height = containing_block
        else:
            width, height = containing_block.width, containing_block.height
        own = box.__dict__
        borders = (
            own.get("border_top_width"),
            own.get("border_right_width"),
            own.get("border_bottom_width"),
            own.get("border_left_width"),
        )
        key = (style, width, height, *borders)
        lengths = _lengths.get(key)
        if lengths is None:
            ordinary(box, containing_block)
            if len(_lengths) >= _MOST_CELLS:
                _lengths.clear()
            _lengths[key] = {name: own[name] for name in _LENGTHS}
        else:
            own.update(lengths)

    return resolve


_SIDES = ("top", "right", "bottom", "left")
_LENGTHS = (
    *(f"margin_{side}" for side in _SIDES),
    *(f"padding_{side}" for side in _SIDES),
    *(f"border_{side}_width" for side in _SIDES),
    *(f"{bound}{axis}" for bound in ("", "min_", "max_") for axis in ("width", "height")),
)
