"""The findings made while a file is read: N101 to N108."""

from toolkit.diagnostics import Finding, Position, Severity
from toolkit.errors import SourceError
from toolkit.limits import limits, variable
from toolkit.messages import Text, text


def fault(
    code: str,
    position: Position,
    message: Text,
    remedy: Text,
    *,
    path: tuple[str, ...] = (),
    length: int = 1,
) -> Finding:
    """Make a finding of error severity about how a file is written."""
    name = ".".join(path)
    return Finding(code, Severity.ERROR, position, path, name, message, remedy, length=length)


def unreadable(position: Position, problem: str) -> SourceError:
    """N101: the file breaks the rules of YAML."""
    return SourceError([fault("N101", position, *_syntax(problem))])


def tab(position: Position) -> SourceError:
    """N101: a tab indents, which YAML does not allow."""
    message = text("A tab stands where only spaces may stand.")
    return SourceError([fault("N101", position, message, text("Indent with spaces, two a level."))])


def broken_json(position: Position, problem: str) -> SourceError:
    """N101: the file breaks the rules of JSON; ``problem`` is how Python's reader calls it."""
    message, remedy = next((w for p, w in _JSON.items() if problem.startswith(p)), _ELSE)
    return SourceError([fault("N101", position, message, remedy)])


def _syntax(problem: str) -> tuple[Text, Text]:
    """Word what libyaml says, of which nothing is shown: it speaks to programmers."""
    for part, message, remedy in _KNOWN:
        if part in problem:
            return message, remedy
    return _ELSE


_ELSE = (
    text("The file cannot be read from here on."),
    text(
        "Look at this line and the one above: the blanks before it, the colon with a blank after "
        "its name, commas, quotation marks and brackets in pairs, all half-width."
    ),
)
_INDENT = text("Check that this line is indented like its neighbours and that its key has a colon.")
_COMMA = text("Look for a comma, a bracket or a brace missing before this place, or full-width.")
_KNOWN: tuple[tuple[str, Text, Text], ...] = (
    ("could not find expected ':'", text("A key has no colon after it."), _INDENT),
    (
        "mapping values are not allowed",
        text("A colon stands where none may stand."),
        text("Put the text in quotes, or write it as a block after “|”."),
    ),
    ("did not find expected ','", text("A comma or a closing sign is missing."), _COMMA),
    ("did not find expected key", text("The indentation does not fit the lines above."), _INDENT),
    (
        "while scanning a quoted scalar",
        text("A quotation mark does not close."),
        text("Close the quotes on the same line, or write the text as a block after “|”."),
    ),
    (
        "cannot start any token",
        text("A text may not begin with this sign."),
        text('Put the whole text in " ".'),
    ),
    (
        "while parsing a quoted scalar",
        text("A backslash means something else between double quotation marks."),
        text("Write \\\\ for a backslash, or take away the quotation marks."),
    ),
)
_QUOTES = text("Names and texts stand in half-width double quotation marks, and end with one.")
_JSON: dict[str, tuple[Text, Text]] = {
    "Expecting property name enclosed in double quotes": (
        text("A name in double quotation marks is expected here."),
        text(
            "Look for a comma too many before this place, or for “ ” in place of half-width marks."
        ),
    ),
    "Expecting ':' delimiter": (
        text("A half-width colon is expected here."),
        text("Write : after the name."),
    ),
    "Expecting ',' delimiter": (text("A comma or a closing sign is missing."), _COMMA),
    "Expecting value": (
        text("A value is missing here, or is not in quotation marks."),
        text("Write a number, true, false, null, or a text in half-width double quotation marks."),
    ),
    "Unterminated string starting at": (text("A quotation mark does not close."), _QUOTES),
    "Invalid control character at": (
        text("A text breaks off in this line, or holds a tab."),
        text("Write \\n for a line break and \\t for a tab."),
    ),
    "Invalid \\escape": (
        text("A backslash means something else between double quotation marks."),
        text("Write \\\\ for a backslash, or take away the quotation marks."),
    ),
    "Extra data": (
        text("The file goes on after its end."),
        text("Look for a closing brace too early, or for a second report in the file."),
    ),
}


def over_limit(name: str, position: Position, message: Text) -> SourceError:
    """N103: a limit of `toolkit.limits` is passed; the remedy says which, and how to raise it."""
    remedy = text(
        "If the file is right, set {variable} above {limit}.",
        variable=variable(name),
        limit=getattr(limits(), name),
    )
    return SourceError([fault("N103", position, message, remedy)])


_WRITTEN_OUT = text(
    "Write the value out in its place; put a text that begins with & * or ! in quotation marks."
)


def forbidden(position: Position, message: Text, remedy: Text | None = None) -> Finding:
    """N104: something YAML allows and a data file may not have."""
    return fault("N104", position, message, remedy or _WRITTEN_OUT)


def duplicate(position: Position, key: str, first: Position, path: tuple[str, ...]) -> Finding:
    """N105: a key that stands twice; YAML itself would keep the last and say nothing."""
    return fault(
        "N105",
        position,
        text("“{key}” stands twice; first on line {line}.", key=key, line=first.line),
        text("Keep one of the two."),
        path=path,
        length=len(key),
    )


def not_a_mapping(position: Position) -> SourceError:
    """N106: the top of the file is a list or a single value, or the file is empty."""
    return SourceError(
        [
            fault(
                "N106",
                position,
                text("The file holds no report: keys with values are expected at its top."),
                text("Start from “nianbao new FILE”, which writes a file to fill in."),
            )
        ]
    )
