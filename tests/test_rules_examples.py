"""Every rule's own examples: the bad one gives exactly its finding, the good one none."""

import pytest

from toolkit.rules import NATIONAL, known
from toolkit.rules.examples import run

RULES = [pytest.param(rule, id=rule.code) for rule in NATIONAL]


@pytest.mark.parametrize("rule", RULES)
def test_the_bad_example_gives_exactly_the_finding_of_its_rule(rule):
    outcome = run(rule.bad, NATIONAL)

    assert outcome.codes() == {rule.code}
    assert {f.severity for f in outcome.findings} == {rule.severity}


@pytest.mark.parametrize("rule", RULES)
def test_the_good_example_gives_no_finding(rule):
    assert run(rule.good, NATIONAL).findings == ()


def test_no_two_rules_share_a_code_and_they_stand_in_order():
    assert list(known()) == sorted(known())
