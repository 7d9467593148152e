"""Odd characters in data files: each is kept and printed, or told where it stands."""

import json

import pytest

from toolkit.pipeline import Demands, check
from toolkit.registry import Registry

FORBIDDEN = (
    *("\x00", "\x01", "\x07", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\x9f"),
    *("\u2028", "\u2029", "\u202a", "\u202e", "\u2066", "\ufeff", "\ufffe", "\uffff"),
)
DECEIVING = (
    *("\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\u00ad", "\u061c", "\u180e"),
    *(
        "\u034f",
        "\u3164",
        "⼀",
        "⾏",
        "⻋",
        "\uf900",
        "\ufa10",
        "\U0002f800",
        "\ufff9",
        "\U000e0041",
    ),
    *("\U000f0000", "\U0010fffd"),
)
KEPT = (
    *(
        "\u00a0",
        "\u3000",
        "ｶ",
        "ﾞ",
        "e\u0301",
        "か\u3099",
        "🎉",
        "👨\u200d👩\u200d👧",
        "❤\ufe0f",
        "葛\U000e0100",
    ),
    *(
        "𠀀",
        "𪚥",
        "𫠠",
        "𬺰",
        "\U00030000",
        "\U00031350",
        "﨑",
        "①",
        "Ⅷ",
        "㎡",
        "︿",
        "〇",
        "\u30fb",
        "ǖ",
    ),
)


def checked(full_size, old, new):
    return check(full_size((old, new)), Registry(), Demands())


def place(content, character):
    before = content[: content.index(character)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.mark.parametrize("sign", FORBIDDEN, ids=lambda sign: f"U+{ord(sign):04X}")
@pytest.mark.parametrize("word", ["对现行有效", "示例市自然资源和规划局\n  short"])
def test_a_character_no_report_may_hold_is_told_where_it_stands(full_size, sign, word):
    one = checked(full_size, word, f"{word[:2]}{sign}{word[2:]}")

    found = [f for f in one.findings if f.code == "N107"]
    content = one.source.data.decode()
    assert [(f.position.line, f.position.column) for f in found] == [place(content, sign)]
    assert one.report is None


def test_all_of_them_are_told_at_once_with_the_other_faults(full_size):
    one = checked(full_size, "year: 2024", "title: 甲\x01乙\x02\nwebsite: a\u2028b\nyear: 24")

    assert [(f.code, f.position.line) for f in one.findings if f.code in ("N107", "N117")] == [
        ("N107", 3),
        ("N107", 3),
        ("N107", 4),
        ("N117", 5),
    ]


@pytest.mark.parametrize("sign", DECEIVING, ids=lambda sign: f"U+{ord(sign):04X}")
@pytest.mark.parametrize("word", ["对现行有效", "示例市自然资源和规划局\n  short"])
def test_a_character_that_deceives_the_eye_is_kept_and_told_where_it_stands(full_size, sign, word):
    one = checked(full_size, word, f"{word[:2]}{sign}{word[2:]}")

    (found,) = [f for f in one.findings if f.code == "N127"]
    content = one.source.data.decode()
    assert (found.position.line, found.position.column) == place(content, sign)
    assert sign in one.report.organization.name + one.report.narratives["overview"]


@pytest.mark.parametrize("word", ["示例市自然资源和规划局\n  short", "对现行有效"])
@pytest.mark.parametrize("sign", ["\ue000", "\ufffd"], ids=["private", "replacement"])
def test_a_character_nobody_can_read_is_told_once(full_size, sign, word):
    one = checked(full_size, word, f"{word[:2]}{sign}{word[2:]}")

    assert len([f for f in one.findings if f.code in ("N127", "N708")]) == 1


@pytest.mark.parametrize("word", ["示例市自然资源和规划局\n  short", "对现行有效"])
@pytest.mark.parametrize("sign", KEPT, ids=lambda sign: f"U+{ord(sign[0]):04X}")
def test_what_can_be_read_is_kept_and_no_fault(full_size, sign, word):
    one = checked(full_size, word, f"{word[:2]}{sign}{word[2:]}")

    assert not [f for f in one.findings if f.code in ("N107", "N127")]
    assert sign in one.report.organization.name + one.report.narratives["overview"]


@pytest.mark.parametrize(
    ("escape", "code"),
    [("\\u0000", "N107"), ("\\ud800", "N107"), ("\\u2028", "N107"), ("\\u200b", "N127")],
)
def test_what_json_spells_out_is_told_at_its_text(tmp_path, escape, code):
    file = tmp_path / "report.json"
    words = json.dumps({"year": 2024, "overview": "甲X乙"}, ensure_ascii=False, indent=1)
    file.write_text(words.replace("X", escape), encoding="utf-8")

    (found,) = [f for f in check(file, Registry(), Demands()).findings if f.code == code]
    assert found.position.line == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("name: “示例市自然资源和规划局”", "“”"),
        ("name: 示例市自然资源和规划局 #2", "#"),
        ("name: 示例市自然资源和规划局 # 2", "#"),
        ("name: 示例市自然资源和规划局\n    第二行", "one"),
        ('name: "示例市\\n自然资源和规划局"', "line break"),
    ],
)
def test_a_value_that_is_read_otherwise_than_it_may_be_meant_is_told(full_size, words, said):
    one = checked(full_size, "name: 示例市自然资源和规划局", words)

    (found,) = [f for f in one.findings if f.code == "N128"]
    assert said in str(found.message)
    assert found.position.line == 5


@pytest.mark.parametrize(
    "words",
    [
        "name: 示例市自然资源和规划局  # 全称",
        "name: 示例市自然资源和规划局 #",
        'name: "示例市自然资源和规划局 #2"',
        "name: “互联网+政务”办公室",
        'name: "示例市\\u81ea然资源和规划局"',
        "name: |-\n    示例市自然资源和规划局",
    ],
)
def test_a_value_that_is_read_as_it_stands_is_not_told(full_size, words):
    one = checked(full_size, "name: 示例市自然资源和规划局", words)

    assert not [f for f in one.findings if f.code in ("N127", "N128")]


def test_a_text_without_a_bar_is_told_to_be_one_line(full_size):
    one = checked(full_size, "overview: |", "overview:")

    assert [f.position.line for f in one.findings if f.code == "N128"] == [20]


@pytest.mark.parametrize("bar", [">", ">-", "> # 总体"])
def test_a_text_whose_lines_are_folded_is_told_to_be_one_line(full_size, bar):
    one = checked(full_size, "overview: |", f"overview: {bar}")

    assert [f.position.line for f in one.findings if f.code == "N128"] == [19]


def test_a_folded_text_of_single_lines_is_read_as_it_stands(full_size):
    one = checked(full_size, "other_matters: |", "other_matters: >")

    assert not [f for f in one.findings if f.code == "N128"]


def test_a_text_that_goes_on_without_a_bar_is_told_once(full_size):
    one = checked(full_size, "other_matters: |\n  2024年", "other_matters: 无\n2024年")

    assert [f.code for f in one.findings] == ["N101"]
