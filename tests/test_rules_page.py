"""The reference page of the rules says what the rules say now."""

from benchmarks.rules_page import PAGE
from toolkit.rules import NATIONAL
from toolkit.rules.reference import page


def test_the_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == page(NATIONAL), "python -m benchmarks.rules_page"


def test_every_rule_is_on_the_page_in_both_languages():
    words = page(NATIONAL)

    for rule in NATIONAL:
        assert f"### {rule.code} {rule.title.render('en')}" in words
        assert rule.why.render("zh") in words
