"""Quotation marks in tags: Word writes “ and ” as one types, where Jinja2 wants straight ones.

Where they begin and end a string they are read as straight ones; inside a string they stay.
Signs that nobody sees, which come along when a name is copied from a page, go.
"""

import re

_TAG = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_CURLED = {"“": '"', "”": '"', "‘": "'", "’": "'"}
_KEPT = dict(zip(_CURLED, "\ue201\ue202\ue203\ue204", strict=True))
"""Stand for those inside strings while docxtpl, which straightens all, is at work."""
_BACK = str.maketrans({sign: mark for mark, sign in _KEPT.items()})
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
"""Signs without width."""
_SEEN = dict.fromkeys(map(ord, INVISIBLE))
_CLOSING = {"“": "”", "‘": "’"}


def protect(xml: str) -> str:
    """Straighten the marks that delimit strings in tags, and hide those inside."""
    return _TAG.sub(lambda match: _straight(match[0]), xml)


def restore(source: str) -> str:
    """Put the marks inside strings back."""
    return source.translate(_BACK)


def straight(tag: str) -> str:
    """Write a tag as Jinja2 reads it."""
    return restore(_straight(tag))


def _straight(tag: str) -> str:
    tag = tag.translate(_SEEN)
    if not any(mark in tag for mark in _CURLED):
        return tag
    return _read(tag, nested=True) or _read(tag, nested=False) or tag


def _read(tag: str, *, nested: bool) -> str:
    """Read a tag mark by mark; empty if a string does not end."""
    written: list[str] = []
    begun, depth = "", 0
    for sign in tag:
        if not begun:
            begun, depth = (sign, 1) if sign in "\"'“”‘’" else ("", 0)
            written.append(_CURLED.get(sign, sign))
            continue
        depth += _step(sign, begun, nested=nested and begun in _CLOSING)
        if depth == 0:
            begun = ""
            written.append(_CURLED.get(sign, sign))
        else:
            written.append(_KEPT.get(sign, sign))
    return "" if begun else "".join(written)


def _step(sign: str, begun: str, *, nested: bool) -> int:
    """Check whether a sign goes deeper into a string (1), out of it (-1), or neither (0)."""
    if nested:
        return 1 if sign == begun else -1 if sign == _CLOSING[begun] else 0
    same = _CURLED.get(begun, begun) == _CURLED.get(sign, sign)
    return -1 if same and (sign == begun or begun in _CURLED) else 0
