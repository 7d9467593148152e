"""What rules say: in both languages, and never advice as law."""

import re

import pytest

from tests.conftest import ROOT
from tests.kinds import RULES as ALL
from toolkit.diagnostics import Severity
from toolkit.diagnostics.codes import CODES
from toolkit.rules import Source, rule

RULES = [pytest.param(rule, id=rule.code) for rule in ALL]


@pytest.mark.parametrize("rule", RULES)
def test_title_and_reason_have_a_chinese_wording(rule):
    assert rule.title.render("zh") != rule.title.msgid
    assert rule.why.render("zh") != rule.why.msgid


@pytest.mark.parametrize("rule", RULES)
def test_only_law_and_form_are_cited_by_document(rule):
    said = rule.source.citation.render("en")

    if rule.source.kind == "advice":
        assert said.startswith("house advice, not law")
    elif rule.source.kind == "arithmetic":
        assert said.startswith("arithmetic")
    else:
        assert said


def test_a_rule_without_a_reason_cannot_be_made():
    with pytest.raises(TypeError, match="XYZ101: the docstring needs a title"):

        @rule("XYZ101", Severity.NOTE, source=Source("advice"), bad="", good="")
        def nameless(context):
            """Only a title."""


def test_a_code_is_letters_and_three_digits():
    with pytest.raises(TypeError, match="not 'N1'"):

        @rule("N1", Severity.NOTE, source=Source("advice"), bad="", good="")
        def short(context):
            """A title.

            A reason.
            """


def test_every_code_that_is_printed_is_explained(nianbao):
    """Whatever a module puts into a finding is a rule's, or stands in the register."""
    literal = re.compile(r'"([NIEP][1-9]\d{2}|I0\d{2})"')
    files = [
        file for room in ("toolkit", "plugins/national") for file in (ROOT / room).rglob("*.py")
    ]
    printed = {code for file in files for code in literal.findall(file.read_text(encoding="utf-8"))}

    assert printed <= {*CODES, *(rule.code for rule in ALL)}
    for code in ("N181", "I005", "E103", "P602", "N201"):
        assert nianbao("explain", code).out.startswith(f"{code}  ")


def test_a_code_that_is_no_rules_may_be_left_out_by_name(nianbao, full_size):
    assert nianbao("check", full_size(), "--ignore", "N181").code == 0
