"""Where schemas/, templates/ and plugins/ are, in a checkout and in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "_bundled"
ROOT = _BUNDLED if _BUNDLED.is_dir() else _PACKAGE.parent
"""Folder that holds the three rooms: ``toolkit/_bundled`` when installed, else the checkout."""


def schemas() -> Path:
    """Folder of the form definitions and the schemas of data files."""
    return ROOT / "schemas"


def templates() -> Path:
    """Folder of the national templates and of the skeletons."""
    return ROOT / "templates"


def plugins() -> Path:
    """Folder of the bundled province plugins."""
    return ROOT / "plugins"
