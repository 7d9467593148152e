"""A page on everything an author may use, made from the code itself."""

import ast
import inspect
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from textwrap import dedent

from toolkit import hookspecs, province, report, rules
from toolkit.diagnostics.plugin_codes import DEMANDS
from toolkit.forms import Form, Item, load_forms
from toolkit.render import names as template_names
from toolkit.render.docx import looks, ordinary, tags
from toolkit.render.html import templates
from toolkit.render.lint import outline
from toolkit.testing import pytest_plugin, reading, reports
from toolkit.view import model

_HEAD = """\
# Reference for authors of plugins

Made from the code by `python -m benchmarks.plugin_reference`; do not edit. How a plugin is made
step by step is told in [README.md](README.md).
"""
_MACROS = ("national/text.html", "national/table.html", "national/contact.html")


def page() -> str:
    """Write the page."""
    parts = (
        _HEAD,
        "## Hooks\n",
        *(_function(hook) for hook in (hookspecs.province, hookspecs.formats)),
        "## What a plugin hands over\n",
        *(_fields(one) for one in (province.Province, province.Format)),
        "## Names in templates\n",
        "The same in Word and in HTML.\n",
        _indented(inspect.getdoc(template_names.context) or ""),
        *(_fields(one) for one in _SHOWN),
        "## Reports and rules\n",
        "What `opening()` and `extra()` are given, and what a rule looks at and gives.\n",
        *(_fields(one) for one in (report.Report, report.Organization)),
        _members(rules.Context),
        *(_fields(one) for one in (rules.Miss, rules.Source)),
        _function(rules.rule),
        "## Numbers of the forms\n",
        _NUMBERS,
        *(_form(form) for form in load_forms().values()),
        "## In Word templates\n",
        _WORD,
        *(_function(one) for one in (tags.balanced, looks.look)),
        _indented(inspect.getdoc(ordinary.parts) or ""),
        "## In HTML templates\n",
        _HTML,
        *(
            _function(one)
            for one in (templates.percent, templates.after_number, templates.between_words)
        ),
        "### Macros\n",
        *_macros(),
        "### Blocks of the national page\n",
        *_blocks(),
        "## Demands: `nianbao plugins check`\n",
        _demands(),
        "## Fixtures for pytest\n",
        inspect.getdoc(pytest_plugin) or "",
        *(_fixture(one) for one in ("nianbao_plugin", "build_report")),
        *(_members(one) for one in (reports.Report, reading.Made)),
    )
    return _joined(parts)


def _joined(parts: Iterable[str]) -> str:
    return "\n".join(part.rstrip() + "\n" for part in parts)


_SHOWN = (model.SectionView, model.Paragraph, model.TableView, model.Cell)
_NUMBERS = """\
Every cell is printed by the ids of its table, row and column, as
`{{ applications.new.natural_person }}`; groups of columns without an id give no step.
`{{p table.applications }}` prints a whole table.
"""
_WORD = """\
| tag | does |
|---|---|
| `{{ name }}` | prints |
| `{%p if … %}` `{%p elif … %}` `{%p else %}` `{%p endif %}` | keeps or leaves paragraphs |
| `{%p for x in … %}` `{%p endfor %}` | repeats paragraphs |
| `{%tr for x in … %}` `{%tr endfor %}` | repeats rows of a table; each tag in a row of its own |
| `{%tc for x in … %}` `{%tc endfor %}` | repeats cells; each tag in a cell of its own |
| `{{p table.applications }}` | puts a whole official table in place of its paragraph |
| `{{r look(words, bold=True) }}` | prints words with another look |
| `{# … #}` | a remark, not printed |
"""
_HTML = """\
`medium` is `"screen"`, `"print"` (PDF) or `"fragment"`; `title_lines` is the title cut into lines
of like length; `{{ stylesheet("own.css", "print") }}` takes in a style sheet of the template
folder, for one medium or all. Filters beside those of Jinja2:
"""


