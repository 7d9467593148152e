"""A small face of marks that are half as wide as others of their font.

A squeezed mark could as well be drawn with the next character moved over its blank half; but
then programs that read text out of a PDF see two characters overlap, and break the line there.
"""

import io
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from toolkit.fonts import glyphs
from toolkit.fonts.face import Face


def half_width(face: Face, characters: Iterable[str]) -> bytes:
    """Cut a face down to marks, each half as wide and moved to where its ink fits.

    Returns:
        A whole font file; a mark whose ink is wider than half a character is not in it. Empty
        where none fits. Equal faces and characters give equal bytes; the last are remembered.
    """
    return _half_width(face, frozenset(characters))


@lru_cache(maxsize=8)
def _half_width(face: Face, characters: frozenset[str]) -> bytes:
    whole = glyphs.keep_characters(face.path, face.index, characters)
    font = TTFont(io.BytesIO(whole), recalcTimestamp=False)
    names, em = font.getBestCmap(), font["head"].unitsPerEm
    shifts = {point: _shift(font, name, em) for point, name in names.items()}
    fitting = frozenset(chr(point) for point, shift in shifts.items() if shift is not None)
    if not fitting:
        return b""
    if fitting != characters:
        return _half_width(face, fitting)
    for point, name in names.items():
        _narrow(font, name, shifts[point] or 0, em // 2)
    font["hhea"].advanceWidthMax = em
    made = io.BytesIO()
    font.save(made, reorderTables=None)
    return made.getvalue()


def _shift(font: Any, name: str, em: int) -> int | None:
    """Find how far a glyph moves so that its ink lies within half an em; ``None`` if it cannot."""
    pen = BoundsPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(pen)
    if pen.bounds is None or font["hmtx"][name][0] < em:
        return None
    left, right = round(pen.bounds[0]), round(pen.bounds[2])
    if right <= em // 2:
        return 0
    return em // 2 - em if left >= em - em // 2 else None


def _narrow(font: Any, name: str, shift: int, width: int) -> None:
    """Draw a glyph anew at its place."""
    drawn = font.getGlyphSet()[name]
    move = (1, 0, 0, 1, shift, 0)
    bearing = font["hmtx"][name][1] + shift
    if "CFF " in font:
        strings = font["CFF "].cff[0].CharStrings
        private, subroutines = strings[name].private, strings[name].globalSubrs
        stated = None if width == private.defaultWidthX else width - private.nominalWidthX
        pen = T2CharStringPen(stated, None)
        drawn.draw(TransformPen(pen, move))
        strings[name] = pen.getCharString(private, subroutines)
    else:
        pen = TTGlyphPen(None)
        drawn.draw(TransformPen(pen, move))
        font["glyf"][name] = pen.glyph()
    font["hmtx"][name] = (width, bearing)
