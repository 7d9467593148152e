"""Numbers, dates and years as clerks write them: read as they are meant, or told at their place."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.notation import amounts, dates, numerals
from toolkit.notation.width import half
from toolkit.pipeline import Demands, check
from toolkit.registry import Registry

COUNT = "administrative_penalties: {decisions: 327}"
AMOUNT = "administrative_charges: {amount: 316.44}"
PENALTIES = ("proactive_disclosure", "article_20_6", "administrative_penalties", "decisions")
CHARGES = ("proactive_disclosure", "article_20_8", "administrative_charges", "amount")

READ = [
    ("327", 327, ""),
    ("5.0", 5, ""),
    ("0", 0, ""),
    ("１８", 18, "N116"),
    ("1 286", 1286, "N116"),
    ("1\u00a0286", 1286, "N116"),
    ("1，286", 1286, "N116"),
    ('"1,286"', 1286, "N116"),
    ("1286件", 1286, "N116"),
    ("１２８６件", 1286, "N116"),
    ("5 件", 5, "N116"),
    ("十二", 12, "N116"),
    ("一百零五件", 105, "N116"),
    ("012", 12, "N116"),
    ("+5", 5, "N116"),
    ("-0", 0, "N116"),
    ("5.", 5, "N116"),
    ('"5"', 5, "N116"),
]
REFUSED = [
    *("98①", '"98①"', "18²", "１８²", "①", "½", "Ⅷ", "٣", "⑤", "5₂", "1e3", "1E3", "0x10", "0o17"),
    *(
        "1_000",
        ".5",
        "1.5",
        "１．５",
        "○",
        "1:30",
        "yes",
        "no",
        "true",
        "2024-01-20",
        ".inf",
        ".nan",
    ),
    *(
        "-5",
        "5元",
        "约5",
        "5余",
        "1 2",
        "1 28",
        "5；6",
        "5/6",
        "3+2",
        '"5\\n6"',
        "327人",
        "5%",
        "一二",
    ),
    *("一百五", "5#", "a", '"1\\u200b2"', "NaN", "9999999999"),
]
BLANK = ["/", "—", "——", "-", "--", "──", "无", "空", "~", "null", '""', "／", "－"]


def checked(full_size, old, new):
    return check(full_size((old, new)), Registry(), Demands())


def said(one, path, code=""):
    return [f for f in one.findings if f.path == path and f.code.startswith(code or "N1")]


@pytest.mark.parametrize(("words", "value", "code"), READ)
def test_a_count_is_read_as_it_is_meant_and_said_if_it_is_not_plain(full_size, words, value, code):
    one = checked(full_size, COUNT, COUNT.replace("327", words))

    assert one.report.cells[PENALTIES] == value
    assert [f.code for f in said(one, PENALTIES)] == [code] * bool(code)


@pytest.mark.parametrize("words", REFUSED)
def test_what_is_no_count_is_refused_at_its_place(full_size, words):
    one = checked(full_size, COUNT, COUNT.replace("327", words))

    assert one.report is None
    (found,) = said(one, PENALTIES)
    assert (found.position.line, found.position.column) == (48, 43)
    assert found.remedy


@pytest.mark.parametrize("words", ["1,286", "1,28", "1,286,000"])
def test_a_comma_in_a_count_between_braces_is_told_at_the_comma(full_size, words):
    one = checked(full_size, COUNT, COUNT.replace("327", words))

    assert one.report is None
    assert (one.findings[0].code, one.findings[0].position.column) == ("N101", 44)


@pytest.mark.parametrize("words", BLANK)
def test_a_mark_in_a_cell_is_kept_and_said(full_size, words):
    one = checked(full_size, COUNT, COUNT.replace("327", words))

    assert str(one.report.cells[PENALTIES]) == ("" if words in ("~", "null", '""') else words)
    (found,) = [f for f in one.findings if f.code == "N120"]
    assert "“”" not in str(found.message)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("316.44", "316.44"),
        ("３１６．４４", "316.44"),
        ("316.44万元", "316.44"),
        ("3164400元", "316.44"),
        ("3亿元", "30000"),
        (".5", "0.5"),
        ("1 316.44", "1316.44"),
        ("0", "0"),
    ],
)
def test_an_amount_is_read_with_its_unit(full_size, words, value):
    one = checked(full_size, AMOUNT, AMOUNT.replace("316.44", words))

    assert one.report.cells[CHARGES] == Decimal(value)
    assert bool(said(one, CHARGES, "N116")) == (words not in ("316.44", "0"))


@pytest.mark.parametrize("words", ["316.44万", "￥316", "316。44", "1e2", "5件", "316.44²"])
def test_what_is_no_amount_is_refused(full_size, words):
    one = checked(full_size, AMOUNT, AMOUNT.replace("316.44", words))

    assert [f.code for f in said(one, CHARGES)] == ["N113"]


@pytest.mark.parametrize(
    "words",
    ["2024年", "２０２４", "二〇二四年", "2024年度", '"2024"', "二零二四", "2024.0", "２０２４年"],
)
def test_a_year_is_read_as_documents_print_it(full_size, words):
    one = checked(full_size, "year: 2024", f"year: {words}")

    assert one.report.year == 2024
    assert one.report.form.id == "national-2021"


@pytest.mark.parametrize("words", ["24", "2024-2025", "1e3", "02024", "2024x", "20 24", "2024②"])
def test_what_is_no_year_is_refused_as_a_year(full_size, words):
    one = checked(full_size, "year: 2024", f"year: {words}")

    found = said(one, ("year",))
    assert len(found) == 1
    assert "0 or 12" not in str(found[0].remedy)


@pytest.mark.parametrize(
    "words",
    [
        *("2025-01-20", "2025-1-20", "2025/1/20", "2025/01/20", "2025.1.20", "2025年1月20日"),
        "2025年01月20日",
        "２０２５年１月２０日",
        "2025 年 1 月 20 日",
        "二〇二五年一月二十日",
        "二○二五年元月二十日",
        "二零二五年一月二十日",
        "20250120",
        '"2025-01-20"',
        "2025-01-20 00:00:00",
        "2025—1—20",
    ],
)
def test_a_date_is_read_as_documents_print_it(full_size, words):
    one = checked(full_size, "issued: 2025-01-20", f"issued: {words}")

    assert one.report.issued == date(2025, 1, 20)


@pytest.mark.parametrize(
    "words",
    ["2025-02-30", "2025年1月", "1/20/2025", "25-1-20", "45677", "2025-1/20", "2025年13月1日"],
)
def test_what_is_no_date_is_refused(full_size, words):
    one = checked(full_size, "issued: 2025-01-20", f"issued: {words}")

    assert [f.code for f in said(one, ("issued",))] == ["N123"]


@pytest.mark.parametrize(
    "words",
    [
        "010010",
        "04512345678",
        "0451-2345678",
        "1123e5",
        "11230000000000000E5",
        "1_000",
        "0x1F",
        "1:30",
        "12.50",
        "no",
        "2024-01-20",
    ],
)
def test_what_looks_like_a_number_in_a_text_is_printed_as_it_stands(full_size, words):
    one = checked(full_size, "telephone: 0450-0000000", f"telephone: {words}")

    assert one.report.contact["telephone"] == words


@pytest.mark.parametrize(
    ("words", "value"), [("是", True), ("否", False), ("yes", True), ('"true"', True)]
)
def test_a_flag_may_be_said_in_words(full_size, words, value):
    one = checked(full_size, "customary_opening: true", f"customary_opening: {words}")

    assert one.report.get("customary_opening") is value


def test_a_choice_may_be_said_by_its_label(full_size):
    one = checked(full_size, "kind: department", "kind: 政府部门")

    assert one.report.organization.kind == "department"


def test_a_form_is_chosen_whatever_the_spacing_of_its_label(full_size):
    one = checked(full_size, "year: 2024", "年 度: 2024\n格　式: national-2021")

    assert one.report.form.id == "national-2021"


@given(st.integers(1, 99_999_999))
def test_numerals_are_read_as_they_are_written(value):
    assert numerals.number(numerals.in_words(value)) == value


@given(st.text(max_size=12))
def test_no_text_becomes_a_number_its_digits_do_not_show(words):
    found = amounts.read_amount(words)

    if found and any(sign in "0123456789" for sign in half(words)):
        shown = "".join(sign for sign in half(words) if sign in "0123456789.")
        factor = Decimal(shown.rstrip(".") or 0)
        assert abs(Decimal(found.number)) == factor


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_every_day_is_read_in_each_way_it_is_printed(day):
    year = "".join("〇一二三四五六七八九"[int(d)] for d in str(day.year))
    month, number = (numerals.in_words(n).replace("一十", "十") for n in (day.month, day.day))

    assert dates.read_date(day.isoformat()) == day
    assert dates.read_date(f"{day.year}年{day.month}月{day.day}日") == day
    assert dates.read_date(f"{day.year}.{day.month}.{day.day}") == day
    assert dates.read_date(f"{year}年{month}月{number}日") == day
