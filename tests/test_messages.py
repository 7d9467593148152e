"""Every message has its Chinese wording, with the same places for values."""

import ast
import string
from pathlib import Path

import pytest

from toolkit import messages
from toolkit.messages import Text, translate

PACKAGE = Path(messages.__file__).parent.parent
ROOMS = (PACKAGE, PACKAGE.parent / "plugins" / "national")
"""Rooms whose words have a catalogue; provinces write in Chinese."""
FILES = [file for room in ROOMS for file in sorted(room.rglob("*.py"))]
ARGUMENTS = {"text": 1, "plural": 2}
"""Function → how many of its first arguments are wordings."""


def wordings(file: Path):
    """Give every literal wording in a module with its line."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            for argument in node.args[: ARGUMENTS.get(node.func.id, 0)]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield pytest.param(
                        argument.value, id=f"{file.relative_to(PACKAGE.parent)}:{argument.lineno}"
                    )


ALL = [case for file in FILES for case in wordings(file)]


def places(wording: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(wording) if name is not None}


def test_there_are_messages():
    assert len(ALL) > 150


@pytest.mark.parametrize("wording", ALL)
def test_a_message_is_worded_in_chinese_with_the_same_values(wording):
    chinese = translate(wording, "zh")

    assert chinese != wording, "add it to toolkit/messages/zh/LC_MESSAGES and run `make messages`"
    assert places(chinese) <= places(wording)


def test_no_wording_is_put_together_from_values():
    """A wording that is no literal could not be in a catalogue."""
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ARGUMENTS
                and node.args
                and file.parent.name != "messages"
            ):
                assert isinstance(node.args[0], ast.Constant), f"{file}:{node.lineno}"


def test_a_message_within_a_message_speaks_the_same_language():
    inner = Text("Shorten it.")

    assert Text("{place}: {message}", (("place", "a.yaml"), ("message", inner))).render("zh") == (
        "a.yaml：请缩短。"
    )
