"""Proving once that a template can only make well-formed XML, so that no report need be parsed.

Text is escaped when it is printed, and tables are whole. What is left is the template: if each
branch and loop body opens what it closes, any way through it is well-formed.
"""

import re
from collections.abc import Iterable, Sequence

from jinja2 import nodes

_ELEMENT = re.compile(r"<(/?)([\w:]+)((?:\s[^<>]*?)?)(/?)>")
_UNKNOWN = frozenset({"extra", "look"})
"""Names that may give XML of their own, beyond our knowledge."""


def always_well_formed(tree: nodes.Template) -> bool:
    """Whether every run of a template gives well-formed XML. ``False`` means: not proven."""
    if any(node.name == "safe" for node in tree.find_all(nodes.Filter)):
        return False
    if any(node.name in _UNKNOWN for node in tree.find_all(nodes.Name)):
        return False
    text = _outline(tree.body)
    return text is not None and _open_at_end(text) == ([], [])


def _outline(body: Iterable[nodes.Node]) -> str | None:
    """Join the literal text of a block, inner blocks left out; ``None`` if one is unsound."""
    pieces = []
    for node in body:
        if isinstance(node, nodes.Output):
            pieces += [n.data if isinstance(n, nodes.TemplateData) else "" for n in node.nodes]
        elif isinstance(node, nodes.If):
            branches = [node.body, node.else_, *(other.body for other in node.elif_)]
            if not all(map(_neutral, branches)):
                return None
        elif isinstance(node, nodes.For):
            if not (_neutral(node.body) and _neutral(node.else_)):
                return None
        elif not isinstance(node, nodes.Assign):
            return None
    return "".join(pieces)


def _neutral(body: Sequence[nodes.Node]) -> bool:
    """Whether a block leaves open just what it found open, as ``</r><r>`` does."""
    text = _outline(body)
    if text is None:
        return False
    ends = _open_at_end(text)
    return ends is not None and ends[0] == ends[1]


def _open_at_end(text: str) -> tuple[list[str], list[str]] | None:
    """Return the elements closed that were open before, outermost first, and those left open."""
    closed: list[str] = []
    opened: list[str] = []
    rest = _ELEMENT.sub("", text)
    if "<" in rest or ">" in rest:
        return None  # an element is cut by a block
    for end, name, _attributes, empty in _ELEMENT.findall(text):
        if empty:
            continue
        if not end:
            opened.append(name)
        elif not opened:
            closed.insert(0, name)
        elif opened.pop() != name:
            return None
    return closed, opened
