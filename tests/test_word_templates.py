"""Word templates that would lose or falsify something: told by the check and by generate alike."""

# ruff: noqa: E501  a fault a line, as in a table

import re
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml
from lxml import etree

from tests.authoring import Author, told
from tests.conftest import ROOT
from tests.test_docx_templates import PIXEL
from tests.test_docx_validity import faults
from tests.test_plugin_kit_word import W, adds, adds_table
from tests.views import report
from toolkit.diagnostics import Severity
from toolkit.errors import TemplateError
from toolkit.render import word as docx
from toolkit.render.package import read
from toolkit.render.request import RenderRequest
from toolkit.view.model import Names

VIEW = report(number=str)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


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
    "a list made text": (adds("{{ sections|string }}"), "this is no text but holds several values"),
    "a list laid out": (adds("{{ sections|pprint }}"), "this is no text but holds several values"),
    "a list joined to words": (adds("{{ '表' ~ sections }}"), "this is no text but holds several values"),
    "a list in a format": (adds("{{ '%s'|format(sections) }}"), "this is no text but holds several values"),
    "objects joined": (adds("{{ sections|join('、') }}"), "this is no text but holds several values"),
    "a table joined to words": (adds("{{ '见' ~ table.applications }}"), "a whole table or document cannot stand"),
    "nothing joined to words": (adds("{{ '甲' ~ none }}"), "there is no value here"),
    "a condition joined to words": (adds("{{ '甲' ~ (title == '') }}"), "this is a condition"),
    "markup in a line": (adds("{{ '<b>甲</b>'|safe }}"), "markup stands in a line of text"),
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
    author.word(adds("甲{{ tilte }}", "乙{{ sections }}", "【请填写】"))

    said = refusal(author)

    assert said.startswith("in the text, paragraph “【请填写】”: “【请填写】” is no tag")
    assert "in the text, paragraph “甲{{ tilte }}”: there is no name “tilte”" in said
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


BLANK_TABLE = [["甲", "乙"], ["丙", "丁"]]


def cell_of(*paragraphs, others=BLANK_TABLE):
    """Add a table whose last cell holds paragraphs."""

    def edit(document):
        table = document.add_table(2, 2)
        for row, words in zip(table.rows, others, strict=True):
            for cell, word in zip(row.cells, words, strict=True):
                cell.text = word
        cell = table.rows[-1].cells[-1]
        cell.text = paragraphs[0]
        for words in paragraphs[1:]:
            cell.add_paragraph(words)
        document.add_paragraph("结束")

    return edit


def margin(where, *paragraphs):
    def edit(document):
        part = getattr(document.sections[0], where)
        part.is_linked_to_previous = False
        part.paragraphs[0].text = paragraphs[0]
        for words in paragraphs[1:]:
            part.add_paragraph(words)

    return edit


IN_BOX = (
    '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="b" type="#_x0000_t202"'
    ' style="width:90pt;height:30pt"><v:textbox><w:txbxContent>'
    "<w:p>{{%p if not year %}}</w:p><w:p>{{{{ title }}}}</w:p><w:p>{{%p endif %}}</w:p>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
)
CONTROL = (
    "<w:sdt><w:sdtPr/><w:sdtContent><w:p>{%p if not year %}</w:p><w:p>甲</w:p>"
    "<w:p>{%p endif %}</w:p></w:sdtContent></w:sdt>"
)


def in_runs(xml):
    return re.sub(r"<w:p>([^<]+)</w:p>", r"<w:p><w:r><w:t>\1</w:t></w:r></w:p>", xml)


def first_in_body(xml):
    def edit(document):
        body = document.element.body
        body.insert(0, parse_xml(re.sub(r"^<(w:\w+)", rf"<\1 {W}", in_runs(xml), count=1)))

    return edit


