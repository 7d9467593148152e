"""Adding one option to a command, and the options that several commands have."""

import argparse
from pathlib import Path

from toolkit.messages import Text, text


def option(command: argparse.ArgumentParser, *names: str, help: Text, **more: object) -> None:
    """Add an option or an argument with its help."""
    command.add_argument(*names, help=str(help), **more)  # type: ignore[arg-type]


FINDINGS = ("text", "json", "sarif", "junit", "github", "gitlab")
"""All forms findings can be printed in."""


def printed_as(command: argparse.ArgumentParser, *choices: str) -> None:
    """Add ``--format`` for findings; the first choice is taken if none is given."""
    option(
        command,
        "--format",
        default=choices[0],
        choices=choices,
        help=text("how findings are printed (text if not given)"),
    )


def overwriting(command: argparse.ArgumentParser) -> None:
    """Add ``--force`` of commands that write one file."""
    option(command, "--force", action="store_true", help=text("write over a file that is there"))


def plugin_dir(command: argparse.ArgumentParser, default: object = None) -> None:
    """Add ``--plugin-dir``."""
    option(
        command,
        "--plugin-dir",
        action="append",
        type=Path,
        default=[] if default is None else default,
        metavar="DIR",
        help=text("a folder with more plugins (also NIANBAO_PLUGIN_DIR)"),
    )
