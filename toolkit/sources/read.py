"""A file on disk → `Source`, by the ending of its name."""

import importlib
from collections.abc import Callable
from pathlib import Path

from toolkit.diagnostics import Finding, Position
from toolkit.errors import SourceError, UsageError
from toolkit.limits import limits
from toolkit.messages import Text, text
from toolkit.sources import faults
from toolkit.sources.node import Mapping, Node, Source

SUFFIXES = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}
"""Ending of a data file → the module of this room that reads it."""

Parser = Callable[[str, str], tuple[Node | None, tuple[Finding, ...]]]


def read(file: Path, name: str | None = None) -> Source:
    """Read one data file.

    Args:
        file: a YAML or JSON file in UTF-8, with or without a byte order mark.
        name: how positions call it; the path as given, if left out.

    Raises:
        UsageError: there is no such file, it cannot be opened, or its ending is unknown.
        SourceError: its content cannot be read; N101 to N107 say where and why.
    """
    shown = name or str(file)
    if file.suffix.lower() not in SUFFIXES:
        raise UsageError(
            text(
                "{file}: data files end in {endings}.",
                file=shown,
                endings=", ".join(sorted(SUFFIXES)),
            )
        )
    return read_text(_bytes(file, shown), shown, file.suffix.lower())


def read_text(data: bytes, name: str, suffix: str) -> Source:
    """Read the bytes of a data file that has the given ending (``".yaml"``)."""
    content = _decode(data, name)
    parser: Parser = importlib.import_module(f"toolkit.sources.{SUFFIXES[suffix]}").parse
    try:
        root, findings = parser(content, name)
        if not isinstance(root, Mapping):
            raise faults.not_a_mapping(root.position if root else Position(name, 1, 1))
    except SourceError as error:
        raise SourceError(error.findings, content) from None
    return Source(name, root, data, content, findings)


def _bytes(file: Path, shown: str) -> bytes:
    try:
        size, allowed = file.stat().st_size, limits().input_bytes
        if size > allowed:
            message = text(
                "The file has {size} bytes; {limit} are allowed.", size=size, limit=allowed
            )
            raise faults.over_limit("input_bytes", Position(shown), message)
        return file.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(text("{file}: {reason}.", file=shown, reason=reason)) from None


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", errors="replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        message, remedy = _encoding(data)
        found = faults.fault("N102", Position(name, line, column), message, remedy)
        raise SourceError([found]) from None


def _encoding(data: bytes) -> tuple[Text, Text]:
    """Say what the file seems to be, when it is not UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        seems = "UTF-16"
    else:
        try:
            data.decode("gb18030")
            seems = "GBK"
        except UnicodeDecodeError:
            return (
                text("The file is not text in UTF-8."),
                text("A data file is YAML or JSON text; save it with the encoding UTF-8."),
            )
    return (
        text("The file is not in UTF-8; it seems to be in {encoding}.", encoding=seems),
        text("Save it again with the encoding UTF-8."),
    )
