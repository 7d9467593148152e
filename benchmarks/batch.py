"""Builds many reports as one batch, and watches memory: ``python -m benchmarks.batch [REPORTS]``.

    python -m benchmarks.batch 1000                  DOCX and HTML, with one process and with two
    python -m benchmarks.batch 10000 -f docx -j 2
    python -m benchmarks.batch 1000 --write          also writes results/batch-… and a picture

Memory is that of the program and all its processes: what each has for itself, and its share of
what they have in common (PSS). Linux only.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks import tell
from benchmarks.reports import REPORT

EVERY = 0.5
"""Seconds between two looks at the memory."""
_QUIET = 0.5
"""Load up to which a machine counts as free."""
_PROGRAM = "import sys; from toolkit.cli.main import main; sys.exit(main())"


@dataclass(slots=True)
class Run:
    """One run: seconds in all by the clock and of processors; MB in use at each look."""

    name: str
    reports: int
    seconds: float = 0.0
    processor: float = 0.0
    memory: list[tuple[float, float]] = field(default_factory=list)

    def at(self, share: float) -> float:
        """MB in use when a share of the time had passed, the median around that moment."""
        near = sorted(mb for when, mb in self.memory if abs(when / self.seconds - share) < 0.05)
        return near[len(near) // 2] if near else 0.0


def main() -> int:
    """Build, watch and tell."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.batch")
    asked.add_argument("reports", nargs="?", type=int, default=1000)
    asked.add_argument("-f", "--formats", default="docx,html")
    asked.add_argument("-j", "--jobs", default="1,2", help="numbers of processes, one run each")
    asked.add_argument("--write", action="store_true")
    given = asked.parse_args()
    before, runs = os.getloadavg()[0], []
    with tempfile.TemporaryDirectory(prefix="nianbao-") as name:
        folder = Path(name)
        _data(folder / "data", given.reports)
        for jobs in given.jobs.split(","):
            shutil.rmtree(folder / "out", ignore_errors=True)
            words = ("generate", folder / "data", "-f", given.formats, "-o", folder / "out")
            words = (*words, "--jobs", jobs)
            runs.append(_watched(f"{given.formats}, --jobs {jobs}", given.reports, words))
            made = sum(1 for _file in (folder / "out").glob(f"*.{given.formats.split(',')[0]}"))
            assert made == given.reports, f"{made} made"  # noqa: S101
        runs.append(_watched("unchanged, once more", given.reports, words))
    print(_table(runs, before), end="")
    if given.write:
        tell.FOLDER.mkdir(exist_ok=True)
        stem = tell.FOLDER / f"batch-{given.reports}"
        stem.with_suffix(".md").write_text(_table(runs, before), encoding="utf-8")
        told = {"machine": tell.machine(), "runs": [asdict(run) for run in runs]}
        stem.with_suffix(".json").write_text(json.dumps(told) + "\n", encoding="utf-8")
        _picture(runs, stem.with_suffix(".png"))
    return 0


def _data(folder: Path, count: int) -> None:
    """Write data files that differ in the office's name, and so in every document."""
    folder.mkdir()
    whole = REPORT.read_text(encoding="utf-8")
    name = next(line for line in whole.splitlines() if line.strip().startswith("name:"))
    office = name.partition(":")[2].strip()
    for number in range(count):
        changed = whole.replace(office, f"{office}第{number}所")
        (folder / f"report-{number:05}.yaml").write_text(changed, encoding="utf-8")


def _watched(name: str, reports: int, words: tuple[object, ...]) -> Run:
    run = Run(name, reports)
    print(name, file=sys.stderr)
    start, before = time.perf_counter(), _processor()
    command = [sys.executable, "-c", _PROGRAM, *map(str, words)]
    with tempfile.TemporaryFile() as said:
        program = subprocess.Popen(command, stdout=said, stderr=said)
        while program.poll() is None:
            run.memory.append((time.perf_counter() - start, _memory(program.pid)))
            time.sleep(EVERY)
        if program.returncode:
            said.seek(0)
            sys.exit(said.read()[-2000:].decode())
    run.seconds, run.processor = time.perf_counter() - start, _processor() - before
    return run


def _processor() -> float:
    """Seconds of processor time of all ended processes that this one began."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory(root: int) -> float:
    """Add up the memory of a process and its descendants, in MB."""
    return sum(map(_proportional, family(root))) / 1024


def family(root: int) -> Iterator[int]:
    """Give a process and its descendants."""
    yield root
    try:
        tasks = list(Path(f"/proc/{root}/task").iterdir())
        children = [(task / "children").read_text(encoding="ascii") for task in tasks]
    except OSError:
        return  # it has just ended
    for child in " ".join(children).split():
        yield from family(int(child))


def _proportional(process: int) -> int:
    """Read the KB of one process: its own pages, and its share of common ones."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")), 0)


def _table(runs: list[Run], load: float) -> str:
    """Tell the runs, and the load of the machine in the minute before them."""
    others = "Other work ran on the machine" if load > _QUIET else "Little else ran on the machine"
    lines = [
        f"{runs[0].reports} reports, measured by `python -m benchmarks.batch` on {tell.machine()}.",
        f"{others} (load before: {load:.1f}).",
        "",
        "| run | s by the clock | ms a report | ms of processor a report "
        "| MB at 20 % | MB at 90 % | MB at most |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for run in runs:
        each = 1000 * run.seconds / run.reports
        busy = 1000 * run.processor / run.reports
        most = max((mb for _when, mb in run.memory), default=0)
        lines.append(
            f"| {run.name} | {run.seconds:.1f} | {each:.1f} | {busy:.1f} "
            f"| {run.at(0.2):.0f} | {run.at(0.9):.0f} | {most:.0f} |"
        )
    return "\n".join(lines) + "\n"


def _picture(runs: list[Run], file: Path) -> None:
    from matplotlib.figure import Figure  # the only one that needs it

    figure = Figure(figsize=(8, 3))
    plot = figure.subplots()
    for run in runs:
        plot.plot(*zip(*run.memory, strict=True), label=run.name, linewidth=1)
    plot.set(xlabel="seconds", ylabel="MB, all processes", ylim=(0, None))
    plot.spines[["top", "right"]].set_visible(False)
    plot.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(file, dpi=110, metadata={"Software": None})


if __name__ == "__main__":
    sys.exit(main())
