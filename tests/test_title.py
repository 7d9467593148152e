"""A long title breaks into lines of like length, between words."""

import pytest

from toolkit.render.typesetting.title import title_lines

TAIL = "2022年政府信息公开工作年度报告"


def test_a_short_title_stays_on_one_line():
    assert title_lines("商务局2022年年度报告") == ("商务局2022年年度报告",)


def test_a_usual_title_breaks_after_the_year():
    assert title_lines("七台河市桃山区商务局" + TAIL) == (
        "七台河市桃山区商务局2022年",
        "政府信息公开工作年度报告",
    )


def test_a_long_title_takes_a_line_more_rather_than_tear_a_word():
    office = "示例省示例自治州示例县人民政府政务服务和大数据管理局暨政务公开工作领导小组办公室"

    assert title_lines(office + TAIL, 20) == (
        "示例省示例自治州示例县",
        "人民政府政务服务和大数据管理局",
        "暨政务公开工作领导小组办公室",
        "2022年政府信息公开工作年度报告",
    )


@pytest.mark.parametrize("office", ["县", "甲乙丙丁" * 10, "A & B <局>", "某某市" * 20])
def test_no_line_is_too_wide_and_no_letter_is_lost(office):
    lines = title_lines(office + TAIL, 20)

    assert "".join(lines) == office + TAIL
    assert all(sum(0.5 if c < "\u0100" else 1 for c in line) <= 20 for line in lines)
