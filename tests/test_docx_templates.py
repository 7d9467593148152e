"""Word templates of plugins: what they may do, how their faults are told, both ways alike."""

import struct
import zlib
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from lxml import etree

from tests.views import report
from toolkit.errors import TemplateError
from toolkit.render import word as docx
from toolkit.render.docx.document import ordinary_way
from toolkit.render.request import RenderRequest
from toolkit.view.model import Names

VIEW = report(number=str)


def chunk(kind, data):
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))


PIXEL = b"".join(
    (
        b"\x89PNG\r\n\x1a\n",
        chunk(b"IHDR", struct.pack(">LLBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        chunk(b"IDAT", zlib.compress(b"\0\0")),
        chunk(b"IEND", b""),
    )
)


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def template(folder, *lines, cells=(), header="", title="", name="t.docx"):
    """Write a template of one paragraph a line, then a table of rows of cells."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if cells:
        table = document.add_table(len(cells), len(cells[0]))
        for row, words in zip(table.rows, cells, strict=True):
            for cell, word in zip(row.cells, words, strict=True):
                cell.text = word
    if header:
        document.sections[0].header.paragraphs[0].text = header
    document.core_properties.title = title
    document.save(folder / name)


def made(folder, view=VIEW, ordinary=False):
    return docx.render(RenderRequest(view, (folder,), "t.docx", "hunan"), ordinary)


def text_of(folder, **more):
    return [p.text for p in Document(BytesIO(made(folder, **more))).paragraphs]


def canonical(data):
    with ZipFile(BytesIO(data)) as archive:
        return {
            name: etree.canonicalize(archive.read(name).decode())
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }


def fault(folder):
    with pytest.raises(TemplateError) as caught:
        made(folder)
    assert caught.value.plugin == "hunan"
    return str(caught.value), caught.value.place.removeprefix(f"{folder / 't.docx'}: ")


def test_single_cells_are_named_by_the_ids_of_the_form(folder):
    template(folder, "{{ applications.new.natural_person }} 件", "{{ organization.name }}")

    assert text_of(folder) == ["3 件", "七台河市桃山区商务局"]


@pytest.mark.parametrize(
    "lines",
    [
        ["{%p if year == '2022' %}", "甲", "{%p else %}", "乙", "{%p endif %}"],
        ["{{ 'a\\tb\\nc' }}", "x {%- if year %} y {% endif -%} z", "{_{ literal }_}"],
        ["{{r look(title, bold=True) }}", "{{ title|balanced }}", "{{p table.applications }}"],
        ["{% for s in sections %}{{ s.heading }};{% endfor %}", "{# nothing #}"],
    ],
)
def test_both_ways_agree_about_text(folder, lines):
    template(folder, *lines, header="{{ title }}", title="{{ title }} & {{ year }}")

    assert canonical(made(folder)) == canonical(made(folder, ordinary=True))


@pytest.mark.parametrize(
    "cells",
    [
        [["{%tr for s in sections %}", ""], ["{{ s.id }}", "x"], ["{%tr endfor %}", ""]],
        [["{%tc for s in sections %}", "{{ s.id }}", "{%tc endfor %}"]],
        [["{% colspan 2 %}{{ year }}", "b"], ["{% cellbg 'FF0000' %}a", "b"]],
    ],
)
def test_both_ways_agree_about_tables_whose_cells_come_and_go(folder, cells):
    template(folder, "x", cells=cells)

    assert canonical(made(folder)) == canonical(made(folder, ordinary=True))


def test_a_picture_and_a_link_come_in_the_ordinary_way(folder):
    (folder / "seal.png").write_bytes(PIXEL)
    template(
        folder,
        "{{ image('seal.png', 40, '公章 & 印') }}",
        "{{r link('网站', 'https://example.org/?a=1&b=2') }}",
    )
    document = Document(BytesIO(made(folder)))

    reason = ordinary_way(folder / "t.docx", "hunan")
    assert str(reason) == "image() adds a part to the document"
    assert 'descr="公章 &amp; 印"' in document.paragraphs[0]._p.xml
    assert document.paragraphs[1].hyperlinks[0].address == "https://example.org/?a=1&b=2"
    assert made(folder) == made(folder)


def test_another_document_comes_in_whole(folder):
    pytest.importorskip("docxcompose")
    template(folder, "附件正文", name="annex.docx")
    template(folder, "{{ year }}", "{{p subdoc('annex.docx') }}")

    assert text_of(folder) == ["2022", "附件正文"]


def test_a_template_without_such_things_goes_the_fast_way(folder):
    template(folder, "{{ title }}")

    assert ordinary_way(folder / "t.docx", "hunan") is None


def test_an_unknown_name_is_told_with_its_paragraph_and_the_nearest_name(folder):
    template(folder, "一", "机关：{{ organisation.name }}")

    assert fault(folder) == (
        "there is no name “organisation”. Did you mean “organization”?",
        "in the text, paragraph “机关：{{ organisation.name }}”",
    )


def test_a_fault_in_a_table_is_told_with_table_row_and_cell(folder):
    template(folder, "一", cells=[["甲", "乙"], ["{{ year }}", "{{ applications.new.nature }}"]])

    assert fault(folder)[1] == (
        "in the text, table 1, row 2, cell 2: “{{ applications.new.nature }}”"
    )


def test_the_second_of_two_equal_tags_is_told_when_it_is_at_fault(folder):
    template(folder, "{{ year }}", "第二处 {{ extra.x }}", "{%p if extra.x %}", "{%p endif %}")

    assert fault(folder)[1] == "in the text, paragraph “第二处 {{ extra.x }}”"


def test_a_fault_in_a_header_is_told(folder):
    template(folder, "一", header="{{ nothing }}")

    assert fault(folder)[1] == "in a header, paragraph “{{ nothing }}”"


@pytest.mark.parametrize("title", ["{{ nothing }}", "{% if year %}", "{{ 1 + }}"])
def test_a_fault_in_the_properties_is_told(folder, title):
    template(folder, "一", title=title)

    assert fault(folder)[1] == "in the document properties"


def test_a_broken_tag_is_told_with_its_paragraph(folder):
    template(folder, "一", "{% if year %}没有结束")

    said, place = fault(folder)
    assert "endif" in said
    assert place.startswith("in the text")


def test_elements_that_cross_are_refused_and_not_silently_dropped(folder):
    template(folder, "{% if title == '' %}甲", cells=[["乙{% endif %}"]])

    assert "ends in another cell or box what {% if title == '' %} begins" in fault(folder)[0]


def test_a_tag_may_span_paragraphs(folder):
    template(folder, "甲{% if title == '' %}乙", "丙{% endif %}丁")

    assert text_of(folder) == ["甲丁"]


@pytest.mark.parametrize(
    "tag",
    [
        "{{ title.__class__ }}",
        "{{ sections.__class__.__mro__ }}",
        "{{ organization._items }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
    ],
)
def test_private_attributes_are_out_of_reach(folder, tag):
    template(folder, tag)

    with pytest.raises(TemplateError):
        made(folder)


@pytest.mark.parametrize("file", ["../secret.png", "/etc/passwd", "none.png"])
def test_pictures_come_from_the_template_folder_only(tmp_path, file):
    (tmp_path / "secret.png").write_bytes(PIXEL)
    folder = tmp_path / "inner"
    folder.mkdir()
    template(folder, f"{{{{ image('{file}', 40) }}}}")

    assert f"there is no file “{file}” in the template folders" in fault(folder)[0]


@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF-1.7", b"PK\3\4" + b"\0" * 100])
def test_what_is_no_word_document_is_refused(folder, data):
    (folder / "t.docx").write_bytes(data)

    said = fault(folder)[0]
    assert said.startswith("t.docx is not a Word document (.docx)")
    assert "Save it again as .docx" in said


def test_a_template_that_was_edited_is_read_again(folder):
    template(folder, "旧 {{ year }}")
    before = text_of(folder)
    template(folder, "新的 {{ year }} 年")

    assert (before, text_of(folder)) == (["旧 2022"], ["新的 2022 年"])


def test_a_form_id_that_is_also_a_method_is_reachable(folder):
    template(folder, "{{ extra.items }} {{ extra.get }}")
    view = report()
    object.__setattr__(view, "extra", Names({"items": "甲", "get": "乙"}))

    assert text_of(folder, view=view) == ["甲 乙"]


def test_a_template_without_our_styles_is_given_those_of_official_tables(folder):
    template(folder, "{{p table.applications }}")
    table = Document(BytesIO(made(folder))).tables[0]

    assert table.style.name == "Nianbao Table"
    assert table.cell(3, 3).paragraphs[0].style.name == "Nianbao Cell Narrow"
    assert canonical(made(folder)) == canonical(made(folder, ordinary=True))
