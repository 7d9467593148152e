"""extract: the data file comes back byte for byte, and every change of the text is named."""

import base64
import hashlib
import io
import re
import shutil
import subprocess
import zipfile
import zlib
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests import libreoffice
from tests.conftest import FULL_SIZE, ROOT
from toolkit import pipeline
from toolkit.pipeline import Demands
from toolkit.registry import Registry
from toolkit.render.package import deflate, read, write

EXAMPLES = sorted(ROOT.glob("plugins/*/examples/*.yaml"))
GUANGDONG = next(file for file in EXAMPLES if "guangdong" in file.parts)
DATA = FULL_SIZE.read_bytes()
every_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda file: file.stem)
every_form = pytest.mark.parametrize("kind", ["docx", "pdf"])


@pytest.fixture
def made(nianbao, tmp_path):
    """Make documents of a data file: ``made("docx")`` gives the path of one."""

    def make(kind, data=FULL_SIZE):
        assert nianbao("generate", data, "-f", kind, "-o", tmp_path).code == 0
        return tmp_path / f"{data.stem}.{kind}"

    return make


@pytest.fixture(scope="module")
def originals():
    """The full-size report, made once, as Word document and as PDF."""
    registry = Registry()
    checked = pipeline.check(FULL_SIZE, registry, Demands())
    formats = [registry.formats(checked.plugin)[kind] for kind in ("docx", "pdf")]
    return pipeline.render(checked, formats)


def put(folder, kind, data):
    file = folder / f"published.{kind}"
    file.write_bytes(data)
    return file


def edited(originals, folder, change):
    """Let somebody edit the Word document, and save it by another program than ours."""
    document = Document(io.BytesIO(originals["docx"]))
    change(document)
    file = folder / "published.docx"
    document.save(file)
    return file


def reported(said):
    """Place, code and words of each finding that was printed."""
    return re.findall(r"^published\.\w+:(.+?): error (E\d+) (.*)$", said.err, re.MULTILINE)


