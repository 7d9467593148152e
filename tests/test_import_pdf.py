"""PDF as offices and their programs make it: every cell right or reported, the narrative whole."""

import io
import subprocess

import pikepdf
import pytest
from PIL import Image
from weasyprint import HTML

from tests import published
from tests.importing import codes, imported, narratives
from tests.published import Numbers
from tests.test_import_formats import PRINTED
from toolkit.errors import SourceError
from toolkit.importers import import_report

RUNNING = (
    "@page{margin:30mm 26mm;@top-right{content:'示例市 政务公开';font-size:9pt}"
    "@bottom-center{content:'第 ' counter(page) ' 页 共 ' counter(pages) ' 页'}}"
)
MARK = (
    "<div style='position:fixed;top:40%;left:10%;font-size:60pt;color:#ddd{}'>样本123</div></body>"
)


def printed(n, style="", mark=""):
    page = published.html_2021(n).replace("</head>", f"{PRINTED[:-7]}<style>{style}</style></head>")
    return HTML(string=page.replace("</body>", mark or "</body>")).write_pdf()


def changed(data, change):
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def whole(reading):
    assert narratives(reading) == published.NARRATIVES
    assert not reading.unplaced


@pytest.mark.parametrize(
    "style",
    [
        "@page wide{size:A4 landscape}table{page:wide}",
        "td{border-style:dashed}",
        "td{border:5pt double #000}",
        "td{letter-spacing:.15em}",
        "td{padding:9pt 2pt}",
        f"{RUNNING}p{{font-size:16pt;line-height:2}}",
    ],
    ids=["landscape", "dashed", "double", "letters apart", "over pages", "running head"],
)
def test_tables_are_read_however_they_are_ruled_and_set(tmp_path, style):
    n = Numbers()
    whole(imported(tmp_path, printed(n, style), n, "report.pdf"))


@pytest.mark.parametrize("angle", [90, 180, 270])
@pytest.mark.parametrize("inside", [False, True], ids=["page", "content"])
def test_a_page_on_its_side_is_turned(tmp_path, angle, inside):
    def turn(document):
        for page in document.pages:
            wide, high = map(float, page.mediabox[2:])
            if not inside:
                page.rotate(angle, relative=True)
                continue
            matrix = {
                90: f"0 1 -1 0 {high} 0",
                180: f"-1 0 0 -1 {wide} {high}",
                270: f"0 -1 1 0 0 {wide}",
            }[angle]
            page.contents_add(f"q {matrix} cm".encode(), prepend=True)
            page.contents_add(b"Q")
            page.mediabox = [0, 0, wide, high] if angle == 180 else [0, 0, high, wide]

    n = Numbers()
    whole(imported(tmp_path, changed(printed(n), turn), n, "report.pdf"))


@pytest.mark.parametrize("lean", ["", ";transform:rotate(-35deg)"], ids=["straight", "leaning"])
def test_a_watermark_enters_no_cell_and_is_kept_as_no_part_of_the_report(tmp_path, lean):
    n = Numbers()
    reading = imported(tmp_path, printed(n, mark=MARK.format(lean)), n, "report.pdf")
    whole(reading)
    assert any("样本123" in item.words for item in reading.left_out)


def test_numbers_that_do_not_fit_their_cells_are_no_wrong_numbers(tmp_path):
    n = Numbers()
    style = "table{table-layout:fixed}td{font-size:15pt;padding:0;white-space:nowrap}"
    reading = imported(tmp_path, printed(n, style), name="report.pdf")
    got = {path: reading.values[path].value for path in n.cells}
    unclear = {found.path for found in reading.findings if found.severity.label == "error"}
    assert not {p for p, v in got.items() if v not in (n.cells[p], None) and p not in unclear}


def test_a_row_whose_numbers_the_page_parts_from_its_label_is_no_row_of_blanks(tmp_path):
    n = Numbers()
    reading = imported(tmp_path, printed(n, "td{letter-spacing:.4em}"), name="report.pdf")
    assert not [path for path in n.cells if reading.values[path].value == ""]


def test_fonts_that_do_not_name_their_characters_are_refused_with_advice(tmp_path):
    def bare(document):
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
                del thing["/ToUnicode"]

    (tmp_path / "report.pdf").write_bytes(changed(printed(Numbers()), bare))
    with pytest.raises(SourceError) as refused:
        import_report(tmp_path / "report.pdf")
    (found,) = refused.value.findings
    assert found.code == "I002"
    assert "OCR" in str(found.remedy)


def test_a_scan_with_recognised_text_behind_it_is_read_with_a_warning(tmp_path):
    n = Numbers()
    data = printed(n)
    (tmp_path / "plain.pdf").write_bytes(data)
    picture = ["pdftoppm", "-r", "40", "-gray", "-png", "plain.pdf", "page"]
    subprocess.run(picture, cwd=tmp_path, check=True)
    scans = iter(sorted(tmp_path.glob("page-*.png")))

    def cover(document):
        for page in document.pages:
            with Image.open(next(scans)) as scan:
                image = pikepdf.Stream(document, scan.convert("L").tobytes())
                image["/Width"], image["/Height"] = scan.size
            image["/Type"], image["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Image
            image["/ColorSpace"], image["/BitsPerComponent"] = pikepdf.Name.DeviceGray, 8
            page.resources["/XObject"] = pikepdf.Dictionary({"/Scan": image})
            wide, high = map(float, page.mediabox[2:])
            page.contents_add(f"q {wide} 0 0 {high} 0 0 cm /Scan Do Q 3 Tr".encode(), prepend=True)

    reading = imported(tmp_path, changed(data, cover), n, "report.pdf")
    assert "I021" in codes(reading)
