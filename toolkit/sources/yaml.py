"""YAML data files, read event by event so that depth, size and aliases can do no harm."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from toolkit.diagnostics import Finding, Position
from toolkit.errors import SourceError
from toolkit.messages import text
from toolkit.sources import faults
from toolkit.sources.build import Builder
from toolkit.sources.node import Node, Scalar
from toolkit.sources.scalars import meaning

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse(content: str, file: str) -> tuple[Node | None, tuple[Finding, ...]]:
    """Read one document.

    Args:
        content: the text of the file, without a byte order mark.
        file: its name, for positions.

    Returns:
        The tree, or None for an empty file; and the faults that did not stop the reading.

    Raises:
        SourceError: N101 for broken syntax, N103 for a limit, N104 for aliases and tags.
    """
    reader = _Reader(Builder(file))
    try:
        for event in _events(content):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(content, file, error) from None
    except yaml.reader.ReaderError:
        raise _control_character(content, file) from None
    return reader.builder.root, tuple(reader.builder.findings)


def _events(content: str) -> Iterator[yaml.Event]:
    return iter(yaml.parse(content, Loader=_LOADER))


def _syntax_error(content: str, file: str, error: yaml.MarkedYAMLError) -> SourceError:
    """N101; an unclosed quote is said where it opens, since it ends only with the file."""
    opens = "quoted scalar" in (error.context or "")
    mark = (error.context_mark if opens else None) or error.problem_mark or error.context_mark
    if mark is None:
        return faults.unreadable(Position(file), error.problem or "")
    place = Position(file, mark.line + 1, mark.column + 1)
    if content[mark.index : mark.index + 1] == "\t":
        return faults.tab(place)
    return faults.unreadable(place, f"{error.context or ''} {error.problem or ''}".strip())


def _control_character(content: str, file: str) -> SourceError:
    """N107, with the place worked out from the text, since the library gives an offset."""
    at = next((i for i, c in enumerate(content) if _is_control(c)), 0)
    line = content.count("\n", 0, at) + 1
    column = at - content.rfind("\n", 0, at)
    return SourceError(
        [
            faults.fault(
                "N107",
                Position(file, line, column),
                text("A control character (U+{code:04X}) stands here.", code=ord(content[at])),
                text("Delete it; it has no place in a report."),
            )
        ]
    )


def _is_control(character: str) -> bool:
    code = ord(character)
    return (
        (code < 0x20 and character not in "\t\n\r")
        or (0x7F <= code < 0xA0 and code != 0x85)
        or 0xD800 <= code < 0xE000
        or code in (0xFFFE, 0xFFFF)
    )


@dataclass(slots=True)
class _Reader:
    """Turns the events of one document into calls of the builder."""

    builder: Builder
    documents: int = field(default=0)

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

    @staticmethod
    def _scalar(event: yaml.ScalarEvent, place: Position) -> Scalar:
        plain = event.style in (None, "")
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
