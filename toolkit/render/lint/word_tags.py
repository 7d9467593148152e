"""The tags of a Word template as their author sees them: paragraph by paragraph, with places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from lxml import etree

from toolkit.diagnostics import Finding, Position, Severity
from toolkit.diagnostics.plugin_codes import miss
from toolkit.messages import Text, text
from toolkit.render.docx.error_location import at_tag, standing
from toolkit.render.docx.quotes import straight
from toolkit.render.docx.tags import SCOPE
from toolkit.render.lint import word_edges, word_foreign, word_loss
from toolkit.render.lint.tags import Tag, placed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_OPEN, _CLOSE = re.compile(r"\{[{%#]"), re.compile(r"[}%#]\}")
_LOOKALIKE = re.compile(r"｛[｛%％]|[{]\s+[{%]|[{]｛|｛[^｛｝\n]{1,60}｝|％\}|\{％|｝｝")
_CLOSED_BY = {"{{": "}}", "{%": "%}", "{#": "#}"}
_WHOLE = {
    "p": text("paragraph"),
    "tr": text("row"),
    "tc": text("cell"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One ``w:t`` of a paragraph: its text, and how its run looks (``w:rPr`` as XML)."""

    words: str
    look: bytes


def parse(xml: bytes) -> etree._Element:
    """Read a part; nothing outside it is asked for."""
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))


def read(xml: bytes, part: str, file: str) -> tuple[list[Tag], list[Finding]]:
    """Return the tags of one part in order, and what is wrong with how they are written."""
    tags: list[Tag] = []
    found: list[Finding] = []
    root = parse(xml)
    fields = word_edges.fields(root)
    for paragraph in root.iter(f"{W}p"):
        reader = _Paragraph(paragraph, part, file, fields)
        tags += reader.tags
        found += reader.faults()
    return tags, found


