"""Broken Word templates: each told at its place in the file, with a remedy, all at once."""

# ruff: noqa: E501  a fault a line, as in a table

import re

import pytest
from docx.oxml import parse_xml

from tests.authoring import Author, told

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def adds(*lines):
    """Add paragraphs at the end."""

    def edit(document):
        for line in lines:
            document.add_paragraph(line)

    return edit


def adds_runs(*pieces):
    """Add one paragraph in pieces; one that begins with * is bold."""

    def edit(document):
        paragraph = document.add_paragraph()
        for piece in pieces:
            paragraph.add_run(piece.removeprefix("*")).bold = piece.startswith("*") or None

    return edit


def adds_table(*rows):
    def edit(document):
        table = document.add_table(len(rows), len(rows[0]))
        for row, words in zip(table.rows, rows, strict=True):
            for cell, word in zip(row.cells, words, strict=True):
                cell.text = word

    return edit


def writes(where, words):
    def edit(document):
        getattr(document.sections[0], where).paragraphs[0].text = words

    return edit


def adds_xml(xml):
    def edit(document):
        document.element.body.insert(0, parse_xml(xml.replace("<w:p>", f"<w:p {W}>", 1)))

    return edit


BOX = (
    '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
    f"<w:p {W}><w:r><w:t>{{{{ organisation.name }}}}</w:t></w:r></w:p>"
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
)
CHANGED = '<w:p><w:ins w:id="1" w:author="a"><w:r><w:t>新增</w:t></w:r></w:ins></w:p>'
STYLED = '<w:p><w:pPr><w:pStyle w:val="Heeding1"/></w:pPr><w:r><w:t>附件</w:t></w:r></w:p>'
FONT = '<w:p><w:r><w:rPr><w:rFonts w:eastAsia="某某体"/></w:rPr><w:t>附件</w:t></w:r></w:p>'

