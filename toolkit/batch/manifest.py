"""manifest.json: what was built from what, for readers, and for not building it again."""

import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from toolkit import output
from toolkit.batch import fingerprint, manifest_entries
from toolkit.batch.fingerprint import Parts
from toolkit.batch.manifest_entries import Entries
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

    def why(self, task: Task, keys: Mapping[str, str], of: Mapping[str, Parts]) -> str:
        """Return why a report must be built, if it must.

        Args:
            task: the report that is to be built.
            keys: plugin → key of what its documents depend on.
            of: plugin → that, part by part; see `toolkit.batch.fingerprint.of_plugins`.

        Returns:
            ``"new"``, ``"failed"``, ``"data"``, ``"absent"`` (a document is), the name of a
            part that changed, or ``""`` when all is as it was when it was built.
        """
        try:
            entry = self._reports.get(_name(task.shown))
            if not entry:
                return "new"
            if entry.get("status") != BUILT:
                return "failed"
            return self._why(task, entry, keys, of)
        except (OSError, KeyError, TypeError, ValueError):
            return "new"  # an entry made by hand, or a file that building will complain of

    def _why(
        self,
        task: Task,
        entry: Mapping[str, Any],
        keys: Mapping[str, str],
        of: Mapping[str, Parts],
    ) -> str:
        if entry["key"] != keys.get(entry["plugin"], ""):
            now, then = of.get(entry["plugin"], {}), self._bases.get(entry["key"], {})
            return next((part for part in now if now[part] != then.get(part)), "plugin")
        if not fingerprint.is_as_then(entry.get("beside", {})):
            return "templates"
        if not task.file.is_file():
            return "data"  # building it will say what it is
        if sha256(task.file.read_bytes()).hexdigest() != entry["data_sha256"]:
            return "data"
        finished = datetime.fromisoformat(entry["finished"]).timestamp()
        if not all(_stands(document, finished) for document in _documents(task, entry)):
            return "absent"
        return ""

    def unchanged(self, task: Task) -> Outcome:
        """Return what came of a report last time that is left as it is."""
        entry = self._reports.get(_name(task.shown)) or {}
        documents = tuple(_documents(task, entry))
        return Outcome(task.shown, UNCHANGED, documents=documents, plugin=str(entry["plugin"]))

    def begin(self, bases: Mapping[str, Parts]) -> None:
        """Take down what this run's documents depend on."""
        self._bases.update({key: dict(parts) for key, parts in bases.items()})

    def note(self, outcome: Outcome) -> None:
        """Take an outcome down; now and then the file is written."""
        if outcome.status == UNCHANGED:
            return
        self._reports[_name(outcome.file)] = dict(_entry(outcome))
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
        keys = self._reports.keys
        told = {
            "manifest": _VERSION,
            "started": self._started,
            "saved": _now(),
            "versions": dict(fingerprint.versions()),
            "bases": {key: parts for key, parts in sorted(self._bases.items()) if key in keys},
        }
        output.write_in_parts({self._file: self._reports.written(told)})
        self._reports.moved(self._file)
        took = time.monotonic() - began
        self._due, self._changed = time.monotonic() + max(_SAVE_AFTER, _SHARE * took), False


def _name(shown: str) -> str:
    return shown.rpartition("/")[2]


def _documents(task: Task, entry: Mapping[str, Any]) -> Iterator[Document]:
    """By the paths of today's call, which may come from another current folder."""
    for told in entry["documents"]:
        document = Document(**told)
        yield replace(document, path=str(task.folder / Path(document.path).name))


def _stands(document: Document, finished: float) -> bool:
    """Whether a document is the one that was written then.

    One of the same size that was touched since may be a copy, or from a run that was killed
    before it could tell: its content says.
    """
    file = Path(document.path)
    try:
        found = file.stat()
        if found.st_size != document.size:
            return False
        return found.st_mtime < finished + 1 or (
            sha256(file.read_bytes()).hexdigest() == document.sha256
        )
    except OSError:
        return False


def _entry(outcome: Outcome) -> Iterator[tuple[str, Any]]:
    yield "status", outcome.status
    yield "input", outcome.file
    yield "plugin", outcome.plugin
    yield "data_sha256", outcome.data_sha256
    yield "key", outcome.key
    if outcome.beside:
        yield "beside", dict(outcome.beside)
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


def _load(file: Path) -> tuple[Entries, dict[str, dict[str, str]]]:
    """Read what an earlier run wrote; a file that cannot be read counts as none."""
    try:
        told, reports = manifest_entries.read(file)
        if told["manifest"] == _VERSION:
            return reports, {key: dict(parts) for key, parts in told["bases"].items()}
        reports.close()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    return Entries(), {}
