"""What each command may be given. Light, since every start reads it."""

import argparse
from collections.abc import Callable
from pathlib import Path

from toolkit.cli import plugin_options
from toolkit.cli.option import FINDINGS, overwriting, printed_as
from toolkit.cli.option import option as _option
from toolkit.cli.option import plugin_dir as _plugin_dir
from toolkit.messages import Text, text
from toolkit.notation.dates import read_year


def _year(word: str) -> int:
    """Read a year as data files may have it: 2024, 2024年, ２０２４."""
    year = read_year(word)
    if year is None:
        message = text("“{value}” is not a year; write four digits, such as 2024.", value=word)
        raise argparse.ArgumentTypeError(str(message))
    return year


def _data(command: argparse.ArgumentParser) -> None:
    _option(
        command,
        "data",
        nargs="+",
        metavar="DATA",
        help=text(
            "data files (YAML, JSON, workbooks), folders of them, or patterns such as 2024/*.yaml"
        ),
    )


def _plugin(command: argparse.ArgumentParser) -> None:
    _option(
        command,
        "-p",
        "--plugin",
        default="",
        help=text("province plugin; otherwise the one the data file names"),
    )
    _plugin_dir(command)


def _checking(command: argparse.ArgumentParser) -> None:
    _option(command, "--strict", action="store_true", help=text("a row left out is an error"))
    for name, told in (
        ("--select", text("check these codes only, such as N2,N301")),
        ("--ignore", text("leave these codes out")),
    ):
        _option(command, name, action="append", default=[], metavar="CODES", help=told)


def _generate(command: argparse.ArgumentParser) -> None:
    _data(command)
    _plugin(command)
    _option(
        command,
        "-f",
        "--format",
        dest="formats",
        default="docx,pdf",
        metavar="FORMATS",
        help=text("docx, pdf, html, html-fragment, text, parted by commas (docx,pdf if not given)"),
    )
    _option(
        command,
        "-o",
        "--output",
        type=Path,
        default=Path("out"),
        metavar="DIR",
        help=text("folder the documents go to (out if not given)"),
    )
    _batch(command)
    _checking(command)


def _batch(command: argparse.ArgumentParser) -> None:
    jobs = text("how many processes, or auto (also NIANBAO_JOBS); 0 isolates nothing, to debug")
    _option(command, "--jobs", default="", metavar="N", help=jobs)
    _option(
        command,
        "--executor",
        default="local",
        metavar="WHERE",
        help=text("local, or dask://HOST:PORT for a cluster"),
    )
    _option(
        command,
        "--timeout",
        type=float,
        metavar="SECONDS",
        help=text("how long one report may take"),
    )
    planned = text("tell what would be built and why, and build nothing")
    _option(command, "--dry-run", action="store_true", help=planned)
    _option(command, "--force", action="store_true", help=text("build also what is unchanged"))
    _option(
        command,
        "--watch",
        action="store_true",
        help=text("build again whenever data, templates, rules or forms are saved"),
    )
    _option(
        command,
        "--report",
        action="append",
        default=[],
        metavar="KIND=FILE",
        help=text("findings for a program: junit=FILE, sarif=FILE, json=FILE, gitlab=FILE, github"),
    )


def _check(command: argparse.ArgumentParser) -> None:
    _data(command)
    _plugin(command)
    printed_as(command, *FINDINGS)
    _option(
        command,
        "--previous",
        type=Path,
        metavar="FILE",
        help=text("last year's data file, to compare with"),
    )
    _option(
        command,
        "--fix",
        action="store_true",
        help=text("mend what is safe to mend in the data files, and show it"),
    )
    _option(
        command,
        "--diff",
        action="store_true",
        help=text("show what --fix would mend, and change nothing"),
    )
    _checking(command)


def _explain(command: argparse.ArgumentParser) -> None:
    _option(command, "code", nargs="?", metavar="CODE", help=text("such as N201; all if left out"))
    _plugin_dir(command)


def _fresh(command: argparse.ArgumentParser) -> None:
    _option(command, "--year", type=_year, help=text("year of the report (last year if not given)"))
    _option(command, "--form", default="", help=text("a form other than the one of the year"))
    overwriting(command)
    _plugin(command)


