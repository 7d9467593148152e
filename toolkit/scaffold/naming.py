"""What a new plugin may be called: checked against what Python allows and others have taken."""

import importlib.util
import keyword
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from toolkit.errors import UsageError
from toolkit.messages import Text, text
from toolkit.registry import Plugin, Registry

_NAME = re.compile(r"[a-z][a-z0-9_]{1,39}\Z")
_TITLE = re.compile(r"[\w（）()·—-]{2,40}\Z")
_LETTERS = re.compile(r"[A-Z]{1,5}\Z")
_COMMANDS = ("new", "check", "show")


@dataclass(frozen=True, slots=True)
class Names:
    """What tells a plugin from all others: ``testland``, 示例省, ``99``, ``TE``."""

    name: str
    title: str
    code: str
    letters: str


@dataclass(frozen=True)
class Taken:
    """What other plugins have taken."""

    registry: Registry

    @cached_property
    def _plugins(self) -> tuple[Plugin, ...]:
        return tuple(one for one in self.registry.all() if isinstance(one, Plugin))

    def name(self, name: str, *, package: bool) -> Text | None:
        """Return why a plugin may not have this name; ``None`` if it may."""
        if not name.isascii():
            return text(
                "“{name}”: the name is an id in ASCII, such as testland for 示例; "
                "the Chinese name is the --title.",
                name=name,
            )
        if not _NAME.match(name) or keyword.iskeyword(name) or name in _COMMANDS:
            return text(
                "“{name}”: the name has small letters, digits and _, and begins with a letter.",
                name=name,
            )
        if name in self.registry.names:
            return text("There is a plugin “{name}” already; choose another name.", name=name)
        if package and importlib.util.find_spec(name) is not None:
            return text("There is a Python module “{name}” already; choose another name.",
                        name=name)  # fmt: skip
        return None

    def title(self, title: str) -> Text | None:
        """Return what is wrong with the province's name."""
        if _TITLE.match(title):
            return None
        return text("“{title}”: the title is the official name, such as 示例省.", title=title)

    def code(self, code: str) -> Text | None:
        """Return what is wrong with a code of GB/T 2260, or who has it."""
        if not (code.isascii() and code.isdecimal() and len(code) in (2, 4, 6)):
            return text("“{code}”: the code is one of GB/T 2260, 2, 4 or 6 digits.", code=code)
        for plugin in self._plugins:
            if plugin.province and plugin.province.code == code:
                return text("The code {code} is that of the plugin “{name}”; each has its own.",
                            code=code, name=plugin.name)  # fmt: skip
        return None

    def letters(self, letters: str) -> Text | None:
        """Return what is wrong with the letters of rule codes, or who has them."""
        if not _LETTERS.match(letters):
            return text("“{letters}”: rule codes begin with 1 to 5 capital letters.",
                        letters=letters)  # fmt: skip
        if letters in self._letters():
            return text("Rule codes of another plugin begin with {letters}; choose others.",
                        letters=letters)  # fmt: skip
        return None

    def _letters(self) -> set[str]:
        return {rule.code.rstrip("0123456789") for rule in self.registry.every_rule()}

    def free_letters(self, name: str) -> str:
        """Choose letters for rule codes: the shortest beginning of the name that is free."""
        plain = re.sub(r"[^A-Z]", "", name.upper())
        for end in range(2, 6):
            if len(plain) >= end and self.letters(plain[:end]) is None:
                return plain[:end]
        return next(f"X{letter}" for letter in plain + "XYZ" if not self.letters(f"X{letter}"))

    def refusals(self, names: Names, *, package: bool) -> Iterator[Text]:
        """Yield everything that is wrong."""
        found = (
            self.name(names.name, package=package),
            self.title(names.title),
            self.code(names.code),
            self.letters(names.letters),
        )
        yield from (problem for problem in found if problem)


def refuse(problems: Iterable[Text]) -> None:
    """Raise UsageError with all problems, if there are any."""
    told = [str(problem) for problem in problems]
    if told:
        raise UsageError(Text("\n".join(told).replace("{", "{{").replace("}", "}}")))
