"""nianbao: annual reports on open government information, from checked data and province plugins.

A plugin imports from here and from nowhere deeper. Names are loaded when first asked for, so
that ``nianbao --help`` does not wait for them.
"""

import importlib

TYPE_CHECKING = False  # not typing's: `nianbao --help` does without that module
if TYPE_CHECKING:
    from toolkit.charts import Chart, Series
    from toolkit.diagnostics import Severity
    from toolkit.hookspecs import hookimpl
    from toolkit.messages import text
    from toolkit.province import Format, Province
    from toolkit.report import Report
    from toolkit.rules.context import Context
    from toolkit.rules.rule import Miss, Source, rule

__version__ = "0.1.0"
__all__ = [
    "Chart",
    "Context",
    "Format",
    "Miss",
    "Province",
    "Report",
    "Series",
    "Severity",
    "Source",
    "hookimpl",
    "rule",
    "text",
]

_HOMES = {
    "Chart": "toolkit.charts",
    "Series": "toolkit.charts",
    "Context": "toolkit.rules",
    "Miss": "toolkit.rules",
    "Severity": "toolkit.diagnostics",
    "Source": "toolkit.rules",
    "rule": "toolkit.rules",
    "text": "toolkit.messages",
    "Format": "toolkit.province",
    "Province": "toolkit.province",
    "Report": "toolkit.report",
    "hookimpl": "toolkit.hookspecs",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"toolkit offers no {name!r}; it offers: {', '.join(__all__)}")
    return getattr(importlib.import_module(_HOMES[name]), name)
