"""The sums of the form, over reports made at random: none balanced is blamed, no slip goes by."""

import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import FULL_SIZE
from tests.kinds import RULES
from toolkit.forms import Form, load_forms
from toolkit.report import Report, build, derive
from toolkit.rules import check
from toolkit.sources import read
from toolkit.validation import validate

FORMS = load_forms()


def report_with(form: Form, cells) -> Report:
    """The full-size report on a form, with these cells in place of its own."""
    record, _ = validate(read(FULL_SIZE), FORMS["national-2021"])
    report = build(record, FORMS["national-2021"])
    return Report(
        form=form,
        year=2020 if form.id == "national-2019" else 2024,
        organization=report.organization,
        title=report.title,
        narratives=report.narratives,
        cells=cells,
        stated=frozenset(cells),
        record=record,
    )


@st.composite
def balanced(draw):
    """Cells of either form in which every sum holds, large and small."""
    form = draw(st.sampled_from(sorted(FORMS.values(), key=lambda form: form.id)))
    number = st.integers(0, draw(st.sampled_from([1, 5, 100, 9_999_999])))
    totals = {equation.left[0][1] for equation in form.equations if len(equation.left) == 1}
    cells = {cell.path: draw(number) for cell in form.cells if cell.path not in totals}
    for column in {cell.path[-1] for cell in form.cells if cell.path[0] == "applications"}:
        carry(form, cells, column)
    return form, derive(cells, form.equations)


def carry(form, cells, column):
    """Let what came in cover what was dealt with; the rest is carried forward."""
    if column == "total":
        return
    results = ("applications", "results")
    done = sum(n for p, n in cells.items() if p[:2] == results and p[-1] == column)
    new, over = ("applications", "new", column), ("applications", "carried_over", column)
    cells[new] = max(cells[new], done - cells[over])
    cells["applications", "carried_forward", column] = cells[new] + cells[over] - done


EXAMPLES = int(os.environ.get("NIANBAO_EXAMPLES", "100"))
"""How many reports are tried; NIANBAO_EXAMPLES=10000 tries hard."""
SLOW = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


@SLOW
@given(balanced())
def test_a_balanced_report_gives_no_finding_about_sums(made):
    form, cells = made

    assert check(report_with(form, cells), select=("N201", "N202", "N203", "N204")) == ()


@SLOW
@given(balanced(), st.data())
def test_one_wrong_cell_is_named_or_stands_in_a_sum_that_is(made, data):
    form, cells = made
    in_sums = sorted({path for equation in form.equations for path in equation.cells})
    wrong = data.draw(st.sampled_from(in_sums))
    cells = {**cells, wrong: cells[wrong] + data.draw(st.integers(1, 50))}

    found = check(report_with(form, cells), select=("N201", "N202", "N203", "N204"))

    assert found
    broken = [e for e in form.equations if wrong in e.cells]
    at_fault = {path for equation in broken for path in equation.cells}
    assert all(finding.path in at_fault for finding in found)
    if len(broken) > 1:
        assert found[0].path == wrong or any(finding.path == wrong for finding in found)


SENTENCES = {
    "上海市府办 2019": (
        "共受理859件，答复805件（含上年结转18件），72件顺延至下年度",
        859,
        18,
        805,
        72,
    ),
    "四川省府办 2023": (
        "共处理1261件（含上年结转74件），答复1181件，结转下年度80件",
        1187,
        74,
        1181,
        80,
    ),
    "泰安 2022": ("共接收1234件，上年结转10件，办结1230件，结转下年度14件", 1234, 10, 1230, 14),
    "武汉黄陂 2022": ("收到208件（不含上年结转5件），办结196件，结转下年度17件", 208, 5, 196, 17),
    "长春市府办 2024": ("受理95件，答复98件（含上年转结8件，另5件转结下年）", 95, 8, 98, 5),
    "上海漕河泾街道 2023": ("收到15件，上年结转3件，办结10件，8件结转下年度", 15, 3, 10, 8),
    "北京朝外街道 2025": ("受理7件，办结5件，2件结转下年度", 7, 0, 5, 2),
}


def applications(new, over, done, forward):
    form = FORMS["national-2021"]
    cells = {cell.path: 0 for cell in form.cells if not cell.derived}
    for row, number in (("new", new), ("carried_over", over), ("carried_forward", forward)):
        cells["applications", row, "natural_person"] = number
    cells["applications", "results", "granted", "natural_person"] = done
    return derive(cells, form.equations)


@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence_that_fits_one_reading_of_the_table_is_not_blamed(name):
    sentence, *numbers = SENTENCES[name]
    report = report_with(FORMS["national-2021"], applications(*numbers))
    told = {**report.narratives, "overview": f"2024年，本机关政府信息公开申请{sentence}。"}
    report = _telling(report, told)

    assert [f for f in check(report, RULES, select=("N5",)) if f.code != "N511"] == []


def test_a_count_that_fits_no_reading_is_told_with_both():
    report = report_with(FORMS["national-2021"], applications(126, 8, 121, 13))
    told = {**report.narratives, "overview": "2024年，本机关共收到政府信息公开申请125件。"}

    found = check(_telling(report, told), RULES, select=("N501",))

    assert [finding.code for finding in found] == ["N501"]
    for number in ("126", "134"):
        assert number in str(found[0].message)


def _telling(report, narratives):
    return replace(report, narratives=narratives)
