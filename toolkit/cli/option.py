"""Adding one option to a command, and the option that most commands have."""

import argparse
from pathlib import Path

from toolkit.messages import Text, text


def option(command: argparse.ArgumentParser, *names: str, help: Text, **more: object) -> None:
    """Add an option or an argument with its help."""
    command.add_argument(*names, help=str(help), **more)  # type: ignore[arg-type]


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
