"""A data file against its form: every fault at once, each with its place."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from cerberus import errors

from toolkit.diagnostics import Finding, Position, Severity
from toolkit.forms import Form, Path, Table
from toolkit.messages import Text, plural, text
from toolkit.sources import Source
from toolkit.validation import wording
from toolkit.validation.as_written import read_otherwise
from toolkit.validation.characters import odd_characters
from toolkit.validation.names import Record, name
from toolkit.validation.schema import validator
from toolkit.validation.values import Blank


def validate(source: Source, form: Form, *, strict: bool = False) -> tuple[Record, list[Finding]]:
    """Check one data file.

    Args:
        source: the file as read.
        form: the form its report is on.
        strict: a row that was left out is an error, not a note.

    Returns:
        The file under the form's ids, and the findings N105 to N123 in the order of the
        file. Without an error among them, `toolkit.report.build` accepts the record.
    """
    record = name(source, form)
    check = validator(form)
    found = [*source.findings, *record.findings]
    if not check.validate(_trimmed(record.document, form), normalize=False):
        found.extend(_told(_faults(check._errors, form, record), source.file))
    refused = {finding.path for finding in found}
    found.extend(one for one in odd_characters(record, form) if not _told_of(one, refused, form))
    slips = {f.position.line for f in source.findings if f.code == "N101" and not f.position.cell}
    found.extend(
        one
        for one in read_otherwise(record, form)
        if not slips & {one.position.line, one.position.line + 1}
    )
    found.extend(_loose(record, {finding.path for finding in found}))
    found.extend(_blanks(record, form))
    record.doubtful.update(finding.path for finding in source.findings if finding.path)
    found.extend(_left_out(record, form, strict=strict))
    found.extend(_only_zeros(record, form))
    return record, sorted(found, key=lambda finding: finding.order)


def _told_of(one: Finding, refused: set[Path], form: Form) -> bool:
    """Check whether a character is told of already: by the cell that is no number for it."""
    key = form.key(one.path)
    return one.code == "N127" and one.path in refused and key is not None and key.holds.number


_FEW = 5
"""Numbers that may all be 0 without anyone wondering."""
_MOST = 300
"""How many faults of one file are told; a person mends fewer at a time."""


def _trimmed(value: Any, form: Form, path: Path = ()) -> Any:
    """Leave out unknown keys beyond those that are told: Cerberus sorts its errors at each."""
    if isinstance(value, list):
        rows = (key := form.key(path)) is not None and key.records
        return [_trimmed(row, form, (*path, "0")) for row in value] if rows else value
    if not isinstance(value, dict):
        return value
    kept, unknown = {}, 0
    for key, inner in value.items():
        below = (*path, str(key))
        unknown += form.key(below) is None
        if unknown <= _MOST + 1:
            kept[key] = _trimmed(inner, form, below)
    return kept


def _told(faults: Iterator[Finding], file: str) -> Iterator[Finding]:
    yield from islice(faults, _MOST)
    if next(faults, None):
        message = text("There are more than {limit} faults; these are the first.", limit=_MOST)
        remedy = text("Start from “nianbao new FILE”, which writes a file to fill in.")
        yield Finding("N111", Severity.ERROR, Position(file, 1, 1), (), "", message, remedy)


def _faults(found: Any, form: Form, record: Record) -> Iterator[Finding]:
    for error in found:
        if error.is_group_error:
            yield from _faults(error.child_errors, form, record)
            continue
        path: Path = tuple(str(step) for step in error.document_path)
        if error.code == errors.REQUIRED_FIELD.code and path in record.misnamed:
            continue  # it is there under a name that is told to be wrong
        code, message, remedy = _words(error, path, form)
        yield _finding(code, Severity.ERROR, path, record, message, remedy, error=error)


def _words(error: Any, path: Path, form: Form) -> wording.Words:
    key = form.key(path)
    if key is None:
        parent = form.key(path[:-1])
        return wording.unknown(
            path[-1], form.keys if not path[:-1] else parent.keys if parent else ()
        )
    value, code = error.value, error.code
    if code == errors.REQUIRED_FIELD.code:
        return wording.missing(key)
    if code == errors.CUSTOM.code:
        return _CUSTOM[error.info[0]](value, key)
    if code == errors.NOT_NULLABLE.code:
        return wording.empty(key)
    if code == errors.MIN_VALUE.code:
        return wording.too_small(value, key)
    if code == errors.MAX_VALUE.code:
        return wording.too_large(value, key)
    if code == errors.MAX_LENGTH.code:
        if key.records:
            return wording.too_many(value, error.constraint)
        return wording.too_long(value, error.constraint)
    if code == errors.UNALLOWED_VALUE.code:
        return wording.not_allowed(value, key)
    return wording.wrong_kind(value, key)


_CUSTOM = {
    "empty": lambda value, key: wording.empty(key),
    "calendar": lambda value, key: wording.not_a_date(value),
    "pattern": wording.not_fitting,
    "places": wording.too_exact,
}
"""What a closer look found → the words about it."""


def _finding(
    code: str,
    severity: Severity,
    path: Path,
    record: Record,
    message: Text,
    remedy: Text,
    *,
    error: Any = None,
) -> Finding:
    place = record.place(path)
    at_key = error is not None and error.code in (
        errors.UNKNOWN_FIELD.code,
        errors.REQUIRED_FIELD.code,
    )
    missing = path not in record.places
    position: Position = place.key if at_key else place.value
    length = len(path[-1]) if at_key and not missing else place.length
    names = (*place.names, path[-1]) if missing else place.names
    return Finding(
        code,
        severity,
        position,
        path,
        ".".join(names),
        message,
        remedy,
        length=1 if missing else length,
    )


def _loose(record: Record, wrong: set[Path]) -> Iterator[Finding]:
    """N116: full-width digits, separators, quoted numbers are read, and said; not wrong ones."""
    for path in (path for path in record.loose if path not in wrong):
        place = record.place(path)
        value = record.at(path)
        yield _finding(
            "N116",
            Severity.WARNING,
            path,
            record,
            text("“{raw}” was read as {value}.", raw=place.raw, value=str(value)),
            text("Write {value}, in plain digits.", value=str(value)),
        )


def _blanks(record: Record, form: Form) -> Iterator[Finding]:
    """N120: cells that hold a mark instead of a number; empty ones are told once a table."""
    for table in form.tables:
        empty: list[Path] = []
        for cell in table.cells:
            value = record.at(cell.path)
            if isinstance(value, Blank) and value.mark:
                yield _blank(record, cell.path, _marked(value.mark))
            elif isinstance(value, Blank):
                empty.append(cell.path)
        for path, value in _in_added(record, table):
            if isinstance(value, Blank) and value.mark:
                yield _blank(record, path, _marked(value.mark))
            elif value is None or isinstance(value, Blank):
                empty.append(path)
        if empty:
            message = _marked("")
            if empty[1:]:
                message = text(
                    "{n} cells of this table are empty, the first here; they are not counted as 0.",
                    n=len(empty),
                )
            yield _blank(record, empty[0], message)


def _in_added(record: Record, table: Table) -> Iterator[tuple[Path, object]]:
    """Yield the numbers of the rows that were added to a table; None where one was left out."""
    rows = record.at(table.path) if table.added else None
    for at, row in enumerate(rows if isinstance(rows, list) else ()):
        for item in table.columns if isinstance(row, dict) else ():
            doubtful = _is_doubtful((*table.path, str(at), item.id), record)
            if item.holds.number and not (item.required or doubtful):
                yield (*table.path, str(at), item.id), row.get(item.id)


def _marked(mark: str) -> Text:
    if not mark:
        return text("No number stands here; that is not counted as 0.")
    return text("No number stands here (“{mark}”); it is not counted as 0.", mark=mark)


def _blank(record: Record, path: Path, message: Text) -> Finding:
    remedy = text("Write the number; 0 where there was none.")
    return _finding("N120", Severity.WARNING, path, record, message, remedy)


def _left_out(record: Record, form: Form, *, strict: bool) -> Iterator[Finding]:
    """N119: rows nobody filled in are 0, and that is said once a table."""
    for table in form.tables:
        rows: dict[Path, None] = {}
        if table.added and isinstance(record.at(table.path[:-1]), dict):
            yield from _no_rows(record, table, strict=strict)
        for cell in table.cells:
            section = record.document.get(cell.path[0])
            absent = record.at(cell.path) is None and not _is_doubtful(cell.path, record)
            if cell.holds.counted and not cell.derived and absent and isinstance(section, dict):
                rows.setdefault(_row(cell.path, len(cell.column)), None)
        if rows:
            yield _unfilled(rows, record, form, strict=strict)


def _is_doubtful(path: Path, record: Record) -> bool:
    return any(path[:size] in record.doubtful for size in range(1, len(path) + 1))


def _no_rows(record: Record, table: Table, *, strict: bool) -> Iterator[Finding]:
    """N119: a table nobody added rows to, and nobody said that there are none."""
    if record.at(table.path) is not None:
        return
    severity = Severity.ERROR if strict else Severity.NOTE
    message = text("The table “{label}” has no rows.", label=table.caption or table.path[-1])
    remedy = text("Add a row for each; write [] where there are none.")
    yield _finding("N119", severity, table.path, record, message, remedy)


def _only_zeros(record: Record, form: Form) -> Iterator[Finding]:
    """N129: every count that was written is 0, which is said once."""
    cells = [cell for cell in form.cells if cell.holds.counted and not cell.derived]
    values = {cell.path: record.at(cell.path) for cell in cells}
    written = [path for path, value in values.items() if value is not None]
    if len(written) > _FEW and not any(values[path] != 0 for path in written):
        message = text("All {n} numbers of the report are 0.", n=len(written))
        remedy = text("Fill in the tables; if there was nothing all year, leave it as it is.")
        yield _finding("N129", Severity.NOTE, written[0], record, message, remedy)


def _unfilled(rows: Mapping[Path, None], record: Record, form: Form, *, strict: bool) -> Finding:
    first = next(iter(rows))
    key = form.key(first)
    return _finding(
        "N119",
        Severity.ERROR if strict else Severity.NOTE,
        first,
        record,
        plural(
            "{n} row is not filled in and counts as 0: “{label}”.",
            "{n} rows are not filled in and count as 0, the first “{label}”.",
            len(rows),
            label=key.label if key else ".".join(first),
        ),
        text("Write 0 where there was nothing."),
    )


def _row(path: Path, columns: int) -> Path:
    """Cut the columns off a cell's path; a table without rows is one row."""
    return path[:-1] if columns == 1 or len(path) > 2 else path
