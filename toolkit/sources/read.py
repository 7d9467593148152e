"""A file on disk → `Source`, by the ending of its name."""

import importlib
import stat
from collections.abc import Callable
from collections.abc import Mapping as Mapping_
from pathlib import Path
from typing import Any

from toolkit.diagnostics import Finding, Position
from toolkit.errors import SourceError, UsageError
from toolkit.limits import limits
from toolkit.messages import Text, text
from toolkit.sources import elsewhere, faults
from toolkit.sources.node import Mapping, Node, Source

SUFFIXES = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".xlsx": "workbook",
    ".xlsm": "workbook",
    ".ods": "workbook",
}
"""Ending of a data file → the module of this room that reads it."""

Known = Callable[[str], bool]
"""Whether a word is the name of a field."""
Parser = Callable[[str, str, Known | None], tuple[Node | None, tuple[Finding, ...]]]


def read(file: Path, name: str | None = None, part: str = "", known: Known | None = None) -> Source:
    """Read one data file.

    Args:
        file: a YAML or JSON file in UTF-8, with or without a byte order mark; or a workbook.
        name: how positions call it; the path as given, if left out.
        part: which office of a workbook of many; see `offices`.
        known: tells the names of fields from other words where a line is mistyped.

    Raises:
        UsageError: there is no such file, it cannot be opened, or its ending is unknown.
        SourceError: its content cannot be read; N101 to N108 say where and why.
    """
    shown = name or str(file)
    suffix = _suffix(file, shown)
    data = _bytes(file, shown)
    if SUFFIXES[suffix] == "workbook":
        return _one(_book(data, shown, suffix).reports, shown, part)
    return read_text(data, shown, suffix, known)


def offices(file: Path) -> dict[str, str]:
    """Return the offices in a workbook of many: the key of each part, and its name.

    Any other data file has the one part ``""``; so has a workbook that cannot be read, since
    reading it will say why.
    """
    if not is_spreadsheet(file.name):
        return {"": ""}
    suffix = file.suffix.lower()
    try:
        names: dict[str, str] = _book(_bytes(file, str(file)), str(file), suffix).names
    except SourceError:
        return {"": ""}
    return names or {"": ""}


def is_spreadsheet(name: str) -> bool:
    """Whether a data file of this name is a workbook."""
    return SUFFIXES.get(Path(name).suffix.lower()) == "workbook"


def is_workbook(file: Path) -> bool:
    """Whether a file is a workbook to fill in, and not another spreadsheet or no spreadsheet."""
    if not is_spreadsheet(file.name) or file.name.startswith("~$"):
        return False
    try:
        _book(_bytes(file, str(file)), str(file), file.suffix.lower())
    except SourceError as error:
        return error.findings[0].code not in ("N101", "N106")
    except UsageError:
        return False
    return True


def _book(data: bytes, shown: str, suffix: str) -> Any:
    """Load the reading of workbooks only for one."""
    return importlib.import_module("toolkit.sources.workbook").read(data, shown, suffix)


def _one(reports: Mapping_[str, Source], shown: str, part: str) -> Source:
    if part in reports:
        return reports[part]
    if len(reports) == 1 and not part:
        return next(iter(reports.values()))
    if not reports:
        message = text("No office is filled in here.")
        remedy = text("Fill in a row on each sheet, beginning with the name of the office.")
    else:
        message = text("The workbook holds the reports of {n} offices.", n=len(reports))
        remedy = text("Name the workbook where many reports are taken: generate or check.")
    raise SourceError([faults.fault("N106", Position(shown), message, remedy)])


def _suffix(file: Path, shown: str) -> str:
    suffix = file.suffix.lower()
    if suffix in SUFFIXES:
        return suffix
    fault = text(
        "{file}: data files end in {endings}.", file=shown, endings=", ".join(sorted(SUFFIXES))
    )
    if file.is_dir():
        fault = text("{file}: this is a folder; name a file in it.", file=shown)
    elif not file.exists():
        raise UsageError(elsewhere.with_neighbour(_missing(shown), file))
    remedy = elsewhere.instead(file)
    raise UsageError(text("{fault} {remedy}", fault=fault, remedy=remedy) if remedy else fault)


def _missing(shown: str) -> Text:
    return text("{file}: there is no such file.", file=shown)


def read_text(data: bytes, name: str, suffix: str, known: Known | None = None) -> Source:
    """Read the bytes of a YAML or JSON file (``suffix`` ``".yaml"`` or ``".json"``)."""
    content = _decode(data, name)
    parser: Parser = importlib.import_module(f"toolkit.sources.{SUFFIXES[suffix]}").parse
    try:
        root, findings = parser(content, name, known)
        if not isinstance(root, Mapping):
            raise faults.not_a_mapping(root.position if root else Position(name, 1, 1))
    except SourceError as error:
        raise SourceError(error.findings, content) from None
    return Source(name, root, data, content, findings)


def _bytes(file: Path, shown: str) -> bytes:
    try:
        state, allowed = file.stat(), limits().input_bytes
        if not stat.S_ISREG(state.st_mode):  # a pipe or device might never end
            raise UsageError(text("{file}: this is no file that holds data.", file=shown))
        if state.st_size > allowed:
            message = text(
                "The file has {size} bytes; {limit} are allowed.", size=state.st_size, limit=allowed
            )
            raise faults.over_limit("input_bytes", Position(shown), message)
        return file.read_bytes()
    except FileNotFoundError:
        raise UsageError(elsewhere.with_neighbour(_missing(shown), file)) from None
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
    """Return what the file seems to be, when it is not UTF-8."""
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
