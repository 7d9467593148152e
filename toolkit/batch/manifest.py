"""manifest.json: what was built from what, for readers, and for not building it again."""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from toolkit import output
from toolkit.batch import fingerprint
from toolkit.batch.fingerprint import Parts
from toolkit.batch.task import BUILT, FAILED, UNCHANGED, Document, Outcome, Task
from toolkit.errors import OutputError

NAME = "manifest.json"
_VERSION = 2
_SAVE_AFTER = 5.0
"""Seconds between savings during a run; what a killed run loses is built again."""
_SHARE = 20
"""The time between savings is at least so many times what one takes."""


def is_manifest(file: Path) -> bool:
    """Whether a file is one of ours, and no data file that happens to have the name."""
    try:
        with file.open("rb") as opened:
            return opened.read(32).startswith(b'{\n "manifest": ')
    except OSError:
        return False


class Manifest:
    """The reports of one output folder, by the name of their data file."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / NAME
        self._reports, self._bases = _load(self._file)
        self._started = _now()
        self._due = time.monotonic() + _SAVE_AFTER
        self._changed = False

    def compare(self, task: Task, of: Mapping[str, Parts]) -> tuple[str, Outcome | None]:
        """Say why a report must be built, or give what came of it when all is as it was then.

        Args:
            task: the report that is to be built, with its keys.
            of: see `toolkit.batch.fingerprint.of_plugins`.

        Returns:
            ``"new"``, ``"failed"``, ``"data"``, ``"absent"`` (a document is), the name of a
            part that changed, or ``""`` and the outcome.
        """
        entry = self._reports.get(Path(task.shown).name)
        if not entry:
            return "new", None
        if entry.get("status") != BUILT:
            return "failed", None
        try:
            return self._compare(task, entry, of)
        except (OSError, KeyError, TypeError, ValueError):
            return "new", None  # an entry made by hand, or a file that building will complain of

    def _compare(
        self, task: Task, entry: Mapping[str, Any], of: Mapping[str, Parts]
    ) -> tuple[str, Outcome | None]:
        if entry["key"] != task.keys.get(entry["plugin"], ""):
            now, then = of.get(entry["plugin"], {}), self._bases.get(entry["key"], {})
            return next((part for part in now if now[part] != then.get(part)), "plugin"), None
        if not task.file.is_file():
            return "data", None  # building it will say what it is
        if sha256(task.file.read_bytes()).hexdigest() != entry["data_sha256"]:
            return "data", None
        documents = tuple(_here(task.folder, document) for document in entry["documents"])
        if not all(map(_stands, documents)):
            return "absent", None
        return "", Outcome(task.shown, UNCHANGED, documents=documents, plugin=str(entry["plugin"]))

    def begin(self, bases: Mapping[str, Parts]) -> None:
        """Take down what this run's documents depend on."""
        self._bases.update({key: dict(parts) for key, parts in bases.items()})

    def note(self, outcome: Outcome) -> None:
        """Take an outcome down; now and then the file is written."""
        if outcome.status == UNCHANGED:
            return
        self._reports[Path(outcome.file).name] = dict(_entry(outcome))
        self._changed = True
        if time.monotonic() > self._due:
            with suppress(OutputError):  # the end of the run will tell
                self.save()

    def save(self) -> None:
        """Write the file, whole or not at all."""
        if not self._changed:
            return
        began = time.monotonic()
        self._due = began + _SAVE_AFTER
        used = {entry.get("key") for entry in self._reports.values()}
        told = {
            "manifest": _VERSION,
            "started": self._started,
            "saved": _now(),
            "versions": dict(fingerprint.versions()),
            "bases": {key: parts for key, parts in sorted(self._bases.items()) if key in used},
            "reports": dict(sorted(self._reports.items())),
        }
        output.write(self._file, _written(told))
        took = time.monotonic() - began
        self._due, self._changed = time.monotonic() + max(_SAVE_AFTER, _SHARE * took), False


def _written(told: Mapping[str, Any]) -> bytes:
    """Write JSON piece by piece: all pieces at once take several times what the file does."""
    data = bytearray()
    for piece in json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(told):
        data += piece.encode(errors="backslashreplace")
    return bytes(data + b"\n")


def _here(folder: Path, told: Mapping[str, Any]) -> Document:
    """A document by the path of today's call, which may come from another current folder."""
    document = Document(**told)
    return replace(document, path=str(folder / Path(document.path).name))


def _stands(document: Document) -> bool:
    try:
        return Path(document.path).stat().st_size == document.size
    except OSError:
        return False


def _entry(outcome: Outcome) -> Iterator[tuple[str, Any]]:
    yield "status", outcome.status
    yield "input", outcome.file
    yield "plugin", outcome.plugin
    yield "data_sha256", outcome.data_sha256
    yield "key", outcome.key
    yield "documents", [asdict(document) for document in outcome.documents]
    yield "seconds", outcome.seconds
    yield "finished", _now()
    if outcome.status == FAILED and outcome.fault:
        blame = f"{outcome.blame}: " if outcome.blame else ""
        yield "fault", f"{blame}{outcome.fault}"
    yield (
        "findings",
        [
            {
                "code": finding.code,
                "severity": finding.severity.label,
                "line": finding.position.line,
                "column": finding.position.column,
                "field": finding.field,
            }
            for finding in outcome.findings
        ],
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _load(file: Path) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, str]]]:
    """Read what an earlier run wrote; a file that cannot be read counts as none."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        if told["manifest"] != _VERSION:
            return {}, {}
        reports, bases = told["reports"], told["bases"]
        if not all(isinstance(entry, dict) for entry in (*reports.values(), *bases.values())):
            return {}, {}
        return dict(reports), dict(bases)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}, {}
