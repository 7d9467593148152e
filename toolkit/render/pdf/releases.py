"""Which way PDFs take on this machine; asking loads WeasyPrint.

Fonts are cut by HarfBuzz inside uharfbuzz on every machine, so no way takes seconds for them.
Pages are laid out the quick way with releases of WeasyPrint whose insides are known; what else
is done with its insides, where the parts are those known. See `toolkit.render.pdf.weasyprint`.
"""

from importlib.metadata import PackageNotFoundError, version

from toolkit.messages import Text, text
from toolkit.render.pdf import weasyprint
from toolkit.render.pdf.weasyprint import FONTS, LINES, QUICK, SPLITS, TAGS

KNOWN = {"weasyprint": ("70.0",), "pydyf": ("0.13.0",)}
"""Releases that the room `quick` was tried with; to add one, run the tests with it."""

_PLAIN = frozenset((LINES, SPLITS, TAGS, FONTS))
"""Without these a page is not what our templates ask for; the rest is only for speed."""

_failures: list[str] = []
"""What went wrong inside WeasyPrint in this process; after one, all is left to WeasyPrint."""


def uses() -> frozenset[str]:
    """Return what may be done with the insides of the installed WeasyPrint."""
    if _failures:
        return frozenset()
    known = {use for use in _PLAIN if not weasyprint.unlike(use)}
    if known == _PLAIN and not unknown() and not weasyprint.unlike(QUICK):
        known.add(QUICK)
    return frozenset(known)


def is_quick() -> bool:
    """Check whether pages are laid out the quick way."""
    return QUICK in uses()


def give_up(error: Exception) -> None:
    """Leave pages to WeasyPrint from now on: its insides failed where its own way did not."""
    _failures.append(f"{type(error).__name__}: {error}")


def failures() -> tuple[str, ...]:
    """Return what went wrong inside WeasyPrint in this process."""
    return tuple(_failures)


def forget_failures() -> None:
    """Try the insides of WeasyPrint again."""
    _failures.clear()


def unknown() -> tuple[str, ...]:
    """Name the installed libraries, with their releases, that are not known."""
    return tuple(
        f"{name} {release}" for name in KNOWN if (release := _version(name)) not in KNOWN[name]
    )


def layout() -> Text:
    """Report how pages are laid out, and why it is not the quick way."""
    if _failures:
        return text(
            "WeasyPrint's own way, since ours failed inside it ({problem}); please report it",
            problem=_failures[0],
        )
    if problem := weasyprint.absent():
        return text("not at all: WeasyPrint cannot be loaded ({problem})", problem=problem)
    usable = uses()
    if QUICK in usable:
        return text("quick")
    if lost := sorted(_PLAIN - usable):
        return text(
            "in part WeasyPrint's own way, so lines and tables may end otherwise: {parts} inside "
            "{release} is not what is known here",
            parts=_differing(*lost),
            release=f"weasyprint {_version('weasyprint')}",
        )
    return _plain_way()


def _plain_way() -> Text:
    if releases := unknown():
        return text(
            "the plain way, which takes about twice as long: {releases} is not known here; "
            "known are {known}",
            releases=", ".join(releases),
            known=", ".join(f"{name} {' '.join(known)}" for name, known in KNOWN.items()),
        )
    return text(
        "the plain way, which takes about twice as long: {parts} inside {release} is not what is "
        "known here",
        parts=_differing(QUICK),
        release=f"weasyprint {_version('weasyprint')}",
    )


def _differing(*uses: str) -> str:
    parts = (part for use in uses for part in weasyprint.unlike(use))
    return ", ".join(dict.fromkeys(parts))


def fonts() -> Text:
    """Report what cuts fonts to the characters of a document."""
    return text(
        "cut by uharfbuzz {version}; no system library is used", version=_version("uharfbuzz")
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "0"