EMPTIED = {
    "a cell": cell_of("{%p if not year %}", "甲", "{%p endif %}"),
    "a cell by a loop": cell_of("{%p for x in [] %}", "甲", "{%p endfor %}"),
    "a cell with nothing to print": cell_of("{{p '' }}"),
    "a cell that ends with a table": cell_of("表：", "{{p table.applications }}"),
    "a cell of nothing but a table": cell_of("{{p table.applications }}"),
    "all rows": adds_table(["{%tr for x in [] %}", ""], ["甲", "乙"], ["{%tr endfor %}", ""]),
    "all cells of a row": adds_table(["{%tc for x in [] %}", "甲", "{%tc endfor %}"]),
    "all cells of one row of two": adds_table(["{%tc if not year %}", "甲", "{%tc endif %}"], ["1", "2", "3"]),
    "a header": margin("header", "{%p if not year %}", "甲", "{%p endif %}"),
    "a footer": margin("footer", "{%p for x in [] %}", "甲", "{%p endfor %}"),
    "a text box": first_in_body(IN_BOX.format()),
    "a content control": first_in_body(CONTROL),
    "a coloured wide cell": adds_table(["{% colspan 2 %}{{ year }}", "乙"], ["{% cellbg 'FFEE00' %}丙", "丁"]),
    "both at once": adds_table(["{% colspan 2 %}{% cellbg 'FFEE00' %}甲", "乙"], ["丙", "丁"]),
}  # fmt: skip


def damage(parts):
    """What Word refuses to open and the validator does not look at."""
    wanted = {"tc": "p", "hdr": "p", "ftr": "p", "txbxContent": "p", "tr": "tc", "tbl": "tr"}
    for name, data in parts.items():
        if name.startswith("word/") and name.endswith(".xml"):
            for node in etree.fromstring(data).iter(*(f"{{{WORD}}}{one}" for one in wanted)):
                if node.find(f"{{{WORD}}}{wanted[etree.QName(node).localname]}") is None:
                    yield f"{name}: {node.tag}"


@pytest.mark.parametrize("name", EMPTIED)
def test_a_document_is_valid_whatever_tags_take_away(author, tmp_path, name):
    author.word(EMPTIED[name])
    made = tmp_path / "made.docx"

    assert errors(author) == []
    made.write_bytes(docx.render(request(author)))

    assert faults(made) == []
    assert list(damage(read(made.read_bytes()))) == []
    for cell in etree.fromstring(read(made.read_bytes())["word/document.xml"]).iter(
        f"{{{WORD}}}tc"
    ):
        assert cell[-1].tag == f"{{{WORD}}}p"
    assert docx.render(request(author), True) is not None


def test_a_merge_begins_anew_where_the_row_that_began_it_is_gone(author):
    def edit(document):
        table = document.add_table(4, 2)
        for row, words in zip(
            table.rows, ["{%tr if not year %}", "甲", "{%tr endif %}", "乙"], strict=True
        ):
            row.cells[1].text = words
        for row, merge in ((table.rows[1], "restart"), (table.rows[3], "continue")):
            properties = row.cells[0]._tc.get_or_add_tcPr()
            properties.append(parse_xml(f'<w:vMerge {W} w:val="{merge}"/>'))

    author.word(edit)

    body = read(docx.render(request(author)))["word/document.xml"].decode()

    assert '<w:vMerge w:val="restart"/>' in body[body.rindex("<w:tbl>") :]


LOOKS = ["bold=True, color='#C00000', size=32, italic=True", "font='eastAsia:楷体', size=21", "highlight='yellow', underline=True, lang='zh-CN'", "highlight='FFEE00', strike=True, superscript=True, bold=True", "rtl=True, bold=True, italic=True"]  # fmt: skip


@pytest.mark.parametrize("properties", LOOKS)
def test_a_look_is_written_in_the_order_of_the_schema(author, tmp_path, properties):
    author.word(adds(f"{{{{r look(title, {properties}) }}}}"))
    made = tmp_path / "made.docx"
    made.write_bytes(docx.render(request(author)))

    assert faults(made) == []


