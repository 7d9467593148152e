"""For programs: ``{"findings": […], "summary": {…}}``, stable from version to version."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping

from toolkit.diagnostics.finding import Finding, Position, Severity


def render(findings: Iterable[Finding], sources: Mapping[str, str]) -> str:
    """Write findings as JSON.

    Each finding has code, severity, message, remedy, file, line, column, field, citation;
    for a spreadsheet sheet and cell as well, and ``related`` where other places may be at
    fault. A remedy or citation that is not there is null. Lines and columns count from 1 and
    in characters; 0 means the file as a whole.
    """
    findings = tuple(findings)
    whole = {"findings": [_finding(f) for f in findings], "summary": _summary(findings, sources)}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Finding) -> dict[str, object]:
    fields: dict[str, object] = {
        "code": finding.code,
        "severity": finding.severity.label,
        "message": str(finding.message),
        "remedy": str(finding.remedy) if finding.remedy else None,
        **_place(finding.position),
        "field": finding.field,
        "citation": str(finding.citation) if finding.citation else None,
    }
    if finding.related:
        fields["related"] = [{**_place(p), "message": str(word)} for p, word in finding.related]
    return fields


def _place(position: Position) -> dict[str, object]:
    place: dict[str, object] = {
        "file": position.file,
        "line": position.line,
        "column": position.column,
    }
    if position.cell:
        place |= {"sheet": position.sheet, "cell": position.cell}
    return place


def _summary(findings: tuple[Finding, ...], sources: Mapping[str, str]) -> dict[str, int]:
    counts = Counter(finding.severity for finding in findings)
    return {
        "files": len({*sources, *(finding.position.file for finding in findings)}),
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
        "notes": counts[Severity.NOTE],
    }
