"""Tags one by one and in pairs: what cannot be read, what is never ended, in Word and in text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from jinja2.exceptions import TemplateError as JinjaError

from toolkit.diagnostics import Finding, Position
from toolkit.diagnostics.plugin_codes import miss
from toolkit.messages import Text, text
from toolkit.render.lint.word_edges import is_within_a_line
from toolkit.render.sandbox import Sandbox

_ENDS = {
    "if": "endif",
    "for": "endfor",
    "macro": "endmacro",
    "call": "endcall",
    "filter": "endfilter",
    "with": "endwith",
    "block": "endblock",
    "autoescape": "endautoescape",
    "set": "endset",
    "raw": "endraw",
}
_MIDDLES = {"elif": ("if",), "else": ("if", "for")}
OTHERS = ("extends", "include", "import", "from")
"""Tags that name another template."""
WORD_ONLY = ("colspan", "cellbg", "vm", "hm")
"""Tags that docxtpl reads itself."""
_WORDS = (*_ENDS, *_ENDS.values(), *_MIDDLES, *OTHERS)
_LETTERS = ("p", "tr", "tc", "r")
_LETTER = text("Write p, tr or tc small and directly behind the brace and %, in Word only.")
_STATEMENT = re.compile(r"\{%[-+]?\s*(\w+)\s*(.*?)[-+]?%\}\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag.

    ``source`` is the tag without docxtpl's letter (``{%p if x %}`` is ``{% if x %}``), that
    letter is ``scope``. ``where`` says the place for a person, empty where ``position`` does.
    ``home`` is what the tag stands in: a cell, or the text itself; a block ends in the home
    it begins in.
    """

    source: str
    scope: str
    position: Position
    where: Text | None = None
    home: str = ""

    def miss(self, code: str, message: Text, remedy: Text | None = None) -> Finding:
        """Make a finding at this tag."""
        return miss(code, self.position, placed(self.where, message), remedy)

    @property
    def keyword(self) -> str:
        """First word of a statement, else empty."""
        match = _STATEMENT.match(self.source)
        return match[1] if match else ""


def placed(where: Text | None, message: Text) -> Text:
    """Put the place in a Word file before a message."""
    return message if where is None else text("{place}: {message}", place=where, message=message)


def did_you_mean(name: str, known: Iterable[str]) -> Text | None:
    """Offer the nearest of the known names, or all of them where there are few."""
    names = sorted(set(map(str, known)))
    near = get_close_matches(name, names, 1, 0.5)
    if near:
        return text("Did you mean “{near}”?", near=near[0])
    return text("There are: {names}.", names=", ".join(names[:30])) if names else None


def faults(tags: Iterable[Tag], environment: Sandbox) -> Iterator[Finding]:
    """Find everything that is wrong with tags, in the order they stand."""
    tags = tuple(tags)
    for tag in tags:
        yield from _unreadable(tag, environment)
    yield from _unbalanced(tags)


def _unreadable(tag: Tag, environment: Sandbox) -> Iterator[Finding]:
    word = tag.keyword
    if tag.source.startswith("{#") or word in WORD_ONLY:
        return
    if word in _ENDS.values():
        yield from _more_behind(tag, word)
        return
    if tag.source.startswith("{%") and word not in _WORDS:
        message = text("“{word}” is no tag of templates", word=word or tag.source)
        letter = word.lower() in _LETTERS
        yield tag.miss("P307", message, _LETTER if letter else did_you_mean(word, _WORDS))
        return
    problem = _problem(_completed(tag, word), environment)
    if problem:
        message = text("the tag {tag} cannot be read: {problem}", tag=tag.source, problem=problem)
        yield tag.miss("P307", message)


def _more_behind(tag: Tag, word: str) -> Iterator[Finding]:
    """Find ``{% endfor section %}``: only a block may be named again where it ends."""
    match = _STATEMENT.match(tag.source)
    if match and match[2].strip() and word != "endblock":
        message = text("nothing stands behind {word} in a tag: {tag}", word=word, tag=tag.source)
        end = f"{{%{tag.scope} {word} %}}"
        yield tag.miss("P307", message, text("Write {tag}.", tag=end))


