"""The same report in every shape offices publish it in gives the same data."""

import zlib
from pathlib import Path

import pytest
from lxml import etree
from weasyprint import HTML

from tests import libreoffice, published, published_files
from tests.importing import codes, imported, narratives
from tests.published import Numbers
from toolkit.errors import SourceError
from toolkit.importers import Confidence, import_report

SAMPLES = Path(__file__).parent / "samples"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PRINTED = (
    "<style>@page{size:A4;margin:25mm;@bottom-center{content:'— ' counter(page) ' —'}}"
    "table{border-collapse:collapse;width:100%;font-size:9pt}td{border:1px solid #000}"
    "p{text-indent:2em;margin:0;text-align:justify}.nav{display:none}</style></head>"
)
BARE = "tr{break-inside:avoid}td{border:0!important}"


def whole(reading):
    assert narratives(reading) == published.NARRATIVES
    assert reading.values["organization", "name"].value == published.OFFICE
    assert not reading.unplaced
    assert set(codes(reading)) <= {"I017"}


@pytest.mark.parametrize("shape", published_files.TEXT_SHAPES)
def test_a_text_dump_of_any_shape_gives_every_cell(tmp_path, shape):
    n = Numbers()
    words = published_files.text(n, published_files.TEXT_SHAPES[shape])
    whole(imported(tmp_path, words, n, "report.txt"))


@pytest.mark.parametrize("shape", published_files.HTML_SHAPES)
def test_a_page_without_proper_tables_gives_every_cell(tmp_path, shape):
    n = Numbers()
    whole(imported(tmp_path, published_files.html(n, published_files.HTML_SHAPES[shape]), n))


@pytest.mark.parametrize("nested", [False, True])
def test_a_word_document_gives_every_cell(tmp_path, nested):
    n = Numbers()
    document = published_files.saved(published_files.word(n, nested=nested))
    whole(imported(tmp_path, document, n, "report.docx"))


def test_tracked_changes_are_taken_as_accepted_and_text_boxes_are_read(tmp_path):
    n = Numbers()
    document = published_files.word(n)
    paragraph = next(p for p in document.paragraphs if p.text.strip().startswith("全年新收"))
    paragraph._p.append(
        etree.fromstring(
            f'<w:r xmlns:w="{W[1:-1]}"><w:pict><w:txbxContent><w:p><w:r><w:t>框内文字。</w:t>'
            "</w:r></w:p></w:txbxContent></w:pict></w:r>"
        )
    )
    for tag, inner, words in (("del", "delText", "删去的话"), ("ins", "t", "补上的话。")):
        paragraph._p.append(
            etree.fromstring(
                f'<w:{tag} xmlns:w="{W[1:-1]}" w:id="1" w:author="a"><w:r><w:{inner}>{words}'
                f"</w:{inner}></w:r></w:{tag}>"
            )
        )

    reading = imported(tmp_path, published_files.saved(document), n, "report.docx")

    assert narratives(reading)["overview"][-2:] == [
        "全年新收申请按规定办理。补上的话。",
        "框内文字。",
    ]


@pytest.mark.parametrize("sheets", [False, True])
@pytest.mark.parametrize("merged", [False, True])
def test_a_workbook_gives_every_cell(tmp_path, sheets, merged):
    n = Numbers()
    book = published_files.workbook(n, sheets=sheets, merged=merged)
    whole(imported(tmp_path, published_files.saved(book), n, "report.xlsx"))


def test_a_pdf_whose_tables_run_over_pages_gives_every_cell(tmp_path):
    n = Numbers()
    page = published.html_2021(n).replace("</head>", PRINTED)
    whole(imported(tmp_path, HTML(string=page).write_pdf(), n, "report.pdf"))


def printed(n, style):
    bare = f"{PRINTED[:-7]}<style>{BARE}{style}</style></head>"
    return HTML(string=published.html_2021(n).replace("</head>", bare)).write_pdf()


@pytest.mark.parametrize(
    "style",
    [
        "td{padding:2pt 4pt;text-align:center}",
        "td{border-bottom:1px solid #000!important;padding:1pt 2pt}",
        "td{text-align:right;padding:1pt 3pt}tr:nth-child(even) td{background:#eee}",
        "td{text-align:center}table{border:1px solid #000}td:first-child{width:12%}",
    ],
    ids=["no lines", "lines below rows", "shaded rows", "a frame"],
)
def test_a_pdf_whose_tables_have_no_columns_of_lines_is_read_by_places(tmp_path, style):
    n = Numbers()
    reading = imported(tmp_path, printed(n, style), n, "report.pdf")
    assert narratives(reading) == published.NARRATIVES
    assert not reading.unplaced
    assert set(codes(reading)) == {"I017", "I019"}
    assert reading.confidence(("applications",)) is Confidence.MEDIUM


