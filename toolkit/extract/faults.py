"""The findings of an extraction: E101 to E110, and I001 for a file that cannot be read."""

from toolkit.diagnostics import Finding, Position, Severity
from toolkit.errors import SourceError
from toolkit.forms import Path
from toolkit.importers.faults import refused, shown
from toolkit.messages import Text, plural, text

__all__ = ["refused"]

Name = tuple[Path, str, tuple[tuple[Position, Text], ...]]
"""A field of the data: its path, its label, its place in the data file."""
NO_FIELD: Name = ((), "", ())
"""Of what is no field of the data: a label of the form, a sentence of the province."""


def nothing_inside(place: Position) -> SourceError:
    """E101: a document without a data file."""
    return SourceError(
        [
            _finding(
                "E101",
                place,
                text("No data file travels inside this document."),
                text(
                    "Only documents that nianbao made carry one, and some programs drop it when"
                    " they save; look for the original, or read the text: nianbao import."
                ),
            )
        ]
    )


def damaged(place: Position, name: str) -> SourceError:
    """E102: the data file inside is not the one that was put in."""
    return SourceError(
        [
            _finding(
                "E102",
                place,
                text(
                    "The file “{name}” inside does not have the checksum noted beside it.",
                    name=shown(name),
                ),
                text("Somebody changed it, or the document is damaged; look for the original."),
            )
        ]
    )


def cell(place: Position, embedded: str, visible: str, name: Name) -> Finding:
    """E103: a cell shows something else than the data say."""
    return _finding(
        "E103",
        place,
        text(
            "The data say “{embedded}”, the document shows “{visible}”.",
            embedded=shown(embedded),
            visible=shown(visible),
        ),
        name=name,
    )


def paragraph(place: Position, embedded: str, visible: str, name: Name) -> Finding:
    """E104: a paragraph reads otherwise. Both are cut to where they part."""
    return _finding(
        "E104",
        place,
        text(
            "The data say “{embedded}”, the document shows “{visible}”.",
            embedded=embedded,
            visible=visible,
        ),
        name=name,
    )


def missing(place: Position, words: str, name: Name) -> Finding:
    """E105: a text of the data does not stand in the document."""
    message = text("The document lacks “{words}”.", words=shown(words))
    return _finding("E105", place, message, name=name)


def added(place: Position, words: str) -> Finding:
    """E106: the document says something that does not come from the data."""
    return _finding(
        "E106", place, text("“{words}” does not come from the data.", words=shown(words))
    )


def no_table(place: Position, caption: str) -> Finding:
    """E107: a whole table is missing."""
    return _finding(
        "E107", place, text("The table that begins “{words}” is missing.", words=shown(caption))
    )


def not_compared(place: Position, reason: Text, *, unchanged: bool, no_plugin: bool) -> Finding:
    """E108: the data could not be printed again, so that there is nothing to compare with."""
    if unchanged:
        message = text(
            "The data could not be printed again ({reason}); by the checksum noted inside, the"
            " text is still the one the document was made with.",
            reason=reason,
        )
        return _finding("E108", place, message, severity=Severity.NOTE)
    message = text(
        "Whether the text matches the data could not be found out: {reason}", reason=reason
    )
    remedy = text("Name its plugin: -p NAME, --plugin-dir DIR.") if no_plugin else None
    return _finding("E108", place, message, remedy)


def other_version(place: Position, made: str, here: str) -> Finding:
    """E109: differences may come from another version of the program."""
    return _finding(
        "E109",
        place,
        text(
            "The document was made with nianbao {made}, and is compared by {here}; what differs"
            " may come from there.",
            made=made,
            here=here,
        ),
        severity=Severity.NOTE,
    )


def more(place: Position, count: int) -> Finding:
    """E110: so many differences that not all are told."""
    return _finding("E110", place, plural("{n} more difference.", "{n} more differences.", count))


def _finding(
    code: str,
    place: Position,
    message: Text,
    remedy: Text | None = None,
    name: Name = NO_FIELD,
    severity: Severity = Severity.ERROR,
) -> Finding:
    path, field, related = name
    return Finding(code, severity, place, path, field, message, remedy, related=related)
