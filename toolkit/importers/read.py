"""A published report on disk → what it says: the way in for the command line and for programs."""

import importlib
from collections.abc import Callable, Mapping
from pathlib import Path

from toolkit.diagnostics import Position
from toolkit.errors import EnvironmentFault, UsageError
from toolkit.forms import Form, load_forms
from toolkit.importers import faults
from toolkit.importers.blocks import Document
from toolkit.importers.reading import Reading
from toolkit.importers.recognise import recognise
from toolkit.limits import limits, variable
from toolkit.messages import text

SUFFIXES = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".txt": "text",
    ".md": "text",
    ".tsv": "text",
    ".docx": "docx",
    ".docm": "docx",
    ".wps": "office",
    ".doc": "office",
    ".rtf": "office",
    ".odt": "office",
    ".pdf": "pdf",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".ods": "ods",
    ".xls": "office",
}
"""Ending of a file → the module of this room that reads it."""

Reader = Callable[[bytes, str], Document]


def import_report(
    file: Path,
    forms: Mapping[str, Form] | None = None,
    form: str = "",
    known: Mapping[tuple[str, ...], object] | None = None,
) -> Reading:
    """Read a published report.

    Args:
        file: a web page, a text, a Word, PDF or spreadsheet file.
        forms: forms by id; the national ones if left out.
        form: id of the form to read by; chosen by the report's labels if empty.
        known: what the reader gives himself, by path: ``{("year",): 2022}``.

    Raises:
        UsageError: there is no such file, its ending or the form is unknown.
        SourceError: the file is too large, broken, or holds no text (I001, I002).
    """
    every = load_forms() if forms is None else forms
    if form and form not in every:
        names = ", ".join(every)
        raise UsageError(text("There is no form “{id}”; there are: {names}.", id=form, names=names))
    return recognise(read_document(file), every, form, known)


def read_document(file: Path) -> Document:
    """Read a file of any known format into blocks."""
    module = SUFFIXES.get(file.suffix.lower())
    if module is None:
        endings = ", ".join(SUFFIXES)
        raise UsageError(
            text("{file}: reports are read from {endings}.", file=str(file), endings=endings)
        )
    try:
        reader: Reader = importlib.import_module(f"toolkit.importers.formats.{module}").read
    except ModuleNotFoundError as error:
        raise EnvironmentFault(
            text(
                "{file}: reading such files needs {library}: pip install 'nianbao[import]'",
                file=str(file),
                library=error.name or module,
            )
        ) from None
    return reader(bytes_of(file), str(file))


def bytes_of(file: Path) -> bytes:
    """Return a published report's bytes.

    Raises:
        UsageError: there is no such file, or it cannot be opened.
        SourceError: it is larger than the limit (I001).
    """
    try:
        size, allowed = file.stat().st_size, limits().import_bytes
        if size > allowed:
            raise faults.refused(
                Position(str(file)),
                text("The file has {size} bytes; {limit} are allowed.", size=size, limit=allowed),
                text(
                    "If the file is right, set {variable} above {limit}.",
                    variable=variable("import_bytes"),
                    limit=size,
                ),
            )
        return file.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(text("{file}: {reason}.", file=str(file), reason=reason)) from None