# name → (edit, code, the message with its place, the remedy), each a pattern
BROKEN = {
    "split over runs": (adds_runs("{{ ti", "tle }}"), "P303", "paragraph “{{ title }}”.*in 2 pieces; it works", "Type it anew"),
    "split over looks": (adds_runs("{{ ti", "*tle }}"), "P303", "paragraph “{{ title }}”.*look different", "one look"),
    "never closes": (adds("{{ title }"), "P302", "paragraph “{{ title }”: the tag {{ title } does not close", "End it with }}"),
    "swallows the next": (adds("{{ title 和 {{ year }}"), "P302", "the tag {{ title 和  does not close", "End it with }}"),
    "closes only": (adds("标题 title }}"), "P302", "}} closes a tag that does not open here", "in one paragraph"),
    "over two cells": (adds_table(["{{ ti", "tle }}"]), "P302", "table 1, row 1, cell 1: “{{ ti”: the tag {{ ti does not close", "same paragraph"),
    "over two paragraphs": (adds("{{ ti", "tle }}"), "P302", "paragraph “tle }}”: }} closes", "one paragraph"),
    "full-width braces": (adds("｛｛ title ｝｝"), "P304", "paragraph “｛｛ title ｝｝”: “｛｛ title ｝｝” is written with other braces", "half-width"),
    "a blank in the braces": (adds("{ { title } }"), "P304", "other braces or blanks", "without blanks"),
    "for without end": (adds("{%p for s in sections %}", "{{ s.heading }}"), "P306", "{% for s in sections %} is never ended", "Put {%p endfor %}"),
    "if without end": (adds("{% if year %}年份"), "P306", "{% if year %} is never ended", "Put {% endif %}"),
    "end without for": (adds("{%p endfor %}"), "P306", "{% endfor %} ends what was never begun", "Take it away"),
    "else without if": (adds("{% else %}"), "P306", "{% else %} stands in no if", ""),
    "crossing": (adds("{% for s in sections %}{% if year %}{% endfor %}"), "P306", "{% if year %} is never ended", "endif"),
    "for over two cells": (adds_table(["{% for s in sections %}甲", "乙{% endfor %}"]), "P306", "row 1, cell 2: .*another cell", "in one cell"),
    "p ended by tr": (adds_table(["{%tr for s in sections %}"], ["{{ s.id }}"], ["{%tc endfor %}"]), "P306", "{%tc endfor %} goes with {%tr for", "same letter"),
    "no such tag": (adds("{% foor s in sections %}"), "P307", "“foor” is no tag of templates", "Did you mean “for”"),
    "cannot be read": (adds("{{ 1 + }}"), "P307", "the tag {{ 1 \\+ }} cannot be read", ""),
    "tr outside a table": (adds("{%tr for s in sections %}", "{%tr endfor %}"), "P305", "{%tr for s in sections %} stands in no row", "Put it into a table"),
    "tr with text beside": (adds_table(["{%tr for s in sections %}", "标题"], ["{{ s.id }}", "x"], ["{%tr endfor %}", ""]), "P305", "row 1, cell 1: .*takes its whole row away, and with it “标题”", "row of its own"),
    "p with text beside": (adds("一、{%p if year %}", "{%p endif %}"), "P305", "takes its whole paragraph away, and with it “一、”", "paragraph of its own"),
    "table in a line": (adds("{{ table.applications }}"), "P305", "puts a whole table into a line", "Write {{p table.applications }}"),
    "unknown name": (adds("数：{{ applications.nwe.natural_person }}"), "P401", "paragraph “数：{{ applications.nwe.natural_person }}”: “applications” has no “nwe”", "Did you mean “new”"),
    "unknown top name": (adds("{{ tilte }}"), "P401", "there is no name “tilte”", "Did you mean “title”"),
    "unknown in a cell": (adds_table(["甲", "乙"], ["丙", "{{ extra.moto }}"]), "P401", "table 1, row 2, cell 2: “{{ extra.moto }}”: “extra” has no “moto”", "“motto”"),
    "unknown in a branch": (adds("{%p if contact.fax %}", "{{ contact.fx }}", "{%p endif %}"), "P401", "“contact” has no “fx”", "“fax”"),
    "unknown in a loop": (adds("{%p for s in sections %}", "{{ s.tables[0].captoin }}", "{%p endfor %}"), "P401", "has no “captoin”", "“caption”"),
    "second of two alike": (adds("{{ year }}", "{% if year %}{{ yaer }}{% endif %}"), "P401", "no name “yaer”", "“year”"),
    "not in every form": (adds("{{ proactive_disclosure.article_20_9.centralized_procurement.projects }}"), "P401", "“proactive_disclosure” has no “article_20_9”", "Did you mean"),
    "in a header": (writes("header", "{{ organisation.name }}"), "P401", "in a header, paragraph “{{ organisation.name }}”", "“organization”"),
    "in a footer": (writes("footer", "第{{ 页"), "P302", "in a footer, paragraph", "End it with"),
    "in a text box": (adds_xml(BOX), "P401", "in the text, in a text box, paragraph “{{ organisation.name }}”", "“organization”"),
    "name of a text": (adds("{{ title.first }}"), "P401", "“title” is text and has no “first”", "Print title itself"),
    "a call of a text": (adds("{{ title() }}"), "P401", "“title” is no function", "without brackets"),
    "loop without it": (adds("{%p for s in sections %}", "{{ loop.indx }}", "{%p endfor %}"), "P401", "“loop” has no “indx”", "“index”"),
    "a blank before p": (adds("{% p if year %}", "{% p endif %}"), "P307", "“p” is no tag of templates", "directly behind"),
    "takes in another": (adds("{% include '../../etc/passwd' %}"), "P307", "takes in no others", "subdoc"),
    "reaching globals": (adds("{{ cycler.__init__.__globals__ }}"), "P310", "“cycler.__init__” is out of", "begin with _"),
    "a span by a name": (adds_table(["{% colspan n %}x", "y"]), "P401", "table 1, row 1, cell 1: .*there is no name “n”", ""),
    "fails when filled": (adds("{{ 1/0 }}"), "P311", "paragraph “{{ 1/0 }}”: .*ZeroDivisionError", ""),
    "no such filter": (adds("{{ title|balancd }}"), "P308", "there is no filter “balancd”", "“balanced”"),
    "no such test": (adds("{% if year is definde %}x{% endif %}"), "P308", "there is no test “definde”", "“defined”"),
    "no such picture": (adds("{{ image('seal.png', 40) }}"), "P309", "there is no file “seal.png”", "template folder"),
    "reaching inside": (adds("{{ ''.__class__.__mro__ }}"), "P310", "“''.__class__” is out of a template's reach", "begin with _"),
    "a whole object": (adds("{{ organization }}"), "P402", "“organization” is no text but holds several values", "organization.name"),
    "a whole list": (adds("{{ sections }}"), "P402", "“sections” is no text", "Repeat over it"),
    "no such style": (adds_xml(STYLED), "P501", "paragraph “附件”: the style “Heeding1” is not defined", "Heading1"),
    "a rare font": (adds_xml(FONT), "P502", "the font “某某体” is not among those", "仿宋"),
    "tracked changes": (adds_xml(CHANGED), "P312", "paragraph “新增”: the template has tracked changes", "Accept them"),
}  # fmt: skip


