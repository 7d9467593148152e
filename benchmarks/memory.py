"""What the program itself remembers of each report: ``python -m benchmarks.memory [REPORTS …]``.

Runs `nianbao generate` with a builder that only writes a line where a document would be, so that
what is measured is the plan, the manifest and what is kept of the outcomes. Told is the most memory
the program ever held (peak RSS), when all reports are new and when none is.
"""

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from toolkit.batch import manifest
from toolkit.batch.task import BUILT, Document, Outcome, Tasks
from toolkit.cli import executors
from toolkit.cli.main import main as nianbao
from toolkit.formats import formats

COUNTS = (100, 1_000, 10_000, 30_000)
"""How many reports are built in turn."""
_PLUGIN, _FORMATS = "heilongjiang", ("docx", "html")


def main() -> int:
    """Measure each count in a program of its own, and tell MB and kB a report."""
    if sys.argv[1:2] == ["--one"]:
        return _one(Path(sys.argv[2]))
    counts = [int(word) for word in sys.argv[1:]] or COUNTS
    print("| reports | MB, all new | MB, all unchanged | kB a report, new | unchanged |")
    print("|--:|--:|--:|--:|--:|")
    first: tuple[int, list[float]] | None = None
    for count in counts:
        new, unchanged = (most / 1024 for most in _measured(count))
        each = "| | |"
        if first:
            more, (few_new, few_unchanged) = count - first[0], first[1]
            grown = [1024 * (new - few_new) / more, 1024 * (unchanged - few_unchanged) / more]
            each = f"| {grown[0]:.2f} | {grown[1]:.2f} |"
        first = first or (count, [new, unchanged])
        print(f"| {count:,} | {new:.1f} | {unchanged:.1f} {each}", flush=True)
    return 0


def _measured(count: int) -> Iterator[int]:
    with tempfile.TemporaryDirectory(prefix="nianbao-") as name:
        folder = Path(name)
        (folder / "data").mkdir()
        for number in range(count):
            file = folder / "data" / f"某某市某某局-{number:05}-2024.yaml"
            file.write_text(f"{number}\n", encoding="utf-8")
        for _ in range(2):
            command = [sys.executable, "-m", "benchmarks.memory", "--one", name]
            told = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
            yield json.loads(told.splitlines()[-1])


def _one(folder: Path) -> int:
    executors.chosen = lambda args, count: _stub  # type: ignore[assignment]
    manifest._SAVE_AFTER, manifest._SHARE = 0.5, 0  # as often a report as when building takes time
    words = ["generate", str(folder / "data"), "-f", ",".join(_FORMATS)]
    code = nianbao([*words, "-o", str(folder / "out")])
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, flush=True)
    return code


def _stub(tasks: Tasks) -> Iterator[Outcome]:
    form = {known.name: known for known in formats()}
    for task in tasks:
        data = task.file.read_bytes()
        documents = []
        for name in task.formats:
            path = task.target(form[name])
            path.write_bytes(data)
            documents.append(Document(name, str(path), len(data), sha256(data).hexdigest()))
        made = Outcome(task.shown, BUILT, documents=tuple(documents), plugin=_PLUGIN)
        told = sha256(data).hexdigest()
        yield replace(made, data_sha256=told, key=task.keys.get(_PLUGIN, ""), seconds=0.1)


if __name__ == "__main__":
    sys.exit(main())
