"""Archives that are imported: what keeps one from being read is told as I001."""

from toolkit.diagnostics import Position
from toolkit.errors import SourceError
from toolkit.importers import faults
from toolkit.limits import variable
from toolkit.messages import Text, text
from toolkit.sources import archive


class Archive(archive.Archive):
    """A Word or spreadsheet file in memory; see `toolkit.sources.archive`."""

    def refused(self, message: Text, remedy: Text) -> SourceError:
        """Make I001."""
        return faults.refused(Position(self.file), message, remedy)

    def too_many(self, sheet: str) -> SourceError:
        """Make I001 for a sheet with more in it than any report has."""
        limit = variable("values")
        remedy = text("Delete what is not the report; the limit is {name}.", name=limit)
        return faults.refused(Position(self.file, 0, 0, sheet, "A1"), archive.told(sheet), remedy)
