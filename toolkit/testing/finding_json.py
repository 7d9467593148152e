"""Findings on their way from the examining process to this one, as JSON."""

from typing import Any

from toolkit.diagnostics import Finding, Position, Severity
from toolkit.messages import Text


def pack(finding: Finding) -> dict[str, Any]:
    """Write a finding of the conformance kit with plain values; its messages stay Texts."""
    place = finding.position
    return {
        "code": finding.code,
        "severity": int(finding.severity),
        "place": [place.file, place.line, place.column],
        "field": finding.field,
        "message": _plain(finding.message),
        "remedy": _plain(finding.remedy),
    }


def unpack(packed: dict[str, Any]) -> Finding:
    """Read what `pack` wrote."""
    return Finding(
        packed["code"],
        Severity(packed["severity"]),
        Position(*packed["place"]),
        (),
        packed["field"],
        _text(packed["message"]),
        _text(packed["remedy"]) if packed["remedy"] else None,
    )


def _plain(value: object) -> Any:
    if isinstance(value, Text):
        return {"text": value.msgid, "values": [[k, _plain(v)] for k, v in value.values]}
    return value if isinstance(value, int | float | str | None) else str(value)


def _text(packed: dict[str, Any]) -> Text:
    values = ((k, _text(v) if isinstance(v, dict) else v) for k, v in packed["values"])
    return Text(packed["text"], tuple(values))