def _function(function: object) -> str:
    """A function, as it is written in the source, with what it says of itself."""
    name = getattr(function, "__name__", "")
    source = inspect.getsource(function)  # type: ignore[arg-type]  # functions only
    body = ast.parse(dedent(source)).body
    (node,) = (one for one in body if isinstance(one, ast.FunctionDef))
    gives = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    words = inspect.getdoc(function) or ""
    return f"### `{name}({ast.unparse(node.args)}){gives}`\n\n{_indented(words)}"


def _fixture(name: str) -> str:
    """A fixture: what it gives stands in its docstring."""
    words = inspect.getdoc(getattr(pytest_plugin, name)) or ""
    return f"### `{name}`\n\n{_indented(words)}"


def _indented(words: str) -> str:
    """Docstrings keep their own layout."""
    return f"```text\n{words}\n```\n" if "\n" in words else f"{words}\n"


def _fields(kind: type) -> str:
    """The fields of a dataclass with what stands under each in the source, or in its docstring."""
    tree = ast.parse(dedent(inspect.getsource(kind)))
    (body,) = (node.body for node in tree.body if isinstance(node, ast.ClassDef))
    found = [
        (_declared(node), _string(below))
        for node, below in zip(body, [*body[1:], None], strict=True)
        if isinstance(node, ast.AnnAssign)
    ]
    words = inspect.getdoc(kind) or ""
    if any(told for _, told in found):
        rows = "\n".join(f"| `{field}` | {told} |" for field, told in found)
        fields = f"| field | what |\n|---|---|\n{rows}".replace(" | None", " \\| None")
    else:
        fields = "Fields: " + ", ".join(f"`{field}`" for field, _ in found) + "."
    return f"### `{kind.__name__}`\n\n{words}\n\n{fields}\n"


def _declared(node: ast.AnnAssign) -> str:
    usual = f" = {ast.unparse(node.value)}" if node.value is not None else ""
    usual = "" if "field(" in usual else usual
    return f"{ast.unparse(node.target)}: {ast.unparse(node.annotation)}{usual}"


def _string(node: ast.stmt | None) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return " ".join(str(node.value.value).split())
    return ""


def _members(kind: type) -> str:
    rows = [
        f"- `{name}`: {' '.join((inspect.getdoc(value) or '').split())}"
        for name, value in vars(kind).items()
        if not name.startswith("_") and inspect.getdoc(value) and not isinstance(value, str)
    ]
    words = inspect.getdoc(kind) or ""
    return f"### `{kind.__name__}`\n\n{words}\n\n" + "\n".join(rows) + "\n"


def _form(form: Form) -> str:
    lines = [f"### `{form.id}`\n", "| table | rows | columns |", "|---|---|---|"]
    lines += [
        f"| `{'.'.join(table.path)}` | {_paths(table.rows)} | {_paths(table.columns)} |"
        for table in form.tables
    ]
    return "\n".join((*lines, f"\n{_sections(form)}"))


def _sections(form: Form) -> str:
    named = ", ".join(f"`{section.id}` {section.heading}" for section in form.sections)
    return f"Sections: {named}.\n"


def _paths(items: Iterable[Item]) -> str:
    chains = (chain_ for item in items for chain_ in item.chains())
    found = [".".join(step.id for step in steps if step.id) for steps in chains]
    return ", ".join(f"`{path}`" for path in dict.fromkeys(found) if path) or "—"


def _macros() -> Iterator[str]:
    for name in _MACROS:
        for macro in outline.macros(name):
            yield f"- `{Path(name).stem}.{macro}` of `{name}`"


def _blocks() -> Iterator[str]:
    for name in ("national/report.html", "national/fragment.html"):
        yield f"- `{name}`: " + ", ".join(f"`{block}`" for block in outline.blocks(name))


def _demands() -> str:
    rows = (
        f"| {code} | {demand.severity.label} | {demand.title.render('en')} "
        f"{demand.title.render('zh')} |"
        for code, demand in DEMANDS.items()
    )
    return "\n".join(chain(("| code | weight | demand |", "|---|---|---|"), rows)) + "\n"
