"""``extends``: a form that states only what differs from another one."""

from toolkit.sources import Entry, Mapping, Node, Scalar, Sequence


def merge(base: Node, over: Node) -> Node:
    """Lay one tree over another.

    Mappings merge key by key. Lists merge item by item where the items are mappings with
    the same ``id`` (or, without one, the same ``label``); other items go to the end. The
    keys named in a mapping's ``replace`` are taken whole from ``over``. Places stay those of
    the file a value comes from.
    """
    if isinstance(base, Mapping) and isinstance(over, Mapping):
        return _merge_mappings(base, over)
    if isinstance(base, Sequence) and isinstance(over, Sequence) and _named(over):
        return _merge_lists(base, over)
    return over


def _merge_mappings(base: Mapping, over: Mapping) -> Mapping:
    replaced = _words(over, "replace")
    removed = _words(over, "remove")
    mine = {entry.key: entry for entry in over if entry.key not in ("replace", "remove")}
    merged = []
    for entry in base:
        if entry.key in removed:
            continue
        new = mine.pop(entry.key, None)
        if new is None:
            merged.append(entry)
        elif entry.key in replaced:
            merged.append(new)
        else:
            merged.append(Entry(new.key, new.position, merge(entry.node, new.node)))
    return Mapping((*merged, *mine.values()), over.position)


def _merge_lists(base: Sequence, over: Sequence) -> Sequence:
    mine = {_name(node): node for node in over.items}
    if len(mine) < len(over.items):  # one id twice: kept, to be refused with its place
        return Sequence((*base.items, *over.items), over.position)
    merged = [
        merge(node, mine.pop(_name(node))) if _name(node) in mine else node for node in base.items
    ]
    return Sequence((*merged, *mine.values()), over.position)


def _named(node: Sequence) -> bool:
    return bool(node.items) and all(_name(item) for item in node.items)


def _name(node: Node) -> str:
    if not isinstance(node, Mapping):
        return ""
    entry = node.find("id") or node.find("label")
    return entry.node.raw if entry and isinstance(entry.node, Scalar) else ""


def _words(node: Mapping, key: str) -> frozenset[str]:
    entry = node.find(key)
    if entry is None or not isinstance(entry.node, Sequence):
        return frozenset()
    return frozenset(item.raw for item in entry.node.items if isinstance(item, Scalar))
