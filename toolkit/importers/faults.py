"""The findings of an import: I001 to I021, and I022 in emptied.py."""

from toolkit.diagnostics import Finding, Position, Severity
from toolkit.errors import SourceError
from toolkit.forms.model import Path
from toolkit.messages import Text, plural, text

_SHOWN = 60


def shown(words: str) -> str:
    """Shorten a text of the source for a message; it stays on one line."""
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def refused(place: Position, message: Text, remedy: Text, code: str = "I001") -> SourceError:
    """I001 or I002: the file cannot be read at all."""
    return SourceError([_finding(code, Severity.ERROR, place, message, remedy)])


def too_large(place: Position, limit: str) -> SourceError:
    """I001: unpacked, the file is larger than is allowed."""
    return refused(
        place,
        text("Unpacked, the file passes the limit {variable}.", variable=limit),
        text("If you trust the file, raise the limit in the environment."),
    )


def scanned(place: Position) -> SourceError:
    """I002: a PDF that holds pictures of pages and no text."""
    return _unreadable(
        place, text("The pages are pictures: the file holds no text that could be read.")
    )


def unnamed(place: Position) -> SourceError:
    """I002: a PDF whose fonts do not say which characters they draw."""
    return _unreadable(place, text("The fonts of the file do not say which characters they draw."))


def _unreadable(place: Position, message: Text) -> SourceError:
    remedy = text(
        "Import the Word file or the web page it was made from, or let a program"
        " for text recognition (OCR) write the text into the PDF first."
    )
    return refused(place, message, remedy, "I002")


def recognised(place: Position) -> Finding:
    """I021: the text was written into a scan by a program for text recognition."""
    message = text("The page is a picture; its text was recognised by a program (OCR).")
    remedy = text("Compare every number with the picture: such programs misread digits.")
    return _finding("I021", Severity.WARNING, place, message, remedy)


def encoding(place: Position, declared: str, found: str) -> Finding:
    """I003: the text is in another encoding than it says."""
    message = text(
        "The file says it is in {declared}; it is in {found}, and was read so.",
        declared=declared,
        found=found,
    )
    return _finding("I003", Severity.NOTE, place, message)


def undecodable(place: Position, encoding: str, count: int) -> Finding:
    """I004: bytes that are no character."""
    message = plural(
        "{n} place in the file is no character in {encoding}; it was read as “�”.",
        "{n} places in the file are no characters in {encoding}; they were read as “�”.",
        count,
        encoding=encoding,
    )
    return _finding(
        "I004", Severity.ERROR, place, message, text("Look for “�” and write what is meant.")
    )


def no_section(place: Position, heading: str, path: Path) -> Finding:
    """I005: a heading of the form does not stand in the source."""
    return _finding(
        "I005",
        Severity.WARNING,
        place,
        text("The heading “{heading}” was not found.", heading=heading),
        text("Sort the section's text in by hand; it may stand under another heading."),
        path,
    )


def near_heading(place: Position, found: str, heading: str, path: Path) -> Finding:
    """I006: a heading that is only like that of the form."""
    message = text("“{found}” was read as “{heading}”.", found=shown(found), heading=heading)
    return _finding("I006", Severity.NOTE, place, message, path=path)


def mixed_forms(place: Position, chosen: str, other: str, labels: str) -> Finding:
    """I007: labels of two forms stand in one report."""
    return _finding(
        "I007",
        Severity.WARNING,
        place,
        text(
            "Read by the form “{chosen}”, but these labels are of “{other}”: {labels}.",
            chosen=chosen,
            other=other,
            labels=labels,
        ),
        text("See what was not recognised below, and which form the report should use."),
    )


def not_a_number(place: Position, words: str, path: Path, label: str) -> Finding:
    """I008: a cell that is neither a number nor a blank mark."""
    return _finding(
        "I008",
        Severity.ERROR,
        place,
        text("“{words}” is not understood as a number.", words=shown(words)),
        text("The text stands in the data file as it was; write the number there."),
        path,
        label,
    )


def near_label(place: Position, words: str, label: str, path: Path) -> Finding:
    """I009: a row or column whose label is only like that of the form."""
    return _finding(
        "I009",
        Severity.WARNING,
        place,
        text("“{words}” was read as “{label}”.", words=shown(words), label=label),
        text("Compare the numbers of this row or column with the source."),
        path,
    )


def unknown(place: Position, words: str, path: Path = ()) -> Finding:
    """I010: something that has no place in the form."""
    return _finding(
        "I010",
        Severity.WARNING,
        place,
        text("Not recognised: “{words}”.", words=shown(words)),
        text("It stands in the list “unrecognized” of the data file; sort it in by hand."),
        path,
    )


