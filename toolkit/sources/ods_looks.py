"""How the cells of an OpenDocument spreadsheet look: which are unseen, and which crossed out."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from toolkit.sources.number_formats import BLACK, WHITE, Look

_S = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_F = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_DEEPEST = 9
"""Styles that a style may be made of, one of another."""

Element = etree._Element


@dataclass(frozen=True, slots=True)
class _Style:
    parent: str
    ink: str
    ground: str
    strike: str


def looks(*parts: Element | None) -> dict[str, Look]:
    """Return the look of each style of cells and of words; those of the first parts count first."""
    styles: dict[str, _Style] = {}
    for part in parts:
        for name, style in _styles(part) if part is not None else ():
            styles.setdefault(name, style)
    return {name: _look(style, styles) for name, style in styles.items()}


def _styles(part: Element) -> Iterator[tuple[str, _Style]]:
    for style in part.iter(f"{_S}style"):
        if style.get(f"{_S}family") in ("table-cell", "text"):
            words = style.find(f"{_S}text-properties")
            cell = style.find(f"{_S}table-cell-properties")
            line = _of(words, f"{_S}text-line-through-style") or _of(
                words, f"{_S}text-line-through-type"
            )
            ink, ground = _of(words, f"{_F}color"), _of(cell, f"{_F}background-color")
            parent = style.get(f"{_S}parent-style-name") or ""
            yield style.get(f"{_S}name") or "", _Style(parent, ink, ground, line)


def _of(properties: Element | None, name: str) -> str:
    return "" if properties is None else properties.get(name) or ""


def _look(style: _Style, styles: dict[str, _Style]) -> Look:
    chain = [style]
    while (parent := styles.get(chain[-1].parent)) and len(chain) < _DEEPEST:
        chain.append(parent)
    ink = _colour(next((one.ink for one in chain if one.ink), ""), BLACK)
    ground = _colour(next((one.ground for one in chain if one.ground), ""), WHITE)
    strike = next((one.strike for one in chain if one.strike), "none")
    return Look(is_unseen=ink == ground, is_struck=strike != "none")


def _colour(word: str, automatic: str) -> str:
    return word.lstrip("#").upper() if word.startswith("#") else automatic
