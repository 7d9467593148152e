"""Chinese lines break and marks are squeezed as GB/T 15834-2011, 5.1, has it."""

import io
import itertools
import subprocess

import pdfplumber
import pytest

from tests import geometry, views
from tests.test_pdf import request
from toolkit.render.pdf import document as pdf
from toolkit.render.typesetting.punctuation import breaks, squeezed

MM = 72 / 25.4


def pieces(text):
    """Cut a text at every place a line may end."""
    places = [0, *breaks(text), len(text)]
    return [text[a:b] for a, b in itertools.pairwise(places)]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("公开，解读。", "公|开，|解|读。"),
        ("坚持“公开”原则", "坚|持|“公|开”|原|则"),
        ("《条例》（试行）", "《条|例》|（试|行）"),
        ("理由——如下", "理|由|——|如|下"),
        ("及时……发布", "及|时……|发|布"),
        ("共1234567件、2.5%", "共|1234567|件、|2.5%"),
        ("A4纸 B5纸", "A4|纸 |B5|纸"),
        ("张·王", "张·|王"),
        ("和/或", "和/或"),
        ("网址https://www.example.cn/a", "网|址|https://|www.|example.|cn/|a"),
        ("笑😀\ufe0e了", "笑|😀\ufe0e|了"),
    ],
)
def test_a_line_may_end_only_between_what_the_standard_lets_part(text, cut):
    assert pieces(text) == cut.split("|")


@pytest.mark.parametrize(
    ("line", "narrow"),
    [
        ("“公开”，依法", "”"),
        ("（如《条例》）、规划", "》）"),
        ("（“双公开”）", "“”"),
        ("公开，解读。依法", ""),
    ],
)
def test_of_two_marks_that_meet_one_gives_up_its_blank_half(line, narrow):
    assert "".join(line[place] for place in squeezed(line)) == narrow


def test_a_mark_that_ends_a_line_takes_half_a_character():
    assert squeezed("依法公开，", at_end=True) == (4,)
    assert squeezed("依法公开", at_end=True) == ()


def characters(*paragraphs):
    """Set a page and give each of its lines as characters from left to right."""
    made = pdf.render(request(views.report(*paragraphs, tables=False)))
    with pdfplumber.open(io.BytesIO(made)) as document:
        lines = {}
        for char in document.pages[0].chars:
            lines.setdefault(round(char["matrix"][5]), []).append(char)
        return [sorted(lines[at], key=lambda char: char["x0"]) for at in sorted(lines)[::-1]]


def test_squeezed_marks_take_half_a_character_on_the_page():
    [line] = [line for line in characters("（如《条例》），公开") if line[0]["text"] == "（"]
    widths = {char["text"]: round(b["x0"] - char["x0"]) for char, b in itertools.pairwise(line)}

    assert (widths["》"], widths["）"]) == (8, 8)
    assert (widths["，"], widths["《"], widths["公"]) == (16, 16, 16)


def test_a_mark_that_may_not_begin_a_line_is_taken_into_the_line_before():
    first, *_rest = (
        line for line in characters("公" * 26 + "，" + "开" * 20) if line[0]["text"] == "公"
    )

    assert "".join(char["text"] for char in first) == "公" * 26 + "，"
    assert first[-1]["x1"] / MM == pytest.approx(28 + 156, abs=0.3)


def test_an_opening_quotation_mark_goes_to_the_next_line_and_the_line_is_filled():
    lines = characters("公" * 25 + "“开放”" + "开" * 20)
    first = next(line for line in lines if line[0]["text"] == "公")

    assert "".join(char["text"] for char in first) == "公" * 25
    assert first[-1]["x1"] / MM == pytest.approx(28 + 156, abs=0.3)


def test_a_line_with_spaces_is_filled_like_any_other():
    text = "年度报告编制发布规范》（DB51/T 2660—2019）编制本报告。统计时间段为2024年。"
    long = "四川省地方标准《政府信息公开工作" + text
    for line in characters(long, "公开 " * 9 + "，" * 3 + "“公开” " * 8):
        assert line[-1]["x1"] / MM < 28 + 156 + 0.3


def test_what_is_squeezed_copies_out_as_one_line_by_poppler():
    text = "依据《条例》（第711号），坚持“公开”，《办法》。"
    made = pdf.render(request(views.report(text, tables=False)))
    said = subprocess.run(["pdftotext", "-", "-"], input=made, capture_output=True, check=True)

    assert text in said.stdout.decode().splitlines()


def test_no_character_lacks_its_glyph_beside_a_space_or_a_dash(caplog):
    pdf.render(request(views.report("张 三——李 四 A 😀 㐀 。")))

    assert "notdef" not in caplog.text


def test_the_measuring_tool_finds_a_mark_at_the_wrong_place():
    line = geometry.Line("，公开（", 28, 184, 44, 16)

    assert geometry.misplaced(geometry.Page(1, 210, 297, (line,), ())) == ["，公开（"]