@pytest.mark.parametrize(
    "properties", ["color='red'", "size='大'", "colour='FF0000'", "highlight='pink'", "size=-1"]
)
def test_a_look_that_word_cannot_read_is_told(author, properties):
    told_by_both(
        author, adds(f"{{{{r look(title, {properties}) }}}}"), r"paragraph “{{r look.*look\(\)"
    )


def paragraph_with(inside, before="", tag="{%p if year %}", after="{%p endif %}"):
    """Insert a paragraph of a tag that holds something else, too."""

    def edit(document):
        body = document.element.body
        body.insert(0, parse_xml(f"<w:p {W}><w:r><w:t>{after}</w:t></w:r></w:p>"))
        body.insert(0, parse_xml(f"<w:p {W}><w:r><w:t>甲</w:t></w:r></w:p>"))
        xml = f"<w:p {W} {OTHERS}>{before}<w:r><w:t>{tag}</w:t></w:r>{inside}</w:p>"
        body.insert(0, parse_xml(xml))

    return edit


OTHERS = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
SECTION = '<w:pPr><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr>'
TAKEN = {
    "a section break": paragraph_with("", SECTION),
    "a section break in a printed paragraph": paragraph_with("", SECTION, tag="{{p table.applications }}"),
    "a page break": paragraph_with('<w:r><w:br w:type="page"/></w:r>'),
    "a page break before": paragraph_with("", "<w:pPr><w:pageBreakBefore/></w:pPr>"),
    "a picture": paragraph_with("<w:r><w:drawing><wp:inline/></w:drawing></w:r>"),
    "a field": paragraph_with('<w:fldSimple w:instr="PAGE"/>'),
    "a bookmark": paragraph_with('<w:bookmarkStart w:id="7" w:name="here"/><w:bookmarkEnd w:id="7"/>'),
    "the anchor of a comment": paragraph_with('<w:commentRangeStart w:id="3"/>'),
    "a footnote": paragraph_with('<w:r><w:footnoteReference w:id="2"/></w:r>'),
    "a formula": paragraph_with("<m:oMath/>"),
    "a symbol": paragraph_with('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'),
    "text": paragraph_with("<w:r><w:t>一、</w:t></w:r>"),
    "text in a link": paragraph_with("<w:hyperlink><w:r><w:t>网站</w:t></w:r></w:hyperlink>"),
}  # fmt: skip


@pytest.mark.parametrize("name", TAKEN)
def test_what_goes_with_the_paragraph_of_a_tag_is_told(author, name):
    what = {"text": "一、", "text in a link": "网站"}.get(
        name, name.removesuffix(" in a printed paragraph")
    )
    what = {
        "a page break": "a line or page break",
        "a page break before": "a page break",
        "a picture": "a picture or shape",
    }.get(name, what)

    told_by_both(author, TAKEN[name], f"takes its whole paragraph away, and with it “{what}”")


def test_what_goes_with_a_row_or_a_cell_is_told(author):
    def edit(document):
        adds_table(["{%tr for s in sections %}", ""], ["{{ s.id }}", ""], ["{%tr endfor %}", ""])(
            document
        )
        adds_table(["{%tc if year %}", "甲", "{%tc endif %}"])(document)
        row, cell = document.tables[0].rows[0].cells[1], document.tables[1].rows[0].cells[0]
        row.paragraphs[0].add_run().add_break()
        cell.add_paragraph("落款")

    author.word(edit)

    for said in (refusal(author), "\n".join(errors(author))):
        assert "takes its whole row away, and with it “a line or page break”" in said
        assert "takes its whole cell away, and with it “落款”" in said


def test_the_place_where_word_left_the_cursor_is_no_loss(author):
    author.word(
        paragraph_with('<w:bookmarkStart w:id="7" w:name="_GoBack"/><w:bookmarkEnd w:id="7"/>')
    )

    assert errors(author) == []
    assert "甲" in text_of(author)


