"""Characters no data file may hold: controls, marks inside it, foreign line ends (N107)."""

import re

from toolkit.diagnostics import Finding, Position
from toolkit.messages import Text, text
from toolkit.sources.faults import fault

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
    "\ufeff\ufffe\uffff]"
)
"""What XML, PDF, a reader's eye or the counting of lines would stumble over."""
_UNREADABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""Those of them that keep YAML from reading a text, or would end a line for it."""
_MOST = 50
"""How many of them are told of one file."""


def readable(content: str, file: str) -> tuple[str, list[Finding]]:
    """Put a blank for each character that YAML stumbles over, and tell where each stands."""
    found: list[Finding] = []
    for match in _UNREADABLE.finditer(content):
        if len(found) >= _MOST:
            break
        line = content.count("\n", 0, match.start()) + 1
        column = match.start() - content.rfind("\n", 0, match.start())
        found.append(fault("N107", Position(file, line, column), *words(match[0])))
    return (_UNREADABLE.sub(" ", content), found) if found else (content, found)


def words(character: str) -> tuple[Text, Text]:
    """Return what a forbidden character is, and what to do."""
    code = ord(character)
    if character in "\x85\u2028\u2029":
        return (
            text("A line end of another kind (U+{code:04X}) stands here.", code=code),
            text("Delete it, and press Enter where a new line begins."),
        )
    if character == "\ufeff":
        return (
            text("A mark of the start of a file (U+FEFF) stands here; nobody sees it."),
            text("Delete it; it was pasted along."),
        )
    return (
        text("A control character (U+{code:04X}) stands here.", code=code),
        text("Delete it; it has no place in a report."),
    )
