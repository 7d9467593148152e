"""One repair to fonts with PostScript outlines (CFF).

In a CFF font with character identifiers (CIDs) a PDF viewer finds a glyph by its identifier,
while WeasyPrint writes the glyph's number. In a subset the two differ, and every character
would come out as another. So the identifiers are made equal to the numbers.
"""

import struct
from collections.abc import Iterator

_CHARSET = 15
"""Operator of the Top DICT that says where the identifiers stand."""
_ROS = (12, 30)
"""Operator that marks a font with identifiers."""


def with_plain_numbers(font: bytes) -> bytes:
    """Return the font with each glyph's identifier equal to its number.

    Fonts without PostScript outlines, and those whose glyphs have names, come back unchanged.
    The identifiers are overwritten in place: a single range is never longer than what stood
    there.
    """
    place = _table(font, b"CFF ")
    if place is None:
        return font
    start, length = place
    table = bytearray(font[start : start + length])
    begin, end = _index(table, _index(table, table[2])[-1])[:2]
    operators = dict(_operators(bytes(table[begin:end])))
    charset = operators.get((_CHARSET,), 0)
    if _ROS not in operators or charset <= 2:  # 0, 1, 2 name charsets that are not in the file
        return font
    numbers = _charset(_glyph_count(font))
    table[charset : charset + len(numbers)] = numbers
    return _sealed(font, start, bytes(table))


def _charset(count: int) -> bytes:
    """Write the identifiers 1, 2, 3 … of so many glyphs in the shortest format.

    .notdef, the first glyph, is never written.
    """
    if count <= 2:
        return struct.pack(">BH", 0, 1)[: 2 * count - 1]
    if count <= 257:
        return struct.pack(">BHB", 1, 1, count - 2)
    return struct.pack(">BHH", 2, 1, count - 2)


def _table(font: bytes, tag: bytes) -> tuple[int, int] | None:
    """Find a table: its offset and its length."""
    for record in _records(font):
        if font[record : record + 4] == tag:
            offset, length = struct.unpack_from(">LL", font, record + 8)
            return offset, length
    return None


def _records(font: bytes) -> range:
    (count,) = struct.unpack_from(">H", font, 4)
    return range(12, 12 + 16 * count, 16)


def _glyph_count(font: bytes) -> int:
    place = _table(font, b"maxp")
    return int.from_bytes(font[place[0] + 4 : place[0] + 6], "big") if place else 0


def _index(table: bytearray, start: int) -> list[int]:
    """Return where the objects of an INDEX begin, and at last where the INDEX ends."""
    (count,) = struct.unpack_from(">H", table, start)
    if count == 0:
        return [start + 2]
    size = table[start + 2]
    base = start + 3 + (count + 1) * size - 1
    return [
        base + int.from_bytes(table[at : at + size], "big")
        for at in range(start + 3, start + 3 + (count + 1) * size, size)
    ]


def _operators(data: bytes) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield each operator of a DICT with its last operand, if that is a whole number."""
    at = operand = 0
    while at < len(data):
        first = data[at]
        if first <= 21:
            length = 2 if first == 12 else 1
            yield tuple(data[at : at + length]), operand
            at += length
            continue
        operand, at = _operand(data, at)


def _operand(data: bytes, at: int) -> tuple[int, int]:
    """Read one operand: its value (0 for a fraction), and where the next thing begins."""
    first = data[at]
    if first == 28:
        return int.from_bytes(data[at + 1 : at + 3], "big", signed=True), at + 3
    if first == 29:
        return int.from_bytes(data[at + 1 : at + 5], "big", signed=True), at + 5
    if first == 30:  # a fraction, two digits a byte; a byte that ends with F is the last
        while data[at + 1] & 15 != 15:
            at += 1
        return 0, at + 2
    if first <= 246:
        return first - 139, at + 1
    if first <= 250:
        return (first - 247) * 256 + data[at + 1] + 108, at + 2
    return -(first - 251) * 256 - data[at + 1] - 108, at + 2


def _sealed(font: bytes, start: int, table: bytes) -> bytes:
    """Put a table of the same length in its place and set the checksums right."""
    sealed = bytearray(font)
    sealed[start : start + len(table)] = table
    head = _table(font, b"head")
    if head is None:
        return bytes(sealed)
    adjustment = head[0] + 8
    struct.pack_into(">L", sealed, adjustment, 0)
    for record in _records(font):
        offset, length = struct.unpack_from(">LL", font, record + 8)
        struct.pack_into(">L", sealed, record + 4, _sum(sealed[offset : offset + length]))
    struct.pack_into(">L", sealed, adjustment, (0xB1B0AFBA - _sum(sealed)) & 0xFFFFFFFF)
    return bytes(sealed)


def _sum(data: bytes | bytearray) -> int:
    padded = bytes(data) + b"\0" * (-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}L", padded)
    return sum(words) & 0xFFFFFFFF
