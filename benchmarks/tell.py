"""Tells what was measured: a table, the same as JSON, a picture."""

import json
import os
import platform
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks import docx_ways, pdf_ways, start_ways
from benchmarks.measure import Times
from benchmarks.targets import judged

FOLDER = Path(__file__).parent / "results"
Measured = Mapping[str, Mapping[str, Times]]
TITLES = {
    "docx": "DOCX, one report of a batch",
    "pdf": "PDF, one report of a batch",
    "start": "From the shell, a new process each time",
}
FIRST = {"docx": docx_ways.OURS, "pdf": pdf_ways.OURS, "start": start_ways.BARE}
"""What the others of a group are compared with."""
LIBRARIES = ("weasyprint", "docxtpl", "python-docx", "typst", "uharfbuzz", "jinja2", "lxml")


def markdown(measured: Measured) -> str:
    """Write the tables."""
    return "\n".join(_lines(measured)) + "\n"


def _lines(measured: Measured) -> Iterator[str]:
    yield f"Measured {datetime.now(UTC):%Y-%m-%d} by `python -m benchmarks` on {machine()}."
    yield "Other work ran on the machine: ratios are those of the fastest runs, in processor time."
    for group, times in measured.items():
        first = times[FIRST[group]]
        yield ""
        yield f"| {TITLES[group]} | runs | ms by the clock | ms of processor | fastest | ratio |"
        yield "|---|--:|--:|--:|--:|--:|"
        for name, one in times.items():
            ratio = one.fastest / first.fastest
            yield (
                f"| {name} | {len(one.cpu)} | {_short(one.median)} | {_short(one.processor)} "
                f"| {_short(one.fastest)} | {_short(ratio)}× |"
            )
    yield ""
    yield "| target | reached | |"
    yield "|---|--:|---|"
    for target, ratio in judged(measured):
        bound = f"{'at most' if target.at_most else 'at least'} {target.bound:g}×"
        said = "not measured" if ratio is None else f"{_short(ratio)}×"
        verdict = "" if ratio is None else "met" if target.is_met(ratio) else "**missed**"
        yield f"| {target.way}: {bound} the time of {target.than} | {said} | {verdict} |"


def machine() -> str:
    """Describe the machine and the versions."""
    parts = [f"{os.cpu_count()} cores ({_processor()})", f"Python {platform.python_version()}"]
    for name in LIBRARIES:
        try:
            parts.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return ", ".join(parts)


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in told.splitlines() if "model name" in line]
    return names[0] if names else platform.machine()


def as_json(measured: Measured) -> str:
    """Write every run, in milliseconds a report."""
    runs = {
        group: {name: {"wall": one.wall, "processor": one.cpu} for name, one in times.items()}
        for group, times in measured.items()
    }
    targets = [
        {"way": target.way, "than": target.than, "bound": target.bound, "at_most": target.at_most}
        | {"ratio": ratio, "met": None if ratio is None else target.is_met(ratio)}
        for target, ratio in judged(measured)
    ]
    return json.dumps({"machine": machine(), "runs": runs, "targets": targets}, indent=1) + "\n"


def picture(measured: Measured, file: Path) -> None:
    """Draw the groups, one below the other, on scales by tens."""
    from matplotlib.figure import Figure  # the only one that needs it

    shown = [group for group in ("docx", "pdf") if group in measured]
    if not shown:
        return
    figure = Figure(figsize=(8, 0.6 + 0.42 * sum(len(measured[group]) + 2 for group in shown)))
    heights = [len(measured[group]) for group in shown]
    plots = figure.subplots(len(shown), squeeze=False, height_ratios=heights)
    for (plot,), group in zip(plots, shown, strict=True):
        times = sorted(measured[group].items(), key=lambda item: -item[1].fastest)
        values = [one.fastest for _name, one in times]
        colours = ["#b3261e" if name == FIRST[group] else "#9aa5b1" for name, _one in times]
        bars = plot.barh([name for name, _one in times], values, color=colours)
        plot.bar_label(bars, [f"{_short(value)} ms" for value in values], padding=3)
        plot.set(
            xscale="log",
            title=f"{TITLES[group]}: processor time, by tens",
            xlim=(0.5, 60 * max(values)),
        )
        plot.spines[["top", "right"]].set_visible(False)
        plot.xaxis.set_visible(False)
    figure.tight_layout()
    figure.savefig(file, dpi=110, metadata={"Software": None})


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
