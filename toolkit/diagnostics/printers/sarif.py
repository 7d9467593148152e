"""SARIF 2.1.0 (OASIS, 27 March 2020), for code scanning services."""

import json
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from toolkit import __version__
from toolkit.diagnostics.finding import Finding, Position

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(findings: Iterable[Finding], sources: Mapping[str, str]) -> str:
    """Write findings as one SARIF run. Lines and columns count from 1, columns in characters."""
    del sources  # services read the files themselves
    findings = tuple(findings)
    codes = list(dict.fromkeys(finding.code for finding in findings))
    run = {
        "tool": {
            "driver": {
                "name": "nianbao",
                "version": __version__,
                "rules": [_rule(code, findings) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, codes.index(finding.code)) for finding in findings],
    }
    whole = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str, findings: tuple[Finding, ...]) -> dict[str, Any]:
    first = next(finding for finding in findings if finding.code == code)
    rule: dict[str, Any] = {"id": code, "defaultConfiguration": {"level": first.severity.label}}
    if first.citation:
        rule["help"] = {"text": str(first.citation)}
    return rule


def _result(finding: Finding, index: int) -> dict[str, Any]:
    words = f"{finding.field}: {finding.message}" if finding.field else str(finding.message)
    if finding.remedy:
        words = f"{words}\n{finding.remedy}"
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": finding.severity.label,
        "message": {"text": words},
        "locations": [_location(finding.position, finding.length)],
    }
    if finding.related:
        result["relatedLocations"] = [
            {**_location(position, 1), "message": {"text": str(word)}}
            for position, word in finding.related
        ]
    return result


def _location(position: Position, length: int) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(position.file)}}
    if position.line and not position.cell:
        physical["region"] = {
            "startLine": position.line,
            "startColumn": position.column,
            "endColumn": position.column + length,
        }
    location: dict[str, Any] = {"physicalLocation": physical}
    if position.cell:
        location["logicalLocations"] = [{"name": f"{position.sheet}!{position.cell}"}]
    return location


def _uri(file: str) -> str:
    return quote(PurePath(file).as_posix())