def own(paragraph: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield elements of a paragraph, but not those of paragraphs within it (text boxes)."""
    for node in paragraph.iter(*(f"{W}{name}" for name in names)):
        if next(node.iterancestors(f"{W}p"), None) is paragraph:
            yield node


class _Paragraph:
    """One paragraph: its pieces, the tags in them, what is left over."""

    def __init__(
        self, paragraph: etree._Element, part: str, file: str, fields: word_edges.Fields
    ) -> None:
        self._fields = fields
        self._paragraph = paragraph
        self._nodes = list(own(paragraph, "t", "br", "tab"))
        self._pieces = [_piece(node) for node in self._nodes]
        self._words = "".join(piece.words for piece in self._pieces)
        self._file, self._part = file, part
        self._spans = list(self._found()) if "{" in self._words else []
        self.tags = [self._tag(*span) for span in self._spans]

    @property
    def where(self) -> Text:
        return standing(self._part, self._paragraph)

    def _found(self) -> Iterator[tuple[int, int]]:
        """Yield start and end of each tag; one that swallows the next is cut at the next."""
        at = 0
        while match := _TAG.search(self._words, at):
            start, end = match.span()
            inner = [m.start() for m in _OPEN.finditer(self._words, start + 2, end)]
            if inner and not self._words.startswith("{#", start):
                at = inner[0]
                continue
            yield start, end
            at = end

    def _tag(self, start: int, end: int) -> Tag:
        written = straight(self._words[start:end])
        scope = SCOPE.match(written)
        source = SCOPE.sub(r"\1", written, count=1)
        letter = scope[2] if scope else ""
        home = word_edges.home(self._paragraph, self._node_at(start), letter, self._fields)
        where = at_tag(self._part, self._paragraph, self._words[start:end])
        return Tag(source, letter, Position(self._file), where, home)

    def _node_at(self, start: int) -> etree._Element:
        """Find the text element that holds a place of the words."""
        ends = accumulate(len(piece.words) for piece in self._pieces)
        held = zip(self._nodes, ends, strict=True)
        return next(node for node, end in held if start < end)

    def faults(self) -> Iterator[Finding]:
        """Find what is wrong with how the tags are written."""
        for problem in word_foreign.fields(self._paragraph):
            yield self._miss("P304", problem, word_foreign.remedy())
        yield from self._left_over()
        for (start, end), tag in zip(self._spans, self.tags, strict=True):
            yield from self._in_pieces(start, end, tag)
            if tag.scope in _WHOLE:
                yield from self._not_alone(tag)

    def _miss(self, code: str, message: Text, remedy: Text) -> Finding:
        return miss(code, self._file, placed(self.where, message), remedy)

    def _left_over(self) -> Iterator[Finding]:
        """Look at the text outside tags for halves of tags and for full-width braces."""
        ends = [0, *(place for span in self._spans for place in span), len(self._words)]
        for start, end in list(pairwise(ends))[::2]:
            rest = self._words[start:end]
            for foreign in word_foreign.left_over(rest):
                message = text("“{words}” is no tag, and would be printed as it is", words=foreign)
                yield self._miss("P304", message, word_foreign.remedy())
            if _LOOKALIKE.search(rest):
                message = text("“{rest}” is written with other braces or blanks", rest=rest.strip())
                remedy = text("Write {open} and {close} in half-width characters, without blanks.",
                              open="{{", close="}}")  # fmt: skip
                yield self._miss("P304", message, remedy)
                continue
            for match in _OPEN.finditer(rest):
                message = text("the tag {tag} does not close", tag=rest[match.start() :][:60])
                remedy = text("End it with {end} in the same paragraph.",
                              end=_CLOSED_BY[match[0]])  # fmt: skip
                yield self._miss("P302", message, remedy)
            for match in _CLOSE.finditer(rest) if not _OPEN.search(rest) else ():
                message = text("{end} closes a tag that does not open here", end=match[0])
                remedy = text("Write the whole tag in one paragraph, or take it away.")
                yield self._miss("P302", message, remedy)

    def _in_pieces(self, start: int, end: int, tag: Tag) -> Iterator[Finding]:
        edges = [0, *accumulate(len(piece.words) for piece in self._pieces)]
        held = [
            place
            for place, (left, right) in enumerate(pairwise(edges))
            if left < end and right > start and left < right
        ]
        if len(held) < 2:
            return
        over = [self._pieces[place] for place in held]
        first, last = self._nodes[held[0]], self._nodes[held[-1]]
        for lost in word_loss.within(self._paragraph, first, last):
            message = text("{lost} stands inside {tag}, and would be lost", lost=lost,
                           tag=tag.source)  # fmt: skip
            yield tag.miss("P305", message, text("Type the tag anew in one go."))
        shown = {"tag": tag.source, "n": len(over)}
        if len({piece.look for piece in over}) > 1:
            message = text("Word keeps {tag} in {n} pieces that look different", **shown)
            remedy = text("Give the whole tag one look; what it prints takes that of the first.")
            severity = Severity.WARNING
        else:
            message = text("Word keeps {tag} in {n} pieces; it works all the same", **shown)
            remedy, severity = text("Type it anew in one go if you want it whole."), Severity.NOTE
        yield miss("P303", self._file, placed(tag.where, message), remedy, severity=severity)

    def _not_alone(self, tag: Tag) -> Iterator[Finding]:
        whole = self._paragraph
        if tag.scope != "p":
            around = next(self._paragraph.iterancestors(f"{W}{tag.scope}"), None)
            if around is None:
                message = text("{tag} stands in no {whole}", **_shown(tag))
                remedy = text("Put it into a table, or write p in place of {scope}.",
                              scope=tag.scope)  # fmt: skip
                yield tag.miss("P305", message, remedy)
                return
            whole = around
        words = "".join(node.text or "" for node in whole.iter(f"{W}t"))
        tags = [found for found in _TAG.findall(words) if not found.startswith("{#")]
        rest = _TAG.sub("", words).strip()
        others = list(word_loss.lost(whole))
        if rest or len(tags) > 1 or others:
            lost: object = rest[:60] or (others[0] if others else ", ".join(tags)[:60])
            message = text("{tag} takes its whole {whole} away, and with it “{lost}”",
                           lost=lost, **_shown(tag))  # fmt: skip
            remedy = text("Give the tag a {whole} of its own.", whole=_WHOLE[tag.scope])
            yield tag.miss("P305", message, remedy)


def _shown(tag: Tag) -> dict[str, object]:
    return {
        "tag": f"{tag.source[:2]}{tag.scope}{tag.source[2:]}",
        "whole": _WHOLE[tag.scope],
    }


def _piece(node: etree._Element) -> Piece:
    if node.tag != f"{W}t":
        return Piece("\t" if node.tag.endswith("tab") else "\n", b"")
    run = node.getparent()
    look = run.find(f"{W}rPr") if run is not None else None
    return Piece(node.text or "", b"" if look is None else etree.tostring(look, method="c14n"))
