"""Where the tags of a Word template stand in the XML, and which values may stand there.

A text, a run and a table each have their own place. A table in a line of text, or a text
between two paragraphs, is well-formed, and office programs drop it without a word.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType

from docxtpl import InlineImage, RichText
from jinja2 import nodes
from jinja2.runtime import Undefined

from toolkit.messages import Text, text
from toolkit.render.docx.table import table_xml
from toolkit.render.docx.xml import Xml, clean
from toolkit.render.sandbox import PRINT_ONE, SEVERAL, NoText, no_text
from toolkit.view.figures import Figure
from toolkit.view.model import Paragraph, TableView

TEXT, RUN, BLOCK, ROW, CELL = "text", "run", "block", "row", "cell"
SPAN, COLOUR = "span", "colour"
"""Attributes that docxtpl writes for ``{% colspan %}`` and ``{% cellbg %}``."""

LETTERS: Mapping[str, str] = MappingProxyType({RUN: "r", BLOCK: "p", ROW: "tr", CELL: "tc"})
"""Slot → docxtpl's letter for it."""
HOLDERS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(
        ("body", "tc", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent"), BLOCK
    )
    | {"tbl": ROW, "tr": CELL}
    | dict.fromkeys(("p", "hyperlink", "ins", "moveTo", "smartTag", "fldSimple"), RUN)
)
"""Element that a tag stands in, by its local name → slot; any other is a text."""
_ELEMENT = re.compile(r"<(/?)([\w.]+:)?([\w.]+)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_ATTRIBUTES = {("gridSpan", "val"): SPAN, ("shd", "fill"): COLOUR}
_BEGINS = {
    RUN: re.compile(r"\s*<w:(r|hyperlink|ins|fldSimple|bookmarkStart)\b"),
    BLOCK: re.compile(r"\s*<w:(p|tbl|sdt|bookmarkStart)\b"),
    ROW: re.compile(r"\s*<w:tr\b"),
    CELL: re.compile(r"\s*<w:tc\b"),
}
_COLOUR = re.compile(r"(?:[0-9A-Fa-f]{6}|auto)\Z")


class Misplaced(NoText):
    """A tag prints what cannot stand where it stands, or what is no text at all."""


class Whole(str):
    """Paragraphs and tables of another document, as XML."""

    __slots__ = ()


class Position:
    """Reads the text around tags from the start of a part, and knows what is open."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._rest = ""

    def pass_over(self, written: str) -> None:
        """Go on behind a piece of literal text."""
        whole = self._rest + written
        self._rest = ""
        end = 0
        for match in _ELEMENT.finditer(whole):
            end = match.end()
            if match[5]:
                continue
            if not match[1]:
                self._open.append(match[3])
            elif self._open:
                self._open.pop()
        if (cut := whole.find("<", end)) >= 0:
            self._rest = whole[cut:]

    def pass_tag(self) -> None:
        """Go on behind a tag, which may stand within an attribute."""
        if self._rest:
            self._rest += "0"

    @property
    def holder(self) -> str:
        """Local name of the element that stands around."""
        return self._open[-1] if self._open else ""

    @property
    def within(self) -> bool:
        """Whether it stands inside the angle brackets of an element."""
        return bool(self._rest)

    @property
    def slot(self) -> str:
        """What may stand here."""
        if self._rest:
            element, _, rest = self._rest[1:].partition(" ")
            name = rest.rpartition("=")[0].rpartition(":")[2]
            return _ATTRIBUTES.get((element.rpartition(":")[2], name), TEXT)
        if self.holder == "sdtContent":
            around = [name for name in self._open if name not in ("sdt", "sdtContent")]
            return HOLDERS.get(around[-1], TEXT) if around else BLOCK
        return HOLDERS.get(self.holder, TEXT)


class Fitting:
    """Sees that what a tag prints fits its slot; stands in the compiled template as a call."""

    def __init__(self, slot: str) -> None:
        self._slot = slot

    def __call__(self, value: object) -> object:
        """Return what may stand there."""
        return fitted(value, self._slot)


def guarded(tree: nodes.Template) -> nodes.Template:
    """Have each value looked at that is printed elsewhere than in a line of text."""
    for output, place, slot in printed(tree):
        node = output.nodes[place]
        if slot != TEXT or _is_odd_constant(node):
            check = nodes.Name(f"{OWN}{slot}", "load", lineno=node.lineno)
            output.nodes[place] = nodes.Call(check, [node], [], None, None, lineno=node.lineno)
    return tree


def _is_odd_constant(node: nodes.Expr) -> bool:
    """Whether Jinja2 would print it while it compiles, past `in_text`: a list, None, True."""
    try:
        return unfit(node.as_const(), TEXT) is not None
    except Exception:  # it is no constant, or cannot be worked out
        return False


OWN = "_fits_"
"""Beginning of the names under which a compiled template finds `Fitting`."""
GLOBALS = {f"{OWN}{slot}": Fitting(slot) for slot in (TEXT, *LETTERS, SPAN, COLOUR)}


def printed(tree: nodes.Template) -> Iterator[tuple[nodes.Output, int, str]]:
    """Yield each value a template prints, as its output and place there, with its slot."""
    position = Position()
    for output in tree.find_all(nodes.Output):
        for place, node in enumerate(output.nodes):
            if isinstance(node, nodes.TemplateData):
                position.pass_over(node.data)
            else:
                yield output, place, position.slot
                position.pass_tag()


def unfit(value: object, slot: str) -> tuple[str, Text, Text] | None:
    """Return why a value cannot stand in a slot: code, fault, remedy; ``None`` if it can."""
    if isinstance(value, Undefined):
        return None  # is told as an unknown name
    kind = _kind(value)
    if kind is None:
        return "P402", no_text(value) or SEVERAL, PRINT_ONE
    if kind == TEXT:
        return _unfit_text(value, slot)
    if slot == kind:
        return None
    if slot in (SPAN, COLOUR):
        return "P402", text("a number or a colour is wanted here, not a table or a picture"), _PLAIN
    remedy = text("Write {open} with the letter {letter} directly behind it.",
                  open="{{", letter=LETTERS[kind])  # fmt: skip
    if kind == BLOCK:
        remedy = text("Write {open} with the letter p directly behind it, in a paragraph of its "
                      "own.", open="{{")  # fmt: skip
    return "P305", _WHERE[kind], remedy


_PLAIN = text("Print a number or a text.")
_WHERE = {
    BLOCK: text("a whole table or document cannot stand in a line of text"),
    RUN: text("a link or formatted text cannot stand inside another text"),
}


def in_text(value: object) -> object:
    """Turn what a tag prints in a line of text, the usual place, into text; see `fitted`."""
    return clean(value) if type(value) in _WORDS else fitted(value, TEXT)  # type: ignore[arg-type]


_WORDS = (str, Figure)


def _kind(value: object) -> str | None:
    """Return which slot a value is made for; ``None`` if it cannot be printed at all."""
    if isinstance(value, str):
        return BLOCK if isinstance(value, Whole) else TEXT
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return TEXT
    if isinstance(value, TableView):
        return BLOCK
    if isinstance(value, RichText):
        return RUN
    return TEXT if isinstance(value, Paragraph | InlineImage) else None


def _unfit_text(value: object, slot: str) -> tuple[str, Text, Text] | None:
    words = str(value) if isinstance(value, str | int | float | Decimal) else "?"
    if slot == TEXT:
        return ("P305", _MARKUP, _PLAIN) if _is_markup(value) else None
    if slot == SPAN:
        good = words.strip().isdecimal() and int(words) > 0
        message = text("colspan wants a number of cells from 1 on, not “{value}”", value=words)
    elif slot == COLOUR:
        good = bool(_COLOUR.match(words))
        message = text("cellbg wants a colour such as 'D9E2F3', not “{value}”", value=words)
    else:
        ready = hasattr(value, "__html__") and _BEGINS[slot].match(words)
        good = not words.strip() or bool(ready)
        message = text("a plain text stands where the letter {letter} puts a whole {whole}; it "
                       "would be lost", letter=LETTERS[slot], whole=_WHOLE[slot])  # fmt: skip
    remedy = text("Write {open} without the letter.", open="{{")
    if slot in (SPAN, COLOUR):
        remedy = _PLAIN
    return None if good else ("P402" if slot in (SPAN, COLOUR) else "P305", message, remedy)


def _is_markup(value: object) -> bool:
    """Whether a finished text holds elements that cannot stand in a line."""
    if not isinstance(value, str) or not hasattr(value, "__html__"):
        return False
    begin = value.find("<")
    return begin >= 0 and not value.startswith("</w:t>", begin)


_MARKUP = text("markup stands in a line of text, where it would be lost")
_WHOLE = {
    RUN: text("run"),
    BLOCK: text("paragraph"),
    ROW: text("row"),
    CELL: text("cell"),
}


def fitted(value: object, slot: str) -> object:
    """Turn what a tag gives into what may stand in the XML (text is escaped afterwards).

    Raises:
        Misplaced: it may not stand there.
    """
    if type(value) is Xml:
        return value  # was looked at before: Jinja2 prints what `Fitting` gives
    fault = unfit(value, slot)
    if fault is not None:
        raise Misplaced(*fault[1:])
    if isinstance(value, TableView):
        return table_xml(value)
    if isinstance(value, Paragraph):
        return clean(value.text)
    if isinstance(value, str) and not hasattr(value, "__html__") and not isinstance(value, Whole):
        return clean(value)
    return Xml(value) if slot in LETTERS else value