DASHED = {
    "甲 {%- if year %}乙{% endif %} 丙": "甲乙 丙",
    "甲{%- if year -%}乙{%- endif -%}丙": "甲乙丙",
    "甲 {% if year -%} 乙 {%- endif %} 丙": "甲 乙 丙",
    "甲{%- if not year %}乙{% else %}丁{%- endif %}丙": "甲丁丙",
    "甲 {{- year -}} 丙": "甲2022丙",
}


@pytest.mark.parametrize("line", DASHED)
def test_words_beside_a_dashed_tag_stay(author, line):
    author.word(adds("前", line, "后"))

    assert errors(author) == []
    assert text_of(author).splitlines()[-3:] == ["前", DASHED[line], "后"]


def test_a_dashed_tag_joins_paragraphs_as_docxtpl_has_it(author):
    author.word(adds("前", "{%- if year %}", "中", "{%- endif %}", "后"))

    assert errors(author) == []
    assert text_of(author).splitlines()[-3:] == ["前", "中", "后"]


def test_a_dashed_tag_that_joins_over_a_break_or_a_cell_is_told(author):
    def edit(document):
        paragraph = document.add_paragraph("甲")
        paragraph.add_run().add_break()
        paragraph.add_run("{%- if year %}乙{% endif %}")

    told_by_both(
        author, edit, "joins texts, and what stands between them is lost: a line or page break"
    )
    told_by_both(author, adds_table(["甲", "{%- if year %}乙{% endif %}"]), "is lost: a cell")


FOREIGN = [
    "{请填写}", "{d.year}", "«year»", "${year}", "[[year]]", "【请填写】", "{ {year} }", "｛｛year｝｝", "<<year>>",
    "{单位名称}", "[[单位名称]]", "#{year}", "%YEAR%", "$year$", "@@year@@", "<% year %>", "[% year %]", "[请在此输入正文]",
    "【此处填写联系人】", "〔待补充〕", "<请选择>", "｛年份｝", "{year}", "{ year }", "{#each items}",
    "<year>", "‹year›", "#year#",
]  # fmt: skip


@pytest.mark.parametrize("words", FOREIGN)
def test_a_placeholder_of_another_system_is_told(author, words):
    told_by_both(author, adds(f"数：{words}。"), "paragraph “数：")


SPLIT = {
    "p over cells": (adds_table(["{%p if year %}", "{%p endif %}"]), "{%p endif %} ends in another cell or box what {%p if year %} begins"),
    "else in another cell": (adds_table(["{% if year %}甲", "{% else %}乙{% endif %}"]), "{% else %} ends in another cell"),
    "tr over tables": (lambda d: [adds_table([f"{{%tr {word} %}}", ""])(d) for word in ("if year", "endif")], "stands in another table or row than {%tr if year %}"),
    "tc over rows": (adds_table(["{%tc if year %}", "甲"], ["乙", "{%tc endif %}"]), "stands in another table or row than {%tc if year %}"),
}  # fmt: skip


@pytest.mark.parametrize("name", SPLIT)
def test_what_begins_in_one_cell_row_or_table_and_ends_in_another_is_told(author, name):
    told_by_both(author, *SPLIT[name])


def test_a_triple_brace_is_told(author):
    told_by_both(author, adds("{{{ year }}}"), "paragraph “{{{ year }}}")


ORDINARY_WORDS = [
    "【重要】", "《中华人民共和国政府信息公开条例》", "国办发〔2019〕61号", "（请填写姓名）", "100%", "{1, 2}", "[1]", "<5件", "a << b",
    "【案例一】某街道办理答复", "50% 至 60%", "$100 和 $200", "@某单位", "「十四五」规划", "××市", "1｛2", "填写报告", "{}",
]  # fmt: skip


