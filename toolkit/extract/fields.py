"""What the parts of a printed report are called in its data file, and where they stand there."""

from collections.abc import Mapping

from toolkit.diagnostics import Position
from toolkit.extract.faults import Name
from toolkit.forms import Path
from toolkit.importers.blocks import Grid
from toolkit.messages import Text, text
from toolkit.report import Report
from toolkit.view.model import View

Names = Mapping[tuple[int, int], Name]
"""Row and column in a table → the field that is printed there."""


def squeezed(words: str) -> str:
    """Leave out all that is layout: spaces of any width, line breaks."""
    return "".join(words.split())


class Fields:
    """Asks a report and its view what a text or a cell is."""

    def __init__(self, report: Report, view: View) -> None:
        self._report = report
        self._labels = {cell.path: cell.label for cell in report.form.cells}
        self._tables = [
            {(cell.row, cell.column): cell for row in table.rows for cell in row}
            for table in view.tables.values()
        ]
        self._texts: dict[str, Path] = {squeezed(p.text): ("opening",) for p in view.opening}
        for section in view.sections:
            self._texts |= {squeezed(p.text): (section.id,) for p in section.paragraphs}
            after = (p for table in section.tables for p in table.after)
            self._texts |= {squeezed(p.text): (section.id,) for p in after}
        self._texts |= {
            squeezed(view.title): ("title",),
            squeezed(view.signature): ("organization", "name"),
            squeezed(view.issued): ("issued",),
        }

    def of_text(self, words: str) -> Name:
        """Name a paragraph by the text of the data it comes from."""
        path = self._texts.get(squeezed(words), ())
        return path, self._report.record.place(path).field if path else "", self._place(path)

    def of_table(self, grid: Grid) -> Names:
        """Name the cells of a table that is one of the form's."""
        there = {(cell.row, cell.column): squeezed(cell.text) for cell in grid.cells}
        for cells in self._tables:
            if {at: squeezed(cell.text) for at, cell in cells.items()} == there:
                return {at: self._cell(cell.path) for at, cell in cells.items() if cell.path}
        return {}

    def _cell(self, path: Path) -> Name:
        return path, self._labels.get(path, ""), self._place(path)

    def _place(self, path: Path) -> tuple[tuple[Position, Text], ...]:
        """Return where the data file says it; a total that is worked out stands nowhere."""
        if not path or path not in self._report.record.places:
            return ()
        return ((self._report.record.place(path).value, text("here in the data file")),)
