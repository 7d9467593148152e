"""YAML data files, read event by event so that depth, size and aliases can do no harm."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from toolkit.diagnostics import Finding, Position
from toolkit.errors import SourceError
from toolkit.messages import text
from toolkit.sources import characters, faults, slips
from toolkit.sources.build import Builder
from toolkit.sources.node import Node, Scalar
from toolkit.sources.scalars import meaning
from toolkit.sources.slips.scan import Known

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ODD = re.compile("[：﹕︰∶｛［｜丨︱│∣　\u00a0]|^-|:\\S|^[0-9]{3}$")
"""What a value without quotes may hold because of a slip; most that hold it are right."""
_LONGEST = 1_000_000
"""Characters of a file up to which slips are looked for; no report written by hand is longer."""
_MOST = 100
"""How many slips of one file are told."""


def parse(
    content: str, file: str, known: Known | None = None
) -> tuple[Node | None, tuple[Finding, ...]]:
    """Read one document.

    Where a slip of the keyboard keeps it from being read, or makes it mean something else, the
    slip is a finding and the rest is read as if it were mended.

    Args:
        content: the text of the file, without a byte order mark.
        file: its name, for positions.
        known: tells the names of the forms from other words.

    Returns:
        The tree, or None for an empty file; and the faults that did not stop the reading.

    Raises:
        SourceError: N101 for broken syntax, N103 for a limit, N104 for aliases and tags.
    """
    content, odd = characters.readable(content, file)
    try:
        root, findings = _parse(content, file, known)
    except SourceError as error:
        raise SourceError([*odd, *error.findings]) if odd else error from None
    return root, (*odd, *findings)


def _parse(content: str, file: str, known: Known | None) -> tuple[Node | None, tuple[Finding, ...]]:
    try:
        reader = _read(content, Builder(file))
    except SourceError as error:
        return _read_over(content, file, known, error)
    root, findings = reader.builder.root, tuple(reader.builder.findings)
    if not reader.is_odd or len(content) > _LONGEST:
        return root, findings
    found = slips.find(content, known, failing=False)
    try:
        return _mended(content, file, found) if found else (root, findings)
    except SourceError:
        return root, findings


def _read(content: str, builder: Builder) -> "_Reader":
    reader = _Reader(builder)
    try:
        for event in _events(content):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(content, builder, error) from None
    except yaml.reader.ReaderError:
        raise faults.unreadable(builder.place(1, 1), "") from None
    return reader


def _read_over(
    content: str, file: str, known: Known | None, error: SourceError
) -> tuple[Node | None, tuple[Finding, ...]]:
    """Read a broken file with its slips mended; raise the error where none is found.

    What still breaks it then is told beside them, unless it is in a line that is told already.
    """
    if error.findings[0].code not in ("N101", "N104") or len(content) > _LONGEST:
        raise error
    found = slips.find(content, known)
    if not found:
        raise error
    try:
        return _mended(content, file, found)
    except SourceError as left:
        lines = {slip.line for slip in found} | {e.line for slip in found for e in slip.edits}
        more = [finding for finding in left.findings if finding.position.line not in lines]
        raise SourceError([*_told(found, file), *more]) from None


def _mended(
    content: str, file: str, found: list[slips.Slip]
) -> tuple[Node | None, tuple[Finding, ...]]:
    whole, place = slips.mended(content, found)
    reader = _read(whole, Builder(file, place))
    return reader.builder.root, (*_told(found, file), *reader.builder.findings)


def _told(found: list[slips.Slip], file: str) -> Iterator[Finding]:
    for slip in found[:_MOST]:
        place = Position(file, slip.line, slip.column)
        yield faults.fault("N101", place, *slip.words, length=slip.length)


def _events(content: str) -> Iterator[yaml.Event]:
    return iter(yaml.parse(content, Loader=_LOADER))


def _syntax_error(content: str, builder: Builder, error: yaml.MarkedYAMLError) -> SourceError:
    """N101; an unclosed quote is said where it opens, since it ends only with the file."""
    opens = "quoted scalar" in (error.context or "")
    mark = (error.context_mark if opens else None) or error.problem_mark or error.context_mark
    if mark is None:
        return faults.unreadable(builder.place(0, 0), error.problem or "")
    place = builder.place(mark.line + 1, mark.column + 1)
    if content[mark.index : mark.index + 1] == "\t":
        return faults.tab(place)
    return faults.unreadable(place, f"{error.context or ''} {error.problem or ''}".strip())


@dataclass(slots=True)
class _Reader:
    """Turns the events of one document into calls of the builder."""

    builder: Builder
    documents: int = field(default=0)
    is_odd: bool = False
    """Whether a value looks as if a slip had made it."""

    def take(self, event: yaml.Event) -> None:
        self._refuse(event)
        place = self._place(event)
        if isinstance(event, yaml.ScalarEvent):
            self.builder.value(self._scalar(event, place))
        elif isinstance(event, yaml.MappingStartEvent):
            self.builder.open_mapping(place)
        elif isinstance(event, yaml.SequenceStartEvent):
            self.builder.open_sequence(place)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.builder.close()

    def _place(self, event: yaml.Event) -> Position:
        mark = event.start_mark
        return (
            self.builder.place(mark.line + 1, mark.column + 1) if mark else self.builder.place(0, 0)
        )

    def _scalar(self, event: yaml.ScalarEvent, place: Position) -> Scalar:
        plain = event.style in (None, "")
        if plain and _ODD.search(event.value):
            self.is_odd = True
        return Scalar(meaning(event.value) if plain else event.value, event.value, place, plain)

    def _refuse(self, event: yaml.Event) -> None:
        place = self._place(event)
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                message = text("A second document begins here; a data file holds one report.")
                remedy = text("Put each report into a file of its own.")
                raise SourceError([faults.forbidden(place, message, remedy)])
        elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            message = text("Anchors (&) and aliases (*) are not read.")
            raise SourceError([faults.forbidden(place, message)])
        elif tag := getattr(event, "tag", None):
            message = text("The tag “{tag}” is not read.", tag=tag)
            raise SourceError([faults.forbidden(place, message)])
