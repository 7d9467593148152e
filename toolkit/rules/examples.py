"""The examples of rules, made into whole data files and checked as any file is.

An example is a YAML fragment. It is laid over a report without faults: a department's for
2023, on the form in force, all numbers 0. Three keys of a fragment are not part of the
report: ``previous`` is a fragment for last year's report, ``today`` the day of the check, and
``form`` and ``year`` choose the form before the rest is laid over it. A fragment that cannot
be read as YAML stands for itself.
"""

import json
from collections.abc import Iterable
from collections.abc import Mapping as TypingMapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from toolkit.diagnostics import Finding, Severity
from toolkit.errors import SourceError
from toolkit.forms import Form, choose, load_forms
from toolkit.forms.nested import put
from toolkit.report import Report, build
from toolkit.rules.engine import check
from toolkit.rules.rule import Rule
from toolkit.sources import Mapping, Node, Scalar, Source, read_text
from toolkit.validation import validate

NAME = "example.yaml"
YEAR = 2023

OVERVIEW = """\
{year}年，桃山区商务局认真贯彻落实《中华人民共和国政府信息公开条例》，各项工作有序开展。

（一）主动公开。全年通过区政府网站主动公开政府信息36条。

（二）依申请公开。健全登记、审核、答复、归档流程，畅通受理渠道。

（三）政府信息管理。严格落实保密审查制度，做到先审查、后公开。

（四）政府信息公开平台建设。做好区政府网站专栏的日常维护。

（五）监督保障。落实专人负责，组织业务培训2次。
"""
PROBLEMS = """\
存在的主要问题：政策解读形式较为单一，主动公开的时效有待提高。

改进情况：一是丰富解读形式，增加图解和视频；二是明确信息发布时限，由专人每周核对。
"""
LAST_YEAR = "{year}年的工作。"
OTHER = "本年度未收取信息处理费，无其他需要报告的事项。\n"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an example: all findings, and the file they are in."""

    findings: tuple[Finding, ...]
    source: Source | None = None

    def codes(self) -> set[str]:
        """Codes found."""
        return {finding.code for finding in self.findings}


def run(
    fragment: str, rules: Iterable[Rule], forms: TypingMapping[str, Form] | None = None
) -> Outcome:
    """Check one example with these rules; ``forms`` by id, the national ones if not given."""
    known = forms or _forms()
    try:
        read = read_text(fragment.encode("utf-8", "surrogateescape"), NAME, ".yaml")
    except SourceError as error:
        return Outcome(error.findings)
    if read.findings:
        return Outcome(read.findings, read)
    return _checked(read.root, rules, known)


def _checked(root: Mapping, rules: Iterable[Rule], known: TypingMapping[str, Form]) -> Outcome:
    apart = {entry.key: entry.node for entry in root if entry.key in ("previous", "today")}
    source = _source(Mapping(tuple(e for e in root if e.key not in apart), root.position), known)
    report, findings = _build(source, _form(root, known))
    if report is None:
        return Outcome(tuple(findings), source)
    previous = _previous(apart.get("previous"), report.year, known)
    today = _day(apart.get("today"))
    checked = check(report, rules, previous=previous, today=today, found=findings)
    return Outcome(checked, source)


def _previous(node: Node | None, year: int, known: TypingMapping[str, Form]) -> Report | None:
    if not isinstance(node, Mapping):
        return None
    words = LAST_YEAR.format(year=year - 1)
    source = _source(node, known, year - 1, overview=words, problems_and_improvements=words)
    report, _ = _build(source, _form(source.root, known, year - 1))
    return report


def _day(node: Node | None) -> date | None:
    return date.fromisoformat(node.raw) if isinstance(node, Scalar) else None


def _source(
    fragment: Mapping, known: TypingMapping[str, Form], year: int = YEAR, **texts: str
) -> Source:
    form = _form(fragment, known, year)
    words = _raw(fragment, "year") or str(year)
    whole = _merge(_plain_report(form, words) | texts, fragment)
    return read_text(f"{json.dumps(whole, ensure_ascii=False, indent=1)}\n".encode(), NAME, ".json")


def _build(source: Source, form: Form) -> tuple[Report | None, list[Finding]]:
    record, findings = validate(source, form)
    if any(finding.severity is Severity.ERROR for finding in findings):
        return None, findings
    return build(record, form), findings


@lru_cache(maxsize=1)
def _forms() -> dict[str, Form]:
    return load_forms()


def _form(root: Mapping, known: TypingMapping[str, Form], year: int = YEAR) -> Form:
    words = _raw(root, "year")
    named = known.get(_raw(root, "form"))
    form = named or choose(known.values(), int(words) if words.isdecimal() else year)
    return form or tuple(known.values())[-1]


def _raw(root: Mapping, key: str) -> str:
    entry = root.find(key)
    return entry.node.raw if entry and isinstance(entry.node, Scalar) else ""


def _plain_report(form: Form, year: str) -> dict[str, object]:
    document: dict[str, object] = {
        "year": int(year) if year.isdecimal() else year,
        "organization": {
            "name": "桃山区商务局",
            "region": "黑龙江省七台河市桃山区",
            "kind": "department",
        },
        "overview": OVERVIEW.format(year=year),
    }
    for cell in form.cells:
        if not cell.derived:
            put(document, cell.path, 0)
    return document | {"problems_and_improvements": PROBLEMS, "other_matters": OTHER}


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
