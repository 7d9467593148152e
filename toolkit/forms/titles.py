"""Titles of a form: made from office and year, and read backwards from a published report."""

import re
from collections.abc import Iterator
from functools import lru_cache

PLACEHOLDERS = ("organization", "year")
"""What a title may stand open for, each once."""

_PIECE = re.compile(r"\{(\w*)\}|\[([^\[\]{}]+)\]|([^\[\]{}]+)|(.)", re.DOTALL)
_YEAR = r"(?P<year>20\d\d)年?+度?+"
"""A year with or without the word that follows it; titles are written either way."""
_OFFICE = r"(?P<office>\D.+?)"
_IN_TURN = "{organization}{year}"


def problem(pattern: str, *, optional: bool = False) -> str:
    """Return the piece of a title that cannot be understood, or ``""``.

    Args:
        pattern: such as ``{organization}{year}年度报告``.
        optional: whether words in ``[ ]`` may be left out, as in the other titles of a form.
    """
    seen: list[str] = []
    for match in _PIECE.finditer(pattern):
        name, left_out, _, stray = match.groups()
        if name is not None and (name not in PLACEHOLDERS or name in seen):
            return match[0]
        if stray in ("{", "}") or (optional and stray) or (left_out and not optional):
            return match[0]
        seen += [name] if name is not None else []
    return ""


@lru_cache(maxsize=256)
def patterns(titles: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Return what reads these titles backwards, by groups ``office`` and ``year``.

    Office and year may change places, and 年 after the year may be 年度. The pattern that has the
    year first comes first, since an office's name begins with no number.
    """
    found = [_compiled(other) for title in titles for other in _turned(title)]
    return tuple(dict.fromkeys((*found, *(_compiled(title) for title in titles))))


def _turned(title: str) -> Iterator[str]:
    if title.startswith(_IN_TURN):
        rest = title.removeprefix(_IN_TURN)
        yield f"{{year}}{{organization}}{re.sub('^年度?', '', rest)}"


def _compiled(title: str) -> re.Pattern[str]:
    words = re.sub(r"\{year\}(?:\[?年\]?)?(?:\[?度\]?)?", "{year}", title)
    return re.compile("".join(_pieces(words)))


def _pieces(title: str) -> Iterator[str]:
    for match in _PIECE.finditer(title):
        name, left_out, words, stray = match.groups()
        if name == "year":
            yield _YEAR
        elif name == "organization":
            yield _OFFICE
        elif left_out:
            yield f"(?:{re.escape(left_out)})?"
        else:
            yield re.escape(words or stray or "")
