"""Expressions of templates, written as a person would name them."""

from jinja2 import nodes


def dotted(node: nodes.Node) -> str:
    """Write an expression as far as it is names and dots: ``applications.new``."""
    match node:
        case nodes.Name():
            return str(node.name)
        case nodes.Getattr():
            return f"{dotted(node.node)}.{node.attr}"
        case nodes.Getitem(arg=nodes.Const()):
            return f"{dotted(node.node)}[{node.arg.value!r}]"  # type: ignore[attr-defined]
        case nodes.Call():
            return f"{dotted(node.node)}()"
        case nodes.Filter():
            return f"{dotted(node.node)}|{node.name}" if node.node else str(node.name)
        case nodes.Const():
            return repr(node.value)
    return "…"
