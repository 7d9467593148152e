"""Ends lines of Chinese text where the standard lets them end, with squeezed marks.

WeasyPrint leaves line breaking to Pango, which takes “ ” for marks of no side and so never
breaks beside them, and which has no squeezing of marks. Here WeasyPrint is given lines that are
broken after `toolkit.render.typesetting.punctuation`; Pango still measures and draws them,
with the marks that give up half of their width set in a face of half-width marks. No character
is put in or left out.
"""

import re
from collections.abc import Callable, Iterable
from math import inf
from typing import Any

from toolkit.render.pdf import weasyprint
from toolkit.render.pdf.fonts import HALF, DocumentFaces
from toolkit.render.pdf.weasyprint import FROM_UNITS, Layout, ffi, line_size
from toolkit.render.typesetting.labels import word_breaks
from toolkit.render.typesetting.punctuation import CLOSING, OPENING, breaks, phrase_end, squeezed

pango = weasyprint.pango()

TIGHTEST = 0.55
"""Characters that may be too many on a line: so much is taken from between the others, so that
a mark which may not begin the next line finds room."""

BETWEEN_WORDS = "break-word"
"""``overflow-wrap`` of labels: their lines end between words."""
_LONGEST_LABEL = 200

_CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_OTHER = re.compile("[\t-\r\xad\u0590-\u1cff\u2028\u2029\ua840-\uabff\ufb1d-\ufdff\ufe70-\ufefe]")
"""Control characters, and scripts that are shaped or run from right to left: Pango's."""


class Line(Layout):  # type: ignore[misc]  # WeasyPrint has no types
    """One line of text, its marks squeezed wherever it is measured or drawn.

    ``at_end``: a mark at its end takes half a character. ``natural`` is its width in px, which
    may be a little more than the room there is; `toolkit.render.pdf.justification` takes that back.
    """

    at_end = False
    natural = 0.0

    def set_text(self, text: str, justify: bool = False) -> None:
        """Take the text in."""
        super().set_text(text, justify)
        marks = squeezed(self.text, self.at_end)
        if not marks or not _has_half_width(self.style):
            return
        families = ",".join((HALF, *self.style["font_family"])).encode()
        attributes = pango.pango_layout_get_attributes(self.layout)
        if attributes == ffi.NULL:
            attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        for place in marks:
            half = pango.pango_attr_family_new(families)
            half.start_index = len(self.text[:place].encode())
            half.end_index = half.start_index + len(self.text[place].encode())
            pango.pango_attr_list_insert(attributes, half)
        pango.pango_layout_set_attributes(self.layout, attributes)


def _has_half_width(style: Any) -> bool:
    """Whether the text is set in the faces that the half-width marks go with."""
    return bool(style["font_family"][0].startswith(("body-", "subheading-")))


First = tuple[Any, int, int | None, float, float, float]
"""Layout, length in bytes, bytes to skip for the next line, width, height and baseline in px."""


def first_lines(ordinary: Callable[..., First]) -> Callable[..., First]:
    """Wrap WeasyPrint's ``split_first_line``, which cuts the first line off a text."""

    def split(
        text: str, style: Any, context: Any, max_width: float | None, *more: Any, **rest: Any
    ) -> First:
        if _is_ours(text, style, max_width):
            assert max_width is not None  # noqa: S101  _is_ours has seen to it
            if (first := _first_line(text, style, max_width)) is not None:
                return first
        return ordinary(text, style, context, max_width, *more, **rest)

    return split


def spaces(ordinary: Callable[..., None]) -> Callable[..., None]:
    """Wrap WeasyPrint's ``justify_line``, to leave lines of Chinese to `justification`.

    WeasyPrint would widen the few spaces there are, and lay the text out again without its
    squeezed marks.
    """

    def widen(context: Any, line: Any, *more: Any, **rest: Any) -> None:
        if not isinstance(line.style.font_config, DocumentFaces):
            ordinary(context, line, *more, **rest)

    return widen


