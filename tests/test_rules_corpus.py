"""Narratives in the manner of real reports give the findings they must, and no others."""

import pytest

from tests.corpus import narratives

CASES = [pytest.param(case, id=case.name.replace(" ", "-")) for case in narratives()]


@pytest.mark.parametrize("case", CASES)
def test_a_narrative_gives_exactly_its_findings(case):
    assert case.found() == case.finds


def test_the_corpus_is_large_and_mostly_without_faults():
    clean = [case for case in narratives() if not case.finds]

    assert len(CASES) >= 40
    assert len(clean) >= 30
