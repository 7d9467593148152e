"""Import a report that a test made, and compare it with the numbers that went in."""

from pathlib import Path

from tests import published
from toolkit.importers import import_report


def imported(folder: Path, content, numbers=None, name="report.html", **known):
    """Write a published file, import it, and check every cell."""
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    reading = import_report(file, **known)
    wrong = {
        path: (reading.values[path].value, value)
        for path, value in (numbers.cells if numbers else {}).items()
        if reading.values[path].value != value
    }
    assert not wrong
    return reading


def narratives(reading):
    return {n: reading.values[n,].value.split("\n\n") for n in published.NARRATIVES}


def codes(reading):
    return [found.code for found in reading.findings]
