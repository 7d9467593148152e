"""Messages for people, in English and Chinese, worded when they are shown.

A message is kept as a `Text`: the English wording and the values in it. The
language is chosen when it is printed, so a finding made in a worker process
or on another machine speaks the reader's language.
"""

import gettext
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from toolkit import resources

LANGUAGES = ("en", "zh")
_FOLDER = Path(__file__).parent
_active = "en"


class Text:
    """One message: ``msgid`` is its English wording with ``{name}`` places for ``values``.

    A value: never changed once made. Not a dataclass, since importing those would take a
    quarter of the time of ``nianbao --help``.
    """

    __slots__ = ("msgid", "values")

    def __init__(self, msgid: str, values: tuple[tuple[str, object], ...] = ()) -> None:
        self.msgid = msgid
        self.values = values

    def _content(self) -> tuple[object, ...]:
        return (self.msgid, self.values)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._content() == other._content()

    def __hash__(self) -> int:
        return hash(self._content())

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self._content()!r}"

    def __str__(self) -> str:
        return self.render(_active)

    def render(self, language: str) -> str:
        """Word the message in ``"en"`` or ``"zh"``; a value may itself be a `Text`."""
        wording = translate(self.msgid, language)
        if not self.values:
            return wording
        return wording.format_map(
            {k: v.render(language) if isinstance(v, Text) else v for k, v in self.values}
        )


class Lines(Text):
    """Several messages, each on a line of its own."""

    __slots__ = ("parts",)

    def __init__(self, *, parts: tuple[Text, ...] = ()) -> None:
        super().__init__("")
        self.parts = parts

    def _content(self) -> tuple[object, ...]:
        return self.parts

    def render(self, language: str) -> str:
        """Word each of them."""
        return "\n".join(part.render(language) for part in self.parts)


def text(msgid: str, /, **values: object) -> Text:
    """Make a message. The catalogue check finds every literal given here."""
    return Text(msgid, tuple(values.items()))


def plural(singular: str, many: str, count: int, /, **values: object) -> Text:
    """Choose the English number by ``count``; Chinese has one form, so each has its own entry."""
    return Text(singular if count == 1 else many, (("n", count), *values.items()))


def translate(msgid: str, language: str) -> str:
    """Look a wording up; the English wording stands in for a missing one."""
    if language == "en" or not msgid:
        return msgid
    for catalogue in _catalogues(language):
        found = catalogue.gettext(msgid)
        if found != msgid:
            return found
    return msgid


@lru_cache(maxsize=4)
def _catalogues(language: str) -> tuple[gettext.NullTranslations, ...]:
    """All catalogues of a language: one a room (``rules.mo``, ``cli.mo`` …), then plugins'."""
    own = sorted(_FOLDER.glob(f"{language}/LC_MESSAGES/*.mo"))
    theirs = sorted(resources.plugins().glob(f"*/messages/{language}/LC_MESSAGES/*.mo"))
    return tuple(
        gettext.translation(file.stem, file.parents[2], languages=[language])
        for file in (*own, *theirs)
    )


def language() -> str:
    """Return the language messages are shown in now."""
    return _active


def use_language(name: str) -> None:
    """Show messages in ``"en"`` or ``"zh"`` from now on, in this process."""
    global _active
    if name not in LANGUAGES:
        raise ValueError(f"no messages in {name!r}; there are: {', '.join(LANGUAGES)}")
    _active = name


def language_of_environment(environ: Mapping[str, str] | None = None) -> str:
    """Read the locale: Chinese for ``zh*``, else English, as gettext reads it."""
    environ = os.environ if environ is None else environ
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name, "")
        if value:
            return "zh" if value.lower().startswith(("zh", "chinese")) else "en"
    return "en"
