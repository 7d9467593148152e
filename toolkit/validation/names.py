"""From the author's keys to the form's ids, keeping for each the author's words and place."""

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from toolkit.diagnostics import Finding, Position
from toolkit.forms import Form, Key, Path
from toolkit.forms.labels import bare, normal
from toolkit.sources import Entry, Mapping, Node, Scalar, Sequence, Source
from toolkit.sources.faults import duplicate
from toolkit.validation import outdented
from toolkit.validation.values import Blank, Reading, read_number, read_word

_MOST_NAMES = 300
"""How many unknown names of a group are compared with the known ones."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands: its key and its value, and the author's names down to it."""

    key: Position
    value: Position
    names: tuple[str, ...]
    length: int = 1
    raw: str = ""

    @property
    def field(self) -> str:
        """The path in the author's own words."""
        return ".".join(self.names)


@dataclass(slots=True)
class Record:
    """A data file under the form's ids.

    ``document`` is nested as the keys of the form are; ``places`` has every path in it (below a
    list the number of the item, from 0, and its author's word), ``items`` where each item begins.
    ``loose`` are numbers that were read from text; ``findings`` are keys said twice. ``doubtful``
    are fields without a value beside a name that is not known, which may have been meant for one
    of them; ``misnamed`` are those it resembles. ``text`` is the file as it was read, by which a
    phrase inside a long text is found again.
    """

    file: str
    text: str = ""
    document: dict[str, object] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    items: dict[Path, tuple[Position, ...]] = field(default_factory=dict)
    loose: list[Path] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    doubtful: set[Path] = field(default_factory=set)
    misnamed: set[Path] = field(default_factory=set)

    def at(self, path: Path) -> object:
        """Return what the document holds at a path, or None."""
        value: object = self.document
        for step in path:
            if isinstance(value, list) and step.isdecimal() and int(step) < len(value):
                value = value[int(step)]
            elif isinstance(value, dict) and step in value:
                value = value[step]
            else:
                return None
        return value

    def place(self, path: Path) -> Place:
        """Return the place of a path, or of the nearest thing above that the file has."""
        for size in range(len(path), 0, -1):
            if found := self.places.get(path[:size]):
                return found
        top = Position(self.file, 1, 1)
        return Place(top, top, ())


def name(source: Source, form: Form) -> Record:
    """Return every key its id. Unknown keys keep the author's spelling, to be refused later."""
    record = Record(source.file, source.text)
    record.document = _mapping(source.root, form.keys, (), (), (), record)
    return record


def knows(forms: Callable[[], Iterable[Form]]) -> Callable[[str], bool]:
    """Return what tells the names of fields from other words; names are gathered when asked."""
    names: set[str] = set()

    def is_name(word: str) -> bool:
        if not names:
            keys = (key for form in forms() for top in form.keys for _, key in top.walk())
            names.update(normal(spelling) for key in keys for spelling in _spellings(key))
        return normal(word) in names

    return is_name


def known_names(keys: tuple[Key, ...]) -> Iterator[str]:
    """Yield every name that may be written here, ids before labels."""
    yield from (key.id for key in keys)
    yield from (bare(key.label) for key in keys if key.label)


def nearest(name: str, keys: tuple[Key, ...]) -> str:
    """Return the known name that a word resembles; empty if none."""
    known = list(dict.fromkeys(known_names(keys)))
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return near[0] if near else ""


def _spellings(key: Key) -> Iterator[str]:
    yield key.id
    for label in (key.label, bare(key.label), *key.variants):
        yield normal(label)


def _mapping(
    node: Mapping,
    keys: tuple[Key, ...],
    through: tuple[str, ...],
    path: Path,
    names: tuple[str, ...],
    record: Record,
) -> dict[str, object]:
    """Name the keys of one mapping; a cell of a workbook goes by the label it stands under."""
    by_name = _by_name(keys)
    groups = {normal(label) for label in through}
    document: dict[str, object] = {}
    untouched, unknown = _is_untouched(node, by_name), []
    for entry in outdented.adopted(node, by_name, record.findings):
        key = by_name.get(entry.key) or by_name.get(normal(entry.key))
        here = (*names, key.label if key and entry.position.cell else entry.key)
        if key is None and normal(entry.key) in groups and isinstance(entry.node, Mapping):
            document.update(_mapping(entry.node, keys, through, path, here, record))
            continue
        if key is None:
            unknown.append(entry.key)
        step = key.id if key else entry.key
        if step in document:
            first = record.places[(*path, step)].key
            record.findings.append(duplicate(entry.position, entry.key, first, (*path, step)))
            continue
        _note(entry, (*path, step), here, record)
        if key and untouched and _is_empty(entry.node, key):
            continue
        document[step] = _value(entry.node, key, (*path, step), here, record)
    if unknown:
        _doubt(unknown, [key for key in keys if key.id not in document], keys, path, record)
    return document


