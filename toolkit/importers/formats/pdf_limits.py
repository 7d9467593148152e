"""How large a PDF is, found out before any program takes it apart whole.

Streams may unpack to thousands of times their size.
"""

import re
import zlib
from collections.abc import Iterable, Iterator

from toolkit.diagnostics import Position
from toolkit.importers import faults
from toolkit.limits import limits, variable

_STREAM = re.compile(rb"\bstream\r?\n")
_MOST_STREAMS = 50_000
_LAYERS = 3
"""So often may a stream be packed within itself without escaping the scales."""
_PIECE = 1 << 14
_STARTS_DEFLATED = 0x78


def weigh(data: bytes, file: str) -> None:
    """See that all streams together unpack to no more than the limit.

    Raises:
        SourceError: they do not, or there are too many (I001).
    """
    scales = _Scales(limits().archive_bytes)
    for number, start in enumerate(_STREAM.finditer(data)):
        if number >= _MOST_STREAMS:
            scales.left = -1
        elif data[start.end() : start.end() + 1] == bytes([_STARTS_DEFLATED]):
            scales.put_on(data, start.end())
        if scales.left < 0:
            raise faults.too_large(Position(file), variable("archive_bytes"))


class _Scales:
    """``left`` is how many bytes may still come; below 0 the file is too heavy."""

    def __init__(self, left: int) -> None:
        self.left = left

    def put_on(self, data: bytes, start: int) -> None:
        pieces = self._unpacked(_cut(data, start), drain=False)
        for _ in range(_LAYERS - 1):
            pieces = self._unpacked(pieces, drain=True)
        for _ in pieces:
            pass

    def _unpacked(self, pieces: Iterable[bytes], *, drain: bool) -> Iterator[bytes]:
        """Unpack what is packed; what is not is only weighed. With ``drain``, to its end."""
        packer = zlib.decompressobj()
        try:
            for piece in pieces:
                waiting = piece
                while waiting and not packer.eof and self.left >= 0:
                    unpacked = packer.decompress(waiting, _PIECE)
                    waiting = packer.unconsumed_tail
                    self.left -= len(unpacked)
                    if unpacked:
                        yield unpacked
                if packer.eof or self.left < 0:
                    break
        except zlib.error:
            pass
        if drain:
            for _ in pieces:
                if self.left < 0:
                    break


def _cut(data: bytes, start: int) -> Iterator[bytes]:
    for place in range(start, len(data), _PIECE):
        yield data[place : place + _PIECE]
