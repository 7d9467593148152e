"""Characters that no report may hold (N107), and those that deceive the eye (N127)."""

import re
import unicodedata
from collections.abc import Iterator

from toolkit.diagnostics import Finding, Severity
from toolkit.forms import Form, Path
from toolkit.messages import Text, text
from toolkit.sources import characters
from toolkit.sources.faults import fault
from toolkit.sources.locate import Locator
from toolkit.validation.names import Record

_UNIFIED = "\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29"
"""Ideographs of their own that stand among the compatibility ones."""
_DECEIVING = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\u206a-\u206f\u3164"
    "\uffa0\ufff9-\uffff\ue000-\uf8ff\u2e80-\u2fd5\uf900-\ufaff"
    "\U0002f800-\U0002fa1f\U000e0000-\U000e007f\U000f0000-\U0010ffff]"
)
_PICTURES = ("So", "Sk", "Mn")
"""Categories of signs that a joiner (U+200D) puts together: pictures and their variants."""


def odd_characters(record: Record, form: Form) -> Iterator[Finding]:
    """Find the texts with characters that XML, PDF or a reader's eye would stumble over.

    Direction overrides are among the forbidden ones: they make a text read otherwise than it is
    stored. Each character is told once a text, where it first stands.
    """
    locator = Locator(record.text)
    for path, value, is_key in _texts(record.document, ()):
        place = record.place(path)
        start = place.key if is_key else place.value
        match = characters.FORBIDDEN.search(value)
        if match:
            at = start if is_key else locator.inside(start, value, match.start())
            yield fault("N107", at, *characters.words(match[0]), path=path)
        for at_value, sign in _deceiving(value, form, path):
            at = start if is_key else locator.inside(start, value, at_value)
            message, remedy = _words(sign)
            yield Finding("N127", Severity.WARNING, at, path, place.field, message, remedy)


def _deceiving(value: str, form: Form, path: Path) -> Iterator[tuple[int, str]]:
    """Yield the first place of each deceiving character; unread ones in texts are told by N708."""
    key = form.key(path)
    is_text = key is not None and key.holds.shape == "text"
    told: set[str] = set()
    for match in _DECEIVING.finditer(value):
        sign = match[0]
        if sign in told or sign in _UNIFIED or (is_text and ("\ue000" <= sign <= "\uf8ff")):
            continue
        if (is_text and sign == "\ufffd") or characters.FORBIDDEN.match(sign):
            continue
        if sign == "\u200d" and _joins(value, match.start()):
            continue
        told.add(sign)
        yield match.start(), sign


def _joins(value: str, at: int) -> bool:
    before = value[at - 1 : at]
    return bool(before) and unicodedata.category(before) in _PICTURES


def _words(sign: str) -> tuple[Text, Text]:
    code, plain = ord(sign), unicodedata.normalize("NFKC", sign)
    category = unicodedata.category(sign)
    if plain != sign and category in ("So", "Lo") and plain.strip() and sign not in "\u3164\uffa0":
        return (
            text("“{sign}” (U+{code:04X}) looks like “{plain}” and is another character.",
                 sign=sign, code=code, plain=plain),
            text("Write “{plain}”; searching would not find the other.", plain=plain),
        )  # fmt: skip
    if category == "So" and sign != "\ufffd":
        return (
            text("“{sign}” (U+{code:04X}) is a part of characters, and none itself.",
                 sign=sign, code=code),
            text("Write the character that is meant."),
        )  # fmt: skip
    if category == "Co" or sign == "\ufffd":
        return (
            text("What stands here (U+{code:04X}) is nothing others can read.", code=code),
            text("Type again what stood here."),
        )
    return (
        text("A character that nobody sees (U+{code:04X}) stands here.", code=code),
        text("Delete it; it was pasted along, and searching would stumble over it."),
    )


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str, bool]]:
    """Yield every text with its path, and whether it is a name."""
    if isinstance(value, str):
        yield path, value, False
    elif isinstance(value, dict):
        for key, item in value.items():
            yield (*path, key), key, True
            yield from _texts(item, (*path, key))
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from _texts(item, (*path, str(at)) if isinstance(item, dict) else path)
