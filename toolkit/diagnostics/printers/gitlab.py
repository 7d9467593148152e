"""Code quality report of GitLab: a list of issues in the format of Code Climate."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256

from toolkit.diagnostics.finding import Finding, Severity

_WEIGHTS = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(findings: Iterable[Finding], sources: Mapping[str, str]) -> str:
    """Write findings; the fingerprint stays as long as code, file and field do."""
    del sources
    seen: dict[str, int] = {}
    issues = [_issue(finding, seen) for finding in findings]
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _issue(finding: Finding, seen: dict[str, int]) -> dict[str, object]:
    base = "\0".join((finding.code, finding.position.file, *finding.path))
    seen[base] = seen.get(base, 0) + 1
    remedy = f" {finding.remedy}" if finding.remedy else ""
    place = f"{finding.position.sheet}!{finding.position.cell} " if finding.position.cell else ""
    return {
        "description": f"{place}{finding.field}: {finding.message}{remedy}",
        "check_name": finding.code,
        "fingerprint": sha256(f"{base}\0{seen[base]}".encode()).hexdigest(),
        "severity": _WEIGHTS[finding.severity],
        "location": {
            "path": finding.position.file,
            "lines": {"begin": max(1, finding.position.line)},
        },
    }
