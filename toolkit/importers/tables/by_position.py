"""Tables without lines → cells of the form, by where the words stand on the page.

In a PDF without rules, or in a text that a program set in columns, a label is broken over lines
and its numbers stand beside it. Rows are known by their labels, columns by the labels above; a
number belongs to the row whose label it stands beside, and to the column whose other numbers it
stands under. Where either is not certain, the row is kept aside.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from toolkit.forms.model import Form
from toolkit.importers import faults, numbers
from toolkit.importers.blocks import PAGE, Paragraph, Word
from toolkit.importers.labels import Likeness
from toolkit.importers.reading import Notes
from toolkit.importers.tables.column_positions import Line, Part, centres, heads, is_sure, placed
from toolkit.importers.tables.rows import Labels, Row
from toolkit.importers.tables.wrapped_labels import Stack, stacks

_MOST = 4000
"""Words; no section has more, and putting labels together takes time for each pair."""
_BESIDE = 0.6
"""Lines; numbers may stand so far above or below their label."""


class AlignedReader:
    """Reads the lines of sections two to four by their places."""

    def __init__(self, form: Form, notes: Notes) -> None:
        """Read into ``notes``."""
        self._form, self._notes, self._labels = form, notes, Labels(form)
        self._measured = False

    def read(self, lines: Sequence[Paragraph], layout: int) -> None:
        """Take what is certain, in one of the layouts that the lines state; keep the rest aside."""
        self._measured = not any(line.wrapped for line in lines)
        words = [word for line in lines if line.layouts[layout:] for word in line.layouts[layout]]
        if not 0 < len(words) <= _MOST:
            return
        pitch = _pitch(words)
        found = stacks([w for w in words if not _is_value(w)], self._labels, pitch)
        rows = self._rows(found)
        beside = _beside([w for w in words if _is_value(w)], rows, pitch)
        strange = [stack for stack in found if not stack.known]
        self._loose(beside, strange, rows, pitch)
        parts = self._parts(found, rows, beside)
        crowded = {stack.top for stack in strange}
        for part in parts:
            self._take(part, crowded)
        for line in beside:
            if not any(line in part.lines for part in parts):
                self._notes.aside(line.words(), line.values[0].place)
        self._strange(strange)

    def _rows(self, found: Iterable[Stack]) -> list[tuple[Stack, Row]]:
        """Return the labels of rows that have numbers, in order; each row once."""
        rows: list[tuple[Stack, Row]] = []
        for stack in found:
            match = self._labels.row(stack.words) if stack.known else None
            if match is None or match.likeness is not Likeness.EXACT or match.row.is_group:
                continue
            if all(match.row != row for _, row in rows):
                rows.append((stack, match.row))
        return rows

    def _loose(
        self,
        lines: Sequence[Line],
        strange: list[Stack],
        rows: list[tuple[Stack, Row]],
        pitch: float,
    ) -> None:
        """Find a row for numbers whose label is not exactly the form's."""
        group: Row | None = None
        for line in lines:
            if line.row is not None:
                group = Row(line.row.table, line.row.chain[:-1]) if line.row.chain[:-1] else group
                continue
            for near in (_BESIDE, 2 * _BESIDE + 0.5):
                left = [
                    stack
                    for stack in strange
                    if abs(stack.top - line.height) <= near * pitch
                    and stack.right <= line.values[0].left
                ]
                match = self._labels.row("".join(stack.words for stack in left), group)
                if match and not match.row.is_group and all(match.row != row for _, row in rows):
                    line.row, line.label = match.row, "".join(stack.words for stack in left)
                    rows.append((left[0], match.row))
                    strange[:] = [stack for stack in strange if stack not in left]
                    if match.likeness is Likeness.NEAR:
                        self._near(line, left[0])
                    break

    def _near(self, line: Line, stack: Stack) -> None:
        if line.row is not None:
            table, label = line.row.table, line.row.item.label
            self._notes.near(line.label, label, stack.parts[0].place, table.path)

    def _parts(
        self, found: Sequence[Stack], rows: Sequence[tuple[Stack, Row]], lines: Sequence[Line]
    ) -> list[Part]:
        """Gather the lines of each table, and the labels of its columns above them."""
        parts: list[Part] = []
        for table in self._form.tables:
            tops = [stack.top for stack, row in rows if row.table.path == table.path]
            others = [stack.bottom for stack, row in rows if row.table.path != table.path]
            mine = [line for line in lines if line.row and line.row.table.path == table.path]
            if not tops and len(table.rows) == 1 and not table.rows[0].label:
                tops = [max((word.line for line in lines for word in line.values), default=0.0)]
                mine = [line for line in lines if line.row is None]
            if not mine or (len(mine) > 1 and mine[0].row is None):
                continue
            start = max((bottom for bottom in others if bottom < min(tops)), default=float("-inf"))
            above = [stack for stack in found if start < stack.bottom and stack.top < min(tops)]
            part = Part(table, heads(table, above, max(len(line.values) for line in mine)), mine)
            if part.heads:
                parts.append(part)
        return parts

    def _take(self, part: Part, crowded: set[float]) -> None:
        """Take the lines of a table; of one with other words in it a blank is not known."""
        table = part.table
        self._notes.findings.append(faults.by_position(part.lines[0].values[0].place, table.path))
        stand = centres(part)
        for line in part.lines:
            row = line.row or Row(table, table.rows[:1])
            page = int(line.height // PAGE)
            sure = (self._measured or is_sure(part, page)) and line.height not in crowded
            found = placed(line, stand.get(page, []), sure)
            if found is None:
                self._notes.aside(line.words() or row.item.label, line.values[0].place, table.path)
                continue
            for index, (head, chain) in enumerate(part.heads):
                value = found.get(index)
                words, place = (value.words, value.place) if value else ("", line.values[0].place)
                if chain is not None:
                    cell = self._form.cell_at[row.path(chain)]
                    self._notes.cell(cell, words, place, head.words)
                elif words:
                    self._notes.aside(f"{row.item.label} / {head.words}: {words}", place)

    def _strange(self, stacks_left: Iterable[Stack]) -> None:
        """Keep words aside that are no label: together, where they stand on one line."""
        by_line: dict[float, list[Stack]] = {}
        for stack in stacks_left:
            by_line.setdefault(stack.top, []).append(stack)
        for on_line in by_line.values():
            first = on_line[0].parts[0]
            self._notes.aside(" ".join(stack.words for stack in on_line), first.place)


def _is_value(word: Word) -> bool:
    """Whether some words are a number or stand for a blank."""
    return numbers.is_value(word.words)


def _pitch(words: Sequence[Word]) -> float:
    """Return the usual distance of two lines."""
    heights = sorted({word.line for word in words})
    steps = [low - high for high, low in pairwise(heights)]
    return median(steps) if steps else 1.0


def _beside(values: Sequence[Word], rows: Sequence[tuple[Stack, Row]], pitch: float) -> list[Line]:
    """Gather numbers into lines, each with the one row label that it alone stands beside."""
    by_height: dict[float, list[Word]] = {}
    for value in sorted(values, key=lambda word: (word.line, word.left)):
        by_height.setdefault(value.line, []).append(value)
    lines = [Line(found) for found in by_height.values()]
    for slack in (0.0, _BESIDE * pitch):
        free = [line for line in lines if line.row is None]
        used = [line.row for line in lines if line.row is not None]
        open_rows = [(stack, row) for stack, row in rows if row not in used]
        near = {id(line): _near(line, open_rows, slack) for line in free}
        for line in free:
            only = near[id(line)]
            rivals = [o for o in free if o is not line and only and only[0] in near[id(o)]]
            if len(only) == 1 and not rivals:
                line.label, line.row = only[0][0].words, only[0][1]
    return lines


def _near(line: Line, rows: Sequence[tuple[Stack, Row]], slack: float) -> list[tuple[Stack, Row]]:
    """Return the rows whose label a line of numbers stands beside."""
    return [
        (stack, row)
        for stack, row in rows
        if stack.top - slack <= line.height <= stack.bottom + slack
        and stack.left < line.values[0].left
    ]
