"""Words as outlines, for pictures that carry no font."""

from dataclasses import dataclass

from toolkit.fonts import glyphs
from toolkit.fonts.choice import assign
from toolkit.fonts.glyphs import Stroke


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line of words as outlines.

    Lengths are in ems, from the left end of the baseline, upwards. ``missing`` are characters
    that no face has; they are not drawn.
    """

    strokes: tuple[Stroke, ...]
    width: float
    missing: tuple[str, ...]


def outlines(words: str, role: str) -> Drawn:
    """Draw a line of words in the faces of a role. Equal fonts give equal outlines."""
    given = {c: face for face, part in assign(words, role).items() for c in part}
    strokes: list[Stroke] = []
    at = 0.0
    for character in words:
        face = given.get(character)
        if face is None:
            continue
        shape, advance = glyphs.outline(face.path, face.index, character)
        strokes.extend((kind, tuple((x + at, y) for x, y in points)) for kind, points in shape)
        at += advance
    return Drawn(tuple(strokes), at, tuple(c for c in dict.fromkeys(words) if c not in given))
