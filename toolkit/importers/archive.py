"""Archives that are imported: what keeps one from being read is told as I001."""

from toolkit.diagnostics import Position
from toolkit.errors import SourceError
from toolkit.importers import faults
from toolkit.messages import Text
from toolkit.sources import archive


class Archive(archive.Archive):
    """A Word or spreadsheet file in memory; see `toolkit.sources.archive`."""

    def refused(self, message: Text, remedy: Text) -> SourceError:
        """Make I001."""
        return faults.refused(Position(self.file), message, remedy)