def test_ordinary_words_raise_no_alarm(author):
    author.word(adds(*ORDINARY_WORDS))

    assert errors(author) == []
    assert text_of(author).splitlines()[-len(ORDINARY_WORDS) :] == ORDINARY_WORDS

    author.word(adds("{_{ year }_}"))
    assert errors(author) == []


MERGE = '<w:p><w:fldSimple w:instr=" MERGEFIELD year \\* MERGEFORMAT "><w:r><w:t>年</w:t></w:r></w:fldSimple></w:p>'
MERGED = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> MERGEFIELD year </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
HINT = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p>单击此处输入文字。</w:p></w:sdtContent></w:sdt>"
HINT_IN_LINE = "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>选择日期</w:t></w:r></w:sdtContent></w:sdt></w:p>"


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        (MERGE, "the merge field “year”"),
        (MERGED, "the merge field “year”"),
        (HINT, "“单击此处输入文字。” is the hint"),
        (HINT_IN_LINE, "“选择日期” is the hint"),
    ],
)
def test_a_merge_field_or_an_empty_control_is_told(author, xml, message):
    told_by_both(author, first_in_body(xml), message)


@pytest.mark.parametrize(
    ("line", "tag"),
    [
        ("{{ year }}、{{ title }}、{{ 1/0 }}", "{{ 1/0 }}"),
        ("{{ year }}{{ title|balancd }}", "{{ title|balancd }}"),
        ("{{ year }}{{ contact.fx }}{{ title }}", "{{ contact.fx }}"),
        ("{{ title }}{% if year %}{{ look }}{% endif %}", "{{ look }}"),
        ("{{ title }}{{ year - title }}", "{{ year - title }}"),
    ],
)
def test_a_fault_in_a_paragraph_of_several_tags_is_told_at_the_right_one(author, line, tag):
    told_by_both(author, adds("{{ title }}", line), re.escape(f"at {tag}"))


def tracked(xml):
    return first_in_body(
        xml.replace("AUTHOR", 'w:id="1" w:author="a" w:date="2024-01-01T00:00:00Z"')
    )


DELETED = {
    "a deleted tag": '<w:p><w:r><w:t>甲</w:t></w:r><w:del AUTHOR><w:r><w:delText>{{ nothing }}</w:delText></w:r></w:del></w:p>',
    "a moved tag": '<w:p><w:r><w:t>甲</w:t></w:r><w:moveFrom AUTHOR><w:r><w:t>{{ nothing }}</w:t></w:r></w:moveFrom></w:p>',
    "a replaced name": '<w:p><w:r><w:t>{{ </w:t></w:r><w:del AUTHOR><w:r><w:delText>nothing</w:delText></w:r></w:del><w:ins AUTHOR><w:r><w:t>"甲"</w:t></w:r></w:ins><w:r><w:t> }}</w:t></w:r></w:p>',
    "an added tag": '<w:p><w:ins AUTHOR><w:r><w:t>{{ "甲" }}</w:t></w:r></w:ins></w:p>',
    "a deleted paragraph": '<w:p><w:pPr><w:rPr><w:del AUTHOR/></w:rPr></w:pPr><w:del AUTHOR><w:r><w:delText>{%p if nothing %}</w:delText></w:r></w:del></w:p>',
}  # fmt: skip


@pytest.mark.parametrize("name", DELETED)
def test_a_deleted_tag_is_not_run_and_an_added_one_is(author, name):
    author.word(tracked(DELETED[name]))

    assert errors(author) == []
    assert any("P312" in told(one) for one in author.examined())
    body = read(docx.render(request(author)))["word/document.xml"].decode()
    assert ("甲" in re.sub("<[^>]*>", "", body)[:3]) == (name != "a deleted paragraph")
    assert "w:del" not in body
    assert "nothing" not in body


def with_file(author, name, data):
    (author.templates.parent / name).write_bytes(data)


