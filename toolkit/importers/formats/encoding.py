"""Bytes of a page → text, whatever the page says its encoding is."""

import re

from toolkit.diagnostics import Finding, Position
from toolkit.importers import faults
from toolkit.importers.radicals import meant

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,30})""", re.I)
_HEAD = 4096
_SAME = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "utf8": "utf-8",
    "x-gbk": "gb18030",
}
_TELLING = ("政府信息公开", "政府信息公開")
# What every report is full of and neither byte order makes of the other's text: the ideographic
# space and "0" are each other's mirror (U+3000, U+0030), so they tell nothing and are left out.
_FAMILIAR = frozenset("\n\r\t <>/|=123456789eations，。、；：（）的年月日政府信息公开開申请請第")
_FAMILIAR_SHARE = 0.05
_CLEARLY = 4
_SAMPLE = 65536


def decode(data: bytes, file: str) -> tuple[str, list[Finding]]:
    r"""Decode a page or a text file.

    A byte order mark decides; then UTF-16 in whichever byte order makes it words; then UTF-8
    wherever the bytes are valid UTF-8, since text in another encoding practically never is; then
    what is declared, GB18030, Big5.

    Returns:
        The text with ``\n`` line ends, and a finding if the declaration was wrong or bytes
        were no characters.
    """
    place = Position(file)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _clean(data.decode(name, errors="replace")), _bad(data, name, place)
    if unmarked := _unmarked_utf16(data):
        return _clean(data.decode(unmarked, errors="replace")), _bad(data, unmarked, place)
    declared = _declared(data)
    for name in dict.fromkeys(("utf-8", declared or "gb18030", "gb18030", "big5")):
        words = _strictly(data, name)
        if words is not None and (name == "utf-8" or any(telling in words for telling in _TELLING)):
            wrong = declared and name != declared
            return _clean(words), [faults.encoding(place, declared, name)] if wrong else []
    name = _likeliest(data)
    return _clean(data.decode(name, errors="replace")), _bad(data, name, place)


def _declared(data: bytes) -> str:
    match = _DECLARED.search(data[:_HEAD])
    name = match[1].decode("ascii").lower() if match else ""
    return _SAME.get(name, name)


def _unmarked_utf16(data: bytes) -> str | None:
    """Name UTF-16 with its byte order if the bytes are words in it, though no mark says so."""
    if b"\x00" not in data and _strictly(data, "utf-8") is not None:
        return None
    names = ("utf-16-le", "utf-16-be")
    likelier, other = sorted(names, key=lambda name: _familiar(data, name), reverse=True)
    share = _familiar(data, likelier)
    clear = share > _FAMILIAR_SHARE and share > _CLEARLY * _familiar(data, other)
    return likelier if clear else None


def _familiar(data: bytes, name: str) -> float:
    """Return the share of characters, from 0 to 1, that every report is full of."""
    words = data[:_SAMPLE].decode(name, errors="replace")
    return sum(c in _FAMILIAR for c in words) / len(words) if words else 0.0


def _strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _likeliest(data: bytes) -> str:
    """Choose the encoding that leaves the fewest bytes over."""
    names = ("utf-8", "gb18030")
    return min(names, key=lambda name: data.decode(name, errors="replace").count("�"))


def _bad(data: bytes, name: str, place: Position) -> list[Finding]:
    count = data.decode(name, errors="replace").count("�")
    return [faults.undecodable(place, name, count)] if count else []


def _clean(words: str) -> str:
    return meant(words.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", ""))
