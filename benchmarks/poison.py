"""A batch in which some reports are poisoned: ``python -m benchmarks.poison [REPORTS] [POISONED]``.

    python -m benchmarks.poison                     1,000 reports, 20 poisoned in fifteen kinds
    python -m benchmarks.poison 40 15 --timeout 5   a small one

Holds a run to what is promised of it, and says what was not kept: exactly the good reports are
built, and those that were sampled are byte for byte what they are when built alone; each bad one
is named with its own reason; exit code 1; the manifest tells the same; a second run builds none
but the bad ones.
"""

import argparse
import html
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reports import REPORT

_PROGRAM = "import sys; from toolkit.cli.main import main; sys.exit(main())"
_SAMPLED = 8
"""How many good reports are built alone, too."""
_FORMATS = ("docx", "html")
_NAME, _SHORT = "示例市自然资源和规划局", "市自然资源和规划局"

PLUGIN = """
import ctypes, os, re, sys, time
from pathlib import Path
from toolkit import Province, hookimpl

def opening(report):
    what = report.organization.short_name
    if what == "raises":
        raise RuntimeError("poison")
    if what == "exits":
        sys.exit(5)
    if what == "ends":
        os._exit(7)
    if what == "leaves":
        os._exit(0)
    if what == "strange":
        raise type("Strange", (BaseException,), {"__str__": lambda self: 1 / 0})
    if what == "mute":
        os.closerange(3, 256)
        time.sleep(10**6)
    if what == "loops":
        while True:
            pass
    if what == "waits":
        time.sleep(10**6)
    if what == "computes":
        re.match("(a|aa)+$", "a" * 80 + "b")
    if what == "hoards":
        hoard = [bytes(2**27) for _ in range(10**6)]
    if what == "crashes":
        ctypes.string_at(0)
    if what == "killed":
        Path({killed!r}, str(os.getpid())).touch()
        time.sleep(10**6)
    return ""

@hookimpl
def province():
    return Province(code="99", name="示例省", opening=opening)
"""
INJECTED = "{{ 7*7 }}{% for x in range(10**9) %}x{% endfor %}<script>alert(1)</script>${{7*7}}"
"""A text that some template language would obey; it must be printed as it is."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A way of being poisoned: what in the data file becomes what, and what is said of it.

    ``said`` is in the line of the summary and the manifest's ``fault``; where findings say it,
    ``code`` is that of one of them.
    """

    before: str
    after: str
    said: str = "mend the errors above"
    code: str = ""


def _does(what: str, said: str) -> Kind:
    return Kind(f"short_name: {_SHORT}", f"short_name: {what}", said)


KINDS = {
    "no-yaml": Kind("applications:\n", "applications: [}\n", code="N101"),
    "sums": Kind("new: {natural_person: 98,", "new: {natural_person: 97,", code="N201"),
    "bomb": Kind(
        "year: 2024\n",
        "year: 2024\nb0: &b0 [1,1]\n"
        + "".join(f"b{n}: &b{n} [{', '.join([f'*b{n - 1}'] * 9)}]\n" for n in range(1, 30)),
        code="N104",
    ),
    "raises": _does("raises", "RuntimeError: poison"),
    "exits": _does("exits", "tried to end the program"),
    "ends": _does("ends", "exit code 7"),
    "waits": _does("waits", "It was not done within"),
    "computes": _does("computes", "It was not done within"),
    "hoards": _does("hoards", "NIANBAO_MAX_WORKER_BYTES allows more"),
    "leaves": _does("leaves", "exit code 0"),
    "strange": _does("strange", "Strange"),
    "mute": _does("mute", "stopped answering"),
    "loops": _does("loops", "It was not done within"),
    "crashes": _does("crashes", "signal 11, SIGSEGV"),
    "killed": _does("killed", "signal 9, SIGKILL"),
}


