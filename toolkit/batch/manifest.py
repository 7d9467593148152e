"""manifest.json: what was built from what, for readers, and for not building it again."""

import json
import time
from collections.abc import Iterator
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from toolkit import __version__, output
from toolkit.batch.task import BUILT, UNCHANGED, Document, Outcome, Task

NAME = "manifest.json"
_VERSION = 1
_SAVE_AFTER = 5.0
"""Seconds between savings during a run; what a killed run loses is built again."""


class Manifest:
    """The reports of one output folder, by the name of their data file."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / NAME
        self._reports = _load(self._file)
        self._saved = time.monotonic()
        self._changed = False

    def unchanged(self, task: Task, key: str) -> Outcome | None:
        """Return the outcome of a task that was done before, if all is as it was then.

        Args:
            task: the report that is to be built.
            key: see `toolkit.batch.fingerprint.key`.
        """
        entry = self._reports.get(task.file.name)
        if not entry or entry.get("key") != key or entry.get("status") != BUILT:
            return None
        documents = tuple(Document(**document) for document in entry["documents"])
        if not all(_stands(document) for document in documents):
            return None
        if sha256(task.file.read_bytes()).hexdigest() != entry["data_sha256"]:
            return None
        return Outcome(str(task.file), UNCHANGED, documents=documents, plugin=entry["plugin"])

    def plugin(self, task: Task) -> str:
        """Return the plugin a report was built by last time, or ``""``."""
        return str(self._reports.get(task.file.name, {}).get("plugin", ""))

    def note(self, outcome: Outcome) -> None:
        """Take an outcome down; now and then the file is written."""
        if outcome.status == UNCHANGED:
            return
        self._reports[Path(outcome.file).name] = dict(_entry(outcome))
        self._changed = True
        if time.monotonic() - self._saved > _SAVE_AFTER:
            self.save()

    def save(self) -> None:
        """Write the file, whole or not at all."""
        if not self._changed:
            return
        told = {
            "manifest": _VERSION,
            "nianbao": __version__,
            "reports": dict(sorted(self._reports.items())),
        }
        data = json.dumps(told, ensure_ascii=False, indent=1).encode()
        output.write(self._file, data + b"\n")
        self._saved, self._changed = time.monotonic(), False


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
    if outcome.fault:
        yield "fault", str(outcome.fault)
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


def _load(file: Path) -> dict[str, dict[str, Any]]:
    """Read what an earlier run wrote; a file that cannot be read counts as none."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        if told["manifest"] != _VERSION:
            return {}
        return dict(told["reports"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}
