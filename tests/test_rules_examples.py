"""Every rule's own examples: the bad one gives exactly its finding, the good one none."""

import pytest

from tests.kinds import RULES as ALL
from tests.kinds import run
from toolkit.diagnostics import Severity
from toolkit.rules import known, rule
from toolkit.rules.rule import Source

NO_EXAMPLE = {"N108", "N124", "N125", "N126", "N128", "N129", "N190"}
"""A workbook, which plugins there are, how a value is quoted, whole tables, a rule that fails."""
RULES = [pytest.param(one, id=one.code) for one in ALL if one.code not in NO_EXAMPLE]


@pytest.mark.parametrize("one", RULES)
def test_the_bad_example_gives_exactly_the_finding_of_its_rule(one):
    outcome = run(one.bad)

    assert outcome.codes() == {one.code}
    assert {f.severity for f in outcome.findings} == {one.severity}


@pytest.mark.parametrize("one", RULES)
def test_the_good_example_gives_no_finding(one):
    assert run(one.good).findings == ()


def test_no_two_rules_share_a_code_and_they_stand_in_order():
    assert list(known(ALL)) == sorted(known(ALL))
    assert list(known()) == sorted(known())


def test_there_are_rules_in_every_family():
    assert len(ALL) >= 80
    assert {one.family for one in ALL} == {f"N{family}" for family in range(1, 10)}


def test_advice_and_arithmetic_are_never_presented_as_law():
    for one in ALL:
        said = one.source.citation.render("zh") + one.source.citation.render("en")
        if one.source.kind in ("advice", "arithmetic"):
            assert "not law" in said or "arithmetic" in said, one.code
        elif one.source.kind == "law":
            assert "国办" in said or "条例" in said, one.code


def test_a_rule_that_fails_is_told_and_the_others_run():
    @rule("X101", Severity.ERROR, source=Source("advice"), bad="a: 1", good="a: 1")
    def broken(context):
        """A rule that cannot run.

        It divides by zero.
        """
        return [1 / 0]

    outcome = run("overview: 无", (broken,))

    assert [finding.code for finding in outcome.findings] == ["N190"]
    assert "X101" in str(outcome.findings[0].message)
