"""JUnit XML, as CI services read it: a file is a suite, an error of it a failed case."""

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from toolkit.diagnostics.finding import Finding, Severity
from toolkit.diagnostics.printers.frame import printable_lines


def render(findings: Iterable[Finding], sources: Mapping[str, str]) -> str:
    """Write findings as test suites; warnings and notes are told as output of a passed case."""
    by_file: dict[str, list[Finding]] = {file: [] for file in sources}
    ordered = sorted(findings, key=lambda finding: finding.position.file)
    for file, group in groupby(ordered, key=lambda finding: finding.position.file):
        by_file.setdefault(file, []).extend(group)
    root = Element("testsuites", name="nianbao")
    for file, found in sorted(by_file.items()):
        _suite(root, file, found)
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(root: Element, file: str, found: list[Finding]) -> None:
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    count = str(max(1, len(found)))
    suite = SubElement(root, "testsuite", name=_xml(file), tests=count, failures=str(errors))
    if not found:
        SubElement(suite, "testcase", classname=_xml(file), name="check")
    for finding in found:
        name = f"{finding.code} {finding.position}"
        case = SubElement(suite, "testcase", classname=_xml(file), name=_xml(name))
        if finding.severity is Severity.ERROR:
            failure = SubElement(case, "failure", type=finding.code, message=_xml(finding.message))
            failure.text = _told(finding)
        else:
            SubElement(case, "system-out").text = _told(finding)


def _told(finding: Finding) -> str:
    lines = [f"{finding.position}: {finding.severity.label} {finding.code} {finding.field}"]
    parts = (finding.message, finding.remedy, finding.citation)
    return _xml("\n".join([*lines, *(str(part) for part in parts if part)]))


def _xml(words: object) -> str:
    """Leave out what XML 1.0 cannot hold, and what a runner that reads along would obey."""
    return re.sub("[\ufffe\uffff]", "\N{REPLACEMENT CHARACTER}", printable_lines(str(words)))
