"""One section of a form: its heading, and its parts in order: texts, tables, notes."""

from dataclasses import replace

from toolkit.forms import tables
from toolkit.forms.model import Content, Section, Table, TextPart
from toolkit.forms.own_kinds import Kinds
from toolkit.forms.reader import Fields, fault, unique
from toolkit.messages import text
from toolkit.sources import Mapping, Node, Scalar

_COMMON = "id heading kind variants"
_OF_KIND = {
    "narrative": f"{_COMMON} content",
    "matrix": f"{_COMMON} caption corner cells columns rows formulas notes widths",
    "blocks": f"{_COMMON} stub cells blocks",
    "": f"{_COMMON} parts",
}
_BLOCK = "id caption columns rows cells formulas stub"
_TABLE = "table caption corner cells columns rows formulas notes widths"
_TEXT = "text label required content"


def section(node: Node, kinds: Kinds) -> Section:
    """Read a section. ``kind`` is the short spelling of one part, else ``parts`` names them.

    Raises:
        FormError: a key says nothing in a section of its kind, or a part cannot be made.
    """
    kind = _kind(node)
    fields = Fields.of(node, _OF_KIND[kind])
    name = fields.id()
    known: tuple[Table, ...] = ()
    texts: tuple[TextPart, ...] = ()
    if kind == "blocks":
        known = _blocks(fields, name, kinds)
    elif kind == "matrix":
        known = (tables.build(fields, (name,), kinds),)
    elif not kind:
        kind, known, texts = _parts(fields, name, kinds)
    return Section(
        id=name,
        heading=fields.text("heading"),
        kind=kind,
        tables=known,
        variants=fields.words("variants"),
        content=_content(fields),
        texts=texts,
    )


def _kind(node: Node) -> str:
    """Return how a section is spelled, ``""`` for one with parts."""
    fields = Fields(node) if isinstance(node, Mapping) else Fields.of(node, "")
    if fields.find("parts"):
        return ""
    kind = fields.text("kind")
    if kind not in _OF_KIND or not kind:
        message = text("“{key}” is one of: {names}.", key="kind", names="narrative, blocks, matrix")
        raise fault((fields.find("kind") or node).position, message)
    return kind


def _content(fields: Fields) -> tuple[Content, ...]:
    found = (Fields.of(child, "id label") for child in fields.items("content"))
    return tuple(Content(item.text("id"), item.text("label")) for item in found)


def _blocks(fields: Fields, name: str, kinds: Kinds) -> tuple[Table, ...]:
    unique(fields, "blocks")
    found = tuple(_block(child, name, fields, kinds) for child in fields.items("blocks"))
    if not found:
        raise fault(fields.node.position, text("“{key}” is missing here.", key="blocks"))
    return found


def _block(node: Node, section: str, above: Fields, kinds: Kinds) -> Table:
    fields = Fields.of(node, _BLOCK)
    table = tables.build(fields, (section, fields.id()), kinds, above.text("cells", ""))
    if any(item.items for item in (*table.rows, *table.columns)):
        message = text("A block has plain rows and columns; one with groups is a table of its own.")
        raise fault(node.position, message)
    if table.corner:
        return table
    return replace(table, corner=above.text("stub", ""))


def _parts(
    fields: Fields, name: str, kinds: Kinds
) -> tuple[str, tuple[Table, ...], tuple[TextPart, ...]]:
    """Read the parts of a section in order; a single text without an id is the section itself."""
    if kind := fields.find("kind"):
        message = text("“{key}” says nothing here: “{other}” is there.", key="kind", other="parts")
        raise fault(kind.position, message)
    nodes = list(fields.items("parts"))
    if not nodes:
        raise fault(fields.node.position, text("“{key}” is missing here.", key="parts"))
    if len(nodes) == 1 and isinstance(nodes[0], Scalar) and nodes[0].raw == "text":
        return "narrative", (), ()
    known: list[Table] = []
    texts: list[TextPart] = []
    for node in nodes:
        first = _first(node)
        if first == "table":
            part = Fields.of(node, _TABLE)
            known.append(tables.build(part, (name, part.id("table")), kinds))
        elif first == "text":
            texts.append(_text(node, len(known)))
        elif known:
            note = Fields.of(node, "note").text("note")
            known[-1] = replace(known[-1], notes=(*known[-1].notes, note))
        else:
            raise fault(node.position, text("A note stands after a table."))
    _once(fields, [*(table.path[-1] for table in known), *(part.id for part in texts)])
    return "parts", tuple(known), tuple(texts)


def _first(node: Node) -> str:
    """Return what a part is."""
    known = ("table", "text", "note")
    found = node.find(*known) if isinstance(node, Mapping) else None
    if found is None:
        sample = "{text: remarks, label: 情况说明}"
        message = text("A part is one of: {names}; such as “{sample}”.",
                       names=", ".join(known), sample=sample)  # fmt: skip
        raise fault(node.position, message)
    return found.key


def _text(node: Node, tables_before: int) -> TextPart:
    part = Fields.of(node, _TEXT)
    required = part.flag("required") if part.find("required") else True
    name = part.id("text")
    return TextPart(name, part.text("label", name), required, tables_before, _content(part))


def _once(fields: Fields, names: list[str]) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise fault(fields.node.position, text("The id “{id}” is given twice here.", id=twice))
