"""A page on all rules, made from the rules themselves, in English and Chinese side by side."""

from collections.abc import Iterable
from itertools import groupby

from toolkit.messages import Text
from toolkit.rules.rule import Rule

_HEAD = """\
# Checks 检查规则

Made from the rules by `python -m benchmarks.rules_page`; do not edit. `nianbao explain CODE`
prints the same in your language.
"""


def page(rules: Iterable[Rule]) -> str:
    """Write every rule with its weight, reason, examples and source, family by family."""
    parts = [_HEAD]
    for family, members in groupby(rules, key=lambda rule: rule.family):
        parts.append(f"## {family}\n")
        parts.extend(_story(rule) for rule in members)
    return "\n".join(parts)


def _story(rule: Rule) -> str:
    citation = rule.source.citation
    lines = [
        f"### {rule.code} {_both(rule.title, ' ')}\n",
        f"*{rule.severity.label}* · {_both(citation, ' ')}\n",
        f"{_both(rule.why, chr(10) * 2)}\n",
    ]
    for label, example in (("Wrong 错", rule.bad), ("Right 对", rule.good)):
        if example:
            lines.append(f"{label}:\n\n```yaml\n{_printable(example)}\n```\n")
    return "\n".join(lines)


def _both(words: Text, between: str) -> str:
    english, chinese = words.render("en"), words.render("zh")
    return english if english == chinese else f"{english}{between}{chinese}"


def _printable(example: str) -> str:
    """Bytes that are no UTF-8 (as in the example for encodings) cannot stand in the page."""
    return example.strip("\n").encode("utf-8", "surrogateescape").decode("utf-8", "replace")
