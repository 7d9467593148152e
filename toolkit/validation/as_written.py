"""Values that YAML reads otherwise than their authors may mean (N128): each is read, and told."""

import re
from collections.abc import Iterator
from itertools import takewhile

from toolkit.diagnostics import Finding, Severity
from toolkit.forms import Form, Key, Path
from toolkit.messages import Text, text
from toolkit.validation.names import Place, Record

_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "＂": "＂"}
_REMARK = re.compile(r"\s*#(?=[^\s#])|\s?#(?=[ \t]+[^\s#])")
"""A number sign with a blank missing on either side of it, by habit two before it and one after."""
_QUOTED = re.compile(r"""\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')""")


def read_otherwise(record: Record, form: Form) -> Iterator[Finding]:
    """Find texts that stand in full-width quotes, lose a remark, or are joined from lines."""
    lines = record.text.split("\n")
    for path, place in record.places.items():
        key = form.key(path)
        if not key or key.holds.shape not in ("line", "text") or not place.value.line:
            continue
        if key.holds.shape == "line" and "\n" in str(record.at(path) or "").strip():
            message = text("The value has a line break, where one line is asked for.")
            remedy = text("Write it on one line.")
            yield Finding("N128", Severity.WARNING, place.value, path, place.field, message, remedy)
        if place.value.cell or place.value.line > len(lines):
            continue
        for message, remedy in _doubts(key, path, place, record, lines):
            yield Finding("N128", Severity.WARNING, place.value, path, place.field, message, remedy)


def _doubts(
    key: Key, path: Path, place: Place, record: Record, lines: list[str]
) -> Iterator[tuple[Text, Text]]:
    value = record.at(path)
    rest = lines[place.value.line - 1][place.value.column - 1 :]
    word = place.raw
    if value is None:
        word = ""
    elif not isinstance(value, str) or rest[:1] == "|":
        return
    behind = rest[len(word) :] if rest.startswith(word) else ""
    if _REMARK.match(behind) and (not word or behind[:1].isspace()):
        yield (
            text("What stands behind “#” is a remark, and is not read."),
            text("Put the text in \" \" if “#” belongs to it; else write two blanks before “#” and "
                 "one after it."),
        )  # fmt: skip
    is_joined = not rest.startswith(word) and not _QUOTED.match(rest)
    if rest[:1] == ">":
        is_joined = _lines_below(place, lines) > len(list(filter(str.strip, word.split("\n"))))
    if word and is_joined:
        yield (
            text("The lines of this text are joined into one."),
            text("Write “{key}: |”, and each line of the text below, indented by two blanks.",
                 key=place.names[-1]),
        )  # fmt: skip
    if rest.startswith(word) and _in_marks(word):
        yield (
            text("The marks {left}{right} around the value are printed with it.",
                 left=word[0], right=word[-1]),
            text("Leave them out, or keep them if they are part of it."),
        )  # fmt: skip


def _lines_below(place: Place, lines: list[str]) -> int:
    """Count the lines of a text that stands below its name."""
    deeper = " " * place.key.column
    below = takewhile(lambda line: not line.strip() or line.startswith(deeper),
                      lines[place.value.line :])  # fmt: skip
    return sum(1 for line in below if line.strip())


def _in_marks(word: str) -> bool:
    closing = _PAIRS.get(word[:1])
    return (
        closing is not None and word[-1] == closing and closing not in word[1:-1] and len(word) > 2
    )
