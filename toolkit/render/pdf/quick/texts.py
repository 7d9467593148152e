"""Draws a short text that stands in many cells from notes of the first time.

A report prints the same few numbers again and again. Pango shapes such a text once a document;
what was drawn is noted, and later cells draw from the notes.
"""

from collections.abc import Callable
from typing import Any

from toolkit.render.pdf.quick.styles import signature

Notes = list[tuple[str, tuple[Any, ...]]]
"""Methods of a stream with their arguments, in order."""

_NOTED = ("set_font_size", "show_text", "set_text_rise")


class _Pen:
    """Draws on a stream, and takes down which glyphs of which fonts."""

    def __init__(self, stream: Any) -> None:
        self.notes: Notes = []
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._stream, name)
        if name not in _NOTED:
            return method

        def noted(*arguments: Any) -> None:
            self.notes.append((name, arguments))
            method(*arguments)

        return noted


def repeated_texts(ordinary: Callable[..., None]) -> Callable[..., None]:
    """Wrap WeasyPrint's ``draw_text``, for the painting of one document."""
    known: dict[int, Notes] = {}

    def draw(stream: Any, box: Any, offset: float, overflow: str, ellipsis: Any) -> None:
        layout = box.pango_layout
        if not _is_repeated(box) or overflow != "clip" or ellipsis != "none":
            ordinary(stream, box, offset, overflow, ellipsis)
        elif (notes := known.get(id(layout))) is None:
            pen = _Pen(stream)
            ordinary(pen, box, offset, overflow, ellipsis)
            known[id(layout)] = pen.notes
        else:
            stream.set_color(box.style["color"])
            stream.begin_text()
            stream.set_text_matrix(1, 0, 0, -1, box.position_x, box.position_y + box.baseline)
            for name, arguments in notes:
                getattr(stream, name)(*arguments)
            stream.end_text()

    return draw


def _is_repeated(box: Any) -> bool:
    """Whether a text comes from the memory of cells, and is letters only: no line, no picture."""
    return (
        getattr(box.pango_layout, "kept", False)
        and signature(box.style) is not None
        and box.text.isascii()
        and box.style["text_decoration_line"] == "none"
        and box.style["visibility"] == "visible"
    )