def main() -> int:
    """Run the batch twice; 1 if a promise was not kept."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.poison")
    asked.add_argument("reports", nargs="?", type=int, default=1000)
    asked.add_argument("poisoned", nargs="?", type=int, default=20)
    asked.add_argument("--timeout", type=float, default=15)
    asked.add_argument("--jobs", default="2")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="nianbao-") as name:
        batch = Batch(Path(name), given.reports, given.poisoned)
        wrong = list(batch.faults("--jobs", given.jobs, "--timeout", f"{given.timeout:g}"))
    print("\n".join(wrong) or "Every promise was kept.")
    return 1 if wrong else 0


class Batch:
    """Reports in a folder, some poisoned, and what came of them."""

    def __init__(self, folder: Path, reports: int, poisoned: int) -> None:
        """Write the data files: the bad ones anywhere among the good, each kind by turns."""
        self._folder = folder
        self._killed = folder / "to-kill"
        self._killed.mkdir()
        plugin = folder / "plugins" / "poisonous"
        plugin.mkdir(parents=True)
        content = PLUGIN.replace("{killed!r}", repr(str(self._killed)))
        (plugin / "__init__.py").write_text(content, encoding="utf-8")
        (folder / "data").mkdir()
        chance = random.Random(20241124)  # noqa: S311  the same each time is what is wanted
        places = chance.sample(range(reports), poisoned)
        self.bad = {f"r{n:05}": list(KINDS)[i % len(KINDS)] for i, n in enumerate(places)}
        self.good = [name for n in range(reports) if (name := f"r{n:05}") not in self.bad]
        whole = REPORT.read_text(encoding="utf-8").replace("heilongjiang", "poisonous")
        for number in range(reports):
            self._write(f"r{number:05}", whole.replace(_NAME, f"{_NAME}第{number}所"))
        self.sampled = sorted(chance.sample(self.good, min(_SAMPLED, len(self.good))))
        self.injected = self.sampled[: len(self.sampled) // 2]
        for name in self.injected:
            self._inject(name)

    def _write(self, name: str, content: str) -> None:
        if name in self.bad:
            kind = KINDS[self.bad[name]]
            assert kind.before in content, kind.before  # noqa: S101
            content = content.replace(kind.before, kind.after)
        self._file(name).write_text(content, encoding="utf-8")

    def _inject(self, name: str) -> None:
        content = self._file(name).read_text(encoding="utf-8")
        content = content.replace("并在网站集中公开。", f"并在网站集中公开{INJECTED}。")
        self._file(name).write_text(content, encoding="utf-8")

    def _file(self, name: str) -> Path:
        return self._folder / "data" / f"{name}.yaml"

    def faults(self, *more: str) -> Iterator[str]:
        """Run the batch, and once more; gives what was not as promised."""
        out = self._folder / "out"
        code, said = self._run(self._folder / "data", out, *more)
        yield from self._of_documents(out)
        yield from self._of_texts(out)
        yield from self._of_what_is_said(code, said)
        yield from self._of_manifest(out)
        written = {file.name: file.stat().st_mtime_ns for file in out.glob("r*")}
        code, said = self._run(self._folder / "data", out, *more)
        plan = f"Plan: {len(self.bad)} to build ({len(self.bad)} failed last time), "
        if f"{plan}{len(self.good)} unchanged." not in said:
            yield f"the second run planned otherwise: {said[:200]}"
        if written != {file.name: file.stat().st_mtime_ns for file in out.glob("r*")}:
            yield "the second run wrote documents anew"
        yield from self._of_what_is_said(code, said, first=False)
        yield from self._of_manifest(out)

    def _of_documents(self, out: Path) -> Iterator[str]:
        expected = {f"{name}.{form}" for name in self.good for form in _FORMATS}
        made = {file.name for file in out.iterdir()} - {"manifest.json"}
        for name in sorted(expected ^ made):
            yield f"{name}: {'missing' if name in expected else 'should not be there'}"
        alone = self._folder / "alone"
        for name in self.sampled:
            self._run(self._file(name), alone)
            for file in (f"{name}.{form}" for form in _FORMATS):
                if (alone / file).read_bytes() != (out / file).read_bytes():
                    yield f"{file}: not the same as when it is built alone"

    def _of_texts(self, out: Path) -> Iterator[str]:
        for name in self.injected:
            document = zipfile.ZipFile(out / f"{name}.docx").read("word/document.xml").decode()
            page = (out / f"{name}.html").read_text(encoding="utf-8")
            for form, markup in (("docx", document), ("html", page)):
                if INJECTED not in html.unescape(re.sub(r"<[^>]*>", "", markup)):
                    yield f"{name}.{form}: the text that was injected is not printed as it is"

    def _of_what_is_said(self, code: int, said: str, *, first: bool = True) -> Iterator[str]:
        if code != 1:
            yield f"exit code {code}"
        if "Traceback" in said:
            yield "there is a traceback"
        built = len(self.good) if first else 0
        count = f"{built} of {len(self.good) + len(self.bad)} reports built, "
        count += f"{len(self.good) - built} unchanged, {len(self.bad)} failed."
        if count not in said:
            yield f"it does not say: {count}"
        lines = said[said.find("Not built:") :].splitlines()
        for name, kind in self.bad.items():
            line = next((line for line in lines if f"{name}.yaml" in line), "")
            if KINDS[kind].said not in line:
                yield f"{name} ({kind}): “{line.strip()}” does not say “{KINDS[kind].said}”"

    def _of_manifest(self, out: Path) -> Iterator[str]:
        reports = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["reports"]
        for name in self.good:
            if reports.get(f"{name}.yaml", {}).get("status") != "built":
                yield f"{name}: the manifest does not call it built"
        for name, kind in self.bad.items():
            entry = reports.get(f"{name}.yaml", {})
            if entry.get("status") != "failed":
                yield f"{name}: the manifest does not call it failed"
            codes = [finding["code"] for finding in entry.get("findings", ())]
            if KINDS[kind].code and KINDS[kind].code not in codes:
                yield f"{name} ({kind}): the manifest tells {codes}, not {KINDS[kind].code}"
            if not KINDS[kind].code and KINDS[kind].said not in entry.get("fault", ""):
                yield f"{name} ({kind}): the manifest tells “{entry.get('fault')}”"

    def _run(self, data: Path, out: Path, *more: str) -> tuple[int, str]:
        plugins = str(self._folder / "plugins")
        words = ["generate", str(data), "-f", ",".join(_FORMATS), "-o", str(out)]
        command = [sys.executable, "-c", _PROGRAM, *words, "--plugin-dir", plugins, *more]
        surroundings = {**os.environ, "LANGUAGE": "en"}
        surroundings.setdefault("NIANBAO_MAX_WORKER_BYTES", "2000000000")
        with tempfile.TemporaryFile() as said:
            running = subprocess.Popen(
                command, stdout=subprocess.DEVNULL, stderr=said, env=surroundings
            )
            threading.Thread(target=self._kill, args=(running,), daemon=True).start()
            code = running.wait()
            said.seek(0)
            return code, said.read().decode(errors="replace")

    def _kill(self, running: "subprocess.Popen[bytes]") -> None:
        """Kill, from outside, each worker that says it waits for that."""
        while running.poll() is None:
            for file in self._killed.iterdir():
                with suppress(ProcessLookupError):
                    os.kill(int(file.name), signal.SIGKILL)
                file.unlink()
            time.sleep(0.05)


if __name__ == "__main__":
    sys.exit(main())
