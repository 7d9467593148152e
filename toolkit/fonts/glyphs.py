"""What a font file holds, and how a small one is cut out of it, by HarfBuzz.

HarfBuzz comes inside uharfbuzz, so no system library is needed and every machine cuts alike.
"""

import hashlib
import importlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from toolkit.fonts.cff import with_plain_numbers

_KEPT_NAMES = (0, 1, 2, 4, 6, 13, 14)
"""Entries of the name table that stay: copyright, names, licence."""
_KEPT_FEATURES = ("halt", "chws", "kern")
"""Layout that only moves glyphs. Features that exchange glyphs go: a glyph must stand for one
character, or text copied out of a PDF would be another."""
_DROPPED = ("GSUB", "BASE", "DSIG", "vhea", "vmtx", "VORG", "EBDT", "EBLC", "EBSC", "STAT")

Stroke = tuple[str, tuple[tuple[float, float], ...]]
"""``"move"``, ``"line"``, ``"quadratic"``, ``"cubic"`` or ``"close"``, and its points in ems."""


def _harfbuzz() -> Any:
    """Import HarfBuzz when it is first needed: a help page does without."""
    return importlib.import_module("uharfbuzz")


@lru_cache(maxsize=32)
def _font(path: Path, index: int) -> Any:
    hb = _harfbuzz()
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(path)), index))


def has(path: Path, index: int, character: str) -> bool:
    """Check whether a face has a glyph for a character; a file that is no font has none."""
    try:
        return bool(_font(path, index).get_nominal_glyph(ord(character)))
    except (OSError, _harfbuzz().HarfBuzzError):
        return False


@lru_cache(maxsize=32)
def characters(path: Path, index: int) -> frozenset[int]:
    """Return all code points a face has a glyph for."""
    return frozenset(_font(path, index).face.unicodes)


@lru_cache(maxsize=32)
def fingerprint(path: Path, index: int) -> str:
    """Return one version of a face from another: 16 hex digits, the same on every machine."""
    face = _font(path, index).face
    tables = [face.reference_table(tag).data for tag in ("head", "name", "maxp")]
    return hashlib.sha256(b"\0".join([str(index).encode(), *tables])).hexdigest()[:16]


@lru_cache(maxsize=64)
def keep_characters(path: Path, index: int, wanted: frozenset[str]) -> bytes:
    """Cut a face down to some characters; see `toolkit.fonts.subset`."""
    hb = _harfbuzz()
    order = _input()
    order.unicode_set.update(ord(character) for character in wanted)
    order.name_id_set.clear()
    order.name_id_set.update(_KEPT_NAMES)
    order.layout_feature_tag_set.clear()
    order.layout_feature_tag_set.update(_tag(name) for name in _KEPT_FEATURES)
    order.drop_table_tag_set.update(_tag(name) for name in _DROPPED)
    order.flags = hb.SubsetFlags.DESUBROUTINIZE | hb.SubsetFlags.NO_HINTING
    made = hb.subset(_font(path, index).face, order)
    return with_plain_numbers(bytes(made.blob.data))


def keep_glyphs(font: bytes, glyphs: frozenset[int], index: int = 0) -> bytes:
    """Cut a font down to glyphs by number, each keeping its number.

    For a program that has laid its text out already and names glyphs by number. Layout tables
    go; glyphs after the last one wanted go.

    Args:
        font: a whole OpenType or TrueType file.
        glyphs: their numbers; 0 (.notdef) is always kept.
        index: which face of a collection.

    Returns:
        A whole font file. Equal arguments give equal bytes.
    """
    hb = _harfbuzz()
    order = _input()
    order.glyph_set.update(glyphs)
    order.drop_table_tag_set.update(_tag(name) for name in (*_DROPPED, "GPOS", "GDEF"))
    flags = hb.SubsetFlags
    order.flags = flags.RETAIN_GIDS | flags.DESUBROUTINIZE | flags.NO_HINTING
    made = hb.subset(hb.Face(hb.Blob(font), index), order)
    return bytes(made.blob.data)


def _input() -> Any:
    return _harfbuzz().SubsetInput()


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"), "big")


@lru_cache(maxsize=4096)
def outline(path: Path, index: int, character: str) -> tuple[tuple[Stroke, ...], float]:
    """Return the outline of a character and how far it advances, in ems; see `toolkit.fonts`."""
    font = _font(path, index)
    glyph = font.get_nominal_glyph(ord(character))
    em = font.face.upem
    pen = _Pen(em)
    font.draw_glyph_with_pen(glyph, pen)
    return tuple(pen.strokes), font.get_glyph_h_advance(glyph) / em


class _Pen:
    """Takes an outline from HarfBuzz."""

    def __init__(self, em: int) -> None:
        self.strokes: list[Stroke] = []
        self._em = em

    def _take(self, kind: str, *points: tuple[float, float]) -> None:
        self.strokes.append((kind, tuple((x / self._em, y / self._em) for x, y in points)))

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802  the pen's own names
        self._take("move", point)

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._take("line", point)

    def qCurveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._take("quadratic", *points)

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._take("cubic", *points)

    def closePath(self) -> None:  # noqa: N802
        self._take("close")

    def endPath(self) -> None:  # noqa: N802
        self._take("close")