def missing_cells(place: Position, count: int, path: Path, labels: str) -> Finding:
    """I011: cells of the form that the source does not have."""
    message = plural(
        "{n} cell was not found in the source and is left blank: {labels}.",
        "{n} cells were not found in the source and are left blank: {labels}.",
        count,
        labels=labels,
    )
    remedy = text("Fill them in by hand; a blank is not 0.")
    return _finding("I011", Severity.ERROR, place, message, remedy, path)


def twice(place: Position, path: Path, label: str, first: object, second: object) -> Finding:
    """I012: a cell for which the source gives two values."""
    return _finding(
        "I012",
        Severity.ERROR,
        place,
        text(
            "The source gives this cell twice: {first}, and here {second}.",
            first=shown(str(first)),
            second=shown(str(second)),
        ),
        text("The first was taken; decide which of the two is right."),
        path,
        label,
    )


def total_apart(place: Position, path: Path, label: str, stated: object, summed: object) -> Finding:
    """I012: a total of rows that were added, which these do not come to."""
    message = text("The total of this column is {stated}, but its rows come to {summed}.",
                   stated=shown(str(stated)), summed=str(summed))  # fmt: skip
    remedy = text("Compare the rows with the source; the total is worked out from them.")
    return _finding("I012", Severity.ERROR, place, message, remedy, path, label)


def no_table(place: Position, path: Path, label: str) -> Finding:
    """I011: a table with added rows that the source does not have."""
    message = text("The table “{label}” was not found in the source.", label=label)
    remedy = text("Add its rows by hand; write [] where there are none.")
    return _finding("I011", Severity.ERROR, place, message, remedy, path, label)


def helped(place: Position, words: str, value: object, path: Path, label: str) -> Finding:
    """I013: a number that was not written as a plain one."""
    message = text("“{words}” was read as {value}.", words=shown(words), value=str(value))
    return _finding("I013", Severity.NOTE, place, message, path=path, label=label)


def by_order(place: Position, words: str, path: Path) -> Finding:
    """I014: cells that were assigned by their order, since the grid's columns do not fit."""
    return _finding(
        "I014",
        Severity.WARNING,
        place,
        text("In the row “{words}” the cells stand in other columns than the labels.", words=words),
        text("They were read in the order of the labels; compare them with the source."),
        path,
    )


def not_found(place: Position, label: str, path: Path) -> Finding:
    """I015: office or year are nowhere in the source."""
    return _finding(
        "I015",
        Severity.ERROR,
        place,
        text("“{label}” was not found in the source.", label=label),
        text("Write it into the data file."),
        path,
        label,
    )


def inferred(place: Position, label: str, value: object, path: Path) -> Finding:
    """I016: office or year were taken from running text."""
    return _finding(
        "I016",
        Severity.WARNING,
        place,
        text(
            "No title gives “{label}”; “{value}” was taken from the text.", label=label, value=value
        ),
        text("Check it."),
        path,
        label,
    )


def left_out(place: Position, count: int, first: str) -> Finding:
    """I017: text around the report that is no part of it."""
    message = plural(
        "{n} line around the report was left out: “{first}”.",
        "{n} lines around the report were left out, the first: “{first}”.",
        count,
        first=shown(first),
    )
    return _finding("I017", Severity.NOTE, place, message)


def table_as_text(place: Position, path: Path) -> Finding:
    """I018: a table inside a text section."""
    return _finding(
        "I018",
        Severity.WARNING,
        place,
        text("A table stands in the text here; its rows were kept as lines of text."),
        text("Look how the lines read, and word them as the report should have them."),
        path,
    )


def by_position(place: Position, path: Path) -> Finding:
    """I019: a table without lines, read by where its words stand."""
    return _finding(
        "I019",
        Severity.WARNING,
        place,
        text("The table has no lines; its cells were read by where they stand on the page."),
        text("Compare its numbers with the source."),
        path,
    )


def plugin_of_region(file: str, plugin: str, region: str) -> Finding:
    """I020: which plugin was chosen, by the office."""
    message = text(
        "The plugin “{plugin}” was chosen, since the office is in {region}.",
        plugin=plugin,
        region=region,
    )
    return _chosen(file, message)


def plugin_of_form(file: str, plugin: str, form: str) -> Finding:
    """I020: which plugin was chosen, by the tables that only its form has."""
    message = text(
        "The plugin “{plugin}” was chosen, since the labels are those of its form “{form}”.",
        plugin=plugin,
        form=form,
    )
    return _chosen(file, message)


def _chosen(file: str, message: Text) -> Finding:
    remedy = text("If another is right, give -p NAME.")
    return _finding("I020", Severity.NOTE, Position(file, 1, 1), message, remedy, ("plugin",))


def _finding(
    code: str,
    severity: Severity,
    place: Position,
    message: Text,
    remedy: Text | None = None,
    path: Path = (),
    label: str = "",
) -> Finding:
    return Finding(code, severity, place, path, label or ".".join(path), message, remedy)
