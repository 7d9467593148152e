"""The main job: the real report in, documents out in which nothing is lost."""

import re
import subprocess
import unicodedata
from pathlib import Path

import docx
import pdfplumber
import pytest
from lxml import html

from tests.conftest import FULL_SIZE, ROOT, SAMPLE
from toolkit.cli.main import main

PUBLISHED = ROOT / "tests" / "samples" / "taoshan-commerce-2022.txt"
FORMATS = ("docx", "pdf", "html", "html-fragment", "text")
SUFFIXES = {"html-fragment": ".fragment.html", "text": ".txt"}


def squeezed(words: str) -> str:
    """Leave out what a line break or a width may change."""
    folded = unicodedata.normalize("NFKC", words)
    return re.sub(r"\s+", "", folded)


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    """The sample in every format: format → file."""
    folder = tmp_path_factory.mktemp("sample")
    assert main(["generate", str(SAMPLE), "-f", ",".join(FORMATS), "-o", str(folder)]) == 0
    return {f: folder / f"{SAMPLE.stem}{SUFFIXES.get(f, '.' + f)}" for f in FORMATS}


def read(kind: str, file: Path) -> str:
    if kind == "docx":
        document = docx.Document(str(file))
        cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
        return "\n".join([*(p.text for p in document.paragraphs), *cells])
    if kind == "pdf":
        return subprocess.run(
            ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
        ).stdout
    words = file.read_text(encoding="utf-8")
    return words if kind == "text" else html.fromstring(words).text_content()


def sentences() -> list[str]:
    """Every sentence of the published text, its tables left out."""
    published = PUBLISHED.read_text(encoding="utf-8")
    parts = re.findall(
        r"一、总体情况\n(.*?)\n二、主动公开|五、存在的主要问题及改进情况\n(.*?)\n六、",
        published,
        re.DOTALL,
    )
    found = re.split(r"(?<=[。;])", "".join(a + b for a, b in parts))
    return [sentence.strip() for sentence in found if sentence.strip()]


@pytest.mark.parametrize("kind", FORMATS)
def test_every_sentence_of_the_published_report_is_in_the_document(documents, kind):
    content = squeezed(read(kind, documents[kind]))
    content = re.sub("—\\d+—", "", content)  # page numbers stand between lines of a PDF

    assert len(sentences()) > 10
    assert [s for s in sentences() if squeezed(s) not in content] == []


def test_every_cell_of_the_published_report_is_in_the_word_document(documents):
    document = docx.Document(str(documents["docx"]))

    numbers = [len(zeros(table)) for table in document.tables]

    assert numbers == [22, 161, 15]


def zeros(table):
    """Cells that hold a number; a merged cell is counted once."""
    cells = {cell._tc: cell.text.strip() for row in table.rows for cell in row.cells}
    return [content for content in cells.values() if content == "0"]


def test_every_cell_of_the_published_report_is_in_the_pdf(documents):
    with pdfplumber.open(documents["pdf"]) as pdf:
        tables = [table for page in pdf.pages for table in page.extract_tables()]

    cells = [cell for table in tables for row in table for cell in row]

    assert sum((cell or "").strip() == "0" for cell in cells) == 22 + 161 + 15


@pytest.mark.parametrize("kind", ["html", "html-fragment"])
def test_every_cell_of_the_published_report_is_in_the_page(documents, kind):
    page = html.fromstring(documents[kind].read_text(encoding="utf-8"))

    cells = [cell.text_content().strip() for cell in page.iter("td")]

    assert cells.count("0") == 198


def test_every_cell_of_the_published_report_is_in_the_text(documents):
    lines = documents["text"].read_text(encoding="utf-8").splitlines()

    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("|")]

    assert sum(cell.strip(" |") == "0" for row in rows for cell in row) == 198
    assert lines[0] == "桃山区商务局2022年政府信息公开工作年度报告"
    assert not any("&" in line or "<" in line for line in lines)


def test_no_format_is_written_when_one_cannot_be_made(nianbao, tmp_path, monkeypatch):
    def broken(request):
        raise ZeroDivisionError

    monkeypatch.setattr("toolkit.render.html.page.render", broken)

    result = nianbao("generate", SAMPLE, "-f", "docx,html", "-o", tmp_path / "out")

    assert result.code == 2
    assert "ZeroDivisionError" in result.err
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["manifest.json"]


def test_a_report_with_errors_is_not_built_and_the_others_are(nianbao, full_size, tmp_path):
    bad = full_size(("natural_person: 98", "natural_person: -1"), name="bad.yaml")
    out = tmp_path / "out"

    result = nianbao("generate", bad, FULL_SIZE, "-f", "html", "-o", out)

    assert result.code == 1
    assert [file.name for file in out.glob("*.html")] == ["full-size-2024.html"]
    assert "1 of 2 reports built" in result.err