def test_a_blank_in_a_table_without_lines_stays_in_its_column(tmp_path):
    n = Numbers()
    page = published.html_2021(n)
    for path in [path for path, number in n.cells.items() if number % 5 == 0]:
        page = page.replace(f">{n.cells[path]}<", "><")
        n.cells[path] = ""
    style = "<style>td{border:0!important;padding:2pt 4pt;text-align:center}</style></head>"
    words = HTML(string=page.replace("</head>", PRINTED[:-7] + style)).write_pdf()
    reading = imported(tmp_path, words, name="report.pdf")
    got = {path: reading.values[path].value for path in n.cells}
    assert {p: v for p, v in got.items() if v not in (n.cells[p], None)} == {}
    assert sum(value is None for value in got.values()) < 30


def test_a_text_set_in_columns_gives_no_wrong_cell_and_whole_paragraphs(tmp_path):
    n = Numbers()
    published.html_2021(n)
    sample = SAMPLES / "printed-in-columns-2023.txt"
    reading = import_report(sample)
    got = {path: reading.values[path].value for path in n.cells}
    assert {p: v for p, v in got.items() if v not in (n.cells[p], None)} == {}
    assert sum(value is None for value in got.values()) <= 7
    assert narratives(reading) == published.NARRATIVES


def test_a_row_that_a_page_cuts_in_two_is_made_whole(tmp_path):
    n = Numbers()
    document = published_files.word(n)
    for table in document.tables:
        table.style = "Table Grid"
    (tmp_path / "report.docx").write_bytes(published_files.saved(document))
    converted(tmp_path, "report.docx", "pdf")
    whole(imported(tmp_path, (tmp_path / "report.pdf").read_bytes(), n, "again.pdf"))


def converted(folder, name, target):
    """Let LibreOffice write a file in another format."""
    if not libreoffice.is_there():
        pytest.skip("LibreOffice is not installed")
    libreoffice.convert([folder / name], target, folder, folder / "profile")


def test_a_scanned_pdf_is_refused_with_advice(tmp_path):
    scan = HTML(string="<div style='width:15cm;height:20cm;background:#ddd'></div>").write_pdf()
    (tmp_path / "scan.pdf").write_bytes(scan)

    with pytest.raises(SourceError) as refused:
        import_report(tmp_path / "scan.pdf")

    (found,) = refused.value.findings
    assert found.code == "I002"
    assert "OCR" in str(found.remedy)


@pytest.mark.parametrize("times", [1, 2])
def test_a_pdf_that_unpacks_to_hundreds_of_megabytes_is_refused_unopened(tmp_path, times):
    data = b"\0" * 300_000_000
    for _ in range(times):
        data = zlib.compress(data, 9)
    kinds = b"/FlateDecode " * times
    head = b"%%PDF-1.7\n1 0 obj<</Length %d/Filter[%s]>>stream\n" % (len(data), kinds)
    (tmp_path / "report.pdf").write_bytes(head + data + b"\nendstream endobj\n")

    with pytest.raises(SourceError) as refused:
        import_report(tmp_path / "report.pdf")

    (found,) = refused.value.findings
    assert found.code == "I001"
    assert "NIANBAO_MAX_ARCHIVE_BYTES" in str(found.message)


@pytest.mark.parametrize("name", ["report.docx", "report.xlsx", "report.ods", "report.pdf"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"%PDF-1.7 broken"])
def test_a_broken_file_is_refused_in_words(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(SourceError) as refused:
        import_report(tmp_path / name)

    assert refused.value.findings[0].code in {"I001", "I002"}


def test_old_word_and_opendocument_files_are_read_through_libreoffice(tmp_path):
    n = Numbers()
    (tmp_path / "report.xlsx").write_bytes(published_files.saved(published_files.workbook(n)))
    converted(tmp_path, "report.xlsx", "ods")
    whole(imported(tmp_path, (tmp_path / "report.ods").read_bytes(), n, "again.ods"))

    n = Numbers()
    (tmp_path / "report.docx").write_bytes(published_files.saved(published_files.word(n)))
    converted(tmp_path, "report.docx", "doc")
    whole(imported(tmp_path, (tmp_path / "report.doc").read_bytes(), n, "again.doc"))


def test_a_paragraph_whose_mark_is_deleted_runs_on_into_the_next(tmp_path):
    document = published_files.word(Numbers())
    paragraph = next(p for p in document.paragraphs if p.text.strip().startswith("全年新收"))
    words = paragraph.text.strip()
    paragraph.clear().add_run(words[:6])
    name = W[1:-1]
    mark = f'<w:rPr xmlns:w="{name}"><w:del w:id="7" w:author="a"/></w:rPr>'
    paragraph._p.get_or_add_pPr().append(etree.fromstring(mark))
    rest = f'<w:p xmlns:w="{name}"><w:r><w:t>{words[6:]}</w:t></w:r></w:p>'
    paragraph._p.addnext(etree.fromstring(rest))

    whole(imported(tmp_path, published_files.saved(document), None, "report.docx"))
