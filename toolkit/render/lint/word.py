"""A whole Word template read beforehand: can it be opened, its tags, its names, its look."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from docxtpl import DocxTemplate, InlineImage, RichText
from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError
from lxml import etree

from toolkit.diagnostics import Finding
from toolkit.diagnostics.plugin_codes import miss
from toolkit.messages import Text, text
from toolkit.render import package
from toolkit.render.docx import dashes, slots
from toolkit.render.docx.error_location import room
from toolkit.render.docx.opened import Unfit, opened, save_again
from toolkit.render.docx.tags import a_tag_a_line, environment, prepare
from toolkit.render.lint import tags as pairs
from toolkit.render.lint import word_loss, word_tags
from toolkit.render.lint.dotted import dotted
from toolkit.render.lint.expressions import Fault
from toolkit.render.lint.names import Reader
from toolkit.render.lint.samples import Gives, Scope
from toolkit.render.lint.tags import Tag, placed
from toolkit.render.lint.word_look import changes, look
from toolkit.render.lint.word_package import not_filled
from toolkit.view.model import TableView

_FILLED = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml\Z")


@dataclass(frozen=True, slots=True)
class Part:
    """One part that is filled: its tags as the author sees them, and Jinja2 source of it."""

    name: str
    tags: tuple[Tag, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Word:
    """A Word template that could be opened. ``sound`` parts have tags that can be read."""

    file: str
    parts: tuple[Part, ...]
    faults: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether all tags can be read, so that names can be looked up."""
        return not any(f.code in ("P302", "P305", "P306", "P307") for f in self.faults)


def read(file: Path) -> Word:
    """Open a template and look at all that needs no report; never raises for a bad file."""
    shown = str(file)
    try:
        head = file.read_bytes()
        data = opened(head, file.name)
    except OSError as error:
        message = text("the template {file} cannot be read", file=file.name)
        return Word(shown, (), (miss("P301", shown, message, save_again(error.strerror)),))
    except Unfit as error:
        return Word(shown, (), (miss("P301", shown, error.message, error.remedy),))
    raw = package.read(data)
    try:
        patch = DocxTemplate(BytesIO(data))
        patch.init_docx()
        found = [*look(raw, shown), *changes(head, shown), *not_filled(raw, shown)]
        parts = [_part(name, xml, shown, patch, found) for name, xml in _filled(raw)]
    except (KeyError, ValueError, etree.XMLSyntaxError) as error:
        message = text("{file} is not a Word document (.docx)", file=file.name)
        return Word(shown, (), (miss("P301", shown, message, save_again(error)),))
    return Word(shown, tuple(parts), tuple(dict.fromkeys(found)))


