"""Numbers in templates: they print as the form prints them, and count as numbers."""

# ruff: noqa: E501  an expression a line, as in a table

import pickle
import re
from datetime import date
from decimal import Decimal

import pytest

from tests.authoring import Author, told
from tests.conftest import FULL_SIZE, ROOT
from tests.test_plugin_kit_word import adds
from tests.test_word_templates import errors, refusal, text_of
from toolkit import pipeline
from toolkit.errors import TemplateError
from toolkit.pipeline import Demands
from toolkit.registry import Registry
from toolkit.render.html import page
from toolkit.render.request import RenderRequest
from toolkit.view.figures import figure


@pytest.fixture(scope="module")
def view():
    """The report of an example: 126 new applications, 8 carried over, 0 of them by research."""
    demands = Demands(today=date(2025, 6, 1))
    return pipeline.view(pipeline.check(FULL_SIZE, Registry(), demands))


@pytest.fixture
def author(tmp_path):
    author = Author(tmp_path)
    author.page('{% extends "national/report.html" %}')
    return author


NEW, OVER, NONE = (
    "applications.new.total",
    "applications.carried_over.total",
    "applications.carried_over.research",
)
WORKED_OUT = {
    f"{{{{ {NEW} + {OVER} }}}}": "134",
    f"{{{{ {NEW} - 1 }}}}": "125",
    f"{{{{ {NEW} * 2 }}}}": "252",
    f"{{{{ {NEW} / {OVER} }}}}": "15.75",
    f"{{{{ ({OVER} / {NEW} * 100)|round(1) }}}}%": "6.3%",
    f"{{{{ {NEW} }}}}": "126",
    f"{{{{ {NONE} }}}}": "0",
    f"{{{{ [{NEW}, {OVER}, {NONE}]|sum }}}}": "134",
    f"{{{{ [{NEW}, {OVER}]|max }}}}": "126",
    f"{{{{ [{NEW}, {OVER}]|min }}}}": "8",
    f"{{{{ [{NEW}, {OVER}]|sort|join('<') }}}}": "8<126",
    f"{{{{ {NEW}|int + 1 }}}}": "127",
    f"{{{{ '%.2f'|format({OVER}) }}}}": "8.00",
    f"{{{{ '{{:,}}'.format({NEW} * 100) }}}}": "12,600",
    f"{{{{ {NEW} ~ '件' }}}}": "126件",
    "{{ year + 1 }}": "2025",
    "{% if year == 2024 %}是{% endif %}": "是",
    "{% if year == '2024' %}是{% endif %}": "是",
    "{% if '2024' == year %}是{% endif %}": "是",
    "{% if year in [2023, 2024] %}是{% endif %}": "是",
    "{% if year > 2019 and year < '2030' %}是{% endif %}": "是",
    f"{{% if {NEW} > {OVER} %}}是{{% endif %}}": "是",
    f"{{% if {OVER} > 9 %}}是{{% else %}}否{{% endif %}}": "否",
    f"{{% if {NONE} %}}有{{% else %}}无{{% endif %}}": "无",
    f"{{% if {NONE} == 0 %}}无{{% endif %}}": "无",
    f"{{% if {NONE} == '0' %}}无{{% endif %}}": "无",
    f"{{% if {OVER} %}}有{{% endif %}}": "有",
    f"{{% if {NEW} is divisibleby 2 %}}双{{% endif %}}": "双",
    f"{{% for n in range({OVER}) %}}{{{{ n }}}}{{% endfor %}}": "01234567",
}  # fmt: skip


def test_a_number_counts_in_word_and_on_the_page(author, view):
    lines = list(WORKED_OUT)
    author.word(adds(*lines))
    author.page("\n".join(f"<p>{line}</p>" for line in lines))

    assert errors(author) == []
    assert text_of(author, view).splitlines()[-len(lines) :] == list(WORKED_OUT.values())
    folders = (author.templates.parent, ROOT / "templates")
    html = page.render(RenderRequest(view, folders, "hainan/report.html", "hainan")).decode()
    assert [line.replace("&lt;", "<")[3:-4] for line in html.splitlines()] == list(
        WORKED_OUT.values()
    )


MEANINGLESS = {
    f"{{{{ {NEW} + '件' }}}}": "a number and a text cannot be taken together by \\+.*Join a number and a text by ~",
    f"{{{{ '共' + {NEW} }}}}": "a number and a text cannot be taken together",
    f"{{{{ {NEW} - title }}}}": "cannot be taken together by -",
    "{% if year == '2024年' %}是{% endif %}": "which never comes out",
    f"{{% if {NEW} == '没有' %}}是{{% endif %}}": "which never comes out",
    f"{{% if {NEW} > '许多' %}}是{{% endif %}}": "which never comes out",
    "{% if title == 2024 %}是{% endif %}": "which never comes out.*year == 2024",
    "{% if title in [1, 2] %}是{% endif %}": "which never comes out",
}  # fmt: skip


@pytest.mark.parametrize("line", MEANINGLESS)
def test_what_cannot_be_meant_is_told_at_its_place(author, view, line):
    author.word(adds(line))

    found = [one for one in errors(author) if "P405" in one]

    assert len(found) == 1
    for said in (found[0], refusal(author, view)):
        assert f"paragraph “{line[:40]}" in said
        assert re.search(MEANINGLESS[line], said), said


def test_a_page_that_adds_a_text_to_a_number_is_told_with_its_line(author, view):
    author.page("<p>\n{{ year + '年' }}</p>")

    assert any("P405" in told(one) and ":2:" in told(one) for one in author.examined())
    folders = (author.templates.parent, ROOT / "templates")
    with pytest.raises(TemplateError, match="“年” is no number") as caught:
        page.render(RenderRequest(view, folders, "hainan/report.html", "hainan"))
    assert caught.value.place.endswith("report.html:2")


def test_a_division_by_nothing_is_told_at_its_place(author, view):
    author.word(adds(f"{{{{ {NEW} / {NONE} }}}}"))

    assert "paragraph “{{ applications.new.total / " in refusal(author, view)
    assert "divided by 0" in refusal(author, view)


def test_a_blank_cell_stays_blank_is_false_and_makes_sums_blank():
    blank, four = figure("/", None), figure("4", 4)

    assert (str(blank), bool(blank)) == ("/", False)
    assert [str(one) for one in (blank + 4, four - blank, blank * 2, sum([four, blank]))] == [
        ""
    ] * 4
    assert not any((blank > 0, blank < 0, blank == 0, blank == 4))
    assert blank == "/"


def test_an_amount_keeps_its_places_and_travels_between_processes():
    amount = figure("1.50", Decimal("1.50"))

    assert [str(one) for one in (amount, amount + 1, amount * 2)] == ["1.50", "2.50", "3.00"]
    assert pickle.loads(pickle.dumps(amount)) + 1 == Decimal("2.5")  # noqa: S301
    assert str(figure("1", 1) / 3) == "0.333333333333"
    assert {figure("1", 1): "a"}["1"] == "a"