def _doubt(
    unknown: list[str], absent: list[Key], keys: tuple[Key, ...], path: Path, record: Record
) -> None:
    """Note which fields without a value the unknown names beside them may be meant for."""
    near = {nearest(name, keys) for name in unknown[:_MOST_NAMES]} - {""}
    for key in absent:
        is_near = bool(near & {key.id, bare(key.label)})
        if key.keys or key.holds.number or is_near:
            record.doubtful.add((*path, key.id))
        if is_near:
            record.misnamed.add((*path, key.id))


def _by_name(keys: tuple[Key, ...]) -> dict[str, Key]:
    return {spelling: key for key in reversed(keys) for spelling in _spellings(key)}


def _note(entry: Entry, path: Path, names: tuple[str, ...], record: Record) -> None:
    node = entry.node
    length, raw = (node.length, node.raw) if isinstance(node, Scalar) else (1, "")
    record.places[path] = Place(entry.position, node.position, names, length, raw)


def _value(
    node: Node, key: Key | None, path: Path, names: tuple[str, ...], record: Record
) -> object:
    if isinstance(node, Mapping):
        return _mapping(
            node, key.keys if key else (), key.through if key else (), path, names, record
        )
    if isinstance(node, Sequence):
        record.items[path] = tuple(item.position for item in node.items)
        if key and key.records:
            return list(_rows(node, key, path, names, record))
        return [
            _row(item, key, (*path, str(at)), (*names, str(at + 1)), record)
            if isinstance(item, Mapping)
            else _item(item, key)
            for at, item in enumerate(node.items)
        ]
    if key is None:
        return node.value
    if not key.holds.number:
        return read_word(node, key.holds)
    reading: Reading = read_number(node, key.holds)
    if reading.loose:
        record.loose.append(path)
    return None if key.required and reading.value == Blank("") else reading.value


def _rows(
    node: Sequence, key: Key, path: Path, names: tuple[str, ...], record: Record
) -> Iterator[object]:
    """Name the columns of rows that were added; what is no row stays, to be refused."""
    for at, row in enumerate(node.items):
        here, below = (*names, str(at + 1)), (*path, str(at))
        record.places[below] = Place(row.position, row.position, here)
        if isinstance(row, Mapping):
            yield _mapping(row, key.columns, (), below, here, record)
        else:
            yield _item(row, None)


def _is_untouched(row: Mapping, by_name: dict[str, Key]) -> bool:
    """Check whether nobody filled in a row, as “nianbao new” writes it: it is as good as left out.

    One empty cell among others is blank, and no 0; so is a row that says ``null`` or “/”.
    """
    known = ((entry, by_name.get(entry.key) or by_name.get(normal(entry.key))) for entry in row)
    cells = [(entry, key) for entry, key in known if isinstance(entry.node, Scalar)]
    return bool(cells) and all(key and _is_empty(entry.node, key) for entry, key in cells)


def _is_empty(node: Node, key: Key) -> bool:
    """Check whether nothing at all stands after the name of a count, in a data file."""
    return (
        isinstance(node, Scalar)
        and node.value is None
        and not node.raw
        and not node.position.cell
        and key.holds.counted
        and not key.required
    )


def _row(
    row: Mapping, key: Key | None, path: Path, names: tuple[str, ...], record: Record
) -> dict[str, object]:
    """Read an item of a list whose columns have kinds; what is no number stays as it is written."""
    columns = _by_name(key.columns if key else ())
    values: dict[str, object] = {}
    for entry in row:
        here = (*path, entry.key)
        _note(entry, here, (*names, entry.key), record)
        column = columns.get(entry.key) or columns.get(normal(entry.key))
        if column is None or not column.holds.number or not isinstance(entry.node, Scalar):
            values[entry.key] = _item(entry.node, key)
            continue
        reading = read_number(entry.node, column.holds)
        values[entry.key] = (
            str(reading.value) if isinstance(reading.value, Blank) else reading.value
        )
        if reading.loose:
            record.loose.append(here)
    return values


def _item(node: Node, key: Key | None) -> object:
    if isinstance(node, Scalar):
        return read_word(node, key.holds) if key else node.value
    if isinstance(node, Mapping):
        return {entry.key: _item(entry.node, key) for entry in node}
    return [_item(item, key) for item in node.items]