JPEG_HEAD = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
PICTURES = {
    "empty": (b"", "the file is empty"),
    "a text": ("图片".encode(), "it is no picture"),
    "WebP": (b"RIFF\x1a\0\0\0WEBPVP8 ", "it is WebP, which Word cannot show.*PNG or JPEG"),
    "HEIC": (b"\0\0\0\x18ftypheic\0\0\0\0", "it is HEIC, which"),
    "AVIF": (b"\0\0\0\x18ftypavif\0\0\0\0", "it is AVIF, which"),
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "it is SVG, which"),
    "SVG with a declaration": (b'\xef\xbb\xbf<?xml version="1.0"?><svg/>', "it is SVG, which"),
    "PDF": (b"%PDF-1.7", "it is PDF, which"),
    "cut": (PIXEL[:-30], "the picture is damaged"),
    "a cut JPEG": (JPEG_HEAD, "the picture is damaged"),
    "huge": (PIXEL + b"\0" * 21_000_000, "it has 21 MB"),
}  # fmt: skip


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_that_word_cannot_show_is_told(author, name):
    data, message = PICTURES[name]
    with_file(author, "seal.png", data)

    told_by_both(
        author, adds("印：{{ image('seal.png', 40) }}"), f"paragraph “印：.*seal.png: {message}"
    )


def test_a_picture_outside_the_folder_or_without_a_width_is_told(author):
    with_file(author, "seal.png", PIXEL)
    (author.home / "seal.png").write_bytes(PIXEL)

    told_by_both(author, adds("{{ image('../seal.png', 40) }}"), "there is no file “../seal.png”")
    told_by_both(author, adds("{% set f = '../seal.png' %}{{ image(f ~ '', 40) }}"), "lies outside")
    for width in ("0", "'breit'", "5000", "-1"):
        told_by_both(
            author, adds(f"{{{{ image('seal.png', {width}) }}}}"), "a number of millimetres from 1"
        )


def test_a_link_without_an_address_prints_nothing_and_passes_the_check(author):
    author.word(
        adds("网址：{{r link('网站', contact.website) }}", "{{r link(contact.website) }}", "末")
    )

    assert errors(author) == []
    for website, words in (
        ("", "网址："),
        ("www.a.gov.cn", "网址：网站"),
        ("https://a.gov.cn/b?c=1", "网址：网站"),
    ):
        view = report(number=str)
        object.__setattr__(view, "contact", Names({"website": website}))
        assert text_of(author, view).splitlines()[-3:] == [words, website, "末"]


def test_a_link_to_what_is_no_address_is_told(author):
    told_by_both(
        author,
        adds("{{r link('网站', '门户网站') }}"),
        "a link begins with http://, https://, mailto:, not “门户网站”",
    )


def test_a_document_with_a_numbered_list_gives_the_same_bytes_each_time(author, tmp_path):
    pytest.importorskip("docxcompose")
    annex = Document()
    for words in ("甲", "乙"):
        annex.add_paragraph(words, style="List Number")
    annex.save(author.templates / "annex.docx")
    author.word(adds("{{p subdoc('hainan/annex.docx') }}"))

    assert errors(author) == []
    made = docx.render(request(author))
    assert docx.render(request(author)) == made
    (tmp_path / "made.docx").write_bytes(made)
    assert list(damage(read(made))) == []


QUOTED = {
    "{{ '他说“好”' }}": "他说“好”",
    '{{ "他说“好”" }}': "他说“好”",
    "{{ “好” }}": "好",
    "{{ ‘好’ }}": "好",
    "{{ ”好” }}": "好",
    "{{ “外‘内’外” }}": "外‘内’外",
    "{{ “外“内”外” }}": "外“内”外",
    "{{ '甲’乙' }}": "甲’乙",
    "{% if title != ‘’ %}“引”{% endif %}": "“引”",
    "{{ “甲” ~ '“乙”' }}": "甲“乙”",
    '{{ title|replace(“政府”, "“府”") }}': VIEW.title.replace("政府", "“府”"),
}