def test_two_files_that_would_make_one_document_are_refused_beforehand(
    nianbao, full_size, tmp_path
):
    first = full_size(name="same.yaml")
    second = first.with_suffix(".yml")
    second.write_bytes(first.read_bytes())

    result = nianbao("generate", first, second, "-o", tmp_path / "out")

    assert result.code == 2
    assert "would write the same document" in result.err
    assert not (tmp_path / "out").exists()


def test_a_character_that_no_font_has_is_told_with_its_place_and_no_pdf_is_made(
    nianbao, full_size, tmp_path
):
    file = full_size(("（五）监督保障\n", "（五）监督保障\n  藏文ཀ字\n"))
    line = file.read_text(encoding="utf-8").split("ཀ")[0].count("\n") + 1

    result = nianbao("generate", file, "-f", "html,pdf", "-o", tmp_path / "out")

    assert result.code == 1
    assert f"{file}:{line}:5" in result.err
    assert "N181" in result.err
    assert "“ཀ” (U+0F40 TIBETAN LETTER KA)" in result.err
    assert not list(tmp_path.glob("out/*.*ml"))
    assert not list(tmp_path.glob("out/*.pdf"))


def test_a_character_that_no_font_has_does_not_keep_a_report_from_other_formats(
    nianbao, full_size, tmp_path
):
    file = full_size(("（五）监督保障\n", "（五）监督保障\n  藏文ཀ字\n"))

    result = nianbao("generate", file, "-f", "html", "-o", tmp_path / "out")

    assert result.code == 0
    assert "藏文ཀ字" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


HOSTILE = (
    "{{ 7*7 }}",
    "{% raw %}",
    "{%p for x in y %}",
    "{{p table.applications }}",
    "<w:p>",
    "</w:t></w:r></w:p>",
    "&lt;",
    "&amp;amp;",
    "<script>alert(1)</script>",
    "<img src=file:///etc/passwd>",
    "{_{ x }_}",
    "]]>",
    "😀",
    "㐀𠀀",
    "${x}",
    "\\a\\f\\n",
    "=1+1",
    "'\"",
)


NAMED = ("{{ 7*7 }}", "{% raw %}", "<w:p>", "&lt;", "<script>alert(1)</script>", "😀", "㐀𠀀")


@pytest.mark.parametrize("kind", FORMATS)
def test_hostile_text_appears_as_it_was_written(full_size, tmp_path, kind):
    written = " ".join(HOSTILE)
    file = full_size(
        ("name: 示例市自然资源和规划局", f"name: |-\n    机关{' '.join(NAMED)}"),
        ("（五）监督保障\n", f"（五）监督保障\n  {written}\n"),
        ("address: 示例市中心大街1号", f"address: |-\n    {written}"),
        ("2024年，依据国务院办公厅", f"{written}2024年，依据国务院办公厅"),
    )
    out = tmp_path / "out"

    assert main(["generate", str(file), "-f", kind, "-o", str(out)]) == 0

    shown = squeezed(read(kind, out / f"report{SUFFIXES.get(kind, '.' + kind)}"))
    for part in HOSTILE:
        assert shown.count(squeezed(part)) >= 3, part
    assert squeezed(f"机关{' '.join(NAMED)}") in shown
    assert "root:" not in shown


@pytest.mark.parametrize(("count", "wide"), [("1234567", 7), ("999999999", 9)])
def test_large_counts_stand_on_one_line_inside_their_cells(full_size, tmp_path, count, wide):
    content = re.sub(
        r"(natural_person|business|research|public_interest|legal_service|upheld|corrected)"
        r": \d+",
        rf"\1: {count}",
        full_size().read_text(encoding="utf-8"),
    )
    lines = [re.sub(r", total: \d+|, other: \d+(?=[,}])", "", line) for line in content.split("\n")]
    file = tmp_path / "large.yaml"
    file.write_text("\n".join(lines), encoding="utf-8")

    code = main(["generate", str(file), "-f", "pdf", "--ignore", "N2", "-o", str(tmp_path)])

    assert code == 0
    with pdfplumber.open(tmp_path / "large.pdf") as pdf:
        cells = [c for p in pdf.pages for t in p.find_tables() for c in t.extract()]
        flat = [cell for row in cells for cell in row if cell and count[:3] in cell]
    assert len(count) == wide
    assert flat
    assert all("\n" not in cell for cell in flat)


def test_a_pdf_is_set_in_the_faces_of_the_page_and_no_others(full_size, tmp_path):
    file = full_size(("2024年，示例市", "2024年😀☎✈️★㐀𠀀①㎡→，示例市"))

    assert main(["generate", str(file), "-f", "pdf", "-o", str(tmp_path)]) == 0

    with pdfplumber.open(tmp_path / "report.pdf") as pdf:
        characters = [char for page in pdf.pages for char in page.chars]
    faces = {char["fontname"].partition("+")[2] for char in characters}
    assert all(
        face.startswith(("title", "heading", "subheading", "body", "half-width")) for face in faces
    ), faces
    assert "😀☎✈★㐀𠀀①㎡→" in "".join(c["text"] for c in characters).replace("\ufe0f", "")
