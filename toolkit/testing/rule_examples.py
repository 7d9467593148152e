"""A plugin's rules: each with an example that it finds, and one that it lets pass."""

from collections.abc import Iterator

from toolkit import rules
from toolkit.diagnostics import Finding, Position
from toolkit.diagnostics.plugin_codes import miss
from toolkit.messages import text
from toolkit.rules import GENERAL, Rule
from toolkit.rules.engine import FAILED
from toolkit.rules.examples import run
from toolkit.testing.subject import Subject


def check(subject: Subject) -> Iterator[Finding]:
    """Find rules without examples, and rules that do not do what their examples say."""
    province = subject.province
    for rule in province.rules if province else ():
        if isinstance(rule, rules.Rule):
            yield from _rule(rule, subject)


def _rule(rule: Rule, subject: Subject) -> Iterator[Finding]:
    place = _place(rule, subject)
    for name, example in (("bad", rule.bad), ("good", rule.good)):
        if not example.strip():
            message = text("rule {code} has no {name} example", code=rule.code, name=name)
            remedy = text("Give {name}= a few lines of a data file.", name=name)
            yield miss("P601", place, message, remedy, field=rule.code)
    forms = {form.id: form for form in subject.forms}
    kinds = {form.kind for form in subject.forms if rule.kind in ("", form.kind)}
    fitting = [kind for kind in subject.kinds.values() if kind.id in kinds]
    common = (*GENERAL, *(one for kind in fitting for one in kind.rules))
    together = (*(one for one in common if one.code != rule.code), rule)
    base = {name: value for kind in fitting for name, value in kind.example.items()}
    if rule.bad.strip():
        yield from _bad(rule, run(rule.bad, together, forms or None, base).findings, place)
    if rule.good.strip():
        found = run(rule.good, together, forms or None, base).findings
        if rule.code in {finding.code for finding in found}:
            message = text("rule {code} finds its good example", code=rule.code)
            remedy = text("Mend the rule or the example, so that it passes.")
            yield miss("P603", place, message, remedy, field=rule.code)


def _bad(rule: Rule, found: tuple[Finding, ...], place: Position) -> Iterator[Finding]:
    for finding in found:
        if finding.code == FAILED:
            message = text("rule {code} cannot be run: {problem}",
                           code=rule.code, problem=finding.message)  # fmt: skip
            remedy = text("count() gives None where a cell is blank or not in the form.")
            yield miss("P602", place, message, remedy, field=rule.code)
            return
    if rule.check is not None and rule.code not in {finding.code for finding in found}:
        others = sorted({finding.code for finding in found})
        message = text("rule {code} does not find its bad example", code=rule.code)
        remedy = (
            text("The example gives {codes} instead.", codes=", ".join(others))
            if others
            else text("Mend the rule or the example, so that it is found.")
        )
        yield miss("P602", place, message, remedy, field=rule.code)


def _place(rule: Rule, subject: Subject) -> Position:
    code = getattr(rule.check, "__code__", None)
    if code is None:
        return Position(subject.file)
    return Position(code.co_filename, code.co_firstlineno, 1)
