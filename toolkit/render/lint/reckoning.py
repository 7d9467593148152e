"""Sums and comparisons of templates: what can never come out as it is meant."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from jinja2 import nodes

from toolkit.messages import Text, text
from toolkit.render.lint.samples import ANY, Samples
from toolkit.view.figures import Figure

_ORDERS = frozenset({"lt", "lteq", "gt", "gteq"})
_PRINTED = re.compile(r"\s*(?:[+-]?[\d.,]+\s*(?:元|万元)?|[/／—–-]*|无)\s*\Z")
"""What may be printed in a cell: a number, an amount, a mark of a blank cell."""
Fault = tuple[Text, Text]
NUMBER: Samples = (1,)
TEXT: Samples = ("",)


def summed(node: nodes.BinExpr, left: Samples, right: Samples) -> Fault | None:
    """Report why a sum or a product cannot be worked out; ``None`` if it may be."""
    if isinstance(node.left, nodes.Const) and isinstance(node, nodes.Mod | nodes.Mul):
        return None  # '%s' % x, '-' * 3
    if any(_numbers(one) and _texts(other) for one, other in ((left, right), (right, left))):
        return _A_TEXT(node.operator), _JOIN
    return None


def compared(op: str, left: Samples, right: Samples) -> Fault | None:
    """Report why a comparison can never come out; ``None`` if it may."""
    if op in ("in", "notin"):
        held = [value for value in right if isinstance(value, list | tuple)]
        if len(held) < len(right):
            return None
        right = tuple(value for values in held for value in values)
    for one, other in ((left, right), (right, left)):
        if (_plain_numbers(one) and _texts(other, numeric=True)) or (
            _figures(one) and _texts(other)
        ):
            return _NEVER, _ALIKE
    return None


def _A_TEXT(operator: str) -> Text:  # noqa: N802  a wording, made where it is needed
    return text("a number and a text cannot be taken together by {operator}", operator=operator)


_JOIN = text("Join a number and a text by ~.")
_NEVER = text("a number is compared with a text that is none, which never comes out")
_ALIKE = text("Compare numbers with numbers (year == 2024), text with text in quotation marks.")


def result(left: Samples, right: Samples) -> Samples | None:
    """Return samples of a sum: a number, a text, ``None`` if that is not known."""
    if _numbers(left) or _numbers(right):
        return NUMBER
    return TEXT if _texts(left, numeric=True) and _texts(right, numeric=True) else None


def _all(values: Samples) -> bool:
    return bool(values) and ANY not in values


def _numbers(values: Samples) -> bool:
    return _all(values) and all(isinstance(v, Figure | int | float | Decimal) for v in values)


def _plain_numbers(values: Samples) -> bool:
    return _numbers(values) and not any(isinstance(v, Figure | bool) for v in values)


def _figures(values: Samples) -> bool:
    return _all(values) and all(isinstance(v, Figure) for v in values)


def _texts(values: Sequence[object] | Iterable[object], *, numeric: bool = False) -> bool:
    """Whether all are texts and no numbers; ``numeric``: though they may look like some."""
    found = tuple(values)
    return _all(found) and all(
        isinstance(v, str) and not isinstance(v, Figure) and (numeric or not _PRINTED.match(v))
        for v in found
    )
