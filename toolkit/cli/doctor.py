"""nianbao doctor: what this machine has, and what it lacks."""

import argparse
import importlib
import platform
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from toolkit import __version__, fonts
from toolkit.cli import context
from toolkit.messages import Text, text
from toolkit.registry import Problem
from toolkit.render.pdf import releases

_LIBRARIES = (
    "weasyprint",
    "docxtpl",
    "jinja2",
    "pluggy",
    "cerberus",
    "openpyxl",
    "uharfbuzz",
    "pikepdf",
)
_EXTRAS = (
    ("charts", "matplotlib", text("charts in documents")),
    ("import", "pdfplumber", text("reading published PDFs")),
    ("watch", "watchfiles", text("generate --watch")),
    ("dask", "distributed", text("batches on many machines")),
)
_ROLES = {
    "title": text("title"),
    "heading": text("heading"),
    "subheading": text("subheading"),
    "body": text("body"),
    "fallback": text("fallback"),
}


def run(args: argparse.Namespace) -> int:
    """Print what is there; 2 if something needed is not."""
    lacking = []
    for kind, name, found in _parts():
        print(f"{kind}\t{name}\t{found or text('missing')}")
        if not found:
            lacking.append(name)
    sys.stdout.flush()
    for lack in fonts.missing():
        print(_lack(lack), file=sys.stderr)
        if lack.stands_in is None:
            lacking.append(str(text("font for {role}", role=_ROLES[lack.role])))
    for problem in _problems(args):
        print(
            text("plugin {name}: {error}", name=problem.name, error=problem.error), file=sys.stderr
        )
        lacking.append(problem.name)
    if lacking:
        print(text("Lacking: {names}.", names=", ".join(lacking)), file=sys.stderr)
        return 2
    print(text("Everything that is needed is here."), file=sys.stderr)
    return 0


def _problems(args: argparse.Namespace) -> list[Problem]:
    return [one for one in context.registry(args).all() if isinstance(one, Problem)]


def _lack(lack: fonts.Lack) -> Text:
    if lack.stands_in is None:
        return text(
            "font for {role}: {family} is missing and nothing stands in; install {package}.",
            role=_ROLES[lack.role],
            family=lack.family,
            package=lack.package,
        )
    return text(
        "font for {role}: {family} is missing, {other} stands in; {package} has it.",
        role=_ROLES[lack.role],
        family=lack.family,
        other=lack.stands_in.family,
        package=lack.package,
    )


def _parts() -> Iterator[tuple[object, str, str]]:
    yield text("program"), "nianbao", __version__
    yield text("program"), "Python", platform.python_version()
    for name in _LIBRARIES:
        yield text("library"), name, _version(name)
    yield text("library"), "Pango", _pango()
    yield "PDF", str(text("layout")), str(releases.layout())
    yield "PDF", str(text("fonts")), str(releases.fonts())
    for face in fonts.faces():
        yield text("font"), str(_ROLES[face.role]), f"{face.family} ({face.path})"
    for name, library, use in _EXTRAS:
        found = _version(library)
        without = text(
            "not there; only for {use}: pip install 'nianbao[{name}]'", use=use, name=name
        )
        yield text("optional"), name, f"{library} {found}" if found else str(without)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    yield text("optional"), "LibreOffice", office or str(text("not there; only .doc files need it"))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _pango() -> str:
    try:
        return str(importlib.import_module("toolkit.render.pdf.weasyprint").pango_version())
    except (ImportError, OSError):
        return ""
