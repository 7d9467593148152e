"""The official faces for one PDF: small subsets, handed to WeasyPrint as @font-face.

One role (title, heading, subheading, body) is set in several faces: Chinese in one, letters in
another, rare characters in a third, each with its own part of the characters. A style sheet
names them all as ``font-family: var(--body, …)``.
"""

import re
import struct
from collections.abc import Mapping
from functools import lru_cache

from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration

from toolkit.fonts import ROLES, Face, assign, chain, keep_glyphs, subset
from toolkit.fonts.half import half_width
from toolkit.render.typesetting.punctuation import CLOSING, OPENING

ADDRESS = "nianbao-font:"
"""Scheme under which the fetcher hands out subsets; nothing else answers to it."""

ASCENT, DESCENT = 0.88, 0.12
"""Of the em, for every face: faces of one line must not push it off the grid of 22."""


HALF = "half-width"
"""Family of the marks that are half as wide, for the roles that set marks in the same face."""

_SIGNS = re.compile("([\u231a-\u2bff\U0001f000-\U0001faff])\ufe0f?")

_NOT_SHOWN = re.compile(r"/\*.*?\*/|font-family:[^;}]*", re.DOTALL)
_ESCAPE = re.compile(r"\\([0-9A-Fa-f]{1,6})")


def as_text(html: str) -> str:
    """Ask for the text form of every sign (Unicode's variation selector 15).

    Pango looks for a sign such as 😀 among the system's emoji fonts before ours; the selector
    keeps it to the faces of the page. It draws nothing and is not copied out of the PDF.
    """
    return _SIGNS.sub("\\1\ufe0e", html)


def font_files(characters: Mapping[str, frozenset[str]]) -> dict[str, bytes]:
    """Cut every face to its part of the characters of one document.

    Each has a space besides: Pango sets one in the face of the character before it.

    Args:
        characters: role → what is set in it.

    Returns:
        ``"body-0"``, ``"body-1"`` … → a whole font file, the number being the face's place in
        the chain of its role; `HALF` → the marks of running text.
    """
    files = {
        f"{role}-{chain(role).index(face)}": _cut(face, part | {" "})
        for role in ROLES
        for face, part in assign(characters[role], role).items()
    }
    if half := _half_width_marks():
        files[HALF] = half
    return files


@lru_cache(maxsize=1)
def _half_width_marks() -> bytes:
    """Make the half-width marks of running text; empty where its face has none."""
    marks = assign(CLOSING | OPENING, "body")
    face = max(marks, key=lambda face: len(marks[face]), default=None)
    narrow = half_width(face, marks[face]) if face else b""
    return with_one_height(narrow) if narrow else b""


@lru_cache(maxsize=64)
def _cut(face: Face, characters: frozenset[str]) -> bytes:
    return with_one_height(subset(face, characters))


def by_role(texts: Mapping[tuple[str, ...], frozenset[str]]) -> dict[str, frozenset[str]]:
    """Gather the characters of each role from those of lists of families."""
    letters: dict[str, set[str]] = {role: set() for role in ROLES}
    for families, characters in texts.items():
        for role in {family.rpartition("-")[0] for family in families} & letters.keys():
            letters[role] |= characters
    return {role: frozenset(characters) for role, characters in letters.items()}


@lru_cache(maxsize=64)
def letters_of_sheet(css: str) -> frozenset[str]:
    """Collect the characters that a style sheet may put on a page; escapes are resolved."""
    shown = _NOT_SHOWN.sub("", css)
    escaped = (chr(int(code, 16)) for code in _ESCAPE.findall(shown) if int(code, 16) < 0x110000)
    return frozenset(shown).union(escaped)


def font_face_rules(files: Mapping[str, bytes]) -> str:
    """Write the @font-face rules of the subsets.

    Each file needs a family of its own: WeasyPrint takes two files of one family for one font
    and mixes their glyphs up.
    """
    return "\n".join(
        f'@font-face{{font-family:{name};src:url("{ADDRESS}{name}")}}' for name in files
    )


def role_families() -> tuple[CSS, str]:
    """Name each role's families in a variable: all of its chain, whatever a document uses.

    Returns:
        A style sheet, parsed, and its text.
    """
    return _families(tuple((role, len(chain(role))) for role in ROLES))


@lru_cache(maxsize=4)
def _families(chains: tuple[tuple[str, int], ...]) -> tuple[CSS, str]:
    families = (
        f"--{role}:{','.join(f'{role}-{place}' for place in range(length))};"
        for role, length in chains
    )
    css = f":root{{{''.join(families)}}}"
    return CSS(string=css), css


class DocumentFaces(FontConfiguration):  # type: ignore[misc]  # WeasyPrint has no types
    """The faces of one document of ours; it is set by our rules, others of the process are not."""


class DocumentFonts(dict[object, object]):
    """The fonts of a WeasyPrint document; each is cut to its used glyphs by our own HarfBuzz.

    WeasyPrint would use a system library, or without it fontTools, which takes seconds and
    writes the time into the font. This way every machine writes the same bytes, at once.
    """

    def __setitem__(self, key: object, font: object) -> None:
        """Take a font in, as WeasyPrint meets it while it paints."""
        font.subset = _Cut(font)  # type: ignore[attr-defined]
        super().__setitem__(key, font)


class _Cut:
    """Stands in for the method ``subset`` of one of WeasyPrint's fonts."""

    def __init__(self, font: object) -> None:
        self._font = font

    def __call__(self, to_unicode: Mapping[int, str], hinting: bool) -> None:
        font = self._font
        content = keep_glyphs(font.file_content, frozenset(to_unicode), font.index)  # type: ignore[attr-defined]
        font.file_content = content  # type: ignore[attr-defined]


def with_one_height(font: bytes) -> bytes:
    """Return the font with the ascent and descent all our faces share, and no line gap."""
    made = bytearray(font)
    (count,) = struct.unpack_from(">H", made, 4)
    tables = {}
    for record in range(12, 12 + 16 * count, 16):
        tables[bytes(made[record : record + 4])] = (
            record,
            *struct.unpack_from(">LL", made, record + 8),
        )
    (em,) = struct.unpack_from(">H", made, tables[b"head"][1] + 18)
    up, down = round(ASCENT * em), round(DESCENT * em)
    struct.pack_into(">hhh", made, tables[b"hhea"][1] + 4, up, -down, 0)
    if b"OS/2" in tables:
        struct.pack_into(">hhhHH", made, tables[b"OS/2"][1] + 68, up, -down, 0, up, down)
    for tag in (b"hhea", b"OS/2"):
        if tag in tables:
            record, start, length = tables[tag]
            struct.pack_into(">L", made, record + 4, _checksum(bytes(made[start : start + length])))
    return bytes(made)


def _checksum(table: bytes) -> int:
    padded = table + b"\0" * (-len(table) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}L", padded)
    return sum(words) & 0xFFFFFFFF
