"""Where font files are on this machine."""

import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

OWN_FOLDER = "NIANBAO_FONT_DIR"
"""Variable that names one more folder, looked into before all others."""

_LARGEST = 20_000
"""How many files of one folder are looked at; a font folder has fewer."""


def own_folder() -> Path | None:
    """Return the folder that `OWN_FOLDER` names, if it is set."""
    named = os.environ.get(OWN_FOLDER, "")
    return Path(named) if named else None


def folders() -> tuple[Path, ...]:
    """Return the folders looked into, in this order; they need not exist."""
    own = own_folder()
    return (*((own,) if own else ()), Path(sys.prefix) / "share/nianbao/fonts", *_of_the_system())


def _of_the_system() -> Iterator[Path]:
    home = os.environ.get("HOME", "")
    if home:
        yield from (Path(home) / ".local/share/fonts", Path(home) / ".fonts")
        yield Path(home) / "Library/Fonts"
    yield from map(
        Path,
        (
            "/usr/local/share/fonts",
            "/usr/share/fonts",
            "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
            "/usr/share/texmf/fonts/opentype",
            "/Library/Fonts",
        ),
    )


@lru_cache(maxsize=32)
def files_in(folder: Path) -> dict[str, Path]:
    """List the font files under a folder by their names in lower case.

    Of two files with one name the one whose path sorts first counts. A folder that cannot be
    read has none.
    """
    found: dict[str, Path] = {}
    seen = 0
    for place, inner, names in os.walk(folder):
        inner.sort()
        for name in sorted(names):
            if name.lower().endswith((".ttf", ".otf", ".ttc", ".otc")):
                found.setdefault(name.lower(), Path(place) / name)
        seen += len(names)
        if seen > _LARGEST:
            break
    return found


def find(names: tuple[str, ...], own_only: bool) -> Iterator[Path]:
    """Yield every file with one of the names, in the order of names and then of folders."""
    own = own_folder()
    places = ((own,) if own else ()) if own_only else folders()
    for name in names:
        for folder in places:
            path = files_in(folder).get(name.lower())
            if path is not None:
                yield path
