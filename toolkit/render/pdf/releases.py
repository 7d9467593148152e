"""Which way PDFs take on this machine; loads neither WeasyPrint nor a font.

Fonts are cut by HarfBuzz inside uharfbuzz on every machine, so no way takes seconds for them.
Pages are laid out the quick way with releases of WeasyPrint whose insides are known.
"""

from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version

from toolkit.messages import Text, text

KNOWN = {"weasyprint": ("70.0",), "pydyf": ("0.13.0",)}
"""Releases whose insides `pdf_layout` was tried with; to add one, run the tests with it."""


@lru_cache(maxsize=1)
def is_quick() -> bool:
    """Tell whether pages are laid out the quick way."""
    return not unknown()


def unknown() -> tuple[str, ...]:
    """Name the installed libraries, with their releases, that are not known."""
    return tuple(
        f"{name} {found}" for name in KNOWN if (found := _version(name)) not in KNOWN[name]
    )


def layout() -> Text:
    """Say how pages are laid out, and what would make it quicker."""
    if is_quick():
        return text("quick")
    return text(
        "the plain way, which takes about twice as long: {releases} is not known here; "
        "known are {known}",
        releases=", ".join(unknown()),
        known=", ".join(f"{name} {' '.join(releases)}" for name, releases in KNOWN.items()),
    )


def fonts() -> Text:
    """Say what cuts fonts to the characters of a document."""
    return text(
        "cut by uharfbuzz {version}; no system library is used", version=_version("uharfbuzz")
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "0"
