"""Word and spreadsheet files are ZIP archives of XML: both opened within limits."""

import io
import zipfile
import zlib

from lxml import etree

from toolkit.diagnostics import Position
from toolkit.importers import faults
from toolkit.limits import limits, variable
from toolkit.messages import Text, text


class Archive:
    """One archive in memory. Nothing is unpacked to disk and no link in it is followed."""

    def __init__(self, data: bytes, file: str) -> None:
        """Open it.

        Raises:
            SourceError: it is no archive, or passes a limit (I001).
        """
        self._file, self._read = file, 0
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
        """Give the names of its files."""
        return self._zip.namelist()

    def xml(self, name: str) -> etree._Element | None:
        """Parse one of its files without entities, document types or network; None if absent.

        Raises:
            SourceError: it is broken or encrypted (I001).
        """
        if name not in self._zip.namelist():
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        try:
            data = self._bytes(name)
            root = etree.fromstring(data, parser=parser)
        except (etree.XMLSyntaxError, ValueError, zipfile.BadZipFile, zlib.error, EOFError):
            raise self.broken() from None
        except (RuntimeError, NotImplementedError):  # encrypted, or packed in a rare way
            raise self.broken() from None
        if b"<!DOCTYPE" in data[:2048]:
            raise self.broken()
        return root

    def _bytes(self, name: str) -> bytes:
        """Unpack one file; the sizes that an archive states of itself are not believed."""
        allowed = limits().archive_bytes - self._read
        with self._zip.open(name) as packed:
            data = packed.read(allowed + 1)
        if len(data) > allowed:
            raise self._too_large("archive_bytes")
        self._read += len(data)
        return data

    def broken(self, message: Text | None = None) -> Exception:
        """Give I001 for a file that is not what its name says."""
        return faults.refused(
            Position(self._file),
            message or text("The file is broken, encrypted, or not what its name says."),
            text("Open it in its own program, save it again without a password, and retry."),
        )

    def _too_large(self, limit: str) -> Exception:
        return faults.refused(
            Position(self._file),
            text("Unpacked, the file passes the limit {variable}.", variable=variable(limit)),
            text("If you trust the file, raise the limit in the environment."),
        )
