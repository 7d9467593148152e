"""HTML: one page that stands alone, is well built for all readers, and takes text as text."""

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests import views
from toolkit import resources
from toolkit.errors import TemplateError
from toolkit.render.html import fragment
from toolkit.render.html import page as html
from toolkit.render.request import RenderRequest

HOSTILE = (
    "{{ 7*7 }} {% raw %}",
    "<script>alert(1)</script>",
    "<img src=file:///etc/passwd>",
    "&lt;w:p&gt;",
    "㐀𠀀😀",
)


class Tags(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)

    def all(self, *names):
        return [attributes for tag, attributes in self.found if tag in names]


def request(view, template="national/report.html", *folders: Path) -> RenderRequest:
    return RenderRequest(view, (*folders, resources.templates()), template, "test")


@pytest.fixture(scope="module")
def page() -> str:
    return html.render(request(views.report(number=str))).decode()


def test_the_page_says_its_language_title_and_headings_in_order(page):
    tags = Tags(page)

    assert tags.all("html") == [{"lang": "zh-CN"}]
    levels = [int(tag[1]) for tag, _ in tags.found if tag in ("h1", "h2", "h3", "h4")]
    assert levels == [1, 2, 2, 2, 2, 2, 2]


def test_the_page_refers_to_nothing_outside_itself(page):
    for tag, attributes in Tags(page).found:
        assert tag not in ("script", "link", "img", "iframe")
        assert not attributes.keys() & {"src", "srcset", "data", "action"}
        assert attributes.get("href", "#report") == "#report"
    assert "url(" not in page
    assert "@import" not in page


def test_ids_are_single_and_every_headers_attribute_names_a_header_cell(page):
    tags = Tags(page)
    names = [attributes["id"] for _, attributes in tags.found if "id" in attributes]
    headers = {attributes["id"] for attributes in tags.all("th")}

    assert len(names) == len(set(names))
    assert len(tags.all("td")) == 10 + 175 + 15
    for cell in tags.all("td"):
        assert set(cell["headers"].split()) <= headers
        assert cell["headers"]


def test_a_wide_table_scrolls_in_a_region_that_has_a_name_and_takes_the_keyboard(page):
    tags = Tags(page)
    names = {attributes.get("id") for _, attributes in tags.found}

    regions = [a for a in tags.all("div") if a.get("role") == "region"]
    assert len(regions) == len(tags.all("table")) == len(tags.all("caption")) == 3
    for region in regions:
        assert region["tabindex"] == "0"
        assert region["aria-labelledby"] in names


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("template", ["national/report.html", "national/fragment.html"])
def test_text_is_shown_letter_for_letter_and_never_becomes_markup(text, template):
    renderer = html if "report" in template else fragment
    made = renderer.render(request(views.report(text, office=f"甲{text}局"), template)).decode()
    plain = Tags(renderer.render(request(views.report(), template)).decode())
    tags = Tags(made)

    assert text in tags.text
    assert {tag for tag, _ in tags.found} <= {tag for tag, _ in plain.found}


def test_a_fragment_carries_no_class_script_id_or_head():
    made = fragment.render(request(views.report(), "national/fragment.html")).decode()
    tags = Tags(made)

    assert not {tag for tag, _ in tags.found} & {"script", "style", "html", "head", "body"}
    assert not [a for _, a in tags.found if a.keys() & {"class", "id"}]
    assert len(tags.all("td")) == 200


def test_a_province_replaces_one_block_and_keeps_the_rest(tmp_path):
    (tmp_path / "own.html").write_text(
        '{% extends "national/report.html" %}{% block opening %}<p>本省开头</p>{% endblock %}',
        encoding="utf-8",
    )

    made = html.render(request(views.report(), "own.html", tmp_path)).decode()

    assert "本省开头" in made
    assert "第五十条规定，编制本报告" not in made
    assert made.count("<h2") == 6


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("甲\n{{ unknown }}", 2, "unknown name: 'unknown' is undefined"),
        ("甲\n{{ title }\n", 2, "broken tag"),
        ("\n\n{{ title.__class__ }}", 3, "not allowed"),
        ("{{ organization._items }}", 1, "not allowed"),
        ("{{ organization.nane }}", 1, "unknown name 'nane'; did you mean 'name'?"),
        ("{{ 1 // 0 }}", 1, "ZeroDivisionError"),
    ],
)
def test_a_faulty_template_is_named_with_its_line(tmp_path, body, line, said):
    (tmp_path / "own.html").write_text(body, encoding="utf-8")

    with pytest.raises(TemplateError) as caught:
        html.render(request(views.report(), "own.html", tmp_path))

    assert said in str(caught.value)
    assert caught.value.place == f"{tmp_path / 'own.html'}:{line}"
    assert caught.value.plugin == "test"


def test_an_absent_template_is_named(tmp_path):
    with pytest.raises(TemplateError, match=r"no template 'absent\.html'"):
        html.render(request(views.report(), "absent.html", tmp_path))


def test_a_template_cannot_reach_files_outside_its_folders(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "in" / "own.html").write_text('{% include "../secret.txt" %}', encoding="utf-8")

    with pytest.raises(TemplateError, match="no template"):
        html.render(request(views.report(), "own.html", tmp_path / "in"))


def test_a_report_without_signature_date_and_tables_is_still_a_page():
    view = replace(views.report(tables=False, issued=""), signature="")

    assert 'class="signature"' not in html.render(request(view)).decode()
