"""A report at the edges: ten pages of text, 40 characters of office, millions, rare characters."""

import re

import pdfplumber
import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from tests import libreoffice
from tests.conftest import FULL_SIZE

OFFICE = "示例市㛃城区“双随机、一公开”市场监督管理与知识产权保护综合行政执法队𠮷䶮镕分局"
SENTENCE = (
    "联系人㛃、𠮷、䶮、镕四位同志，依据《条例》<第二十条>及“A&B”'单引号'\"双引号\"、"
    "{{ 7*7 }}和]]>的规定，坚持以公开为常态、不公开为例外，回应群众关切；"
)
PARAGRAPHS = 24


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The data file: every count of the full-size report 30 001 times as large."""
    content = FULL_SIZE.read_text(encoding="utf-8").replace("示例市自然资源和规划局", OFFICE)
    text, tables, rest = re.split(r"(?m)^(?=proactive_disclosure:|problems)", content)
    more = "".join(f"  {SENTENCE * 4}第{number}段。\n" for number in range(PARAGRAPHS))
    text = text.replace("overview: |\n", f"overview: |\n{more}")
    tables = re.sub(r"(: )(\d+)(?=[,}])", lambda m: f"{m[1]}{int(m[2]) * 30_001}", tables)
    file = tmp_path_factory.mktemp("held") / "held.yaml"
    file.write_text(text + tables + rest, encoding="utf-8")
    return file


def test_it_is_made_valid_as_long_in_libreoffice_and_comes_back(nianbao, report):
    assert len(OFFICE) == 40
    folder = report.parent
    made = nianbao("generate", report, "-f", "docx,pdf", "-o", folder)
    assert made.code == 0, made.err

    word = folder / "held.docx"
    assert OpenXmlValidator(FileFormat.MICROSOFT_365).validate(word).errors == []
    for kind, out in (("pdf", "printed"), ("docx:MS Word 2007 XML", "saved")):
        libreoffice.convert([word], kind, folder / out, folder / "profile")

    own, printed = pages(folder / "held.pdf"), pages(folder / "printed" / "held.pdf")
    assert len([page for page in own if "四位同志" in page]) >= 10
    assert abs(len(own) - len(printed)) <= 1
    for shown in ("".join(own), "".join(printed)):
        assert shown.count("".join(SENTENCE.split())) == 4 * PARAGRAPHS
        assert OFFICE in shown
        assert str(126 * 30_001) in shown
    for document in (word, folder / "held.pdf", folder / "saved" / "held.docx"):
        said = nianbao("extract", document, "-o", folder / "back.yaml", "--force")
        assert (said.code, "matches" in said.err) == (0, True), said.err
        assert (folder / "back.yaml").read_bytes() == report.read_bytes()


def pages(file):
    """Give the text of each page without spaces and page number."""
    with pdfplumber.open(file) as document:
        texts = ["".join(page.extract_text().split()) for page in document.pages]
    return [re.sub(r"—\d+—$", "", words) for words in texts]