def _new(command: argparse.ArgumentParser) -> None:
    _option(command, "file", type=Path, metavar="FILE", help=text("the file to write, *.yaml"))
    _option(
        command,
        "--from",
        dest="last",
        type=Path,
        metavar="LAST_YEAR",
        help=text("last year's report to go on from: a data file, or one as published"),
    )
    _option(
        command,
        "--keys",
        choices=("en", "zh"),
        default="",
        help=text("names of fields: en for English ids, zh for the official labels"),
    )
    _fresh(command)


def _workbook(command: argparse.ArgumentParser) -> None:
    _option(
        command,
        "data",
        nargs="?",
        type=Path,
        metavar="DATA",
        help=text("a data file whose values the workbook is to hold; empty if left out"),
    )
    _option(
        command,
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="BOOK.xlsx",
        help=text("the workbook to write"),
    )
    for name, kind, told in (
        ("--previous", "LAST_YEAR", text("last year's report, to go on from and to show beside")),
        ("--collect", "OFFICES.csv", text("a list of offices: one workbook, an office a row")),
    ):
        _option(command, name, type=Path, metavar=kind, help=told)
    _fresh(command)


def _import(command: argparse.ArgumentParser) -> None:
    _option(
        command,
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help=text("published reports: web pages, texts, Word, PDF, spreadsheets, folders of them"),
    )
    _option(
        command,
        "-o",
        "--output",
        type=Path,
        metavar="DATA.yaml|DIR",
        help=text("data file, or folder of data files (this folder if not given)"),
    )
    _option(command, "--form", default="", help=text("id of the form, if the labels do not tell"))
    _option(
        command, "--year", type=_year, help=text("year of the report, if the file does not tell")
    )
    for name, told in (
        ("--organization", text("name of the office, if the file does not tell")),
        ("--region", text("province, city and district of the office")),
    ):
        _option(command, name, default="", metavar="NAME", help=told)
    _option(
        command,
        "--review",
        action="store_true",
        help=text("write and open a page with source and reading side by side"),
    )
    printed_as(command, "text", "json")
    overwriting(command)
    _plugin(command)


def _extract(command: argparse.ArgumentParser) -> None:
    _option(command, "file", type=Path, metavar="FILE", help=text("a report as .docx or .pdf"))
    _option(
        command,
        "-o",
        "--output",
        type=Path,
        metavar="FILE|DIR",
        help=text("where the data file goes (standard output if not given)"),
    )
    overwriting(command)
    _plugin(command)


def _schema(command: argparse.ArgumentParser) -> None:
    _option(command, "form", nargs="?", metavar="FORM", help=text("id of a form; all if left out"))
    _option(
        command,
        "--format",
        default="text",
        choices=("text", "json-schema"),
        help=text("text tells the fields; json-schema is for editors"),
    )
    _plugin_dir(command)


def _doctor(command: argparse.ArgumentParser) -> None:
    _plugin_dir(command)


def _completion(command: argparse.ArgumentParser) -> None:
    _option(command, "shell", choices=("bash", "zsh", "tcsh"), help=text("your shell"))


MODULES = {"import": "import_"}
"""Commands whose names Python keeps for itself."""

COMMANDS: tuple[tuple[str, Text, Callable[[argparse.ArgumentParser], None]], ...] = (
    ("generate", text("Check data files and make their documents."), _generate),
    ("check", text("Say everything that is wrong with data files."), _check),
    ("explain", text("Tell what a check demands, why, and where that is laid down."), _explain),
    ("new", text("Write a commented data file to fill in."), _new),
    ("workbook", text("Write a spreadsheet to fill in, with live sums."), _workbook),
    ("import", text("Read published reports into data files."), _import),
    (
        "extract",
        text("Get the data file out of a document, and say whether its text was changed."),
        _extract,
    ),
    ("plugins", text("List the province plugins; begin one, or check one."), plugin_options.add),
    ("schema", text("Tell the official forms and the fields of a data file."), _schema),
    ("doctor", text("Tell what this machine has: versions, libraries, fonts, plugins."), _doctor),
    ("completion", text("Print a completion script for your shell."), _completion),
)
