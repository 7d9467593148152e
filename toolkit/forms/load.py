"""schemas/*.yaml → `Form`."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path as File

from toolkit import resources
from toolkit.diagnostics import Position
from toolkit.errors import FormError, SourceError
from toolkit.forms import formulas, keys, own_kinds, sections, shared, titles
from toolkit.forms.extend import merge
from toolkit.forms.model import Comparison, Form, Key, Path, Section
from toolkit.forms.own_kinds import Kinds
from toolkit.forms.reader import Fields, fault, unique
from toolkit.messages import text
from toolkit.sources import Mapping, Node, Scalar, Sequence, read

_FORM = (
    "id kind name notice years title title_variants law not_applicable kinds sections fields"
    " formulas extends"
)


def load_forms(files: Iterable[File] = ()) -> dict[str, Form]:
    """Read the national forms, and more.

    Args:
        files: forms of plugins; one may extend a national form or another of them.

    Returns:
        Forms by id, the national ones first.

    Raises:
        FormError: a file is no valid form; begins with file:line:column.
    """
    national = sorted((resources.schemas() / "forms").rglob("*.yaml"))
    roots, forms = _official(tuple((file, file.stat().st_mtime_ns) for file in national))
    more = _roots(files, roots)
    own = (name for name in more if name not in forms)
    return forms | {name: _form(*_whole(name, more, ()), shared.nodes()) for name in own}


@lru_cache(maxsize=4)
def _official(state: tuple[tuple[File, int], ...]) -> tuple[dict[str, Mapping], dict[str, Form]]:
    """Read the national forms once, whatever forms of plugins come after them.

    ``state`` are the files, each with the time it was changed.
    """
    roots = _roots((file for file, _ in state), {})
    return roots, {name: _form(*_whole(name, roots, ()), shared.nodes()) for name in roots}


def _roots(files: Iterable[File], above: dict[str, Mapping]) -> dict[str, Mapping]:
    """Read form files beside those that are there; id → root of the file."""
    roots = dict(above)
    for file in files:
        root = _root(file)
        name = Fields(root).text("id")
        if name in roots:
            raise fault(root.position, text("The form “{id}” is already there.", id=name))
        roots[name] = root
    return roots


def _root(file: File) -> Mapping:
    """Read a form file; a key that stands twice or a slip that was mended is a fault here."""
    source = read(file)
    if source.findings:
        raise SourceError(source.findings, source.text)
    return source.root


def choose(forms: Iterable[Form], year: int) -> Form | None:
    """Return the form in force for reports of this year, the most special one first."""
    fitting = [form for form in forms if form.in_force(year)]
    return max(fitting, key=lambda form: len(form.ancestors), default=None)


def _whole(
    name: str, roots: dict[str, Mapping], below: tuple[str, ...]
) -> tuple[Mapping, tuple[str, ...]]:
    """Lay a form over the one it extends, and that over its own, and so on."""
    root = roots[name]
    entry = root.find("extends")
    if entry is None:
        return root, ()
    base = entry.node.raw if isinstance(entry.node, Scalar) else ""
    if base in (*below, name):
        message = text("The form “{id}” extends itself in a circle.", id=name)
        raise fault(entry.position, message)
    if base not in roots:
        message = text("There is no form “{id}” to extend here.", id=base)
        raise fault(entry.position, message)
    lower, ancestors = _whole(base, roots, (*below, name))
    merged = merge(lower, root)
    if not isinstance(merged, Mapping):  # two mappings always merge into one
        raise FormError(text("The form “{id}” is not valid.", id=name))
    return merged, (*ancestors, base)


def _fields(fields: Fields, kinds: Kinds, of_all: tuple[Node, ...]) -> tuple[Key, ...]:
    """Return the keys that are no sections: those all reports share, the form's own before lists.

    Lists of the shared ones say what was done to the file, and stand at its end.
    """
    common = [keys.field(node, kinds) for node in of_all]
    own = [keys.field(node, kinds) for node in fields.items("fields")]
    last = [key for key in common if key.holds.shape == "list"]
    return (*(key for key in common if key not in last), *own, *last)


def _form(root: Mapping, ancestors: tuple[str, ...], of_all: tuple[Node, ...]) -> Form:
    fields = Fields.of(root, _FORM)
    notice = Fields.of(_required(fields, "notice"), "number title")
    years = Fields.of(_required(fields, "years"), "from to")
    first, last = years.number("from", most=_LATEST), years.number("to", most=_LATEST)
    if first is None:
        raise fault(years.node.position, text("“{key}” is missing here.", key="from"))
    if last is not None and last < first:
        raise fault(years.node.position, text("“to” is before “from” here."))
    unique(fields, "sections")
    unique(fields, "fields")
    _apart(fields)
    kinds = own_kinds.kinds(fields)
    found = tuple(sections.section(node, kinds) for node in fields.items("sections"))
    cells = {
        cell.path: cell for part in found for t in part.tables for cell in (*t.cells, *t.totals)
    }
    over = formulas.over_tables(fields.items("formulas"), cells)
    _follows(root, found, over)
    return Form(
        id=fields.text("id"),
        name=fields.text("name"),
        notice=notice.text("number"),
        notice_title=notice.text("title", ""),
        law=fields.text("law", ""),
        years=(first, last),
        title=_title(fields, "title"),
        title_variants=tuple(
            _understood(node.raw, node, "title_variants", optional=True)
            for node in fields.items("title_variants")
            if isinstance(node, Scalar)
        ),
        sections=found,
        keys=(*_fields(fields, kinds, of_all), *(keys.section(part) for part in found)),
        kind=fields.text("kind", ""),
        ancestors=ancestors,
        over_tables=over,
        own_fields=tuple(keys.field(node, kinds) for node in fields.items("fields")),
        cell_at=cells,
    )


_LATEST = 9999


def _apart(fields: Fields) -> None:
    """Refuse a form without sections, and an id that two of its keys would share."""
    if not any(True for _ in fields.items("sections")):
        raise fault(fields.node.position, text("“{key}” is missing here.", key="sections"))
    taken = set(shared.ids())
    for node in (*fields.items("fields"), *fields.items("sections")):
        name = Fields(node).id() if isinstance(node, Mapping) else ""
        if name in taken:
            message = text("The id “{id}” is that of another field of a data file.", id=name)
            raise fault(node.position, message)
        taken.add(name)


def _follows(root: Mapping, known: tuple[Section, ...], over: tuple[Comparison, ...]) -> None:
    """Refuse a cell that is to be worked out and that no formula begins with: it would be 0."""
    tables = [table for section in known for table in section.tables]
    defined = {e.left[0][1] for table in tables for e in table.equations if len(e.left) == 1}
    defined |= {one.defines for table in tables for one in table.comparisons if one.defines}
    defined |= {one.defines for one in over if one.defines}
    for cell in (cell for table in tables for cell in table.cells):
        if cell.derived and cell.holds.number and cell.path not in defined:
            message = text("“{label}” is worked out (derived), and no formula says how.",
                           label=cell.label)  # fmt: skip
            remedy = text("Write a formula that begins with it, or take “derived” away.")
            raise fault(_place(root, cell.path), message, remedy)


def _place(root: Mapping, path: Path) -> Position:
    """Return where the section of a cell stands in the form file."""
    listed = root.find("sections")
    items = listed.node.items if listed and isinstance(listed.node, Sequence) else ()
    for node in items:
        entry = node.find("id") if isinstance(node, Mapping) else None
        if entry and isinstance(entry.node, Scalar) and entry.node.raw == path[0]:
            return node.position
    return root.position


def _title(fields: Fields, key: str) -> str:
    words = fields.text(key)
    return _understood(words, fields.find(key) or fields.node, key)


def _understood(title: str, node: Node, key: str, *, optional: bool = False) -> str:
    """Refuse a title with a placeholder that nothing fills."""
    wrong = titles.problem(title, optional=optional)
    if wrong:
        message = text(
            "“{piece}” cannot stand in “{key}”; known there are {names}, each once.",
            piece=wrong,
            key=key,
            names=", ".join(f"{{{name}}}" for name in titles.PLACEHOLDERS),
        )
        raise fault(node.position, message)
    return title


def _required(fields: Fields, key: str) -> Node:
    node = fields.find(key)
    if node is None:
        raise fault(fields.node.position, text("“{key}” is missing here.", key=key))
    return node
