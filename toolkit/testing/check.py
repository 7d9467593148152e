"""The conformance kit: everything that is demanded of a plugin, examined in its own process."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from toolkit.diagnostics import Finding, Severity
from toolkit.diagnostics.plugin_codes import DEMANDS, miss
from toolkit.limits import limits, variable
from toolkit.messages import text
from toolkit.testing import finding_json
from toolkit.testing.subject import locate

_HERE = {"TZ": "XXX12", "PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
_THERE = {"TZ": "YYY-14", "PYTHONHASHSEED": "2", "LC_ALL": "C", "LANG": "zh_CN.UTF-8"}
"""Two days, two seeds, two languages: what depends on them comes out differently."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an examination.

    ``facts`` are ``"docx way"`` (``"fast"`` or ``"ordinary"``), ``"docx ratio"`` and ``"html
    ratio"``: the time a document takes, in times of that with the national template.
    """

    name: str
    file: str
    findings: tuple[Finding, ...]
    facts: dict[str, object]

    @property
    def has_errors(self) -> bool:
        """Whether the plugin breaks a demand."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def of(self, code: str) -> tuple[Finding, ...]:
        """Findings of one demand, notes left out."""
        found = (f for f in self.findings if f.code == code and f.severity > Severity.NOTE)
        return tuple(found)


def check(plugin: str, folders: Iterable[Path] = ()) -> Result:
    """Examine a plugin.

    Args:
        plugin: its name, its folder, or the folder of its distribution.
        folders: where more plugins are, as for ``--plugin-dir``.

    Raises:
        UsageError: there is no such plugin.
    """
    places = [str(folder.resolve()) for folder in folders]
    candidate = locate(plugin, [Path(place) for place in places])
    wanted = str(Path(plugin).resolve()) if Path(plugin).is_dir() else plugin
    with tempfile.TemporaryDirectory(prefix="nianbao-") as scratch:
        here, there = Path(scratch, "here"), Path(scratch, "there", "far")
        runs = [
            (_start(here, wanted, places, _HERE, only_make=False), here),
            (_start(there, wanted, places, _THERE, only_make=True), there),
        ]
        first, second = (_result(process, folder, candidate.place) for process, folder in runs)
        found = [finding_json.unpack(packed) for packed in first["findings"]]
        if not any(f.code in ("P101", "P703", "P801", "P802") for f in found):
            found += [f for f in map(finding_json.unpack, second["findings"]) if f.code == "P101"]
            found += _differences(here, there, candidate.place)
    order = list(DEMANDS)
    found.sort(key=lambda finding: (order.index(finding.code), finding.order))
    return Result(candidate.name, candidate.place, tuple(dict.fromkeys(found)), first["facts"])


def _start(
    folder: Path, plugin: str, places: list[str], surroundings: dict[str, str], *, only_make: bool
) -> "subprocess.Popen[bytes]":
    folder.mkdir(parents=True)
    request = {"plugin": plugin, "folders": places, "only_make": only_make}
    (folder / "request.json").write_text(json.dumps(request), encoding="utf-8")
    path = os.pathsep.join(str(Path(place or ".").resolve()) for place in sys.path)
    inherited = {k: v for k, v in os.environ.items() if k != "NIANBAO_PLUGIN_DIR"}
    return subprocess.Popen(  # noqa: S603  this Python, with a module of ours
        [sys.executable, "-P", "-B", "-W", "ignore", "-m", "toolkit.testing.child", str(folder)],
        cwd=folder,
        env={**inherited, **surroundings, "PYTHONPATH": path, "TMPDIR": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def _result(process: "subprocess.Popen[bytes]", folder: Path, place: str) -> dict[str, Any]:
    """Wait for an examination; if the plugin ended it, or it hangs, that is what was found."""
    seconds = limits().report_seconds
    try:
        said, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        message = text("the plugin did not finish within {seconds} seconds ({stage})",
                       seconds=seconds, stage=_stage(folder))  # fmt: skip
        remedy = text("{variable} raises the limit.", variable=variable("report_seconds"))
        return _only(miss("P101", place, message, remedy))
    result = folder / "result.json"
    if result.is_file():
        told: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
        return told
    last = said.decode(errors="replace").strip().rpartition("\n")[2]
    message = text("the plugin ended the program with {code} ({stage}) {said}",
                   code=process.returncode, stage=_stage(folder), said=last)  # fmt: skip
    return _only(miss("P101", place, message, text("Return or raise; never end the program.")))


def _only(finding: Finding) -> dict[str, Any]:
    return {"findings": [finding_json.pack(finding)], "facts": {}}


def _stage(folder: Path) -> str:
    stage = folder / "stage"
    return stage.read_text(encoding="utf-8") if stage.is_file() else "start"


def _differences(here: Path, there: Path, place: str) -> Iterator[Finding]:
    """Compare what two processes made: other day, other folder, other order of sets."""
    own = {"request.json", "result.json", "stage"}
    for one in sorted(file for file in here.iterdir() if file.is_file() and file.name not in own):
        other = there / one.name
        data = other.read_bytes() if other.is_file() else b""
        if one.read_bytes() != data:
            message = text("{file} comes out differently each time: {where}",
                           file=one.name, where=_where(one, other))  # fmt: skip
            remedy = text("Ask neither clock nor chance nor environment; sort what is a set.")
            yield miss("P704", place, message, remedy)


def _where(one: Path, other: Path) -> str:
    if not other.is_file():
        return "—"
    if one.suffix == ".docx":
        with ZipFile(one) as left, ZipFile(other) as right:
            names = [n for n in left.namelist() if n not in right.namelist()
                     or left.read(n) != right.read(n)]  # fmt: skip
        return ", ".join(names)
    if one.suffix == ".html":
        pairs = zip_longest(one.read_text().splitlines(), other.read_text().splitlines())
        return next((f"“{a}” / “{b}”" for a, b in pairs if a != b), "")[:160]
    return one.suffix
