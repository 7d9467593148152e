"""Word templates that would lose or falsify something: told by the check and by generate alike."""

# ruff: noqa: E501  a fault a line, as in a table

import re
from io import BytesIO

import pytest
from docx import Document

from tests.authoring import Author, told
from tests.conftest import ROOT
from tests.test_plugin_kit_word import adds, adds_table
from tests.views import report
from toolkit.diagnostics import Severity
from toolkit.errors import TemplateError
from toolkit.render import word as docx
from toolkit.render.request import RenderRequest

VIEW = report(number=str)


@pytest.fixture
def author(tmp_path):
    author = Author(tmp_path)
    author.page('{% extends "national/report.html" %}')
    return author


def request(author, view=VIEW):
    folders = (author.templates.parent, ROOT / "templates")
    return RenderRequest(view, folders, "hainan/report.docx", "hainan")


def refusal(author, view=VIEW):
    """What generate says in place of a document: place and words."""
    with pytest.raises(TemplateError) as caught:
        docx.render(request(author, view))
    where = caught.value.place.removeprefix(str(author.templates / "report.docx"))
    return f"{where.removeprefix(': ')}: {caught.value}"


def errors(author):
    return [told(f) for f in author.examined() if f.severity is Severity.ERROR]


def replaces(old, new):
    """Write other words into the paragraphs of the national template that hold some."""

    def edit(document):
        for paragraph in document.paragraphs:
            if old in paragraph.text:
                paragraph.text = paragraph.text.replace(old, new)

    return edit


PRINTED = {
    "tables in a line": (replaces("{{p official }}", "{{ official }}"), "{{ official }} puts a whole table into a line.*{{p official }}"),
    "one table in a line": (adds("见{{ table.applications }}"), "puts a whole table into a line.*{{p table.applications }}"),
    "a table in a run": (adds("{{r table.applications }}"), "a whole table or document cannot stand"),
    "a list": (adds("{{ sections }}"), "“sections” is no text but holds several values"),
    "paragraphs": (adds("{{ opening }}"), "“opening” is no text"),
    "a mapping": (adds("{{ values }}"), "“values” is no text"),
    "a group of cells": (adds("{{ applications.new }}"), "“applications.new” is no text.*natural_person"),
    "a section": (adds("{{ sections[0] }}"), "“sections.*” is no text"),
    "a written list": (adds("{{ [1, 2] }}"), "is no text"),
    "a function": (adds("{{ look }}"), "“look”: this is a function"),
    "a condition": (adds("{{ not title }}"), "this is a condition"),
    "nothing": (adds("{{ none }}"), "there is no value here"),
    "a look without r": (adds("{{ look(title, bold=True) }}"), "“look\\(\\)”: a link or formatted text cannot stand.*letter r"),
    "a link without r": (adds("{{ link('网站', 'https://a.cn') }}"), "“link\\(\\)”: a link or formatted text cannot stand.*letter r"),
    "a document without p": (adds("{{ subdoc('a.docx') }}"), "a whole table or document cannot stand.*letter p"),
    "a text with p": (adds("{{p title }}"), "“title”: a plain text stands where the letter p puts a whole paragraph"),
    "a text with r": (adds("{{r title }}"), "“title”: a plain text stands where the letter r"),
    "a number with p": (adds("{{p applications.new.natural_person }}"), "a plain text stands where"),
    "a text with tc": (adds_table(["{{tc title }}", "x"]), "a plain text stands where the letter tc"),
    "a text with tr": (adds_table(["{{tr title }}", ""]), "a plain text stands where the letter tr"),
    "a look with p": (adds("{{p look(title) }}"), "cannot stand inside another text.*letter r"),
    "tc outside a table": (adds("{%tc if year %}", "{%tc endif %}"), "stands in no cell"),
    "tr outside a table": (adds("{%tr if year %}", "{%tr endif %}"), "stands in no row"),
    "a value with tr outside a table": (adds("{{tr title }}"), "stands in no row"),
    "a span by words": (adds_table(["{% colspan 'zwei' %}x", "y"]), "colspan wants a number of cells"),
    "a span of none": (adds_table(["{% colspan 0 %}x", "y"]), "colspan wants a number of cells"),
    "a colour by its name": (adds_table(["{% cellbg 'red' %}x", "y"]), "cellbg wants a colour"),
}  # fmt: skip


def told_by_both(author, edit, message):
    (author.templates / "a.docx").write_bytes(b"")
    author.word(edit)

    refused, found = refusal(author), errors(author)

    assert re.search(message, refused), refused
    assert any(re.search(message, one) for one in found), found


@pytest.mark.parametrize("name", PRINTED)
def test_what_would_be_lost_or_printed_as_python_is_told_by_check_and_generate(author, name):
    told_by_both(author, *PRINTED[name])


def test_generate_tells_all_faults_at_once_each_at_its_place(author):
    author.word(adds("甲{{ tilte }}", "乙{{ sections }}"))

    said = refusal(author)

    assert said.startswith("in the text, paragraph “甲{{ tilte }}”: there is no name “tilte”")
    assert "in the text, paragraph “乙{{ sections }}”: “sections” is no text" in said


def test_a_name_in_a_branch_that_no_report_takes_is_refused_by_generate(author):
    author.word(adds("{%p if not title %}", "{{ contact.fx }}", "{%p endif %}"))

    assert "“contact” has no “fx”" in refusal(author)


def text_of(author, view=VIEW):
    return "\n".join(
        p.text for p in Document(BytesIO(docx.render(request(author, view)))).paragraphs
    )


SOUND = {
    "a table or nothing": ("{{p table.applications if year else '' }}", ""),
    "a paragraph": ("{{ sections[0].paragraphs[0] }}", "本机关认真贯彻"),
    "a number worked out": ("{{ 1 + 2 }}", "3"),
    "a look": ("{{r look(title, bold=True) }}", "年"),
    "an empty run": ("甲{{r '' }}乙", "甲乙"),
    "a joined list": ("{{ sections|map(attribute='id')|join('、') }}", "section-1、"),
    "a word chosen": ("{{ '有' if title else '无' }}", ""),
}


@pytest.mark.parametrize("name", SOUND)
def test_what_may_stand_there_is_printed(author, name):
    line, words = SOUND[name]
    author.word(adds(line))

    assert errors(author) == []
    assert words in text_of(author)
