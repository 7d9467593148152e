"""Reading the arguments: language first, then the command and what it is given."""

import argparse
import difflib
import gettext
import os
import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from toolkit import __version__, messages
from toolkit.cli.options import COMMANDS, MODULES
from toolkit.cli.plugin_options import spelled_out
from toolkit.messages import text

_CATALOGUES = Path(messages.__file__).parent


class _Parser(argparse.ArgumentParser):
    """A parser that keeps to the order “what is wrong, how to get help”."""

    def error(self, message: str) -> NoReturn:
        """Report what is wrong with the call and end with 2."""
        hint = text("“{command} --help” tells what can be given.", command=self.prog)
        self.exit(2, f"{self.prog}: {message}\n{hint}\n")


def language(argv: Sequence[str]) -> str:
    """Look for --lang before anything is worded; empty when it is not given, or not well."""
    for word, following in zip(argv, (*argv[1:], ""), strict=False):
        name, _, value = word.partition("=")
        if name == "--lang" and (value or following) in messages.LANGUAGES:
            return value or following
    return ""


def read(argv: Sequence[str]) -> argparse.Namespace:
    """Read the arguments; ends the program itself for --help, --version and wrong use."""
    with _argparse_speaks(messages.language()):
        _refuse_file_for_command(argv)
        return parser().parse_args(spelled_out(argv))


def _refuse_file_for_command(argv: Sequence[str]) -> None:
    """Report which command is meant in place of a file or a mistyped one; ends with 2."""
    words = (word for word in argv if not word.startswith("-"))
    word = next((word for word in words if word not in messages.LANGUAGES), "")
    names = [name for name, _, _ in COMMANDS]
    if not word or word in names:
        return
    file, hint = shlex.quote(word), None
    suffix = Path(word).suffix.lower()
    if suffix in (".yaml", ".yml", ".json", ".xlsx", ".xlsm", ".ods") or Path(word).is_dir():
        hint = text("Write: nianbao check {file}, or: nianbao generate {file} -f docx", file=file)
    elif suffix:
        made = shlex.quote(Path(word).with_suffix(".yaml").name)
        hint = text("A published report is read by: nianbao import {file} -o {made}",
                    file=file, made=made)  # fmt: skip
    elif near := difflib.get_close_matches(word, names, n=1):
        hint = text("Write: nianbao {name}", name=near[0])
    if hint is not None:
        fault = text("“{word}” is no command.", word=word)
        more = text("“{command} --help” tells what can be given.", command="nianbao")
        parser().exit(2, f"nianbao: {fault}\n{hint}\n{more}\n")


@contextmanager
def _argparse_speaks(name: str) -> Iterator[None]:
    """Let argparse word its own messages from our catalogue ``argparse.po``."""
    before = os.environ.get("LANGUAGE")
    domain = gettext.textdomain()
    gettext.bindtextdomain("argparse", str(_CATALOGUES))
    gettext.textdomain("argparse")
    os.environ["LANGUAGE"] = name
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before


def parser() -> argparse.ArgumentParser:
    """Make the parser of all commands."""
    top = _Parser(
        prog="nianbao",
        description=str(
            text(
                "Annual reports on open government information (政府信息公开工作年度报告): "
                "checks a data file and makes DOCX, PDF and HTML of it."
            )
        ),
        epilog=str(text("“nianbao COMMAND --help” tells more about a command.")),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"nianbao {__version__}")
    top.add_argument("--lang", choices=messages.LANGUAGES, help=str(text("language of messages")))
    commands = top.add_subparsers(
        title=str(text("commands")), metavar=str(text("COMMAND")), required=True, dest="command"
    )
    for name, help_text, add in COMMANDS:
        command = commands.add_parser(name, help=str(help_text), description=str(help_text))
        command.set_defaults(module=MODULES.get(name, name.replace("-", "_")))
        command.add_argument("--lang", choices=messages.LANGUAGES, help=argparse.SUPPRESS)
        add(command)
    return top
