"""A file that is no data file, or is not there: which command or which file is meant."""

import difflib
import shlex
from pathlib import Path

from toolkit.messages import Text, text

_SPREADSHEETS = frozenset({".xls", ".et", ".xlsb", ".xlt", ".ett"})
_PUBLISHED = frozenset(
    {".html", ".htm", ".xhtml", ".shtml", ".mht", ".txt", ".md", ".doc", ".wps", ".rtf", ".odt"}
)
_DATA = frozenset({".yaml", ".yml", ".json"})
_DOCUMENTS = frozenset({".docx", ".docm", ".pdf"})
_TABLES = frozenset({".csv", ".tsv"})
_NEAR = 0.75


def instead(file: Path) -> Text | None:
    """Return what to do with a file of another kind; None where nobody knows."""
    suffix, name = file.suffix.lower(), shlex.quote(str(file))
    made = shlex.quote(file.with_suffix(".yaml").name)
    if suffix == ".txt" and Path(file.stem).suffix.lower() in _DATA:
        return text("Give it its own name again: {name}", name=shlex.quote(file.stem))
    if suffix in _SPREADSHEETS:
        return text(
            "Open it in WPS or Excel and save it as .xlsx, if it is a workbook of “nianbao"
            " workbook”; a published table is read by: nianbao import {file} -o {made}",
            file=name, made=made,
        )  # fmt: skip
    if suffix in _TABLES:
        return text(
            "A table alone does not say which number belongs where. Make a workbook, and copy the"
            " numbers into it: nianbao workbook -o {book}",
            book=shlex.quote(file.with_suffix(".xlsx").name),
        )  # fmt: skip
    if suffix in _DOCUMENTS:
        return text(
            "A published report is read by: nianbao import {file} -o {made}; one that nianbao made"
            " gives its data back by: nianbao extract {file} -o {made}",
            file=name, made=made,
        )  # fmt: skip
    if suffix in _PUBLISHED:
        return text("A published report is read by: nianbao import {file} -o {made}",
                    file=name, made=made)  # fmt: skip
    return None


def neighbour(file: Path) -> str:
    """Return the file beside a missing one that is most like it; empty if none is."""
    try:
        names = sorted(one.name for one in file.parent.iterdir() if one.is_file())
    except OSError:
        return ""
    same = [name for name in names if Path(name).stem == file.stem]
    near = same or difflib.get_close_matches(file.name, names, n=1, cutoff=_NEAR)
    return str(file.with_name(near[0])) if near else ""


def with_neighbour(fault: Text, file: Path) -> Text:
    """Add to a fault the file that may be meant."""
    near = neighbour(file)
    if not near:
        return fault
    hint = text("Did you mean {file}?", file=near)
    return text("{fault} {remedy}", fault=fault, remedy=hint)
