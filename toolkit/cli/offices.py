"""A list of offices: CSV as spreadsheet programs save it, in UTF-8 or GBK."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from toolkit.errors import UsageError
from toolkit.forms import Form, Key
from toolkit.forms.labels import normal
from toolkit.forms.nested import put
from toolkit.limits import limits
from toolkit.messages import text


def read(file: Path, form: Form, given: Mapping[str, object]) -> list[Mapping[str, object]]:
    """Read a list of offices.

    Args:
        file: its first line names fields by id or label (``名称``, ``行政区``, ``机关类别`` …).
        form: whose fields may be named.
        given: what holds for every office where its line says nothing.

    Raises:
        UsageError: the file cannot be read, a column is unknown, a name is missing or stands
            twice; with the line.
    """
    lines = csv.reader(_text(file).splitlines(), strict=True)
    try:
        rows = [(lines.line_num, row) for row in lines if any(word.strip() for word in row)]
    except csv.Error as error:
        raise UsageError(
            text("{file}:{line}: {problem}.", file=str(file), line=lines.line_num, problem=error)
        ) from None
    if not rows:
        raise UsageError(text("{file}: there are no offices in it.", file=str(file)))
    columns = [_column(file, word, form) for word in rows[0][1]]
    return list(_offices(file, rows[1:], columns, given))


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > limits().input_bytes:
            raise UsageError(text("{file}: the list is too long.", file=str(file)))
        data = file.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(text("{file}: {reason}.", file=str(file), reason=reason)) from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(text("{file}: save the list in UTF-8.", file=str(file)))


def _column(file: Path, word: str, form: Form) -> tuple[tuple[str, ...], Key]:
    for path, key in (field for top in form.keys for field in top.walk()):
        names = (key.id, key.label, *key.variants)
        if key.holds.single and normal(word) in map(normal, names):
            return path, key
    shown = str(file)
    raise UsageError(
        text("{file}: no field is called “{name}”; begin with 名称,行政区.", file=shown, name=word)
    )


def _offices(
    file: Path,
    rows: list[tuple[int, list[str]]],
    columns: list[tuple[tuple[str, ...], Key]],
    given: Mapping[str, object],
) -> Iterator[Mapping[str, object]]:
    seen: dict[str, int] = {}
    for line, row in rows:
        office: dict[str, object] = dict(given)
        for (path, key), word in zip(columns, row, strict=False):
            if word.strip():
                put(office, path, _value(key, word.strip()))
        organization = office.get("organization")
        name = str(organization.get("name", "")) if isinstance(organization, dict) else ""
        if not name:
            message = text("{file}:{line}: the office has no name.", file=str(file), line=line)
            raise UsageError(message)
        if name in seen:
            raise UsageError(
                text(
                    "{file}:{line}: “{name}” stands on line {first} already.",
                    file=str(file),
                    line=line,
                    name=name,
                    first=seen[name],
                )
            )
        seen[name] = line
        yield office


def _value(key: Key, word: str) -> object:
    if key.holds.number and word.isdecimal():
        return int(word)
    return next((choice for choice, label in key.choices if word == label), word)
