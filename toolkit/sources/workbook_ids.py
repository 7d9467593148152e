"""How a workbook tells which cell is which field: ids in hidden rows and a hidden first column.

They move with their rows and columns when a clerk inserts, deletes or sorts, stay when a number
is cut and pasted, and survive another program's saving. Row 1 of a sheet holds `MARK`, the id of
the sheet, the rows it must have, and the sheets of the whole book. Below, a row whose first cell
begins with ``@`` opens a region and holds the ids of its columns; other rows begin with their id.
"""

import re

MARK = "nianbao-workbook 1"
"""Stands in A1 of every sheet."""
OURS = "#"
"""Id of a row or column that holds labels, checks and notes, and nothing to read."""
VALUE = "."
"""Id of the column that holds a row's own value."""
DERIVED = "~"
"""Begins the id of a row or column of totals."""
REQUIRED = "!"
"""Begins the id of a value that must be filled in: left empty, it is read as an empty one."""
CELLS, FIELDS, TEXT, LIST, OFFICES = "@cells", "@fields", "@text", "@list", "@offices"
"""Regions: numbers; single values; paragraphs, one a row; items, one a row; offices, one a row."""
EMPTY = "（空白）"
"""Stands where a report was known to have an empty cell; a cell never filled in is left out."""

_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x(?=[0-9A-Fa-f]{4}_)")
_CODE = re.compile("_x([0-9A-Fa-f]{4})_")


def encoded(words: str) -> str:
    """Write what XML cannot hold as ``_x000D_``, as ECMA-376 (22.9.2.19, ST_Xstring) has it."""
    return _HIDDEN.sub(lambda m: "_x005F_x" if len(m[0]) > 1 else f"_x{ord(m[0]):04X}_", words)


def decoded(words: str) -> str:
    """Read what `encoded` wrote."""
    return _CODE.sub(lambda m: chr(int(m[1], 16)), words) if "_x" in words else words


def listed(pairs: dict[str, str]) -> str:
    """Write ids with their labels into one cell, a line each."""
    return "\n".join(f"{name} {' '.join(label.split())}" for name, label in pairs.items())


def unlisted(words: str) -> dict[str, str]:
    """Read what `listed` wrote."""
    pairs = (line.partition(" ") for line in words.split("\n") if line.strip())
    return {name: label for name, _, label in pairs}


def choice(path: str, choices: dict[str, str]) -> str:
    """Make the id of a value that is chosen: its path, and each word with its label."""
    if not choices:
        return path
    return f"{path}?{';'.join(f'{word}={label}' for word, label in choices.items())}"


def chosen(name: str) -> tuple[str, dict[str, object]]:
    """Read an id: the path, and what each label stands for (``true`` is True)."""
    path, _, told = name.partition("?")
    pairs = (pair.partition("=") for pair in told.split(";") if pair)
    return path, {label: _TRUTH.get(word, word) for word, _, label in pairs}


_TRUTH: dict[str, object] = {"true": True, "false": False}


def reference(row: int, column: int) -> str:
    """Name a cell, counted from 1, as spreadsheets do: (7, 2) is ``B7``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def place(name: str) -> tuple[int, int] | None:
    """Read a cell's name: ``B7`` is (7, 2)."""
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", name)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column
