"""Word and spreadsheet files are ZIP archives of XML: opened within limits."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from toolkit.diagnostics import Position
from toolkit.errors import SourceError
from toolkit.limits import limits, variable
from toolkit.messages import Text, text
from toolkit.sources import faults

_STRICT: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
}


class Archive:
    """One archive in memory. Nothing is unpacked to disk and no link in it is followed."""

    def __init__(self, data: bytes, file: str) -> None:
        """Open it.

        Raises:
            SourceError: it is no archive, or passes a limit.
        """
        self.file, self._read = file, 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise self.broken() from None
        allowed = limits()
        if len(entries) > allowed.archive_entries:
            raise self._too_large("archive_entries")
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > allowed.archive_bytes:
            raise self._too_large("archive_bytes")
        if unpacked > max(len(data), 100_000) * allowed.archive_ratio:
            raise self._too_large("archive_ratio")

    def names(self) -> list[str]:
        """Return the names of its files."""
        return self._zip.namelist()

    def xml(self, name: str) -> etree._Element | None:
        """Parse one of its files without entities, document types or network; None if absent.

        Raises:
            SourceError: it is broken or encrypted.
        """
        data = self._bytes(name)
        if data is None:
            return None
        try:
            root = etree.fromstring(data, parser=etree.XMLParser(**_STRICT))
        except (etree.XMLSyntaxError, ValueError):
            raise self.broken() from None
        self._without_type(root)
        return root

    def each(self, name: str, *tags: str) -> Iterator[etree._Element]:
        """Yield the elements of some kinds one by one, each gone when the next comes.

        Raises:
            SourceError: it is broken or encrypted.
        """
        data = self._bytes(name)
        if data is None:
            return
        try:
            for _, element in etree.iterparse(io.BytesIO(data), tag=tags, **_STRICT):
                self._without_type(element)
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except (etree.XMLSyntaxError, ValueError):
            raise self.broken() from None

    def _bytes(self, name: str) -> bytes | None:
        """Unpack one file; the sizes that an archive states of itself are not believed."""
        if name not in self._zip.namelist():
            return None
        allowed = limits().archive_bytes - self._read
        try:
            with self._zip.open(name) as packed:
                data = packed.read(allowed + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError):
            raise self.broken() from None
        except (RuntimeError, NotImplementedError):  # encrypted, or packed in a rare way
            raise self.broken() from None
        if len(data) > allowed:
            raise self._too_large("archive_bytes")
        if b"<!DOCTYPE" in data[:2048]:
            raise self.broken()
        self._read += len(data)
        return data

    def _without_type(self, element: etree._Element) -> None:
        """Refuse a document type wherever it was hidden: no office program writes one."""
        if element.getroottree().docinfo.internalDTD is not None:
            raise self.broken()

    def broken(self, message: Text | None = None) -> SourceError:
        """Make the error for a file that is not what its name says."""
        return self.refused(
            message or text("The file is broken, encrypted, or not what its name says."),
            text("Open it in its own program, save it again without a password, and retry."),
        )

    def refused(self, message: Text, remedy: Text) -> SourceError:
        """Make the error for a file that is not read: N101 for a data file."""
        return SourceError([faults.fault("N101", Position(self.file), message, remedy)])

    def too_many(self, sheet: str) -> SourceError:
        """Make the error for a sheet with more in it than any report has: N103."""
        return faults.over_limit("values", Position(self.file, 0, 0, sheet, "A1"), told(sheet))

    def _too_large(self, limit: str) -> SourceError:
        return self.refused(
            text("Unpacked, the file passes the limit {variable}.", variable=variable(limit)),
            text("If you trust the file, raise the limit in the environment."),
        )


def told(sheet: str) -> Text:
    """Return that a sheet holds too much."""
    return text(
        "The sheet “{sheet}” holds more than {limit} values.", sheet=sheet, limit=limits().values
    )
