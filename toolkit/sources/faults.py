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
    """N101: the file breaks the rules of JSON."""
    message = text("The file cannot be read here: {problem}.", problem=problem)
    remedy = text("Check the commas, quotes, brackets and braces before this place.")
    return SourceError([fault("N101", position, message, remedy)])


def _syntax(problem: str) -> tuple[Text, Text]:
    for part, message, remedy in _KNOWN:
        if part in problem:
            return message, remedy
    return (
        text("The file cannot be read here: {problem}.", problem=problem),
        text("Check the indentation, the colon after the key, and quotes that do not close."),
    )


_INDENT = text("Check that this line is indented like its neighbours and that its key has a colon.")
_KNOWN: tuple[tuple[str, Text, Text], ...] = (
    ("could not find expected ':'", text("A key has no colon after it."), _INDENT),
    (
        "mapping values are not allowed",
        text("A colon stands where none may stand."),
        text("Put the text in quotes, or write it as a block after “|”."),
    ),
    ("did not find expected key", text("The indentation does not fit the lines above."), _INDENT),
    (
        "while scanning a quoted scalar",
        text("A quotation mark does not close."),
        text("Close the quotes on the same line, or write the text as a block after “|”."),
    ),
)


def over_limit(name: str, position: Position, message: Text) -> SourceError:
    """N103: a limit of `toolkit.limits` is passed; the remedy says which, and how to raise it."""
    remedy = text(
        "If the file is right, set {variable} above {limit}.",
        variable=variable(name),
        limit=getattr(limits(), name),
    )
    return SourceError([fault("N103", position, message, remedy)])


def forbidden(position: Position, message: Text, remedy: Text | None = None) -> Finding:
    """N104: something YAML allows and a data file may not have."""
    return fault("N104", position, message, remedy or text("Write the value out in its place."))


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
