"""Characters that no report may hold: controls, and halves of characters (N107)."""

import re
from collections.abc import Iterator

from toolkit.diagnostics import Finding
from toolkit.forms import Path
from toolkit.messages import text
from toolkit.sources.faults import fault
from toolkit.validation.names import Record

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def control_characters(record: Record) -> Iterator[Finding]:
    """Find every text with a character that XML, PDF or a reader's eye would stumble over.

    Direction overrides are among them: they make a text read otherwise than it is stored.
    """
    for path, value in _texts(record.document, ()):
        match = _FORBIDDEN.search(value)
        if match:
            place = record.place(path)
            message = text("The text holds a control character (U+{code:04X}).", code=ord(match[0]))
            remedy = text("Delete it; it has no place in a report.")
            yield fault("N107", place.value, message, remedy, path=path)


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield path, key
            yield from _texts(item, (*path, key))
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, path)
