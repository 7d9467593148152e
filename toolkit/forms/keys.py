"""What keys a data file may have: the form's sections and cells, and what all reports share."""

from dataclasses import replace

from toolkit.forms.kinds import BASES, OTHERS
from toolkit.forms.model import Item, Key, Section, Table
from toolkit.forms.own_kinds import Kinds, choices, named, pattern
from toolkit.forms.reader import Fields, fault, unique
from toolkit.messages import text
from toolkit.sources import Node

_FIELD = (
    "id label kind required variants choices longest pattern about about_zh fields columns most"
    " width"
)
_IN_LIST = frozenset({"line", "choice", "number", "date", "flag"})
"""Shapes of values that a column of a list may hold."""


def field(node: Node, kinds: Kinds, *, column: bool = False) -> Key:
    """Read one entry of ``fields`` in ``schemas/report.yaml`` or in a form.

    Args:
        node: the entry.
        kinds: those the form may name.
        column: it is one of the columns of a list.
    """
    fields = Fields.of(node, _FIELD)
    unique(fields, "fields")
    unique(fields, "columns")
    keys = tuple(field(child, kinds) for child in fields.items("fields"))
    if keys and fields.find("kind"):
        message = text("“{key}” says nothing here: “{other}” is there.", key="kind", other="fields")
        raise fault(node.position, message)
    kind = OTHERS["group"] if keys else named(fields, "kind", fields.text("kind"), kinds)
    longest, given, fits = fields.number("longest", least=1), choices(fields), pattern(fields)
    if column and (kind.shape not in _IN_LIST or keys):
        message = text("A column of a list holds single values, not “{kind}”.", kind=kind.id)
        raise fault(node.position, message)
    for key, there, shape in (("choices", given, "choice"), ("pattern", fits, "line"),
                              ("columns", fields.find("columns"), "list")):  # fmt: skip
        if there and kind.shape != shape:
            message = text("“{key}” says nothing of values of the kind “{base}”.",
                           key=key, base=kind.id)  # fmt: skip
            raise fault(node.position, message)
    if kind.shape == "choice" and not (given or kind.choices):
        raise fault(node.position, text("“{key}” is missing here.", key="choices"))
    return Key(
        id=fields.id(),
        label=fields.text("label"),
        kind=kind.id,
        keys=keys,
        required=fields.flag("required"),
        variants=fields.words("variants"),
        choices=given or kind.choices,
        longest=longest or 0,
        about=fields.text("about", ""),
        about_zh=fields.text("about_zh", ""),
        holds=replace(kind, choices=given or kind.choices, pattern=fits or kind.pattern),
        columns=tuple(field(child, kinds, column=True) for child in fields.items("columns")),
        most=fields.number("most", least=1) or 0,
        width=fields.number("width", least=1) or 0,
    )


def section(part: Section) -> Key:
    """Return the key of a section with all its cells."""
    variants = tuple(filter(None, (part.heading.partition("、")[2], *part.variants)))
    if part.kind == "narrative":
        return Key(part.id, part.heading, "text", required=True, variants=variants,
                   holds=BASES["text"])  # fmt: skip
    if part.kind == "blocks":
        keys = tuple(_block(table) for table in part.tables)
        return Key(part.id, part.heading, "group", keys, required=True, variants=variants)
    if part.kind == "parts":
        texts = (Key(one.id, one.label, "text", required=one.required, holds=BASES["text"])
                 for one in part.texts)  # fmt: skip
        keys = (*(_block(table) for table in part.tables), *texts)
        return Key(part.id, part.heading, "group", keys, required=True, variants=variants)
    keys, through = _rows(part.tables[0])
    return Key(part.id, part.heading, "group", keys, True, variants=variants, through=through)


def _block(table: Table) -> Key:
    if table.added:
        return _list(table)
    keys, through = _rows(table)
    return Key(table.path[-1], table.caption, "group", keys, through=through)


def _list(table: Table) -> Key:
    """Return the key of a table whose rows the author adds."""
    columns = tuple(
        Key(item.id, item.label, item.holds.id, required=item.required, variants=item.variants,
            choices=item.holds.choices, holds=item.holds)
        for item in table.columns
    )  # fmt: skip
    most, label = table.added.most if table.added else 0, table.caption or table.path[-1]
    return Key(table.path[-1], label, "list", holds=OTHERS["list"], columns=columns, most=most,
               records=True)  # fmt: skip


def _rows(table: Table) -> tuple[tuple[Key, ...], tuple[str, ...]]:
    """Rows with the columns under each; a row without id or label leaves the columns."""
    columns, through = _spliced(table.columns, ())
    if [item.id for item in table.rows] == [""]:
        return columns, through
    return _spliced(table.rows, columns, through)


def _spliced(
    items: tuple[Item, ...], leaves: tuple[Key, ...], through: tuple[str, ...] = ()
) -> tuple[tuple[Key, ...], tuple[str, ...]]:
    """Turn items into keys; those of a group without id move up, its label is kept apart."""
    keys: list[Key] = []
    labels: list[str] = []
    for item in items:
        below, inner = _spliced(item.items, leaves, through) if item.items else (leaves, through)
        if item.id:
            holds = OTHERS["group"] if below else item.holds
            keys.append(
                Key(
                    item.id,
                    item.label,
                    holds.id,
                    below,
                    derived=item.derived,
                    variants=item.variants,
                    through=inner,
                    choices=holds.choices,
                    holds=holds,
                )
            )
        else:
            keys.extend(below)
            labels.extend((item.label, *inner))
    return tuple(keys), tuple(labels)
