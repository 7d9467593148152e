"""What schemas/README.md shows of the form language is understood as it stands there."""

import re

import pytest

from tests.conftest import ROOT
from toolkit.forms import load_forms

EXAMPLES = re.findall(
    r"```yaml\n(.*?)```", (ROOT / "schemas" / "README.md").read_text("utf-8"), re.S
)
HEAD = """\
id: own
name: 示例格式
notice: {number: 示〔2024〕1号}
years: {from: 2020}
title: "{organization}{year}年报告"
"""
NEEDED = {
    "sections:": "sections: [{id: text, heading: 一、情况, parts: [text]}]\n",
    "share:": 'kinds: {share: {base: decimal, unit: "%", places: 2}}\n',
}
"""What an example leaves out, since another one shows it: the key it lacks, and its lines."""
FOREIGN = "  - cases.staff <= staff.total.posts\n"
"""A formula over a table that its example does not show."""


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_of_the_form_language_is_a_form(tmp_path, example):
    words = HEAD + example.replace(FOREIGN, "  - staff.total.held <= staff.total.posts\n")
    more = [lines for key, lines in NEEDED.items() if key not in words]
    file = tmp_path / "own.yaml"
    file.write_text(words + "".join(more), encoding="utf-8")

    assert load_forms([file])["own"].sections


def test_there_are_examples():
    assert len(EXAMPLES) >= 4
