"""Word templates as Word keeps them: tags in pieces, links, fields, controls, notes, repeats."""

# ruff: noqa: E501  a fault a line, as in a table

import re

import pytest
from docx.oxml import parse_xml
from lxml import etree

from tests.authoring import Author
from tests.conftest import ROOT
from tests.test_docx_templates import PIXEL
from tests.test_docx_validity import faults
from tests.test_plugin_kit_word import W, adds
from tests.test_word_templates import (
    VIEW,
    WORD,
    cell_of,
    errors,
    refusal,
    request,
    text_of,
    told_by_both,
    with_file,
)
from tests.views import report
from toolkit.errors import TemplateError
from toolkit.render import word as docx
from toolkit.render.docx.grids import with_grids
from toolkit.render.html import page
from toolkit.render.package import read
from toolkit.render.request import RenderRequest
from toolkit.view.model import Names

NAMES = (
    f"{W} "
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


@pytest.fixture
def author(tmp_path):
    author = Author(tmp_path)
    author.page('{% extends "national/report.html" %}')
    return author


def run(words):
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def line(words):
    return f"<w:p>{run(words)}</w:p>"


def box(inside):
    return (
        '<w:p><w:r><w:pict><v:shape id="box" type="#_x0000_t202" style="width:90pt;height:30pt">'
        f"<v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )


def ends_with(*items):
    """Put XML behind the last paragraph."""

    def edit(document):
        for item in items:
            document.element.body[-1].addprevious(
                parse_xml(re.sub(r"^<(\w+:\w+)", rf"<\1 {NAMES}", item, count=1))
            )

    return edit


def body(author):
    return read(docx.render(request(author)))["word/document.xml"].decode()


PAGE = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
DRAWING = '<w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="9" name="x"/></wp:inline></w:drawing></w:r>'
BETWEEN = {
    "a picture or shape": DRAWING,
    "a field": PAGE,
    "a symbol": '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
    "a footnote": '<w:r><w:footnoteReference w:id="2"/></w:r>',
    "a line or page break": '<w:r><w:br w:type="page"/></w:r>',
    "a bookmark": '<w:bookmarkStart w:id="7" w:name="here"/><w:bookmarkEnd w:id="7"/>',
    "a link": f'<w:hyperlink w:anchor="x">{run("ar")}</w:hyperlink>',
}


@pytest.mark.parametrize("what", BETWEEN)
def test_what_stands_inside_a_tag_and_would_be_lost_is_told(author, what):
    first = "{{ ye" if what == "a link" else "{{ year"

    told_by_both(
        author,
        ends_with(f"<w:p>{run(first)}{BETWEEN[what]}{run(' }}年')}</w:p>"),
        rf"{what} stands inside {{{{ year\s*}}}}, and would be lost",
    )


@pytest.mark.parametrize("name", ["_GoBack", "_Hlk158", "OLE_LINK1"])
def test_marks_that_word_leaves_by_itself_may_stand_inside_a_tag(author, name):
    mark = f'<w:bookmarkStart w:id="7" w:name="{name}"/>{run("ye")}<w:bookmarkEnd w:id="7"/>'
    author.word(ends_with(f"<w:p>{run('{{ ')}{mark}{run('ar }}年')}</w:p>"))

    assert errors(author) == []
    assert text_of(author).endswith("2022年")


CONTROL = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
ACROSS = {
    "a link": [f'<w:p>{run("{% if year %}")}<w:hyperlink w:anchor="x">{run("甲{% endif %}")}</w:hyperlink></w:p>'],
    "a control in a line": [f"<w:p>{run('{% if year %}')}{CONTROL.format(run('甲{% endif %}'))}</w:p>"],
    "a control": [line("{%p if year %}"), CONTROL.format(line("甲") + line("{%p endif %}"))],
    "a field": [f'<w:p>{run("{% if not year %}")}{PAGE.replace("</w:instrText></w:r>", "</w:instrText></w:r>" + run("{% endif %}"))}</w:p>'],
    "a field over paragraphs": [line("{%p if not year %}"), f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC </w:instrText></w:r>{run("目录")}</w:p>', line("{%p endif %}"), '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'],
}  # fmt: skip


@pytest.mark.parametrize("what", ACROSS)
def test_a_block_over_the_edge_of_a_link_a_field_or_a_control_is_told_at_its_tag(author, what):
    told_by_both(
        author, ends_with(*ACROSS[what]), "endif %} stands in another link, field, content control"
    )


WITHIN = {
    "around a link": f'<w:p>{run("{% if year %}")}<w:hyperlink w:anchor="x">{run("甲")}</w:hyperlink>{run("{% endif %}")}</w:p>',
    "in a control": CONTROL.format(line("{%p if year %}") + line("甲") + line("{%p endif %}")),
    "around a field": f"<w:p>{run('甲{% if year %}')}{PAGE}{run('{% endif %}')}</w:p>",
}


@pytest.mark.parametrize("where", WITHIN)
def test_a_block_on_one_side_of_such_an_edge_is_sound(author, where):
    author.word(ends_with(WITHIN[where], line("末")))

    assert errors(author) == []
    assert "甲" in body(author)


def footnotes(*notes):
    """Write the footnotes of the template, with no more names than they need."""
    inside = "".join(f'<w:footnote w:id="{n}">{note}</w:footnote>' for n, note in enumerate(notes))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"

    def edit(parts):
        parts["word/footnotes.xml"] = f"<w:footnotes {W}>{inside}</w:footnotes>"
        for name, end, added in (
            ("[Content_Types].xml", "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{office}"/>'),
            ("word/_rels/document.xml.rels", "</Relationships>", f'<Relationship Id="rId77" Type="{kind}" Target="footnotes.xml"/>'),
        ):  # fmt: skip
            parts[name] = parts[name].replace(end, added + end)

    return edit


def test_a_block_over_two_footnotes_is_told(author):
    author.word(lambda document: None)
    author.parts(footnotes(line("{%p if not year %}"), line("注") + line("{%p endif %}")))

    for said in (refusal(author), "\n".join(errors(author))):
        assert "in the footnotes, paragraph “{%p endif %}”" in said


def test_a_link_in_a_footnote_gives_a_part_that_can_be_read(author):
    author.word(lambda document: None)
    author.parts(footnotes(line("{{r link('网站', 'https://a.cn') }}")))

    parts = read(docx.render(request(author)))

    assert "网站" in etree.fromstring(parts["word/footnotes.xml"]).xpath("string()")
    assert b"https://a.cn" in parts["word/_rels/footnotes.xml.rels"]


def test_a_picture_in_a_footnote_is_told(author):
    with_file(author, "seal.png", PIXEL)
    author.word(lambda document: None)
    author.parts(footnotes(line("{{ image('seal.png', 10) }}")))

    assert "a picture cannot stand in a footnote" in refusal(author)


UNREADABLE = {
    "a formula in pieces": ("<w:p><m:oMath><m:r><m:t>{{ ye</m:t></m:r><m:r><m:t>ar }}</m:t></m:r></m:oMath></w:p>", "the tag {{ ye….*cannot be read"),
    "a block in a formula": ("<w:p><m:oMath><m:r><m:t>{% if year %}</m:t></m:r></m:oMath></w:p>", "cannot be read: Unexpected end of template"),
    "a field code in pieces": ('<w:p><w:r><w:instrText>TC "{{ ye</w:instrText></w:r><w:r><w:instrText>ar }}"</w:instrText></w:r></w:p>', "the tag {{ ye….*cannot be read"),
    "a description that does not close": (f'<w:p>{DRAWING.replace("name=", "descr="+chr(34)+"{{ year"+chr(34)+" name=")}</w:p>', "cannot be read"),
    "words behind an end": (line("{% for s in sections %}甲{% endfor s %}"), "nothing stands behind endfor in a tag"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_tag_that_cannot_be_read_is_told_wherever_it_stands(author, name):
    xml, message = UNREADABLE[name]

    told_by_both(author, ends_with(xml), message)


def test_quotation_marks_in_an_alternative_text_are_read(author):
    marked = DRAWING.replace("name=", 'descr="{{ contact[&quot;website&quot;]|default(&quot;甲&quot;) }}" name=')  # fmt: skip
    author.word(ends_with(f"<w:p>{marked}</w:p>"))

    assert errors(author) == []
    assert 'descr="甲"' in body(author)


def test_a_placeholder_in_the_properties_is_told(author):
    def edit(parts):
        name = "docProps/core.xml"
        parts[name] = parts[name].replace("</dc:subject>", "【请填写】</dc:subject>")

    author.word(lambda document: None)
    author.parts(edit)

    assert "in the document properties: “【请填写】” is no tag" in "\n".join(errors(author))
    assert "in the document properties: “【请填写】” is no tag" in refusal(author)


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("{%p if year -%}", "{%p endif -%}"),
        ("{%p- if year -%}", "{%p- endif %}"),
        ("{%p\u3000if year %}", "{%p\u00a0endif\u3000%}"),
        ("{%p  if year %}", "{%p endif%}"),
    ],
)
def test_a_dash_or_an_odd_blank_beside_the_letter_takes_nothing_away(author, begin, end):
    author.word(adds("前", begin, "甲", end, "后"))

    assert errors(author) == []
    assert text_of(author).splitlines()[-3:] == ["前", "甲", "后"]


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u2060"])
def test_signs_that_nobody_sees_may_stand_in_a_tag(author, sign):
    author.word(adds(f"{{{{ {sign}year{sign} }}}}年"))

    assert errors(author) == []
    assert text_of(author).endswith("2022年")


MARK = '<w:p><w:bookmarkStart w:id="{0}" w:name="{1}"/>{2}<w:bookmarkEnd w:id="{0}"/></w:p>'


def test_what_is_repeated_brings_no_id_along_twice(author, tmp_path):
    numbered = '<w:sdt><w:sdtPr><w:id w:val="77"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
    author.word(
        ends_with(
            line("{%p for s in sections %}"),
            MARK.format(5, "again", run("{{ s.heading }}")),
            numbered.format(line("{{ s.id }}")),
            box(line("{{ s.id }}")),
            line("{%p endfor %}"),
            MARK.format(0, "other", run("末")),
        )
    )
    made = tmp_path / "made.docx"
    made.write_bytes(docx.render(request(author)))

    assert errors(author) == []
    assert faults(made) == []
    xml = read(made.read_bytes())["word/document.xml"].decode()
    assert re.findall(r'w:bookmarkStart w:id="(\d)" w:name="(\w+)"', xml) == [
        ("5", "again"),
        ("0", "other"),
    ]
    assert xml.count('<w:id w:val="77"/>') == 1
    assert len(set(re.findall(r'v:shape id="([^"]+)"', xml))) == 6


IN_CELL = f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="100"/></w:tblGrid><w:tr><w:tc><w:tcPr/>{CONTROL.format(line("{{p table.applications }}"))}</w:tc></w:tr></w:tbl>'
BEHIND = {
    "txbxContent": ends_with(box(line("{{p table.applications }}"))),
    "tc": ends_with(IN_CELL, line("末")),
}


@pytest.mark.parametrize("holder", BEHIND)
def test_a_box_or_a_cell_ends_with_a_paragraph_whatever_a_tag_prints(author, holder):
    author.word(BEHIND[holder])

    assert errors(author) == []
    root = etree.fromstring(body(author).encode())
    (found,) = [n for n in root.iter(f"{{{WORD}}}{holder}") if n.find(f".//{{{WORD}}}tbl") is not None]  # fmt: skip
    assert found[-1].tag == f"{{{WORD}}}p"


def test_a_table_in_a_cell_leaves_the_columns_around_it_as_they_are(author):
    with_file(author, "seal.png", PIXEL)
    author.word(cell_of("{{p table.applications }}", "{{ image('seal.png', 9) }}"))

    xml = body(author)

    (outer,) = re.findall(r"<w:tblGrid>(.*?)</w:tblGrid>", xml[xml.rindex("甲") - 900 :])[:1]
    assert outer.count("<w:gridCol") == 2


ROW = "<w:tr>{}</w:tr>"
CELL = "<w:tc><w:tcPr>{}</w:tcPr><w:p/></w:tc>"


@pytest.mark.parametrize(
    ("row", "widths"),
    [
        (CELL.format("") * 2, "150 150"),
        (CELL.format("") * 4, "75 75 75 75"),
        (CELL.format('<w:gridSpan w:val="3"/>'), "100 100 100"),
        (f'<w:trPr><w:gridBefore w:val="1"/></w:trPr>{CELL.format("") * 2}', "100 100 100"),
        (CONTROL.format(CELL.format("") * 3), "100 100 100"),
    ],
)
def test_a_grid_fits_the_widest_row(row, widths):
    columns = '<w:gridCol w:w="100"/>' * 3
    xml = f"<w:tbl {W}><w:tblGrid>{columns}</w:tblGrid>{ROW.format(row)}</w:tbl>"

    made = with_grids(xml).iter(f"{{{WORD}}}gridCol")

    assert " ".join(column.get(f"{{{WORD}}}w") for column in made) == widths


ASKED = [
    "{% if extra.rare is defined %}{{ extra.rare }}{% endif %}",
    "{% if year and 'rare' in extra %}{{ extra.rare }}{% endif %}",
    "{{ extra.rare if extra.rare is defined else '' }}",
    "{{ sections|join('、', attribute='id') }}",
]


@pytest.mark.parametrize("words", ASKED)
def test_a_name_that_a_condition_asks_for_may_be_absent(author, words):
    author.word(adds(words))

    assert errors(author) == []
    assert text_of(author)


def test_a_name_beside_the_condition_that_asks_for_it_is_told(author):
    told_by_both(
        author,
        adds("{% if extra.rare is defined %}甲{% endif %}{{ extra.rare }}"),
        "“extra” has no “rare”",
    )


@pytest.mark.parametrize(
    ("written", "words"), [("无", "网址：网站"), ("暂无（见县政府网站）", "网址：网站")]
)
def test_an_office_that_writes_words_in_place_of_an_address_keeps_its_report(
    author, written, words
):
    author.word(adds("网址：{{r link('网站', contact.website) }}"))
    view = report(number=str)
    object.__setattr__(view, "contact", Names({"website": written}))

    assert text_of(author, view).splitlines()[-1] == words


def test_a_link_to_the_address_of_a_letter_box_passes_the_check(author):
    author.word(adds("{{r link(contact.email) }}"))

    assert errors(author) == []


@pytest.mark.parametrize("printed", ["sections", "title == ''", "table", "stylesheet"])
def test_a_page_that_would_print_python_is_refused_by_generate(author, printed):
    author.page(f"<p>{{{{ {printed} }}}}</p>")
    folders = (author.templates.parent, ROOT / "templates")

    with pytest.raises(TemplateError, match="Print one of its values"):
        page.render(RenderRequest(VIEW, folders, "hainan/report.html", "hainan"))
