"""A reading to go on from: cells that are no numbers of the form count as empty, and are told."""

from collections.abc import Collection
from dataclasses import replace

from toolkit.diagnostics import Finding, Severity
from toolkit.forms.model import Path
from toolkit.importers.faults import shown
from toolkit.importers.reading import Reading
from toolkit.messages import text


def without(reading: Reading, paths: Collection[Path]) -> Reading:
    """Return a reading in which some cells are empty."""
    values = {
        path: replace(taken, value=None) if path in paths else taken
        for path, taken in reading.values.items()
    }
    return replace(reading, values=values)


def left_empty(reading: Reading, path: Path) -> Finding:
    """I022: a cell of last year's report that is no number, where a new one goes on from it."""
    taken, label = reading.values[path], reading.form.cell_at[path].label
    return Finding(
        "I022",
        Severity.WARNING,
        taken.place,
        path,
        label,
        text(
            "“{words}” is no number of the form; it counts as empty.",
            words=shown(str(taken.value)),
        ),
        text("Where this year's file needs the number, write it there."),
    )
