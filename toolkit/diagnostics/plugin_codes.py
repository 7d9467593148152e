"""What is demanded of a plugin: the codes of ``nianbao plugins check``, stable for ever."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.diagnostics.finding import Finding, Position, Severity
from toolkit.messages import Text, text


@dataclass(frozen=True, slots=True)
class Demand:
    """One demand: how much it weighs, and what it says."""

    severity: Severity
    title: Text


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

DEMANDS: Mapping[str, Demand] = {
    "P101": Demand(_E, text("The plugin loads, and its hooks answer as hookspecs.py says.")),
    "P102": Demand(_E, text("The declaration is whole: code, name, files, functions.")),
    "P103": Demand(_E, text("The plugin was written for the contract of this program.")),
    "P104": Demand(_E, text("Name, code and rule codes are no other plugin's.")),
    "P111": Demand(_E, text("opening() gives the words of every report it serves.")),
    "P112": Demand(_W, text("opening() speaks of the report's own year.")),
    "P113": Demand(_E, text("extra() gives a mapping of printable values for every report.")),
    "P114": Demand(_E, text("A format names a module that can be imported and has render().")),
    "P201": Demand(_E, text("A form of the plugin is valid.")),
    "P301": Demand(_E, text("A template can be opened: a plain .docx or UTF-8 text.")),
    "P302": Demand(_E, text("A tag closes in the paragraph it opens in.")),
    "P303": Demand(_N, text("A tag is written in one piece.")),
    "P304": Demand(_E, text("A tag stands where it is filled, in half-width braces.")),
    "P305": Demand(_E, text("A tag for a paragraph, row or cell stands alone in it.")),
    "P306": Demand(_E, text("What a tag begins (if, for …) is ended in the same place.")),
    "P307": Demand(_E, text("A tag can be read.")),
    "P308": Demand(_E, text("Filters, tests and macros that are used exist.")),
    "P309": Demand(_E, text("Files a template names are in the template folders.")),
    "P310": Demand(_E, text("A template does only what the sandbox allows.")),
    "P311": Demand(_E, text("A template can be filled with every report it serves.")),
    "P312": Demand(_W, text("A Word template has no comments and no tracked changes.")),
    "P401": Demand(_E, text("Every name a template uses exists, for every form it serves.")),
    "P402": Demand(_E, text("A tag prints text or numbers, not a whole object.")),
    "P403": Demand(_W, text("A block replaces one that the national page has.")),
    "P404": Demand(_W, text("Every field of the form is printed.")),
    "P405": Demand(_E, text("Numbers are added to and compared with numbers, text with text.")),
    "P501": Demand(_W, text("Every style that is used is defined.")),
    "P502": Demand(_N, text("A font is one that offices have.")),
    "P503": Demand(_E, text("Pages ask for nothing outside the template folders.")),
    "P601": Demand(_E, text("A rule has a bad and a good example.")),
    "P602": Demand(_E, text("A rule finds its bad example.")),
    "P603": Demand(_E, text("A rule lets its good example pass.")),
    "P701": Demand(_W, text("The plugin shows itself at work in an example.")),
    "P702": Demand(_E, text("An example passes the checks.")),
    "P703": Demand(_E, text("An example is made in every format.")),
    "P704": Demand(_E, text("The same report gives the same bytes, anywhere and at any time.")),
    "P801": Demand(_E, text("The plugin asks nothing of the network.")),
    "P802": Demand(_E, text("The plugin touches no files but its own, and writes none.")),
    "P803": Demand(_E, text("The plugin starts no other program.")),
    "P901": Demand(_N, text("The Word template is filled the fast way.")),
}
"""Code → demand."""


def miss(
    code: str,
    place: str | Position,
    message: Text,
    remedy: Text | None = None,
    *,
    severity: Severity | None = None,
    field: str = "",
) -> Finding:
    """Make the finding of a code of `DEMANDS`; ``place`` may be ``file:line:column``."""
    position = place if isinstance(place, Position) else at(place)
    demand = DEMANDS[code]
    return Finding(code, severity or demand.severity, position, (), field, message, remedy)


def at(place: str) -> Position:
    """Read ``file``, ``file:line`` or ``file:line:column``."""
    match = _PLACE.fullmatch(place)
    if match is None:
        return Position(place)
    return Position(match[1], int(match[2]), int(match[3] or 1))


_PLACE = re.compile(r"(.+?):(\d+)(?::(\d+))?")