def _completed(tag: Tag, word: str) -> str:
    """Make a whole template of one tag."""
    if word in _MIDDLES:
        return f"{{% if 1 %}}{tag.source}{{% endif %}}"
    if word == "set" and "=" in tag.source:
        return tag.source
    return f"{tag.source}{{% {_ENDS[word]} %}}" if word in _ENDS else tag.source


@lru_cache(maxsize=1024)
def _problem(source: str, environment: Sandbox) -> str:
    try:
        environment.parse(source)
    except JinjaError as error:
        return error.message or type(error).__name__
    return ""


def _unbalanced(tags: tuple[Tag, ...]) -> Iterator[Finding]:
    open_: list[Tag] = []
    for tag in tags:
        word = tag.keyword
        if word in _ENDS and not (word == "set" and "=" in tag.source):
            open_.append(tag)
        elif word in _MIDDLES:
            yield from _middle(tag, word, open_)
        elif word in _ENDS.values():
            yield from _end(tag, word, open_)
    for tag in open_:
        yield _never_ended(tag)


def _never_ended(tag: Tag) -> Finding:
    end = _ENDS[tag.keyword]
    return tag.miss(
        "P306",
        text("{tag} is never ended", tag=tag.source),
        text("Put {end} where it is to end.", end=f"{{%{tag.scope} {end} %}}"),
    )


def _middle(tag: Tag, word: str, open_: list[Tag]) -> Iterator[Finding]:
    if not open_ or open_[-1].keyword not in _MIDDLES[word]:
        message = text("{tag} stands in no {begin}", tag=tag.source, begin=_MIDDLES[word][0])
        yield tag.miss("P306", message)
    elif tag.scope != open_[-1].scope:
        yield _other_scope(tag, open_[-1])
    else:
        yield from _another_home(tag, open_[-1])


def _end(tag: Tag, word: str, open_: list[Tag]) -> Iterator[Finding]:
    matching = [i for i, one in enumerate(open_) if _ENDS[one.keyword] == word]
    if not matching:
        yield tag.miss(
            "P306",
            text("{tag} ends what was never begun", tag=tag.source),
            text("Take it away, or begin it before."),
        )
        return
    begin = open_[matching[-1]]
    for unended in open_[matching[-1] + 1 :]:
        yield _never_ended(unended)
    del open_[matching[-1] :]
    if tag.scope != begin.scope:
        yield _other_scope(tag, begin)
    else:
        yield from _another_home(tag, begin)


def _another_home(tag: Tag, begin: Tag) -> Iterator[Finding]:
    """Find what begins in one cell, row or table and goes on in another."""
    if tag.home == begin.home:
        return
    if tag.scope in ("tr", "tc"):
        message = text("{tag} stands in another table or row than {begin}", **_pair(tag, begin))
        yield tag.miss("P306", message, text("Begin and end it in one table, cells in one row."))
        return
    if is_within_a_line(tag.home) or is_within_a_line(begin.home):
        message = text("{tag} stands in another link, field, content control or note than {begin}",
                       **_pair(tag, begin))  # fmt: skip
        yield tag.miss("P306", message, text("Put both inside it, or both outside."))
        return
    yield tag.miss(
        "P306",
        text("{tag} ends in another cell or box what {begin} begins", **_pair(tag, begin)),
        text("Begin and end it in one cell; a tag with tr repeats whole rows."),
    )


def _other_scope(tag: Tag, begin: Tag) -> Finding:
    shown = {"tag": _written(tag), "begin": _written(begin)}
    return tag.miss(
        "P306",
        text("{tag} goes with {begin}, but its letter is another", **shown),
        text("Write the same letter (p, tr, tc or none) in both."),
    )


def _pair(tag: Tag, begin: Tag) -> dict[str, str]:
    return {"tag": _written(tag), "begin": _written(begin)}


def _written(tag: Tag) -> str:
    return f"{tag.source[:2]}{tag.scope}{tag.source[2:]}"
