"""How large a PDF is, found out before any program takes it apart whole.

Streams may unpack to thousands of times their size, and a tag that several tags hold is read
several times, so that forty tags can stand for a thousand thousand million.
"""

import re
import zlib
from collections.abc import Iterable, Iterator

import pikepdf

from toolkit.diagnostics import Position
from toolkit.extract import faults
from toolkit.limits import limits, variable

_STREAM = re.compile(rb"\bstream\r?\n")
_MOST_STREAMS = 50_000
_LAYERS = 3
"""So often may a stream be packed within itself without escaping the scales."""
_PIECE = 1 << 14
_STARTS_DEFLATED = 0x78
MOST_TAGS = 200_000
"""Structure elements; a report has a few thousand."""
_IN_RINGS = -1


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


def tags(document: pikepdf.Pdf, most: int) -> int:
    """Count the structure elements of a PDF as a reader meets them.

    An element that stands at several places counts at each. Counting ends beyond ``most``;
    elements that hold themselves count as more than ``most``.
    """
    root = document.Root.get("/StructTreeRoot")
    known: dict[tuple[int, int], int] = {}
    open_elements = [root] if root is not None else []
    while open_elements:
        element = open_elements[-1]
        known.setdefault(element.objgen, _IN_RINGS)
        children = _children(element)
        waiting = [child for child in children if child.objgen not in known]
        if waiting:
            open_elements += waiting
            continue
        sizes = [known[child.objgen] for child in children]
        if _IN_RINGS in sizes or sum(sizes) >= most:
            return most + 1
        known[element.objgen] = 1 + sum(sizes)
        open_elements.pop()
    return known[root.objgen] if root is not None else 0


def _children(element: pikepdf.Object) -> list[pikepdf.Dictionary]:
    """Give the indirect elements below one, through those that stand in it directly."""
    if not isinstance(element, pikepdf.Dictionary):
        return []
    below = element.get("/K")
    found = []
    for one in list(below) if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(one, pikepdf.Dictionary):
            found += [one] if one.is_indirect else _children(one)
    return found
