"""Workflow commands of GitHub Actions: each finding becomes an annotation beside its line."""

from collections.abc import Iterable, Mapping

from toolkit.diagnostics.finding import Finding, Severity
from toolkit.diagnostics.printers.frame import printable_lines

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(findings: Iterable[Finding], sources: Mapping[str, str]) -> str:
    """Write one command a finding; properties and message are escaped as the runner asks."""
    del sources
    return "".join(f"{_command(finding)}\n" for finding in findings)


def _command(finding: Finding) -> str:
    position = finding.position
    properties = {"file": position.file, "title": f"{finding.code} {finding.field}".strip()}
    if position.line and not position.cell:
        properties |= {
            "line": str(position.line),
            "col": str(position.column),
            "endColumn": str(position.column + finding.length),
        }
    place = f"{position.sheet}!{position.cell}: " if position.cell else ""
    remedy = f"\n{finding.remedy}" if finding.remedy else ""
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {told}::{_data(f'{place}{finding.message}{remedy}')}"


def _data(words: str) -> str:
    lines = printable_lines(words.replace("\r", "\n"))
    return lines.replace("%", "%25").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")