def _filled(raw: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    return ((name, xml) for name, xml in raw.items() if _FILLED.match(name))


def _part(name: str, xml: bytes, file: str, patch: DocxTemplate, found: list[Finding]) -> Part:
    tags, faults = word_tags.read(xml, name, file)
    found += faults
    found += pairs.faults(tags, environment())
    written = etree.tostring(word_tags.parse(xml), encoding="unicode")
    found += _joined_over(written, tags)
    source = prepare(written, patch)
    return Part(name, tuple(tags), source)


def names(word: Word, scope: Scope, folders: Iterable[Path]) -> Iterator[Finding]:
    """Look up every name of a template that is `sound`, with samples of what there is."""
    if not word.sound:
        return
    places = [Path(folder).resolve() for folder in folders]

    def exists(name: str) -> bool:
        files = [((place / name).resolve(), place) for place in places]
        return any(file.is_file() and file.is_relative_to(place) for file, place in files)

    known = {**scope, **_FUNCTIONS}
    for part in word.parts:
        yield from _takes_in(part)
        source, lines = a_tag_a_line(part.source)
        try:
            tree = environment().parse(source)
        except TemplateSyntaxError as error:
            yield _unreadable(error, part, lines)
            continue
        reader = Reader(
            environment(), load=_nothing, exists=exists, globals=known, unfit=_Unfit(tree)
        )
        for fault in reader.read(tree, part.name):
            yield _placed(fault, part, lines)


def _unreadable(error: TemplateSyntaxError, part: Part, lines: list[str]) -> Finding:
    """Report which tag ends the reading of a part whose tags, in texts, can all be read alone."""
    tag = lines[error.lineno - 2] if 2 <= error.lineno <= len(lines) + 1 else ""
    message = text("the tag {tag} cannot be read: {problem}",
                   tag=re.sub(r"<[^>]*>", "…", tag)[:60], problem=error.message)  # fmt: skip
    remedy = text("Type the tag anew in one go.") if "<" in tag else None
    return _placed(Fault("P307", part.name, error.lineno, message, remedy), part, lines)


def _joined_over(xml: str, tags: list[Tag]) -> Iterator[Finding]:
    """Find ``{%-`` and ``-%}`` that take away what stands between them and the next text."""
    for written, element in dashes.losses(xml):
        for tag in tags:
            if _bare(tag.source) == _bare(written) and "-" in tag.source:
                message = text("{tag} joins texts, and what stands between them is lost: {lost}",
                               tag=tag.source, lost=word_loss.name_of(element))  # fmt: skip
                yield tag.miss("P305", message, text("Write it without the -."))
                break


def _nothing(name: str) -> str:
    """Stand in for other templates, which a Word template cannot take in; `_takes_in` says so."""
    return ""


def _takes_in(part: Part) -> Iterator[Finding]:
    for tag in part.tags:
        if tag.keyword in pairs.OTHERS:
            message = text("a Word template takes in no others: {tag}", tag=tag.source)
            remedy = text("Copy what is wanted into it, or take in a whole document by subdoc().")
            yield tag.miss("P307", message, remedy)


def _placed(fault: Fault, part: Part, lines: list[str]) -> Finding:
    tag = _tag_at(fault.line, part, lines)
    if tag is None:
        message = placed(room(part.name), fault.message)
        return miss(fault.code, part.tags[0].position if part.tags else "", message, fault.remedy)
    return tag.miss(fault.code, fault.message, fault.remedy)


def _tag_at(line: int, part: Part, lines: list[str]) -> Tag | None:
    """Find the author's tag for a line of `a_tag_a_line`: the same one of equal tags."""
    if not 2 <= line <= len(lines) + 1:
        return None
    wanted = _bare(lines[line - 2])
    before = sum(_bare(other) == wanted for other in lines[: line - 2])
    equal = [tag for tag in part.tags if _bare(tag.source) == wanted]
    if equal:
        return equal[min(before, len(equal) - 1)]
    inner = wanted.strip("{}%")  # of a tag that docxtpl wrote: {% colspan n %} gives {{ n }}
    written = [tag for tag in part.tags if tag.keyword in pairs.WORD_ONLY]
    return next((tag for tag in written if inner in _bare(tag.source)), None)


def _bare(tag: str) -> str:
    return re.sub(r"[\s-]+", "", tag).replace("&lt;", "<").replace("&gt;", ">")


class _Unfit:
    """Says of what a tag prints why it cannot stand there, naming the tag."""

    def __init__(self, tree: nodes.Template) -> None:
        self._slots = {(id(node), at): slot for node, at, slot in slots.printed(tree)}

    def __call__(
        self, output: nodes.Output, at: int, value: object
    ) -> tuple[str, Text, Text] | None:
        slot = self._slots.get((id(output), at), slots.TEXT)
        fault = slots.unfit(value, slot)
        if fault is None:
            return None
        name = dotted(output.nodes[at])
        if isinstance(value, TableView) and slot == slots.TEXT:
            message = text("{tag} puts a whole table into a line of text", tag=f"{{{{ {name} }}}}")
            remedy = text("Write {tag} in a paragraph of its own.", tag=f"{{{{p {name} }}}}")
            return fault[0], message, remedy
        return fault[0], text("“{name}”: {problem}", name=name, problem=fault[1]), fault[2]


_FUNCTIONS: Scope = {
    "look": (Gives((RichText("x"),)),),
    "link": (Gives((RichText("x"),)),),
    "image": (Gives((InlineImage(None, None),)),),
    "subdoc": (Gives((slots.Whole("<w:p/>"),)),),
}
