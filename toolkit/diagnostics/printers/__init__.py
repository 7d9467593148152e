"""Findings for a reader or a program: one module a format, each with ``render``.

Every ``render(findings, sources)`` takes findings in the order to show them and the text of
the files they are in (by the name positions use; a file may be missing), and returns the
whole output as text that ends in a line break, or is empty where there is nothing to say.
"""

import importlib
from collections.abc import Callable, Iterable, Mapping
from typing import cast

from toolkit.diagnostics.finding import Finding

FORMATS = ("text", "json", "sarif", "junit", "github", "gitlab")
"""Names of the modules of this room."""

Render = Callable[[Iterable[Finding], Mapping[str, str]], str]


def printer(format_: str) -> Render:
    """Return ``render`` of one of `FORMATS`."""
    if format_ not in FORMATS:
        raise ValueError(f"no printer {format_!r}; there are: {', '.join(FORMATS)}")
    module = importlib.import_module(f"toolkit.diagnostics.printers.{format_}")
    return cast(Render, module.render)
