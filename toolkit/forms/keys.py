"""What keys a data file may have: the form's sections and cells, and what all reports share."""

from collections.abc import Iterator

from toolkit.forms.model import Item, Key, Section, Table
from toolkit.forms.reader import Fields
from toolkit.sources import Node

_FIELD = "id label kind required variants choices longest about about_zh fields"


def field(node: Node) -> Key:
    """Read one entry of ``fields`` in ``schemas/report.yaml`` or in a form."""
    fields = Fields.of(node, _FIELD)
    keys = tuple(field(child) for child in fields.items("fields"))
    return Key(
        id=fields.text("id"),
        label=fields.text("label"),
        kind="group" if keys else fields.text("kind"),
        keys=keys,
        required=fields.flag("required"),
        variants=fields.words("variants"),
        choices=tuple(_choices(fields)),
        longest=fields.number("longest") or 0,
        about=fields.text("about", ""),
        about_zh=fields.text("about_zh", ""),
    )


def _choices(fields: Fields) -> Iterator[tuple[str, str]]:
    for node in fields.items("choices"):
        choice = Fields.of(node, "id label")
        yield choice.text("id"), choice.text("label")


def section(part: Section) -> Key:
    """Give the key of a section with all its cells."""
    variants = (part.heading.partition("、")[2], *part.variants)
    if part.kind == "narrative":
        return Key(part.id, part.heading, "text", required=True, variants=variants)
    if part.kind == "blocks":
        keys = tuple(_block(table) for table in part.tables)
        return Key(part.id, part.heading, "group", keys, required=True, variants=variants)
    keys, through = _rows(part.tables[0])
    return Key(part.id, part.heading, "group", keys, True, variants=variants, through=through)


def _block(table: Table) -> Key:
    keys, through = _rows(table)
    return Key(table.path[-1], table.caption, "group", keys, through=through)


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
            kind = "group" if below else item.cells or "count"
            keys.append(
                Key(
                    item.id,
                    item.label,
                    kind,
                    below,
                    derived=item.derived,
                    variants=item.variants,
                    through=inner,
                )
            )
        else:
            keys.extend(below)
            labels.extend((item.label, *inner))
    return tuple(keys), tuple(labels)
