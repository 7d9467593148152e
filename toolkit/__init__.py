"""nianbao: annual reports on open government information, from checked data and province plugins.

A plugin imports from here and from nowhere deeper. Names are loaded when first asked for, so
that ``nianbao --help`` does not wait for them.
"""

import importlib

TYPE_CHECKING = False  # not typing's: `nianbao --help` does without that module
if TYPE_CHECKING:
    from toolkit.carry import CarryOver
    from toolkit.charts import Amount, Chart, Series
    from toolkit.diagnostics import Severity
    from toolkit.forms import Form, Item, Table, load_forms
    from toolkit.hookspecs import hookimpl
    from toolkit.kind import ReportKind
    from toolkit.messages import Text, text
    from toolkit.notation import chinese_number
    from toolkit.province import Format, Province
    from toolkit.render.request import RenderRequest
    from toolkit.report import Report
    from toolkit.rules.context import Context
    from toolkit.rules.names import cell_name, is_label, item_name, row_name
    from toolkit.rules.passage import Passage, around, half_width
    from toolkit.rules.rule import Miss, Rule, Source, rule

__version__ = "0.1.0"
_HOMES = {
    "Amount": "toolkit.charts",
    "CarryOver": "toolkit.carry",
    "Chart": "toolkit.charts",
    "Context": "toolkit.rules",
    "Form": "toolkit.forms",
    "Format": "toolkit.province",
    "Item": "toolkit.forms",
    "Miss": "toolkit.rules",
    "Passage": "toolkit.rules",
    "Province": "toolkit.province",
    "RenderRequest": "toolkit.render.request",
    "Report": "toolkit.report",
    "ReportKind": "toolkit.kind",
    "Rule": "toolkit.rules",
    "Series": "toolkit.charts",
    "Severity": "toolkit.diagnostics",
    "Source": "toolkit.rules",
    "Table": "toolkit.forms",
    "Text": "toolkit.messages",
    "around": "toolkit.rules",
    "cell_name": "toolkit.rules",
    "chinese_number": "toolkit.notation",
    "half_width": "toolkit.rules",
    "hookimpl": "toolkit.hookspecs",
    "is_label": "toolkit.rules",
    "item_name": "toolkit.rules",
    "load_forms": "toolkit.forms",
    "row_name": "toolkit.rules",
    "rule": "toolkit.rules",
    "text": "toolkit.messages",
}
__all__ = [
    "Amount",
    "CarryOver",
    "Chart",
    "Context",
    "Form",
    "Format",
    "Item",
    "Miss",
    "Passage",
    "Province",
    "RenderRequest",
    "Report",
    "ReportKind",
    "Rule",
    "Series",
    "Severity",
    "Source",
    "Table",
    "Text",
    "around",
    "cell_name",
    "chinese_number",
    "half_width",
    "hookimpl",
    "is_label",
    "item_name",
    "load_forms",
    "row_name",
    "rule",
    "text",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"toolkit offers no {name!r}; it offers: {', '.join(__all__)}")
    return getattr(importlib.import_module(_HOMES[name]), name)