@every_example
@every_form
def test_an_untouched_document_matches_and_gives_its_data_byte_for_byte(
    nianbao, made, monkeypatch, tmp_path, example, kind
):
    """It is of another day than today, so that not its bytes but its text is compared."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    file = made(kind, example)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")

    said = nianbao("extract", file, "-o", tmp_path / "back.yaml")

    assert (said.code, said.out.strip()) == (0, str(tmp_path / "back.yaml")), said.err
    assert "matches the data file inside" in said.err
    assert (tmp_path / "back.yaml").read_bytes() == example.read_bytes()


@every_form
def test_a_file_with_marks_and_odd_line_ends_comes_back_as_it_was(nianbao, made, tmp_path, kind):
    data = tmp_path / "奇 & 怪.yaml"
    data.write_bytes(b"\xef\xbb\xbf" + DATA.replace(b"\n", b"\r\n"))
    (tmp_path / "back").mkdir()

    assert nianbao("extract", made(kind, data), "-o", tmp_path / "back").code == 0
    assert (tmp_path / "back" / data.name).read_bytes() == data.read_bytes()


def test_standard_output_is_the_data_and_nothing_else(originals, tmp_path):
    file = put(tmp_path, "docx", originals["docx"])
    program = shutil.which("nianbao") or str(ROOT / ".venv/bin/nianbao")

    done = subprocess.run([program, "extract", file], capture_output=True, check=True)

    assert done.stdout == DATA


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    profile = tmp_path_factory.mktemp("profile")

    def save(file):
        """Open a document in LibreOffice and save it again as Word document."""
        out = file.parent / "again"
        libreoffice.convert([file], "docx:MS Word 2007 XML", out, profile)
        return shutil.move(out / file.name, file)

    return save


@every_example
def test_a_document_that_libreoffice_saved_again_still_matches(
    nianbao, made, tmp_path, office, example
):
    file = made("docx", example)
    before = file.read_bytes()
    office(file)
    assert file.read_bytes() != before

    said = nianbao("extract", file, "-o", tmp_path / "back.yaml")

    assert (said.code, "matches" in said.err) == (0, True), said.err
    assert (tmp_path / "back.yaml").read_bytes() == example.read_bytes()


def test_an_edit_is_named_after_libreoffice_saved_it(
    nianbao, originals, tmp_path, office, monkeypatch
):
    monkeypatch.chdir(tmp_path)

    def change(document):
        document.tables[1].cell(3, 3).paragraphs[0].runs[0].text = "89"

    office(edited(originals, tmp_path, change))
    said = nianbao("extract", "published.docx", "-o", "back.yaml")

    assert said.code == 1
    [(place, code, words)] = reported(said)
    assert (place, code) == ("document!table 2, row 4, column 4", "E103")
    assert words == (
        "一、本年新收政府信息公开申请数量 / 申请人情况 / 自然人:"
        " The data say “98”, the document shows “89”."
    )
    assert re.search(r"full-size-2024.yaml:\d+:\d+: here in the data file", said.err)
    assert (tmp_path / "back.yaml").read_bytes() == DATA


EDITS = {
    "a number in a sentence": (
        lambda d: _say(d.paragraphs[5], d.paragraphs[5].text.replace("1286", "1268")),
        ("document!paragraph 6", "E104"),
        "1286条，其中规划公示信息142条…”, the document shows “…门户网站主动公开政府信息1268条",
    ),
    "a sentence put in": (
        lambda d: d.paragraphs[3].insert_paragraph_before("本段后加。"),
        ("document!paragraph 4", "E106"),
        "“本段后加。” does not come from the data.",
    ),
    "a paragraph taken out": (
        lambda d: _remove(d.paragraphs[5]),
        None,
        "The document lacks “全年通过政府门户网站主动公开政府信息1286条",
    ),
    "another title": (
        lambda d: _say(d.paragraphs[0], d.paragraphs[0].text.replace("2024", "2023")),
        ("document!paragraph 1", "E104"),
        "2023",
    ),
    "another label": (
        lambda d: _say(d.tables[1].cell(1, 9).paragraphs[0], "合计"),
        ("document!table 2, row 2, column 10", "E103"),
        "The data say “总计”, the document shows “合计”.",
    ),
    "an empty cell": (
        lambda d: _say(d.tables[2].cell(3, 0).paragraphs[0], ""),
        ("document!table 3, row 4, column 1", "E103"),
        "the document shows “”",
    ),
    "a row taken out": (
        lambda d: _remove(d.tables[0].rows[3]),
        None,
        "The document lacks “行政规范性文件 4 2 31”.",
    ),
    "a table taken out": (
        lambda d: _remove(d.tables[2]),
        None,
        "The table that begins “行政复议” is missing.",
    ),
    "a word in the footer": (
        lambda d: _say(d.sections[0].footer.paragraphs[0], "内部资料"),
        ("document!footer1", "E106"),
        "“内部资料” does not come from the data.",
    ),
}


def _say(paragraph, words):
    for run in paragraph.runs[1:]:
        run._element.getparent().remove(run._element)
    paragraph.runs[0].text = words


def _remove(part):
    part._element.getparent().remove(part._element)


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_of_the_word_document_is_named(nianbao, originals, tmp_path, monkeypatch, edit):
    change, where, words = EDITS[edit]
    edited(originals, tmp_path, change)
    monkeypatch.chdir(tmp_path)

    said = nianbao("extract", "published.docx", "-o", "back.yaml")

    assert said.code == 1
    [found] = reported(said)
    assert where is None or found[:2] == where
    assert words in said.err
    assert (tmp_path / "back.yaml").read_bytes() == DATA


def test_an_edit_that_is_still_marked_as_one_counts_as_made(
    nianbao, originals, tmp_path, monkeypatch
):
    """Word and LibreOffice keep what was there and what was written instead, if asked to."""
    monkeypatch.chdir(tmp_path)

    def change(document):
        run = document.tables[1].cell(3, 3).paragraphs[0].runs[0]._element
        new = etree.fromstring(etree.tostring(run).replace(b">98<", b">89<"))
        old = etree.fromstring(
            etree.tostring(run).replace(b"w:t>", b"w:delText>").replace(b"w:t ", b"w:delText ")
        )
        for tag, inside in (("del", old), ("ins", new)):
            mark = etree.SubElement(run.getparent(), qn(f"w:{tag}"))
            mark.set(qn("w:id"), "1")
            mark.set(qn("w:author"), "x")
            mark.append(inside)
        run.getparent().remove(run)

    edited(originals, tmp_path, change)
    said = nianbao("extract", "published.docx", "-o", "back.yaml")

    [(place, code, words)] = reported(said)
    assert (place, code) == ("document!table 2, row 4, column 4", "E103")
    assert words.endswith("The data say “98”, the document shows “89”.")


def test_only_layout_was_changed_and_the_document_matches(nianbao, originals, tmp_path):
    def change(document):
        text = document.paragraphs[3].text
        _say(document.paragraphs[3], f"{text[:20]}\n {text[20:40]}\u3000{text[40:]}")
        cut = document.paragraphs[5]
        cut.insert_paragraph_before(cut.text[:30])
        _say(cut, cut.text[30:])
        document.paragraphs[2].runs[0].bold = True
        document.add_section()

    file = edited(originals, tmp_path, change)

    assert nianbao("extract", file, "-o", tmp_path / "back.yaml").code == 0


@pytest.fixture(scope="module")
def numbers(originals):
    """Table, row and column of every cell with a number."""
    tables = Document(io.BytesIO(originals["docx"])).tables
    return [
        (t, r, c)
        for t, table in enumerate(tables)
        for r, row in enumerate(table.rows)
        for c, cell in enumerate(row.cells)
        if re.fullmatch(r"[\d.]+", cell.text)
    ]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(pick=st.randoms(use_true_random=False), new=st.integers(0, 9_999_999))
def test_whichever_number_is_changed_is_the_one_that_is_named(
    nianbao, originals, tmp_path, monkeypatch, numbers, pick, new
):
    table, row, column = pick.choice(numbers)
    monkeypatch.chdir(tmp_path)
    before = Document(io.BytesIO(originals["docx"])).tables[table].cell(row, column).text

    def change(document):
        _say(document.tables[table].cell(row, column).paragraphs[0], str(new))

    edited(originals, tmp_path, change)
    said = nianbao("extract", "published.docx", "-o", "back.yaml", "--force")

    if str(new) == before:
        assert said.code == 0
    else:
        [(place, code, words)] = reported(said)
        assert code == "E103"
        assert place.startswith(f"document!table {table + 1}, row {row + 1}, column ")
        assert f"The data say “{before}”, the document shows “{new}”." in words
        assert " / " in words


def test_an_edited_number_of_a_pdf_is_named_with_its_cell(
    nianbao, originals, tmp_path, monkeypatch
):
    """Two numbers of the third section change places, as an editor of PDF would write them."""
    monkeypatch.chdir(tmp_path)
    with pikepdf.open(io.BytesIO(originals["pdf"])) as document:
        page = document.pages[2]
        instructions = list(pikepdf.parse_content_stream(page))
        first, second = (glyphs(instructions, originals["pdf"], said) for said in ("98", "126"))
        a, b = instructions[first], instructions[second]
        instructions[first] = pikepdf.ContentStreamInstruction(b.operands, b.operator)
        instructions[second] = pikepdf.ContentStreamInstruction(a.operands, a.operator)
        page.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))
        document.save("published.pdf")

    said = nianbao("extract", "published.pdf", "-o", "back.yaml")

    assert said.code == 1
    found = reported(said)
    assert [code for _, code, _ in found] == ["E103", "E103"]
    assert [place for place, _, _ in found] == [
        "page 3!table 2, row 4, column 4",
        "page 3!table 2, row 4, column 10",
    ]
    assert found[0][2].endswith("/ 自然人: The data say “98”, the document shows “126”.")
    assert found[1][2].endswith("/ 总计: The data say “126”, the document shows “98”.")
    assert (tmp_path / "back.yaml").read_bytes() == DATA


def glyphs(instructions, data, said):
    """Find the instruction that shows the first of some words on page 3."""
    words = {}
    with pdfplumber.open(io.BytesIO(data)) as document:
        for char in document.pages[2].chars:
            words[char["mcid"]] = words.get(char["mcid"], "") + char["text"]
    wanted = next(mcid for mcid, word in words.items() if word == said)
    inside = False
    for at, instruction in enumerate(instructions):
        operator = str(instruction.operator)
        if operator == "BDC":
            inside = instruction.operands[1].get("/MCID") == wanted
        if inside and operator in ("Tj", "TJ"):
            return at
    raise AssertionError(said)


def test_what_is_written_over_a_page_is_named(nianbao, originals, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pikepdf.open(io.BytesIO(originals["pdf"])) as document:
        page = document.pages[3]
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1)
        font.BaseFont = pikepdf.Name.Helvetica
        page.Resources.Font["/Over"] = font
        page.contents_add(b"q BT /Over 9 Tf 300 500 Td (7) Tj ET Q")
        document.save("published.pdf")

    said = nianbao("extract", "published.pdf", "-o", "back.yaml")

    assert [(place, code) for place, code, _ in reported(said)] == [("page 4!no tag", "E106")]
    assert "“7” does not come from the data." in said.err


def test_words_that_only_look_tagged_are_named(nianbao, originals, tmp_path, monkeypatch):
    """A marked content that no tag knows is read by nobody who reads tags; it is seen, though."""
    monkeypatch.chdir(tmp_path)
    with pikepdf.open(io.BytesIO(originals["pdf"])) as document:
        page = document.pages[0]
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1)
        font.BaseFont = pikepdf.Name.Helvetica
        page.Resources.Font["/Over"] = font
        words = b"/P <</MCID 9999>> BDC q BT /Over 9 Tf 300 500 Td (77) Tj ET Q EMC"
        page.contents_add(words)
        document.save("published.pdf")

    said = nianbao("extract", "published.pdf")

    assert [(place, code) for place, code, _ in reported(said)] == [("page 1!no tag", "E106")]
    assert "“77” does not come from the data." in said.err


PAGES = {
    "the first": (lambda pages: pages.__delitem__(0), {"page 1"}, "政府信息公开工作年度报告”"),
    "the last": (lambda pages: pages.__delitem__(-1), {"page 4"}, "“六、其他需要报告的事项”"),
    "the one with the large table": (
        lambda pages: pages.__delitem__(2),
        {"page 3"},
        "The table that begins “（本列数据的勾稽关系为",
    ),
    "one of two like ones": (
        lambda pages: pages.append(pages[0]),
        {"page 6"},
        "does not come from the data.",
    ),
}


@pytest.mark.parametrize("which", PAGES)
def test_a_page_taken_out_of_a_pdf_or_put_in_is_named(nianbao, tmp_path, monkeypatch, which):
    monkeypatch.chdir(tmp_path)
    assert nianbao("generate", GUANGDONG, "-f", "pdf", "-o", ".").code == 0
    change, pages, words = PAGES[which]
    with pikepdf.open(f"{GUANGDONG.stem}.pdf") as document:
        change(document.pages)
        document.save("published.pdf")

    said = nianbao("extract", "published.pdf", "-o", "back.yaml")

    assert said.code == 1
    assert words in said.err
    assert {place.partition("!")[0] for place, _, _ in reported(said)} == pages
    assert "图1" not in said.err  # on a page that is still there, in a section that began before
    assert Path("back.yaml").read_bytes() == GUANGDONG.read_bytes()


def test_a_note_stuck_onto_a_page_is_named(nianbao, originals, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pikepdf.open(io.BytesIO(originals["pdf"])) as document:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.FreeText,
            Rect=[300, 500, 340, 520],
            Contents="应为99",
        )
        document.pages[3].Annots = document.make_indirect([note])
        document.save("published.pdf")

    assert "“应为99” does not come from the data." in nianbao("extract", "published.pdf").err


def test_a_pdf_whose_tags_are_lost_is_compared_line_by_line(nianbao, originals, tmp_path):
    with pikepdf.open(io.BytesIO(originals["pdf"])) as document:
        del document.Root.StructTreeRoot
        document.save(tmp_path / "published.pdf")

    said = nianbao("extract", tmp_path / "published.pdf", "-o", tmp_path / "back.yaml")

    assert (said.code, "matches" in said.err) == (0, True), said.err


def test_data_that_were_exchanged_are_found_out(nianbao, originals, tmp_path, monkeypatch):
    """Somebody puts other data into the document, and notes their checksum as ours are noted."""
    monkeypatch.chdir(tmp_path)
    other = DATA.replace("现行有效31件".encode(), "现行有效32件".encode())
    parts = read(originals["docx"])
    name = "customXml/item1.xml"
    parts[name] = parts[name].replace(base64.b64encode(DATA), base64.b64encode(other))
    without = parts.copy()
    parts[name] = parts[name].replace(
        hashlib.sha256(DATA).hexdigest().encode(), hashlib.sha256(other).hexdigest().encode()
    )
    put(tmp_path, "docx", write(deflate(n, data) for n, data in parts.items()))
    said = nianbao("extract", "published.docx", "-o", "back.yaml")

    [(_, code, words)] = reported(said)
    assert code == "E104"
    assert re.search("The data say “[^”]*32件[^”]*”, the document shows “[^”]*31件", words)
    assert (tmp_path / "back.yaml").read_bytes() == other

    put(tmp_path, "docx", write(deflate(n, data) for n, data in without.items()))
    said = nianbao("extract", "published.docx")
    assert (said.code, said.out) == (1, "")
    assert "E102" in said.err


def test_a_document_whose_plugin_is_not_here_still_gives_its_data(
    nianbao, made, full_size, tmp_path
):
    source = full_size(("plugin: heilongjiang", "plugin: elsewhere"))
    plugins = tmp_path / "more"
    shutil.copytree(ROOT / "plugins/heilongjiang", plugins / "elsewhere")
    module = plugins / "elsewhere/__init__.py"
    code = module.read_text().replace('code="23"', 'code="98"')
    module.write_text(code.replace("黑龙江省", "别处"))
    for kind in ("docx", "pdf"):
        done = nianbao("generate", source, "-f", kind, "-o", tmp_path, "--plugin-dir", plugins)
        assert done.code == 0, done.err
        file = tmp_path / f"{source.stem}.{kind}"
        with_it = nianbao("extract", file, "--plugin-dir", plugins, "-o", tmp_path / f"1{kind}")
        without = nianbao("extract", file, "-o", tmp_path / f"2{kind}")

        assert (with_it.code, "matches" in with_it.err) == (0, True)
        assert "There is no plugin “elsewhere”" in without.err
        assert without.code == (0 if kind == "docx" else 1)  # Word documents note a checksum
        assert (tmp_path / f"2{kind}").read_bytes() == source.read_bytes()


def test_a_plugin_given_by_hand_is_remembered(nianbao, full_size, tmp_path):
    """The data file names no plugin; the document does."""
    source = full_size(("plugin: heilongjiang\n", ""), ("region: 黑龙江省", "region: 某省"))
    nianbao("generate", source, "-p", "heilongjiang", "-f", "docx,pdf", "-o", tmp_path)

    for kind in ("docx", "pdf"):
        said = nianbao("extract", tmp_path / f"report.{kind}", "-o", tmp_path / kind)
        assert (said.code, "matches" in said.err) == (0, True), said.err


def test_the_name_a_document_tells_leads_nowhere(nianbao, originals, tmp_path):
    parts = read(originals["docx"])
    name = "customXml/item1.xml"
    parts[name] = parts[name].replace(b'name="full-size-2024.yaml"', b'name="../../evil.yaml"')
    file = put(tmp_path, "docx", write(deflate(n, data) for n, data in parts.items()))
    (tmp_path / "in").mkdir()

    nianbao("extract", file, "-o", tmp_path / "in")

    assert [f.name for f in (tmp_path / "in").iterdir()] == ["evil.yaml"]


def test_nothing_is_written_over_unless_asked(nianbao, originals, tmp_path):
    file = put(tmp_path, "docx", originals["docx"])
    target = tmp_path / "mine.yaml"
    target.write_text("mine")

    said = nianbao("extract", file, "-o", target)
    assert (said.code, target.read_text()) == (2, "mine")
    assert "--force" in said.err
    assert nianbao("extract", file, "-o", target, "--force").code == 0
    assert target.read_bytes() == DATA


def archive(**parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name.replace("__", "/") + ".xml", data)
    return target.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_EMPTY = f"<w:document {_W}><w:body/></w:document>"
_XXE = (
    '<!DOCTYPE f [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    '<files xmlns="urn:nianbao:attachments:1"><file name="a">&x;</file></files>'
)
_ENTITIES = "".join(
    f'<!ENTITY {name} "{f"&{below};" * 20}">'
    for below, name in zip("abcdefgh", "bcdefghi", strict=True)
)
_LAUGHS = (
    f'<!DOCTYPE f [<!ENTITY a "ha">{_ENTITIES}]>'
    '<files xmlns="urn:nianbao:attachments:1">&i;</files>'
)


def _locked(originals):
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(originals["pdf"])) as document:
        document.save(target, encryption=pikepdf.Encryption(owner="o", user="u"))
    return target.getvalue()


def _plain_pdf(originals):
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(originals["pdf"])) as document:
        del document.Root.AF
        del document.Root.Names
        document.save(target)
    return target.getvalue()


def _heavy_pdf(times):
    data = zlib.compress(b"\0" * 300_000_000, 9)
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    kinds = b"/FlateDecode " * times
    return b"%%PDF-1.7\n1 0 obj<</Length %d/Filter[%s]>>stream\n%s\nendstream endobj\n" % (
        len(data),
        kinds,
        data,
    )


def _tagged(originals, change):
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(originals["pdf"])) as document:
        change(document)
        document.save(target)
    return target.getvalue()


def _in_a_ring(document):
    part = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Part))
    part.K = [pikepdf.Dictionary(S=pikepdf.Name.Div, K=[part])]
    document.Root.StructTreeRoot.K = [part]


def _doubled(document):
    below = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.P, K=0))
    for _ in range(40):
        below = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Div, K=[below, below]))
    document.Root.StructTreeRoot.K = [below]


def _with_item(originals, xml):
    parts = read(originals["docx"])
    parts["customXml/item1.xml"] = xml.encode()
    return write(deflate(name, data) for name, data in parts.items())


def _without_item(originals):
    parts = read(originals["docx"])
    kept = {n: d for n, d in parts.items() if not n.startswith("customXml")}
    return write(deflate(name, data) for name, data in kept.items())


HOSTILE = {
    "no document": (lambda _: b"hello", "neither a Word document"),
    "an empty file": (lambda _: b"", "neither a Word document"),
    "a broken archive": (lambda made: made["docx"][:9000], "broken, encrypted"),
    "an archive of something else": (lambda _: archive(x="<x/>"), "broken, encrypted"),
    "a bomb": (lambda _: archive(word__document="\0" * 150_000_000), "NIANBAO_MAX_ARCHIVE"),
    "an outside entity": (lambda made: _with_item(made, _XXE), "broken, encrypted"),
    "a billion laughs": (lambda made: _with_item(made, _LAUGHS), "broken, encrypted"),
    "a document of another program": (
        lambda _: archive(word__document=_EMPTY),
        "No data file travels inside",
    ),
    "a document that lost its data": (_without_item, "No data file travels inside"),
    "a locked PDF": (_locked, "broken, encrypted"),
    "half a PDF": (lambda made: made["pdf"][:100], "broken, encrypted"),
    "a PDF of another program": (_plain_pdf, "No data file travels inside"),
    "tags in a ring": (lambda made: _tagged(made, _in_a_ring), "broken, encrypted"),
    "tags that double": (lambda made: _tagged(made, _doubled), "broken, encrypted"),
    "a PDF that is a bomb": (lambda _: _heavy_pdf(1), "NIANBAO_MAX_ARCHIVE_BYTES"),
    "a bomb in a bomb": (lambda _: _heavy_pdf(2), "NIANBAO_MAX_ARCHIVE_BYTES"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_cannot_be_read_is_refused_in_one_sentence(nianbao, originals, tmp_path, case):
    make, words = HOSTILE[case]
    file = put(tmp_path, "docx", make(originals))

    said = nianbao("extract", file, "-o", tmp_path / "back.yaml")

    assert (said.code, said.out) == (1, "")
    assert words in said.err
    assert "root:" not in said.err
    assert not (tmp_path / "back.yaml").exists()


def test_a_missing_file_and_a_huge_one(nianbao, originals, tmp_path, monkeypatch):
    assert nianbao("extract", tmp_path / "no.docx").code == 2
    file = put(tmp_path, "pdf", originals["pdf"])
    monkeypatch.setattr("toolkit.importers.read.limits", lambda: _Small)
    said = nianbao("extract", file)
    assert (said.code, "NIANBAO_MAX_IMPORT_BYTES" in said.err) == (1, True)


class _Small:
    import_bytes = 1000
