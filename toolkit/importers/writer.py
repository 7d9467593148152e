"""A reading → a data file: YAML whose comments say where each part came from and what is open."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from toolkit.diagnostics import Position, Severity
from toolkit.forms import Key, Path
from toolkit.importers.reading import Confidence, Reading, Taken
from toolkit.messages import Text, text

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\ufeff\ufffe\uffff]")
_LINES = re.compile(r"[\n\r\u0085\u2028\u2029]+")
_INDENT = "  "


def write(reading: Reading, extra: Mapping[str, str] | None = None) -> str:
    r"""Word the data file.

    Args:
        reading: what was read.
        extra: words for further keys at the top, such as the plugin.

    Returns:
        YAML in UTF-8 with ``\n`` line ends. What was not understood stands at its cell as it was,
        with a comment, or in the list ``unrecognized``; a cell the source lacks is ``null``.
    """
    head = [_comment(_from(reading)), ""]
    head += [f"{name}: {_scalar(word)}" for name, word in (extra or {}).items()]
    head.append(f"form: {reading.form.id}")
    lines = list(_keys(reading.form.keys, (), reading, 0))
    return "\n".join([*head, *lines, *_unplaced(reading)]) + "\n"


def _from(reading: Reading) -> str:
    open_questions = sum(found.severity > Severity.NOTE for found in reading.findings)
    return str(
        text(
            "Read from {file}; findings to look at: {count}.",
            file=reading.document.file,
            count=open_questions,
        )
    )


def _keys(keys: tuple[Key, ...], above: Path, reading: Reading, depth: int) -> Iterator[str]:
    for key in keys:
        path = (*above, key.id)
        if not _has(path, reading):
            continue
        if depth == 0 and any(section.id == key.id for section in reading.form.sections):
            yield ""
            yield _comment(f"{key.label}: {_sure(path, reading)}")
        if key.kind == "group":
            yield from _group(key, path, reading, depth)
        else:
            yield from _single(key, path, reading.values[path], reading, depth)


def _has(path: Path, reading: Reading) -> bool:
    return any(there[: len(path)] == path for there in reading.values)


def _group(key: Key, path: Path, reading: Reading, depth: int) -> Iterator[str]:
    pad = _INDENT * depth
    cells = [(*path, leaf.id) for leaf in key.keys]
    if all(cell in reading.form.cell_at for cell in cells):
        pairs = [(cell[-1], reading.values[cell]) for cell in cells if cell in reading.values]
        inner = ", ".join(f"{name}: {_scalar(taken.value)}" for name, taken in pairs)
        note = f"{key.label} ({_place(pairs[0][1].place)})"
        yield f"{pad}{key.id}: {{{inner}}}  {_comment(note)}"
        yield from _doubts(cells, reading, pad)
        return
    yield f"{pad}{key.id}:" + ("" if depth == 0 else f"  {_comment(key.label)}")
    yield from _keys(key.keys, path, reading, depth + 1)


def _doubts(cells: list[Path], reading: Reading, pad: str) -> Iterator[str]:
    """Repeat under a row what is open about its cells."""
    for found in reading.findings:
        if found.path in cells:
            yield pad + _comment(f"  ^ {found.code} {_place(found.position)}: {found.message}")


def _single(key: Key, path: Path, taken: Taken, reading: Reading, depth: int) -> Iterator[str]:
    pad = _INDENT * depth
    value = taken.value
    if isinstance(value, list):
        rows = (", ".join(f"{name}: {_scalar(cell)}" for name, cell in row.items())
                for row in value)  # fmt: skip
        yield f"{pad}{key.id}:{' []' * (not value)}  {_comment(_place(taken.place))}"
        yield from (f"{pad}{_INDENT}- {{{row}}}" for row in rows)
        return
    if key.holds.shape == "text" and isinstance(value, str):
        yield pad + _comment(_place(taken.place))
        yield from _block(key.id, value, pad)
        return
    word = value if key.holds.shape == "date" else _scalar(value)
    yield f"{pad}{key.id}: {word}  {_comment(_place(taken.place))}"


def _block(name: str, words: str, pad: str) -> Iterator[str]:
    """Write paragraphs as a literal block, a blank line between them."""
    lines = [line.strip() for line in _LINES.split(words)]
    lines = [_CONTROL.sub("", line) for line in lines if line]
    if not lines:
        yield f'{pad}{name}: ""'
        return
    yield f"{pad}{name}: |"
    for number, line in enumerate(lines):
        if number:
            yield ""
        yield f"{pad}{_INDENT}{line}"


def _unplaced(reading: Reading) -> Iterator[str]:
    if reading.left_out:
        yield ""
        yield _comment(str(text("Left out as no part of the report:")))
        for item in reading.left_out:
            yield _comment(f"{_place(item.place)}: {item.words}")
    if not reading.unplaced:
        return
    yield ""
    yield _comment(str(text("Not recognised; sort these in and delete the list.")))
    yield "unrecognized:"
    for item in reading.unplaced:
        yield f"{_INDENT}- {_scalar(item.words)}  {_comment(_place(item.place))}"


def _scalar(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, int | Decimal):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    return json.dumps(_CONTROL.sub("", _LINES.sub("\n", str(value))), ensure_ascii=False)


def _comment(words: str) -> str:
    line = _CONTROL.sub("", _LINES.sub(" ", words))
    return f"# {line}"


def _place(place: Position) -> str:
    """Return a place without the file, which the first line names."""
    return str(replace(place, file="")).lstrip(":")


def _sure(path: Path, reading: Reading) -> str:
    return str(wording(reading.confidence(path)))


def wording(confidence: Confidence) -> Text:
    """Return a confidence in words."""
    return {
        Confidence.HIGH: text("read with certainty"),
        Confidence.MEDIUM: text("read; compare it with the source"),
        Confidence.LOW: text("read in part; see the findings"),
    }[confidence]