REPLACED = {
    "weasyprint.layout.inline.split_first_line": first_lines,
    "weasyprint.layout.inline.justify_line": spaces,
}
"""Functions of WeasyPrint and what wraps them while a page is laid out."""


def _is_ours(text: str, style: Any, max_width: float | None) -> bool:
    return (
        isinstance(style.font_config, DocumentFaces)
        and max_width is not None
        and max_width != inf
        and style["white_space"] == "normal"
        and _CHINESE.search(text) is not None
        and _OTHER.search(text) is None
    )


def _first_line(text: str, style: Any, max_width: float) -> First | None:
    """Cut the first line off; ``None`` if no place in it will do."""
    size = style["font_size"]
    is_label = style["overflow_wrap"] == BETWEEN_WORDS
    head = (
        text if is_label and len(text) < _LONGEST_LABEL else text[: int(2.5 * max_width / size) + 8]
    )
    line = Line(style, max_width=max_width)
    line.set_text(head)
    edges = _edges(line, head, style)
    if edges[-1] <= max_width:
        return _measured(line, None, style, max_width) if head == text else None
    half = size / 2 if _has_half_width(style) else 0.0
    if style["text_align_all"] == "justify":
        place = _last_place(head, edges, max_width, half, TIGHTEST * size)
    else:
        places = word_breaks(head) if is_label else ()
        place = _last_place(head, edges, max_width, half, places=places)
        if place is None and places:
            place = _last_place(head, edges, max_width, half)
        if place and head == text:
            room = max_width
            ends = places or tuple(breaks(text))
            place = phrase_end(text, place, ends, lambda a, b: edges[b] - edges[a] <= room)
    if place is None:
        return None
    line.at_end = True
    line.set_text(head[:place].rstrip(" "))
    skip = len(head[:place].encode()) if place < len(text) else None
    return _measured(line, skip, style, max_width)


def _edges(line: Line, text: str, style: Any) -> list[float]:
    """Measure where each character of a line ends, in px; the first entry is 0."""
    first, _ = line.get_first_line()
    advances: dict[int, int] = {}
    run = first.runs
    while run != ffi.NULL:
        item = run.data
        glyphs, start = item.glyphs, item.item.offset
        for number in range(glyphs.num_glyphs):
            at = start + glyphs.log_clusters[number]
            advances[at] = advances.get(at, 0) + glyphs.glyphs[number].geometry.width
        run = run.next
    edges, at, reached = [0.0], 0, 0
    for character in text:
        reached += advances.get(at, 0)
        edges.append(reached * FROM_UNITS)
        at += len(character.encode())
    trimmed = line_size(first, style)[0] - edges[-1]
    return [edge + trimmed if edge else 0.0 for edge in edges]


def _last_place(
    text: str,
    edges: list[float],
    room: float,
    half: float,
    tight: float = 0,
    places: Iterable[int] = (),
) -> int | None:
    """Find where the line ends: as late as there is room, or a mark later if that is closer.

    ``half`` is what a mark at the end gives up, ``tight`` what may be taken from between the
    characters, both in px. ``places`` are those it may end at, if not all that the marks allow.
    """
    best, left = None, room
    for place in places or breaks(text):
        last = text[:place].rstrip(" ")
        if not last:
            continue
        width = edges[len(last)]
        if last[-1] in CLOSING and text[len(last)] not in CLOSING | OPENING:
            width -= half  # otherwise it meets another and is narrow already
        if width <= room:
            best = place
            left = room - width
            continue
        if best and last[-1] in CLOSING and width - room < min(left, tight):
            best = place
        break
    else:
        if edges[-1] - (half if text[-1] in CLOSING else 0) <= room:
            return len(text)
    return best


def _measured(line: Line, skip: int | None, style: Any, max_width: float) -> First:
    first, _ = line.get_first_line()
    width, height = line_size(first, style)
    line.natural = width
    baseline = pango.pango_layout_get_baseline(line.layout) * FROM_UNITS
    length = first.length
    line.deactivate()
    return line, length, skip, min(width, max_width), height, baseline
