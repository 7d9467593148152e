"""Branches that a form decides: what stands in them is looked up for the forms that take them."""

from jinja2 import nodes

from toolkit.render.lint.dotted import dotted
from toolkit.render.lint.samples import ANY, Scope, has

_DECIDED = ("form", "table", "values", "medium")
"""Names that are the same in every report of one form (and one format)."""


def decided(test: nodes.Node, scope: Scope) -> bool | None:
    """Report how a test comes out in every report of the form; ``None`` if it depends."""
    match test:
        case nodes.Not():
            inner = decided(test.node, scope)
            return None if inner is None else not inner
        case nodes.And():
            sides = decided(test.left, scope), decided(test.right, scope)
            return False if False in sides else True if sides == (True, True) else None
        case nodes.Or():
            sides = decided(test.left, scope), decided(test.right, scope)
            return True if True in sides else False if sides == (False, False) else None
        case nodes.Compare(ops=[nodes.Operand() as operand]):
            return _compared(test.expr, operand, scope)
        case nodes.Test(name="defined"):
            return _there(test.node, scope)
    return None


def _compared(left: nodes.Node, operand: nodes.Operand, scope: Scope) -> bool | None:
    if operand.op in ("in", "notin") and isinstance(left, nodes.Const):
        found = _there(nodes.Getattr(operand.expr, str(left.value), "load"), scope)
        return found if found is None or operand.op == "in" else not found
    one, other = _known(left, scope), _known(operand.expr, scope)
    if one is None or other is None or operand.op not in ("eq", "ne", "in", "notin"):
        return None
    if operand.op in ("in", "notin"):
        return (one in other) == (operand.op == "in")  # type: ignore[operator]  # lists, texts
    return (one == other) == (operand.op == "eq")


def _known(node: nodes.Node, scope: Scope) -> object:
    if isinstance(node, nodes.Const):
        return node.value
    if isinstance(node, nodes.List | nodes.Tuple):
        items = [_known(item, scope) for item in node.items]
        return None if None in items else items
    if isinstance(node, nodes.Name) and node.name in ("form", "medium"):
        values = scope.get(node.name, (ANY,))
        return values[0] if len(values) == 1 and values[0] is not ANY else None
    return None


def _there(node: nodes.Node, scope: Scope) -> bool | None:
    """Whether a path from one of the decided names leads anywhere."""
    steps: list[str] = []
    while isinstance(node, nodes.Getattr):
        steps.insert(0, node.attr)
        node = node.node
    if not isinstance(node, nodes.Name) or node.name not in scope:
        return None
    value = scope[node.name][0]
    if node.name not in (*_DECIDED, *_cells(scope)) or value is ANY:
        return None
    for step in steps:
        if not has(value, step):
            return False
        value = value[step] if step in getattr(value, "keys", list)() else getattr(value, step)
    return True


def _cells(scope: Scope) -> tuple[str, ...]:
    """Names of the form's sections with numbers, which stand in ``values`` too."""
    values = scope.get("values", ((),))[0]
    return tuple(values) if hasattr(values, "keys") else ()


def asked_for(test: nodes.Node) -> frozenset[str]:
    """Return the paths that are there where a test is true: ``extra.motto is defined``."""
    match test:
        case nodes.And():
            return asked_for(test.left) | asked_for(test.right)
        case nodes.Test(name="defined"):
            return frozenset({dotted(test.node)})
        case nodes.Compare(expr=nodes.Const(), ops=[nodes.Operand(op="in") as operand]):
            return frozenset({f"{dotted(operand.expr)}.{test.expr.value}"})  # type: ignore[attr-defined]
    return frozenset()
