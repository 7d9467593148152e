"""Which faces this machine has for a document, what they cover, and small subsets of them.

The only room that imports uharfbuzz, and only when a face is opened.
"""

from toolkit.fonts.choice import (
    Lack,
    assign,
    chain,
    coverage,
    faces,
    fingerprint,
    missing,
    subset,
    uncovered,
)
from toolkit.fonts.face import ROLES, Face
from toolkit.fonts.glyphs import keep_glyphs
from toolkit.fonts.outlines import Drawn, outlines

__all__ = [
    "ROLES",
    "Drawn",
    "Face",
    "Lack",
    "assign",
    "chain",
    "coverage",
    "faces",
    "fingerprint",
    "keep_glyphs",
    "missing",
    "outlines",
    "subset",
    "uncovered",
]
