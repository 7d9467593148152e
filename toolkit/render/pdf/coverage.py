"""Characters that no face on this machine has, told by their places before a PDF is made."""

import unicodedata
from collections.abc import Iterator

from toolkit import fonts
from toolkit.diagnostics import Finding, Severity
from toolkit.errors import EnvironmentFault
from toolkit.forms import Path
from toolkit.messages import text
from toolkit.report import Report
from toolkit.sources.locate import Locator

CODE = "N181"


def need_fonts() -> None:
    """See that there is a font for every kind of text.

    Raises:
        EnvironmentFault: there is none for some; says which packages have them.
    """
    lacks = [lack for lack in fonts.missing() if lack.stands_in is None]
    if lacks:
        message = text(
            "No PDF can be made: this machine has no Chinese font. Install {packages}, or name a "
            "folder of fonts in NIANBAO_FONT_DIR; -f docx,html needs none, but for charts.",
            packages=", ".join(dict.fromkeys(lack.package for lack in lacks)),
        )
        raise EnvironmentFault(message)


def uncovered(report: Report) -> Iterator[Finding]:
    """Find every character of the data file that a PDF could show only as an empty box.

    Each character is told once a text, at its first place there.
    """
    locator = Locator(report.record.text)
    for path, value in _texts(report.record.document, ()):
        missing = dict.fromkeys(c for role in fonts.ROLES for c in fonts.uncovered(value, role))
        for character in sorted(missing, key=value.index):
            yield _finding(report, path, value, character, locator)


def _finding(report: Report, path: Path, value: str, character: str, locator: Locator) -> Finding:
    place = report.record.place(path)
    return Finding(
        CODE,
        Severity.ERROR,
        locator.inside(place.value, value, value.index(character)),
        path,
        place.field,
        text(
            "No font on this machine has the character “{character}” (U+{code:04X}{name}).",
            character=character,
            code=ord(character),
            name=f" {unicodedata.name(character)}" if unicodedata.name(character, "") else "",
        ),
        text("Write it otherwise, or make no PDF of this report."),
    )


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        yield path, "\n\n".join(str(item) for item in value)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*path, key))
