"""``suppress:`` in a data file: findings its author answers for, each with a reason."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from toolkit.diagnostics import Finding, Position, Severity
from toolkit.messages import Text, plural, text
from toolkit.report import Report
from toolkit.rules.code_selection import fits
from toolkit.rules.rule import Rule
from toolkit.sources.locate import Locator

USED, BROKEN, UNUSED = "N130", "N131", "N132"

_KEYS = {
    "code": ("code", "代码", "编号"),
    "reason": ("reason", "理由", "原因"),
    "path": ("path", "字段", "位置"),
}


@dataclass(frozen=True, slots=True)
class _Suppression:
    """One entry: a code, why, and perhaps the field it is limited to (``"overview"``)."""

    code: str
    reason: str
    path: str
    position: Position

    def covers(self, finding: Finding) -> bool:
        names = {".".join(finding.path), finding.field}
        here = any(n == self.path or n.startswith(f"{self.path}.") for n in names)
        return finding.code == self.code and (not self.path or here)


def suppress(
    findings: Iterable[Finding],
    report: Report,
    rules: Sequence[Rule],
    locator: Locator,
    *,
    select: Sequence[str],
    ignore: Sequence[str],
) -> list[Finding]:
    """Take out what the file suppresses, and list it.

    Returns:
        The findings that remain; a note N130 for each suppression that was used, with its
        reason; an error N131 for each that is not complete; a note N132 for each that met
        nothing, though its rule was run.
    """
    kept = list(findings)
    by_code = {rule.code: rule for rule in rules}
    for entry in _entries(report, locator):
        fault = _fault(entry, by_code)
        if fault:
            kept.append(_note(BROKEN, Severity.ERROR, entry, *fault))
            continue
        met = [finding for finding in kept if entry.covers(finding)]
        kept = [finding for finding in kept if not entry.covers(finding)]
        if met:
            kept.append(_used(entry, len(met)))
        elif by_code[entry.code].check and fits(entry.code, select, ignore):
            message = text("The suppression of {code} met nothing.", code=entry.code)
            kept.append(_note(UNUSED, Severity.NOTE, entry, message, text("Delete it.")))
    return kept


def _entries(report: Report, locator: Locator) -> list[_Suppression]:
    given = report.record.document.get("suppress")
    place = report.record.place(("suppress",)).value
    places = report.record.items.get(("suppress",), ())
    entries = []
    for item, own in zip_longest(given if isinstance(given, list) else (), places):
        words = {name: _word(item, keys) for name, keys in _KEYS.items()}
        code = words["code"]
        place = own if own and own.cell else locator.after(place, code) if code else place
        entries.append(_Suppression(code.upper(), words["reason"], words["path"], place))
    return entries


def _word(item: object, keys: tuple[str, ...]) -> str:
    if not isinstance(item, Mapping):
        return ""
    return next((str(item[key]).strip() for key in keys if item.get(key)), "")


def _fault(entry: _Suppression, by_code: Mapping[str, Rule]) -> tuple[Text, Text] | None:
    if not entry.code or not entry.reason:
        return (
            text("A suppression needs a code and a reason."),
            text("Write both: “code: N501” and “reason: why it may stay”."),
        )
    rule = by_code.get(entry.code)
    if rule is None:
        return (
            text("No rule has the code “{code}”.", code=entry.code),
            text("Take the code from the finding you mean."),
        )
    if not rule.suppressible:
        return (
            text("{code} cannot be suppressed.", code=entry.code),
            text("Mend what it found, and delete the suppression."),
        )
    return None


def _used(entry: _Suppression, count: int) -> Finding:
    message = plural(
        "{n} finding {code} is suppressed: {reason}",
        "{n} findings {code} are suppressed: {reason}",
        count,
        code=entry.code,
        reason=entry.reason,
    )
    return _note(USED, Severity.NOTE, entry, message, None)


def _note(
    code: str, severity: Severity, entry: _Suppression, message: Text, remedy: Text | None
) -> Finding:
    length = max(1, len(entry.code))
    return Finding(
        code, severity, entry.position, ("suppress",), "suppress", message, remedy, length=length
    )
