"""The kinds of report that the bundled plugins bring, with their rules, for tests."""

from toolkit.registry import Registry
from toolkit.rules import GENERAL, examples

DISCLOSURE = Registry().kinds["disclosure"]
RULES = tuple(sorted((*DISCLOSURE.cited(GENERAL), *DISCLOSURE.rules), key=lambda rule: rule.code))
"""All rules for a report of that kind, in the order of their codes."""


def run(fragment, rules=RULES, forms=None):
    """Check an example of a rule, laid over a disclosure report without faults."""
    return examples.run(fragment, rules, forms, DISCLOSURE.example)
