"""Formulas of a form: one small grammar, on counts and decimals, in a table and over tables."""

import re

import pytest

from toolkit.errors import FormError
from toolkit.forms import load_forms
from toolkit.report import build
from toolkit.rules import check
from toolkit.sources import read_text
from toolkit.validation import validate

FORM = """\
id: own
name: 示例格式
notice: {number: 示〔2024〕1号}
years: {from: 2020}
title: "{organization}{year}年报告"
kinds:
  share: {base: decimal, unit: "%", places: 2, min: 0, max: 100}
sections:
  - id: cases
    heading: 一、案件
    kind: matrix
    columns:
      - {id: warned, label: 警告}
      - {id: fined, label: 罚款}
      - {id: total, label: 合计, derived: true}
      - {id: amount, label: 金额（万元）, cells: wan_yuan}
    formulas: [total == warned + fined]
  - id: staff
    heading: 二、人员
    kind: matrix
    rows:
      - {id: police, label: 公安}
      - {id: market, label: 市监}
      - {id: total, label: 合计, derived: true}
    columns:
      - {id: posts, label: 岗位人数}
      - {id: held, label: 持证人数}
      - {id: paid, label: 经费（万元）, cells: wan_yuan}
      - {id: share, label: 持证率（%）, cells: share, derived: true}
    formulas:
      - {per: column, expression: total == sum(staff)}
      - held <= posts
      - share == held / posts * 100
formulas:
  - cases.amount <= staff.total.paid
  - cases.fined >= 2 * cases.warned - 3
""".replace("sum(staff)", "police + market")
DATA = """\
year: 2024
organization: {name: 示例局}
cases: {warned: 3, fined: 4, amount: 2.5}
staff:
  police: {posts: 3, held: 2, paid: 1.55}
  market: {posts: 4, held: 4, paid: 1.3}
"""


def form_of(tmp_path, content=FORM):
    file = tmp_path / "own.yaml"
    file.write_text(content, encoding="utf-8")
    return load_forms([file])["own"]


def findings(form, data):
    record, faults = validate(read_text(data.encode(), "data.yaml", ".yaml"), form)
    assert not any(fault.severity.label == "error" for fault in faults), faults
    return [f"{f.position.line}: {f.code} {f.field}: {f.message}"
            for f in check(build(record, form), select=("N2",))]  # fmt: skip


def cells(form, data):
    record, _ = validate(read_text(data.encode(), "data.yaml", ".yaml"), form)
    return {".".join(path): str(value) for path, value in build(record, form).cells.items()}


def test_totals_and_shares_are_worked_out_exactly(tmp_path):
    worked_out = cells(form_of(tmp_path), DATA)

    assert worked_out["cases.total"] == "7"
    assert worked_out["staff.total.paid"] == "2.85"
    assert worked_out["staff.police.share"] == "66.67"
    assert worked_out["staff.market.share"] == "100"
    assert worked_out["staff.total.share"] == "85.71"


def test_a_share_of_nothing_and_of_an_open_cell_stays_open(tmp_path):
    worked_out = cells(form_of(tmp_path), DATA.replace("posts: 3, held: 2", "posts: 0, held: 0"))

    assert worked_out["staff.police.share"] == ""


def test_numbers_that_keep_every_formula_give_no_finding(tmp_path):
    assert findings(form_of(tmp_path), DATA) == []
    assert findings(form_of(tmp_path), DATA.replace("held: 2,", "held: 2, share: 66.7,")) == []


TOTAL = "market: {posts: 4, held: 4, paid: 1.3}"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("fined: 4,", "fined: 4, total: 8,",
         "3: N206 cases.total: 合计 8, but 警告 3 + 罚款 4 = 7"),
        ("held: 4", "held: 5", "6: N206 staff.market.held: “市监（持证人数）” is 5, more than"
         " “市监（岗位人数）”, which is 4."),
        ("held: 2,", "held: 2, share: 50,",
         "5: N206 staff.police.share: “公安（持证率）” is 50,"
         " but “公安（持证人数）” / “公安（岗位人数）” * 100 is 67."),
        ("amount: 2.5", "amount: 2.9", "3: N206 cases.amount: “金额” is 2.9, more than"
         " “合计（经费）”, which is 2.85."),
        ("fined: 4", "fined: 2", "3: N206 cases.fined: “罚款” is 2, less than 2 * “警告” - 3,"),
        (TOTAL, f"{TOTAL}\n  total: {{paid: 2.9}}", "7: N206 staff.total.paid: 合计 2.9, but"
         " 公安 1.55 + 市监 1.3 = 2.85; that is 0.05 apart."),
    ],
)  # fmt: skip
def test_a_formula_that_is_not_kept_is_told_with_its_cells(tmp_path, old, new, said):
    assert old in DATA

    told = findings(form_of(tmp_path), DATA.replace(old, new))

    assert any(re.sub("(cases.total|staff.total.paid): [^:]+:", r"\1:", one).startswith(said)
               for one in told), told  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("held <= posts", "held <= post",
         "“post” is no column of this table, and “held” is no row"),
        ("held <= posts", "held <", "is no formula, from “<” on"),
        ("held <= posts", "held = posts", "is no formula, from “= posts” on"),
        ("held <= posts", "held <= posts / 0", "is no formula, from “/ 0” on"),
        ("held <= posts", "__import__('os') == 1", "is no formula, from “'os') == 1” on"),
        ("- cases.amount <= staff.total.paid", "- cases.sum <= 3", "“cases.sum” is no cell of the"),
        ("    formulas: [total == warned + fined]\n", "", "“合计” is worked out (derived), and no"),
        ("- {id: warned, label: 警告}", "- {id: warned, label: 警告, cells: line}",
         "would never be checked: not all its cells hold numbers"),
        ("- {id: posts, label: 岗位人数}", "- {id: market, label: 岗位人数}",
         "“posts” is no column of this table, and “held” is no row of it."),
    ],
)  # fmt: skip
def test_a_formula_that_could_not_be_checked_is_refused(tmp_path, old, new, said):
    assert old in FORM

    with pytest.raises(FormError) as raised:
        form_of(tmp_path, FORM.replace(old, new))

    assert said in str(raised.value)
