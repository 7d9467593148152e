"""HTML templates and style sheets read beforehand: their tags, names, and what they ask for."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from jinja2.exceptions import TemplateNotFound

from toolkit.diagnostics import Finding, Position
from toolkit.diagnostics.plugin_codes import miss
from toolkit.messages import text
from toolkit.render.html.templates import environment_of
from toolkit.render.lint import tags as pairs
from toolkit.render.lint.names import Reader
from toolkit.render.lint.samples import UNKNOWN, Scope
from toolkit.render.lint.tags import Tag

_TAG = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_RAW = re.compile(r"\{%[-+]?\s*raw\b.*?endraw\s*[-+]?%\}", re.DOTALL)
_HALF = re.compile(r"\{\{|\{%|\{#|｛｛|｛%|｛％")
_CLOSED_BY = {"{{": "}}", "{%": "%}", "{#": "#}"}
_ASKS = re.compile(
    r"""(?:url\(\s*["']?|@import\s+["']|(?:src|href)\s*=\s*["'])([^"')>\s{]+)""", re.IGNORECASE
)
_OUTSIDE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)(?!\S*#)", re.IGNORECASE)
_LINK = re.compile(r"<a\b[^>]*$", re.IGNORECASE)


def read(file: Path) -> tuple[Finding, ...]:
    """Look at one HTML or CSS file; never raises for a bad one."""
    try:
        words = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = text("the template {file} cannot be read", file=file.name)
        remedy = text("Save it as UTF-8 text ({problem}).", problem=error)
        return (miss("P301", str(file), message, remedy),)
    found = list(_asks(words, file))
    if file.suffix == ".css":
        return tuple(found)
    words = _RAW.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), words)
    tags = [_tag(match, words, file) for match in _TAG.finditer(words)]
    rest = _TAG.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), words)
    for half in _HALF.finditer(rest):
        line = words[half.start() :].partition("\n")[0][:60]
        full = "｛" in half[0]
        message = (
            text("“{rest}” is written with other braces or blanks", rest=line)
            if full
            else text("the tag {tag} does not close", tag=line)
        )
        remedy = (
            text(
                "Write {open} and {close} in half-width characters, without blanks.",
                open="{{",
                close="}}",
            )
            if full
            else text("End it with {end}.", end=_CLOSED_BY[half[0]])
        )
        code = "P304" if full else "P302"
        found.append(miss(code, _position(words, half.start(), file), message, remedy))
    found += pairs.faults(tags, environment_of((file.parent,)))  # type: ignore[arg-type]
    return tuple(sorted(found, key=lambda finding: finding.order))


def _tag(match: re.Match[str], words: str, file: Path) -> Tag:
    return Tag(match[0], "", _position(words, match.start(), file))


def _position(words: str, at: int, file: Path) -> Position:
    line = words.count("\n", 0, at) + 1
    return Position(str(file), line, at - (words.rfind("\n", 0, at) + 1) + 1)


def _asks(words: str, file: Path) -> Iterator[Finding]:
    """Find what a page or a sheet would fetch from outside. A link is only followed by people."""
    bare = re.sub(r"/\*.*?\*/|\{#.*?#\}|<!--.*?-->", lambda m: " " * len(m[0]), words, flags=re.S)
    for match in _ASKS.finditer(bare):
        target = match[1]
        if _LINK.search(bare[: match.start()][-200:]) or target.startswith(("#", "data:")):
            continue
        if _OUTSIDE.match(target):
            message = text("{file} asks the network for {target}", file=file.name, target=target)
            remedy = text("Put the file into the template folder, and name it by its path there.")
            yield miss("P503", _position(words, match.start(), file), message, remedy)
        elif not (file.parent / target).exists() and match[0].lower().startswith("url"):
            message = text("there is no file “{name}” beside {file}", name=target, file=file.name)
            yield miss("P309", _position(words, match.start(), file), message)


def names(template: str, folders: Iterable[Path], scope: Scope, medium: str) -> Iterator[Finding]:
    """Look up every name of a page, its parents and what it takes in."""
    places = tuple(folders)
    environment = environment_of(places)
    loader = environment.loader
    assert loader is not None  # noqa: S101  environment_of sets it

    def load(name: str) -> str:
        return loader.get_source(environment, name)[0]

    known = {
        **scope,
        "medium": (medium,),
        "title_lines": (("",),),
        "stylesheet": UNKNOWN,
        "picture": UNKNOWN,
    }
    reader = Reader(
        environment,  # type: ignore[arg-type]  # it is a Sandbox
        exists=lambda name: any((place / name).is_file() for place in places),
        globals=known,
        load=load,
    )
    try:
        tree = environment.parse(load(template))
    except TemplateNotFound:
        yield miss("P309", template, text("there is no template {name!r}", name=template))
        return
    except Exception:  # told by `read`, tag by tag
        return
    for fault in reader.read(tree, template):
        place = _file_of(fault.template, places)
        yield miss(fault.code, Position(place, fault.line, 1), fault.message, fault.remedy)


def _file_of(template: str, places: tuple[Path, ...]) -> str:
    for place in places:
        if (place / template).is_file():
            return str(place / template)
    return template
