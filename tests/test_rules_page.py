"""The reference pages of the rules say what the rules say now."""

import pytest

from benchmarks.rules_page import pages
from tests.conftest import ROOT
from tests.kinds import DISCLOSURE, RULES
from toolkit.rules import GENERAL
from toolkit.rules.reference import page


@pytest.mark.parametrize("file", pages(), ids=lambda file: file.parent.name)
def test_the_page_is_current(file):
    assert file.read_text(encoding="utf-8") == pages()[file], "python -m benchmarks.rules_page"


def test_every_rule_is_on_the_page_in_both_languages():
    words = page(RULES)

    for rule in RULES:
        assert f"### {rule.code} {rule.title.render('en')}" in words
        assert rule.why.render("zh") in words


def test_the_readme_tells_how_many_checks_there_are():
    words = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())

    assert f"[{len(GENERAL)} for any report](toolkit/rules/README.md)" in words
    assert f"[{len(DISCLOSURE.rules)} for this one](plugins/national/disclosure/RULES.md)" in words
