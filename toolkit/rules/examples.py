"""The examples of rules, made into whole data files and checked as any file is.

An example is a YAML fragment. It is laid over a report without faults: a department's for
2023, on the form in force, all numbers 0, with the texts of its kind. Some keys of a fragment are
not part of the report: ``previous`` is a fragment for last year's report, ``today`` the day of the
check, ``formulas`` are more formulas of the form, over its tables, and ``form`` and ``year`` choose the form before the rest is laid over it. A fragment that cannot
be read as YAML stands for itself.
"""

import json
from collections.abc import Iterable
from collections.abc import Mapping as TypingMapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from toolkit.diagnostics import Finding, Severity
from toolkit.errors import SourceError
from toolkit.forms import Form, Key, choose, formulas, load_forms
from toolkit.forms.nested import put
from toolkit.report import Report, build
from toolkit.rules.engine import check
from toolkit.rules.rule import Rule
from toolkit.sources import Mapping, Node, Scalar, Sequence, Source, read_text
from toolkit.validation import validate

NAME = "example.yaml"
YEAR = 2023

PLAIN = "{year}年共办理3件，均按期办结。\n"
"""The text of a section for which a kind of report has none."""
LAST_YEAR = "{year}年的工作。"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an example: all findings, and the file they are in."""

    findings: tuple[Finding, ...]
    source: Source | None = None

    def codes(self) -> set[str]:
        """Codes found."""
        return {finding.code for finding in self.findings}


Example = TypingMapping[str, object]
"""A report without faults, or parts of one, as `ReportKind.example`."""


@dataclass(frozen=True, slots=True)
class _Base:
    """What examples are laid over: forms by id, and a report without faults."""

    forms: TypingMapping[str, Form]
    example: Example


def run(
    fragment: str,
    rules: Iterable[Rule],
    forms: TypingMapping[str, Form] | None = None,
    example: Example = MappingProxyType({}),
) -> Outcome:
    """Check one example with these rules; ``forms`` by id, the official ones if not given."""
    known = _Base(forms or _forms(), example)
    try:
        read = read_text(fragment.encode("utf-8", "surrogateescape"), NAME, ".yaml")
    except SourceError as error:
        return Outcome(error.findings)
    if read.findings:
        return Outcome(read.findings, read)
    return _checked(read.root, rules, known)


def _checked(root: Mapping, rules: Iterable[Rule], known: _Base) -> Outcome:
    apart = {entry.key: entry.node for entry in root if entry.key in _APART}
    source = _source(Mapping(tuple(e for e in root if e.key not in apart), root.position), known)
    form = _with_formulas(_form(root, known), apart.get("formulas"))
    report, findings = _build(source, form)
    if report is None:
        return Outcome(tuple(findings), source)
    previous = _previous(apart.get("previous"), report.year, known)
    today = _day(apart.get("today"))
    checked = check(report, rules, previous=previous, today=today, found=findings)
    return Outcome(checked, source)


_OF_ALL_ZEROS = "N129"
"""What an example is laid over has nothing but zeros, on purpose."""
_APART = ("previous", "today", "formulas")
"""Keys of an example that are no part of its report: last year's, the day, more formulas."""


def _with_formulas(form: Form, node: Node | None) -> Form:
    """Lay more formulas over a form, as if it stated them between its tables."""
    if not isinstance(node, Sequence):
        return form
    return replace(form, over_tables=formulas.over_tables(iter(node.items), form.cell_at))


def _previous(node: Node | None, year: int, known: _Base) -> Report | None:
    if not isinstance(node, Mapping):
        return None
    form = _form(node, known, year - 1)
    texts = {one.id: LAST_YEAR for one in form.sections if not one.tables}
    before = _Base(known.forms, {**known.example, **texts})
    source = _source(node, before, year - 1)
    report, _ = _build(source, _form(source.root, known, year - 1))
    return report


def _day(node: Node | None) -> date | None:
    return date.fromisoformat(node.raw) if isinstance(node, Scalar) else None


def _source(fragment: Mapping, known: _Base, year: int = YEAR) -> Source:
    form = _form(fragment, known, year)
    words = _raw(fragment, "year") or str(year if form.in_force(year) else form.years[0])
    whole = _merge(_plain_report(form, words, known.example), fragment)
    return read_text(f"{json.dumps(whole, ensure_ascii=False, indent=1)}\n".encode(), NAME, ".json")


def _build(source: Source, form: Form) -> tuple[Report | None, list[Finding]]:
    record, told = validate(source, form)
    findings = [one for one in told if one.code != _OF_ALL_ZEROS]
    if any(finding.severity is Severity.ERROR for finding in findings):
        return None, findings
    return build(record, form), findings


@lru_cache(maxsize=1)
def _forms() -> dict[str, Form]:
    return load_forms()


def _form(root: Mapping, known: _Base, year: int = YEAR) -> Form:
    words = _raw(root, "year")
    named = known.forms.get(_raw(root, "form"))
    form = named or choose(known.forms.values(), int(words) if words.isdecimal() else year)
    return form or tuple(known.forms.values())[-1]


def _raw(root: Mapping, key: str) -> str:
    entry = root.find(key)
    return entry.node.raw if entry and isinstance(entry.node, Scalar) else ""


def _plain_report(form: Form, year: str, example: Example) -> dict[str, object]:
    document: dict[str, object] = {
        "year": int(year) if year.isdecimal() else year,
        "organization": {"name": "示例县商务局", "kind": "department"},
    }
    for section in form.sections:
        if not section.tables:
            document[section.id] = PLAIN.format(year=year)
        for part in section.texts:
            put(document, (section.id, part.id), PLAIN.format(year=year))
        for cell in (cell for table in section.tables for cell in table.cells):
            if not cell.derived and cell.holds.counted:
                put(document, cell.path, 0)
    for key in form.own_fields:
        if key.required:
            document[key.id] = _sample(key)
    known = {name: value for name, value in example.items() if form.key((name,))}
    return document | {
        name: value.format(year=year) if isinstance(value, str) else value
        for name, value in known.items()
    }


def _sample(key: Key) -> object:
    """Make a value up for a field that a form asks for."""
    if key.keys:
        return {below.id: _sample(below) for below in key.keys if below.required}
    if key.choices:
        return key.choices[0][0]
    made = {"number": 0, "flag": True, "date": f"{YEAR}-12-31", "list": []}
    return made.get(key.holds.shape, "示例") if key.holds.counted or not key.holds.number else YEAR


def _merge(below: object, over: Node) -> object:
    """Lay a fragment over the report. A key with the value ``null`` is taken out."""
    if not isinstance(over, Mapping):
        return _value(over)
    merged = dict(below) if isinstance(below, dict) else {}
    for entry in over:
        if isinstance(entry.node, Scalar) and entry.node.plain and entry.node.raw == "null":
            merged.pop(entry.key, None)
        else:
            merged[entry.key] = _merge(merged.get(entry.key), entry.node)
    return merged


def _value(node: Node) -> object:
    if isinstance(node, Mapping):
        return _merge(None, node)
    if isinstance(node, Scalar):
        if not node.plain or isinstance(node.value, str):
            return node.raw
        return (
            node.value if isinstance(node.value, int | bool | None) else float(node.raw.lstrip("."))
        )
    return [_value(item) for item in node.items]