@pytest.fixture
def author(tmp_path):
    return Author(tmp_path)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_word_template_is_told_at_its_place(author, name):
    edit, code, message, remedy = BROKEN[name]
    author.word(edit)

    found = author.examined()

    fitting = [f for f in found if f.code == code and re.search(message, str(f.message))]
    assert fitting, "\n".join(map(told, found))
    assert any(re.search(remedy, str(one.remedy)) for one in fitting), told(fitting[0])
    assert fitting[0].position.file.endswith("hainan/report.docx")


def test_a_plugin_that_keeps_every_demand_has_no_findings(author):
    author.word(lambda document: document.add_paragraph("{{ extra.motto }}"))

    assert [told(f) for f in author.examined()] == []


def test_all_faults_are_told_at_once(author):
    author.word(
        adds("{{ tilte }}", "{{ organization.nmae }}", "{{ title|uper }}", "{{ sections }}")
    )

    codes = [finding.code for finding in author.examined()]

    assert sorted(codes) == ["P308", "P401", "P401", "P402"]


def test_a_name_that_one_form_lacks_is_told_with_that_form(author):
    author.word(adds("{{ applications.results.other.correction_overdue.total }}"))

    (found,) = author.examined()

    assert (found.code, found.field) == ("P401", "national-2019")


def test_a_branch_that_the_form_decides_is_looked_at_for_that_form_only(author):
    author.word(
        adds(
            "{% if form == 'national-2021' %}"
            "{{ applications.results.other.correction_overdue.total }}{% endif %}"
        )
    )

    assert author.examined() == []


def test_a_section_that_is_printed_nowhere_is_told_once(author):
    def edit(document):
        for paragraph in document.paragraphs:
            if "for section in sections" in paragraph.text:
                paragraph.text = "{%p for section in sections if section.id != 'applications' %}"

    author.word(edit)
    (found,) = author.examined()

    assert found.code == "P404"
    assert "docx prints nothing of “三、收到和处理政府信息公开申请情况”" in str(found.message)


def test_a_tag_in_an_endnote_is_told_since_it_is_never_filled(author):
    author.word(lambda document: None)
    note = f"<w:endnotes {W}><w:p><w:r><w:t>{{{{ title }}}}</w:t></w:r></w:p></w:endnotes>"
    author.parts(lambda parts: parts.update({"word/endnotes.xml": note}))

    assert any(f.code == "P304" and "endnotes" in str(f.message) for f in author.examined())


def test_a_fault_in_a_footnote_is_told(author):
    author.word(lambda document: None)
    note = f"<w:footnotes {W}><w:p><w:r><w:t>{{{{ tilte }}}}</w:t></w:r></w:p></w:footnotes>"
    author.parts(lambda parts: parts.update({"word/footnotes.xml": note}))

    (found,) = [f for f in author.examined() if f.code == "P401"]
    assert "in the footnotes, paragraph “{{ tilte }}”" in str(found.message)


def test_a_template_that_is_fetched_from_elsewhere_is_told(author):
    def attach(parts):
        name = "word/_rels/document.xml.rels"
        link = (
            '<Relationship Id="rId99" TargetMode="External" Target="http://example.org/t.dotx" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
        )
        parts[name] = parts[name].replace("</Relationships>", f"{link}</Relationships>")

    author.word(lambda document: None)
    author.parts(attach)

    assert any(f.code == "P503" and "example.org" in str(f.message) for f in author.examined())


@pytest.mark.parametrize(
    ("data", "message", "remedy"),
    [
        (b"", "is not a Word document", "Save it again"),
        (b"PK\3\4" + b"\0" * 60, "is not a Word document", "Save it again"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "is encrypted, or an old .doc", "password"),
        (b"%PDF-1.7", "is not a Word document", "Save it again"),
    ],
)
def test_what_is_no_word_document_is_told(author, data, message, remedy):
    (author.templates / "report.docx").write_bytes(data)

    (found,) = author.examined()

    assert found.code == "P301"
    assert message in str(found.message)
    assert remedy in str(found.remedy)


def test_a_template_with_macros_is_refused(author):
    author.parts(lambda parts: parts.update({"word/vbaProject.bin": "x"}))

    (found,) = author.examined()

    assert (found.code, "has macros" in str(found.message)) == ("P301", True)
