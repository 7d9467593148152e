"""Fills lines to the edge of the type area.

A line ends early where the next character may not begin one (，。）), or where digits of half a
width stand in it. Justified text in WeasyPrint widens spaces, and Chinese has none; so what is
missing is spread between the characters, as GB/T 9704-2012, 5.2.3 asks (撑满版心).
"""

from collections.abc import Iterator
from typing import Any

from toolkit.render.pdf.line_breaking import TIGHTEST
from toolkit.render.pdf.structure import blocks
from toolkit.render.pdf.weasyprint import page_box

WIDEST = 4.5
"""Characters that may be missing; a line shorter than that was ended on purpose."""

Box = Any
"""A box of WeasyPrint's layout, which has no types."""


def fill_lines(document: Any) -> None:
    """Fill the lines of all justified text of a laid-out WeasyPrint document, in place."""
    final: dict[Any, Box] = {}
    justified = []
    for page in document.pages:
        for block in blocks(page_box(page)):
            if _is_justified(block):
                final[block.element] = block  # the last part of it, where pages cut it
                justified.append(block)
    for block in justified:
        lines = block.children[:-1] if final[block.element] is block else block.children
        for line in lines:
            _fill(line, block.content_box_x() + block.width)


def _is_justified(box: Box) -> bool:
    children = getattr(box, "children", ())
    return bool(
        children
        and type(children[0]).__name__ == "LineBox"
        and box.style["text_align_all"] == "justify"
    )


def _fill(line: Box, right: float) -> None:
    """Spread what is missing on one line between its characters."""
    texts = list(_texts(line))
    gaps = sum(len(box.text) for box in texts) - 1
    if gaps < 1:
        return
    missing = right - (texts[-1].position_x + _natural(texts[-1]))
    size = texts[0].style["font_size"]
    if abs(missing) < 0.01 or not -TIGHTEST * size < missing < WIDEST * size:
        return
    before = 0
    for box in texts:
        box.position_x += before * missing / gaps
        style = box.style.copy()
        spacing = style["letter_spacing"]
        style["letter_spacing"] = (0 if spacing == "normal" else spacing) + missing / gaps
        box.style = style
        before += len(box.text)


def _natural(text: Box) -> float:
    """Return the width of a piece of text in px, even where it is more than its box has."""
    width: float = getattr(text.pango_layout, "natural", 0) or text.width
    return width


def _texts(line: Box) -> Iterator[Box]:
    return (box for box in line.descendants() if type(box).__name__ == "TextBox")
