"""Filters and ``~`` make text of anything: in Word templates, of text and numbers alone."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from jinja2 import nodes

from toolkit.render.docx.slots import OWN, TEXT, fitted
from toolkit.render.sandbox import Sandbox

_OF_TEXT = (
    "capitalize center e escape forceescape format indent lower pprint replace striptags string "
    "title trim truncate upper urlencode wordcount wordwrap"
).split()


def of_text_alone(sandbox: Sandbox) -> None:
    """Have filters refuse lists, tables and what else would be printed as Python."""
    for name in _OF_TEXT:
        sandbox.filters[name] = _seeing(sandbox.filters[name], all_=name == "format")
    sandbox.filters["join"] = _joining(sandbox.filters["join"])


def _seeing(function: Callable[..., Any], *, all_: bool) -> Callable[..., Any]:
    first = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def see(*given: Any, **named: Any) -> Any:
        for value in given[first:] if all_ else given[first : first + 1]:
            fitted(value, TEXT)
        return function(*given, **named)

    return see


def _joining(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def join(context: Any, values: Iterable[Any], d: str = "", attribute: Any = None) -> Any:
        held = list(values)
        for value in () if attribute is not None else held:
            fitted(value, TEXT)
        return function(context, held, d, attribute)

    return join


def joined_seen(tree: nodes.Template) -> nodes.Template:
    """Have each value looked at that is joined to others by ``~``."""
    for concat in tree.find_all(nodes.Concat):
        concat.nodes = [_seen(node) for node in concat.nodes]
    return tree


def _seen(node: nodes.Expr) -> nodes.Expr:
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        return node
    check = nodes.Name(f"{OWN}{TEXT}", "load", lineno=node.lineno)
    return nodes.Call(check, [node], [], None, None, lineno=node.lineno)
