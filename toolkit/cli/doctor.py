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
from toolkit.render import pdf_known

_LIBRARIES = ("weasyprint", "docxtpl", "jinja2", "pluggy", "cerberus", "uharfbuzz", "pikepdf")


def run(args: argparse.Namespace) -> int:
    """Print what is there; 2 if something needed is not."""
    lacking = []
    for kind, name, found in _parts(args):
        print(f"{kind}\t{name}\t{found or text('missing')}")
        if not found:
            lacking.append(name)
    for lack in fonts.missing():
        print(_lack(lack), file=sys.stderr)
        if lack.stands_in is None:
            lacking.append(lack.role)
    return 2 if lacking else 0


def _lack(lack: fonts.Lack) -> Text:
    if lack.stands_in is None:
        return text(
            "font for {role}: {family} is missing and nothing stands in; install {package}.",
            role=lack.role,
            family=lack.family,
            package=lack.package,
        )
    return text(
        "font for {role}: {family} is missing, {other} stands in; {package} has it.",
        role=lack.role,
        family=lack.family,
        other=lack.stands_in.family,
        package=lack.package,
    )


def _parts(args: argparse.Namespace) -> Iterator[tuple[object, str, str]]:
    yield text("program"), "nianbao", __version__
    yield text("program"), "Python", platform.python_version()
    for name in _LIBRARIES:
        yield text("library"), name, _version(name)
    yield text("library"), "Pango", _pango()
    yield "PDF", "layout", str(pdf_known.layout())
    yield "PDF", "fonts", str(pdf_known.fonts())
    for face in fonts.faces():
        yield text("font"), face.role, f"{face.family} ({face.path})"
    for problem in (one for one in context.registry(args).all() if isinstance(one, Problem)):
        yield text("plugin"), problem.name, ""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    yield text("optional"), "LibreOffice", office or str(text("not there; only .doc files need it"))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _pango() -> str:
    try:
        return str(importlib.import_module("toolkit.render.pango").pango_version())
    except (ImportError, OSError):
        return ""
