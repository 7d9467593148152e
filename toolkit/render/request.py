"""What a format is asked to make: one view, the templates to fill, what to embed."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from toolkit.view.model import View

EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
"""Stands in where no date is known; the earliest that a ZIP archive can tell."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside the document, such as the data it was made from.

    ``relationship`` is that of ISO 32000-2, 14.13 (AFRelationship): ``"Source"``, ``"Data"``,
    ``"Supplement"``, ``"Alternative"`` or ``"Unspecified"``.
    """

    name: str
    data: bytes
    mime: str
    relationship: str = "Unspecified"
    description: str = ""


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """One document to make. Equal requests give equal bytes, in any folder and on any day.

    ``folders`` are searched in order for ``template`` (a path below them with forward
    slashes): the plugin's own template folder first, the national ``templates/`` last.
    ``plugin`` is named when the template is at fault. ``created`` is the date written into
    the document's properties; ``None`` means `EPOCH`.
    """

    view: View
    folders: tuple[Path, ...]
    template: str
    plugin: str
    attachments: tuple[Attachment, ...] = ()
    created: datetime | None = None

    @property
    def date(self) -> datetime:
        """The moment to write into properties, always with a time zone."""
        moment = self.created or EPOCH
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
