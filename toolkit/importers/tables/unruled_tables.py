"""Tables that came as lines, read by the way that understands most of them."""

from collections.abc import Callable, Sequence

from toolkit.forms.model import Form
from toolkit.importers.blocks import Paragraph
from toolkit.importers.reading import Notes
from toolkit.importers.tables.by_order import StreamReader
from toolkit.importers.tables.by_position import AlignedReader


class LooseReader:
    """Reads lines by the order of their words, and by their places where a format states them."""

    def __init__(self, form: Form, notes: Notes) -> None:
        """Read into ``notes``."""
        self._form, self._notes = form, notes
        self._streams = StreamReader(form, notes)

    def read(self, lines: Sequence[Paragraph]) -> None:
        """Take what one of the ways understands; what two ways read differently is kept aside."""
        if not lines:
            return
        layouts = range(max(len(line.layouts) for line in lines))
        ways: list[Callable[[Notes], None]] = [
            lambda notes: self._streams.read(lines, notes),
            *(self._by_place(lines, layout) for layout in layouts),
        ]
        trials = [self._trial(way) for way in ways]
        best = max(trials, key=lambda trial: trial.understood())
        for other in trials:
            if other is not best:
                _compare(best, other, self._notes)
        self._notes.adopt(best)

    def _by_place(self, lines: Sequence[Paragraph], layout: int) -> Callable[[Notes], None]:
        return lambda notes: AlignedReader(self._form, notes).read(lines, layout)

    def _trial(self, way: Callable[[Notes], None]) -> Notes:
        trial = self._notes.copy()
        way(trial)
        return trial


def _compare(best: Notes, other: Notes, before: Notes) -> None:
    """Take no cell that two ways read as different numbers; keep both aside."""
    for path in [path for path in best.values if path in best.form.cell_at]:
        taken, second = best.values[path], other.values.get(path)
        if path in before.values or second is None or second.value == taken.value:
            continue
        del best.values[path]
        label = best.form.cell_at[path].label
        best.aside(f"{label}: {taken.words} / {second.words}", taken.place, path)
