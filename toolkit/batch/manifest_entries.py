"""The reports of a manifest as lines of its file: what many reports need is on disk, not here."""

import io
import json
from array import array
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

_ENCODER = json.JSONEncoder(ensure_ascii=False)
_BEGIN, _END = b' "reports": {\n', b" }"
"""The lines of the file that the reports stand between."""


class Entries:
    """JSON objects by name: those of a file by their place in it, newer ones as lines."""

    def __init__(self, file: BinaryIO | None = None) -> None:
        """Begin with none; ``place`` tells of those in ``file``."""
        self.keys: set[str] = set()
        self._file = file or io.BytesIO()
        self._places: dict[str, int] = {}
        self._newer: dict[str, bytes] = {}

    def __setitem__(self, name: str, entry: Mapping[str, Any]) -> None:
        line = _ENCODER.encode({name: entry})[1:-1]
        self._newer[name] = line.encode(errors="backslashreplace")
        self.place(name, -1, entry)

    def place(self, name: str, place: int, entry: Mapping[str, Any]) -> None:
        """Return where the line of an entry begins; its ``key`` is among ``keys`` then."""
        self._places[name] = place
        self.keys.add(str(entry.get("key")))

    def get(self, name: str) -> Mapping[str, Any] | None:
        """Return an entry, or None."""
        if name not in self._places:
            return None
        found: Mapping[str, Any] = json.loads(b"{%s}" % self._line(name))[name]
        return found

    def written(self, head: Mapping[str, Any]) -> Iterator[bytes]:
        """Give, piece by piece, a JSON object of ``head`` and ``"reports"``, a line for each."""
        begin = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}").encode()
        yield begin + b",\n" + _BEGIN
        between = b"  "
        for name in sorted(self._places):
            yield between + self._line(name)
            between = b",\n  "
        yield b"\n" + _END + b"\n}\n"

    def moved(self, file: Path) -> None:
        """Go on with the file that was just `written`: there is nothing newer."""
        opened = file.open("rb")
        places, _ = _lines(opened)
        for name, place in zip(sorted(self._places), places, strict=True):
            self._places[name] = place
        self._newer.clear()
        self.close()
        self._file = opened

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _line(self, name: str) -> bytes:
        if name in self._newer:
            return self._newer[name]
        self._file.seek(self._places[name])
        return self._file.readline().strip().removesuffix(b",")


def read(file: Path) -> tuple[Mapping[str, Any], Entries]:
    """Read what was `written`, or the same laid out otherwise; gives the head and the reports.

    Raises:
        OSError: the file cannot be read.
        ValueError, KeyError, TypeError, AttributeError, RecursionError: it has another content.
    """
    opened = file.open("rb")
    try:
        with suppress(ValueError):
            return _indexed(opened)
        opened.seek(0)
        whole = json.load(opened)
        entries = Entries()
        for name, entry in whole.pop("reports").items():
            entries[name] = dict(entry)
    except BaseException:
        opened.close()
        raise
    opened.close()
    return whole, entries


def _indexed(opened: BinaryIO) -> tuple[Mapping[str, Any], Entries]:
    entries = Entries(opened)
    places, rest = _lines(opened)
    head: dict[str, Any] = json.loads(rest)
    if head.pop("reports"):
        raise ValueError(_BEGIN)
    for place in places:
        opened.seek(place)
        line = opened.readline().strip().removesuffix(b",")
        ((name, entry),) = json.loads(b"{%s}" % line).items()
        if not isinstance(entry, dict):
            raise ValueError(name)
        entries.place(name, place, entry)
    return head, entries


def _lines(opened: BinaryIO) -> "tuple[array[int], bytes]":
    """Find where the lines of reports begin; gives the rest of the file too."""
    places, rest, inside, place = array("q"), bytearray(), False, 0
    for line in opened:
        inside = inside and line.rstrip() != _END
        if inside:
            places.append(place)
        else:
            rest += line
            inside = line == _BEGIN
        place += len(line)
    return places, bytes(rest)
