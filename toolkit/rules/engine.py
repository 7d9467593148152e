"""Runs rules over a report and gives their findings with place, field and citation."""

import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from toolkit.diagnostics import Finding, Position, Severity
from toolkit.forms import Path
from toolkit.isolation.activity import doing
from toolkit.isolation.cpu_time import Overrun, within
from toolkit.limits import limits, variable
from toolkit.messages import Text, text
from toolkit.report import Report
from toolkit.rules.catalogue import GENERAL
from toolkit.rules.code_selection import chosen, fits, verify
from toolkit.rules.context import Context
from toolkit.rules.rule import Miss, Rule
from toolkit.rules.suppressions import suppress
from toolkit.sources.locate import Locator

_LEAST_SECONDS = 0.1
"""What a rule gets though the others took all the time."""
_BY_THE_CLOCK = 6
"""Times as many seconds one may take where not computing but waiting is what it does."""

FAILED = "N190"
"""Code of the finding that says a rule itself could not be run."""


def check(
    report: Report,
    rules: Iterable[Rule] = GENERAL,
    *,
    previous: Report | None = None,
    today: date | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    found: Iterable[Finding] = (),
) -> tuple[Finding, ...]:
    """Return everything that is wrong with a report.

    Args:
        report: as `toolkit.report.build` made it.
        rules: the general ones, then those of the report's kind and of a province.
        previous: last year's report of the same office, for the rules that compare.
        today: the day of the check; None leaves out what depends on it.
        select: codes or beginnings of codes (``"N5"``); only these. Empty: all.
        ignore: codes or beginnings of codes to leave out. It wins over ``select``.
        found: what reading and validation found, so that suppressions reach it too. It is in
            the result; an error among it is never left out.

    Returns:
        Findings in the order of the file. A rule that raises gives one that names it; the
        others go on.

    Raises:
        UsageError: ``select`` or ``ignore`` names no rule; it says what was perhaps meant.
    """
    rules = tuple(rules)
    context, locator = Context(report, previous, today), Locator(report.record.text)
    findings = list(asked_for(found, rules, select, ignore))
    until = time.process_time() + limits().rules_seconds
    for rule in chosen(rules, select, ignore):
        findings.extend(_run(rule, context, locator, until - time.process_time()))
    findings = suppress(findings, report, rules, locator, select=select, ignore=ignore)
    return tuple(sorted(findings, key=lambda finding: finding.order))


def asked_for(
    found: Iterable[Finding], rules: Iterable[Rule], select: Sequence[str], ignore: Sequence[str]
) -> tuple[Finding, ...]:
    """Return the findings that are asked for, errors in any case, where no rule can be run.

    Raises:
        UsageError: ``select`` or ``ignore`` names no rule.
    """
    verify((*select, *ignore), tuple(rules))
    return tuple(f for f in found if f.severity is Severity.ERROR or fits(f.code, select, ignore))


def _run(rule: Rule, context: Context, locator: Locator, seconds: float) -> Iterator[Finding]:
    if rule.check is None:
        return
    try:
        with (
            doing(_told(rule), "rules_seconds", _BY_THE_CLOCK),
            within(max(seconds, _LEAST_SECONDS)),
        ):
            misses = tuple(rule.check(context))
            found = [_finding(rule, miss, context.report, locator) for miss in misses]
        yield from found
    except Overrun:
        yield _failure(rule, _too_slow(), context.report)
    except SystemExit:
        yield _failure(rule, text("tried to end the program"), context.report)
    except Exception as error:  # a rule may be a plugin's; whatever it raises stops only itself
        yield _failure(rule, f"{type(error).__name__}: {error}", context.report)


def _told(rule: Rule) -> str:
    code = getattr(rule.check, "__code__", None)
    place = f"{code.co_filename}:{code.co_firstlineno}: " if code else ""
    return f"{place}{rule.code}"


def _too_slow() -> Text:
    return text(
        "all rules together may take {seconds} seconds; {variable} gives more",
        seconds=limits().rules_seconds,
        variable=variable("rules_seconds"),
    )


def _finding(rule: Rule, miss: Miss, report: Report, locator: Locator) -> Finding:
    position, length = _where(miss, report, locator)
    return Finding(
        rule.code,
        rule.severity,
        position,
        miss.path,
        field_name(report, miss.path),
        miss.message,
        miss.remedy,
        miss.citation or rule.source.citation,
        length=length,
        related=tuple((report.record.place(p).value, word) for p, word in miss.related),
    )


def _where(miss: Miss, report: Report, locator: Locator) -> tuple[Position, int]:
    place = report.record.place(miss.path)
    if miss.path not in report.record.places:
        return place.key, 1
    if miss.at is None:
        return place.value, place.length
    value = text_at(report, miss.path)
    return locator.inside(place.value, value, miss.at), max(1, miss.length)


def text_at(report: Report, path: Path) -> str:
    """Return the text at a path as rules see it: the paragraphs of a list joined."""
    if path == ("opening",):
        return report.opening
    if len(path) == 1 and path[0] in report.narratives:
        return report.narratives[path[0]]
    return report.text(*path)


def field_name(report: Report, path: Path) -> str:
    """Name a path in the author's own words as far as the file has it, then by ids."""
    for size in range(len(path), 0, -1):
        place = report.record.places.get(path[:size])
        if place:
            return ".".join((*place.names, *path[size:]))
    return ".".join(path)


def _failure(rule: Rule, error: object, report: Report) -> Finding:
    name = rule.check.__module__ if rule.check else ""
    return Finding(
        FAILED,
        Severity.WARNING,
        Position(report.record.file),
        (),
        "",
        text(
            "The rule {code} ({module}) could not be run: {error}.",
            code=rule.code,
            module=name,
            error=error,
        ),
        text("The report was not checked against it; tell the author of the rule."),
    )