@pytest.mark.parametrize("line", QUOTED)
def test_quotation_marks_delimit_strings_and_stay_inside_them(author, line):
    author.word(adds(line))

    assert errors(author) == []
    assert text_of(author).splitlines()[-1] == QUOTED[line]


def test_a_string_that_does_not_end_is_told(author):
    told_by_both(author, adds("{{ “好 }}"), "paragraph “{{ “好 }}.*cannot be read")


RELATION = '<Relationship Id="rId99" TargetMode="External" Target="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"/>'
LINKED = '<w:p xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:hyperlink r:id="rId99"><w:r><w:t>本网站</w:t></w:r></w:hyperlink></w:p>'


@pytest.mark.parametrize(
    "address",
    [
        "{{ contact.website }}",
        "http://%7B%7B%20contact.website%20%7D%7D/",
        "https://a.cn/?y=%7b%7byear%7d%7d",
        "{{year}}",
        "{% if year %}x{% endif %}",
    ],
)
def test_a_tag_in_the_address_of_a_link_is_told_at_its_paragraph(author, address):
    def attach(parts):
        name = "word/_rels/document.xml.rels"
        parts[name] = parts[name].replace(
            "</Relationships>", RELATION.format(address) + "</Relationships>"
        )

    author.word(first_in_body(LINKED))
    author.parts(attach)

    for said in (refusal(author), "\n".join(errors(author))):
        assert "in the text, paragraph “本网站”: {" in said
        assert "stands in the address of a link" in said


UNFILLED = {
    "word/charts/chart1.xml": '<c:t xmlns:c="urn:c">{{ title }}</c:t>',
    "word/diagrams/data1.xml": '<d xmlns:a="urn:a"><a:p><a:t>{{ ti</a:t><a:t>tle }}</a:t></a:p></d>',
    "docProps/app.xml": "<Properties><Company>{{ title }}</Company></Properties>",
    "docProps/custom.xml": "<Properties><v>{{ title }}</v></Properties>",
    "word/comments.xml": f"<w:comments {W}><w:p><w:r><w:t>{{{{ title }}}}</w:t></w:r></w:p></w:comments>",
    "word/glossary/document.xml": f"<w:d {W}><w:p><w:r><w:t>{{{{ title }}}}</w:t></w:r></w:p></w:d>",
    "word/endnotes.xml": f"<w:endnotes {W}><w:p><w:r><w:t>{{{{ title }}}}</w:t></w:r></w:p></w:endnotes>",
    "customXml/item7.xml": '<a title="{{ title }}"/>',
}


@pytest.mark.parametrize("part", UNFILLED)
def test_a_tag_in_a_part_that_is_never_filled_is_told(author, part):
    author.word(lambda document: None)
    author.parts(lambda parts: parts.update({part: UNFILLED[part]}))

    for said in (refusal(author), "\n".join(errors(author))):
        assert re.search(
            r"{{ ?title ?}} stands in " + re.escape(part) + ", which is never filled", said
        )


def test_a_tag_in_an_alternative_text_and_a_field_code_is_filled(author):
    xml = '<w:p><w:r><w:instrText> TC "{{ year }}" </w:instrText></w:r></w:p>'
    picture = '<w:p xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{{ title }}"/></wp:inline></w:drawing></w:r></w:p>'
    author.word(first_in_body(xml))
    author.parts(
        lambda parts: parts.update(
            {
                "word/document.xml": parts["word/document.xml"].replace(
                    "<w:sectPr", picture + "<w:sectPr", 1
                )
            }
        )
    )

    assert errors(author) == []
    body = read(docx.render(request(author)))["word/document.xml"].decode()
    assert f'descr="{VIEW.title}"' in body
    assert ' TC "2022" ' in body
