"""What ``nianbao plugins`` may be given: nothing, a NAME, ``new NAME`` or ``check NAME``."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from toolkit.cli.option import FINDINGS, option, plugin_dir, printed_as
from toolkit.messages import text

_ACTIONS = ("new", "check", "show")
_TAKE_A_VALUE = ("--plugin-dir", "--lang")


def spelled_out(argv: Sequence[str]) -> list[str]:
    """Write ``plugins NAME`` as ``plugins show NAME``; everything else stays."""
    words = list(argv)
    places = _positional(words)
    given = [words[place] for place in places[:2]]
    if len(given) > 1 and given[0] == "plugins" and given[1] not in _ACTIONS:
        words.insert(places[1], "show")
    return words


def _positional(words: Sequence[str]) -> list[int]:
    """Where words stand that are no option and no option's value."""
    found, skip = [], False
    for place, word in enumerate(words):
        if not skip and not word.startswith("-"):
            found.append(place)
        skip = not skip and word in _TAKE_A_VALUE
    return found


def add(command: argparse.ArgumentParser) -> None:
    """Add the options of ``plugins`` and of what stands behind it."""
    command.set_defaults(action="list", name="")
    plugin_dir(command)
    actions = command.add_subparsers(
        title=str(text("commands")), metavar="NAME | new NAME | check NAME", dest="action"
    )
    for name, told, add_options in (
        ("show", text("Tell more about one plugin (“plugins NAME” will do)."), _show),
        ("new", text("Write a new plugin that works at once."), _new),
        ("check", text("Say everything that is wrong with a plugin."), _check),
    ):
        action = actions.add_parser(name, help=str(told), description=str(told))
        module = "plugins" if name == "show" else f"plugins_{name}"
        action.set_defaults(module=module)
        plugin_dir(action, default=argparse.SUPPRESS)
        add_options(action)


def _show(command: argparse.ArgumentParser) -> None:
    option(command, "name", metavar="NAME", help=text("tell more about one plugin"))


def _check(command: argparse.ArgumentParser) -> None:
    option(
        command,
        "name",
        metavar="NAME|FOLDER",
        help=text("a plugin by its name, or the folder it is in"),
    )
    printed_as(command, *FINDINGS)


def _new(command: argparse.ArgumentParser) -> None:
    option(
        command,
        "name",
        nargs="?",
        default="",
        metavar="NAME",
        help=text("its id: small letters, digits and _, such as hainan"),
    )
    for name, metavar, told in (
        ("--title", "NAME", text("official name of the province or city, such as 示例省")),
        ("--code", "CODE", text("its code of GB/T 2260, such as 46")),
        ("--letters", "LETTERS", text("letters of its rule codes, such as HI")),
    ):
        option(command, name, default="", metavar=metavar, help=told)
    option(
        command,
        "-o",
        "--output",
        type=Path,
        default=Path(),
        metavar="DIR",
        help=text("folder the plugin's folder goes into (this one if not given)"),
    )
    option(
        command,
        "--package",
        action="store_true",
        help=text("a distribution for pip, with pyproject.toml, in a folder nianbao-NAME"),
    )
