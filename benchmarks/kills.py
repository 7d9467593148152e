"""A batch killed again and again: ``python -m benchmarks.kills [TIMES] [REPORTS]``.

Each time the data files change, the program is started, and ``kill -9`` takes it and all its
workers at another moment, in any order. Then every document must be whole, and be that of the data
before or after; the manifest readable; and the same command must do the rest, and leave no
temporary file.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from benchmarks.batch import family
from benchmarks.reports import REPORT

_PROGRAM = "import sys; from toolkit.cli.main import main; sys.exit(main())"
_MARK = "示例市自然资源和规划局"


def main() -> int:
    """Kill so many times; 1 if something was lost."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.kills")
    asked.add_argument("times", nargs="?", type=int, default=24)
    asked.add_argument("reports", nargs="?", type=int, default=60)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="nianbao-") as name:
        wrong = list(Batch(Path(name), given.reports).faults(given.times))
    print("\n".join(wrong) or f"Killed {given.times} times; nothing was lost.")
    return 1 if wrong else 0


class Batch:
    """Reports in a folder, whose documents tell of which time they are."""

    def __init__(self, folder: Path, reports: int) -> None:
        """Prepare; nothing is written yet."""
        self._folder, self._out = folder, folder / "out"
        self._names = [f"r{number:03}" for number in range(reports)]
        (folder / "data").mkdir()

    def faults(self, times: int) -> Iterator[str]:
        """Kill so many runs, each followed by one that does the rest; gives what was not right."""
        chance = random.Random(20241124)  # noqa: S311  the same each time is what is wanted
        self._write(0)
        began = time.monotonic()
        yield from self._finished(0)
        whole = time.monotonic() - began
        for number in range(1, times + 1):
            self._write(number)
            running = self._start()
            moment = chance.uniform(0.1, whole)
            with suppress(subprocess.TimeoutExpired):
                running.wait(moment)
            everyone = list(family(running.pid))
            for process in chance.sample(everyone, len(everyone)):
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            running.wait()
            time.sleep(0.2)  # the system takes the last one down
            done = sum(self._made(name) == number for name in self._names)
            print(f"{number}: at {moment:.2f} s, {done} new documents", file=sys.stderr)
            yield from self._harmed(number)
            yield from self._finished(number)

    def _write(self, number: int) -> None:
        whole = REPORT.read_text(encoding="utf-8").replace(_MARK, f"{_MARK}第{number}次")
        for name in self._names:
            (self._folder / "data" / f"{name}.yaml").write_text(whole, encoding="utf-8")

    def _start(self) -> "subprocess.Popen[bytes]":
        """Begin a run."""
        words = ["generate", str(self._folder / "data"), "-f", "docx,html", "--jobs", "2"]
        return subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, *words, "-o", str(self._out)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _finished(self, number: int) -> Iterator[str]:
        """Let a run end; all documents are of this time then, and nothing else is there."""
        code = self._start().wait()
        if code:
            yield f"{number}: the run afterwards ended with {code}"
        for name in self._names:
            if self._made(name) != number or self._made(name, "html") != number:
                yield f"{number}: {name} was not built by the run afterwards"
        expected = {f"{name}.{form}" for name in self._names for form in ("docx", "html")}
        for file in {f.name for f in self._out.iterdir()} ^ {*expected, "manifest.json"}:
            yield f"{number}: {file} is left, or missing"
        yield from self._of_manifest(number)

    def _harmed(self, number: int) -> Iterator[str]:
        for name in self._names:
            for form in ("docx", "html"):
                if self._made(name, form) not in (number - 1, number):
                    yield f"{number}: {name}.{form} is neither old nor new"
        yield from self._of_manifest(number)

    def _of_manifest(self, number: int) -> Iterator[str]:
        try:
            told = json.loads((self._out / "manifest.json").read_text(encoding="utf-8"))
            if set(told["reports"]) != {f"{name}.yaml" for name in self._names}:
                yield f"{number}: the manifest tells of other reports"
        except (OSError, ValueError, KeyError) as error:
            yield f"{number}: the manifest cannot be read: {error}"

    def _made(self, name: str, form: str = "docx") -> int:
        """Tell of which time a document is; -1 if it is not whole."""
        file = self._out / f"{name}.{form}"
        try:
            if form == "docx":
                with zipfile.ZipFile(file) as archive:
                    if archive.testzip() is not None:
                        return -1
                    content = archive.read("word/document.xml").decode()
            else:
                content = file.read_text(encoding="utf-8")
                if not content.rstrip().endswith("</html>"):
                    return -1
            return int(content.partition(f"{_MARK}第")[2].partition("次")[0])
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            return -1


if __name__ == "__main__":
    sys.exit(main())
