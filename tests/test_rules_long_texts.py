"""Long texts: read in a time that grows with them, and with the same findings as short ones."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.national.disclosure.reading import claims
from toolkit.rules.general.wording import _unpaired
from toolkit.rules.passage import Passage

PIECES = (
    *"收到 政府信息公开申请 12件 3件 三件 上年结转 结转下年度 ， 。 ； 其中 全市 2023年".split(),
    *"2024年 自然人 行政复议 行政诉讼 未收到 没有发生 无 因 办结 予以公开 不予公开 处理".split(),
    *"同比增长 上半年 约 依申请公开 维持 含上年结转 热线 （ ） ( ) 《 》 “ ”".split(),
    *"[ 】 1) （二）".split(),
    "\n",
)
texts = st.lists(st.sampled_from(PIECES), max_size=80).map("".join)
PARTNERS = {"（": "）", "(": "）", "《": "》", "“": "”", "[": "】"}
SAME = {")": "）"}


def claimed(text):
    return list(claims.claims(Passage(("overview",), text), 2024, government=True))


@given(texts, texts)
def test_what_a_sentence_claims_does_not_depend_on_what_stands_around_it(text, other):
    """Counts are told apart by sentence; those in other paragraphs change nothing."""
    around = Passage(("overview",), f"{other}\n\n{text}\n\n{other}")
    begin = len(other) + 2
    inside = [
        (claim.kind, claim.value, claim.at - begin, claim.scope)
        for claim in claims.claims(around, 2024, government=True)
        if begin <= claim.at < begin + len(text)
    ]

    assert inside == [(one.kind, one.value, one.at, one.scope) for one in claimed(text)]


@given(texts)
def test_the_longest_sentence_and_clause_that_are_read_change_no_finding_of_shorter_ones(text):
    bounds = claims.LONGEST_SENTENCE, claims.LONGEST_CLAUSE
    read = claimed(text)
    try:
        claims.LONGEST_SENTENCE = claims.LONGEST_CLAUSE = sys.maxsize
        assert claimed(text) == read
    finally:
        claims.LONGEST_SENTENCE, claims.LONGEST_CLAUSE = bounds


@given(st.text("（）()《》“”[文", max_size=60))
def test_marks_are_paired_as_by_looking_through_all_that_wait(text):
    waiting, lonely = [], []
    for at, mark in enumerate(text):
        closing = SAME.get(mark, mark)
        if mark in PARTNERS:
            waiting.append((mark, at))
        elif closing in PARTNERS.values() and any(PARTNERS[m] == closing for m, _ in waiting):
            while PARTNERS[waiting[-1][0]] != closing:
                lonely.append(waiting.pop())
            waiting.pop()
        elif closing in PARTNERS.values():
            lonely.append((mark, at))

    assert list(_unpaired(Passage(("overview",), text))) == [*lonely, *waiting]


@pytest.mark.parametrize(
    "unit",
    [
        "1件",
        "收到1件",
        "收到政府信息公开申请1件，",
        "申请1件",
        "无行政复议",
        "（》",
        "2023年结转1件",
        "）",
    ],
)
def test_two_hundred_thousand_characters_are_read_without_passing_the_time_of_the_rules(
    nianbao, full_size, unit
):
    """Patterns that looked back over all that was read took hours here."""
    words = (unit * 190_000)[: 30_000 if unit in "）（》" else 190_000]
    file = full_size(("（五）监督保障\n", f"（五）监督保障\n  {words}\n"))

    said = nianbao("check", file, "--select", "N501,N502,N503,N505,N507,N706", "--format", "json")

    assert "NIANBAO_MAX_RULES_SECONDS" not in said.out
