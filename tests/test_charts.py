"""Charts: which a report has, how they are drawn, and that every format carries them."""

import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from tests.conftest import ROOT
from tests.kinds import DISCLOSURE
from tests.pdf_conformance import elements
from tests.pdf_conformance import faults as pdf_faults
from toolkit import charts, pipeline
from toolkit.charts import Chart, Series
from toolkit.diagnostics import Severity
from toolkit.errors import EnvironmentFault, PluginError, TemplateError
from toolkit.extract.carried import carried
from toolkit.importers import import_report
from toolkit.pipeline import Demands
from toolkit.registry import Registry
from toolkit.render.charts import layout as chart_layout
from toolkit.render.charts import picture as chart_picture
from toolkit.render.docx import document as docx
from toolkit.render.html import page as html
from toolkit.sources import read_text

GUANGDONG = ROOT / "plugins" / "guangdong" / "examples" / "shili-district-2024.yaml"
SHANDONG = ROOT / "plugins" / "shandong" / "examples" / "shili-bureau-2024.yaml"
HEILONGJIANG = ROOT / "plugins" / "heilongjiang" / "examples" / "full-size-2024.yaml"
KINDS = ("docx", "pdf", "html", "html-fragment", "text")
SVG = "{http://www.w3.org/2000/svg}"
LONG = "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"

CHARTS = DISCLOSURE.charts


def check(file, *changes):
    """Check a data file with some words replaced."""
    content = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in content
        content = content.replace(old, new, 1)
    source = read_text(content.encode(), str(file), file.suffix)
    return pipeline.check_source(source, Registry(), Demands())


def made(checked, *kinds):
    registry = Registry()
    return pipeline.render(checked, [registry.formats(checked.plugin)[kind] for kind in kinds])


def chart(*numbers, labels=None, layout="bars", **more):
    names = labels or tuple(f"第{place}项" for place in range(len(numbers[0])))
    series = tuple(Series(f"系列{place}", each) for place, each in enumerate(numbers, 1))
    return Chart("some-chart", "一张图", names, series, layout=layout, **more)


@pytest.fixture(scope="module")
def documents():
    """Both reports with charts, in every format."""
    return {file.stem: made(check(file), *KINDS) for file in (GUANGDONG, SHANDONG)}


def test_the_chart_by_result_adds_up_what_the_table_says():
    shown = CHARTS["applications_by_result"](check(GUANGDONG).report)

    assert shown.title == "2024年政府信息公开申请办理结果"
    assert dict(zip(shown.categories, shown.series[0].numbers, strict=True)) == {
        "予以公开": 140,
        "部分公开": 41,
        "不予公开": 55,
        "无法提供": 86,
        "不予处理": 17,
        "其他处理": 14,
    }


def test_the_chart_by_year_puts_this_year_beside_those_the_data_file_tells():
    shown = CHARTS["applications_by_year"](check(GUANGDONG).report)

    assert shown.categories == ("2021年", "2022年", "2023年", "2024年")
    assert [series.numbers for series in shown.series] == [
        (268, 301, 342, 375),
        (262, 297, 335, 353),
    ]


def test_chinese_keys_say_the_same():
    shown = CHARTS["applications_by_year"](check(SHANDONG).report)

    assert shown.categories == ("2023年", "2024年")
    assert shown.series[0].numbers == (48, 97)


def test_a_year_alone_is_no_chart():
    checked = check(GUANGDONG, ("earlier_years:", "unrecognized:"))

    assert [one.chart.id for one in pipeline.view(checked).charts] == ["applications-by-result"]


def test_charts_are_off_unless_the_province_or_the_data_file_wants_them():
    off = check(HEILONGJIANG)
    on = check(HEILONGJIANG, ("year: 2024\n", "year: 2024\ncharts: true\n"))

    assert pipeline.view(off).charts == ()
    assert [one.caption for one in pipeline.view(on).charts] == [
        "图1\u30002024年政府信息公开申请办理结果"
    ]
    assert "图1" in made(on, "html")["html"].decode()


def test_a_data_file_may_do_without_the_charts_of_its_province():
    checked = check(GUANGDONG, ("year: 2024\n", "year: 2024\ncharts: false\n"))

    assert pipeline.view(checked).charts == ()
    assert "<figure" not in made(checked, "html")["html"].decode()


def test_numbers_that_are_all_zero_make_no_chart():
    nothing = chart((0, 0))

    assert not nothing.shows
    assert charts.chosen(check(GUANGDONG).report, (lambda _report: nothing,), {}) == ()


def test_a_number_that_is_not_filled_in_is_said_and_is_not_zero():
    unknown = chart((3, None))

    assert unknown.description == "一张图（单位：件）：第0项3；第1项未填。"
    sheet = chart_layout.lay_out(unknown)
    assert len(sheet.bars) == 1
    assert "未填" in [line.words for line in sheet.lines]


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ("[{year: 2023, new: 3}]", "Entry 1: “results” stands once in each entry."),
        ("[{year: 2023, new: 3, results: 1.5}]", "“results: 1.5” is not a whole number."),
        ("[{year: 2024, new: 3, results: 3}]", "2024 is not a year before 2024."),
        (
            "[{year: 2023, new: 3, results: 3}, {year: 2023, new: 1, results: 1}]",
            "Entry 2: The year 2023 is given twice.",
        ),
        ("[{year: 2023, new: 3, results: 3, other: 1}]", "“other” is not known here."),
        ("[2023]", "An earlier year has a year and two numbers."),
        ("[{year: 2007, new: 3, results: 3}]", "There are no reports of years before 2008."),
    ],
)
def test_earlier_years_that_are_not_complete_are_an_error_with_its_remedy(
    full_size, nianbao, entries, said
):
    file = full_size(("year: 2024\n", f"year: 2024\nearlier_years: {entries}\n"))

    result = nianbao("check", file)

    assert result.code == 1
    assert said in result.out
    assert "Write an entry as “- {year: 2023, new: 369, results: 351}”." in result.out


@pytest.mark.parametrize(
    ("written", "value"),
    [("012", 12), ('"1,180"', 1180), ("１２", 12), ("115件", 115), ("十二", 12), ("+5", 5)],
)
def test_a_number_of_an_earlier_year_is_read_and_told_as_one_in_a_table_is(
    full_size, nianbao, written, value
):
    lines = f"earlier_years:\n  - {{年度: 2023年, new: {written}, results: 115}}\n"
    file = full_size(("year: 2024\n", f"year: 2024\n{lines}"))

    said = json.loads(nianbao("check", file, "--format", "json").out)["findings"]
    nianbao("check", "--fix", file)

    assert [(f["code"], f["line"], f["column"]) for f in said] == [
        ("N116", 5, 10),
        ("N116", 5, 22),
    ]
    assert f"{{年度: 2023, new: {value}, results: 115}}" in file.read_text(encoding="utf-8")


def test_every_fault_of_earlier_years_is_told_at_its_own_place(full_size, nianbao):
    entry = "{year: 2023, new: 1e3, results: , other: 1}"
    file = full_size(("year: 2024\n", f"year: 2024\nearlier_years: [{entry}]\n"))

    said = json.loads(nianbao("check", file, "--format", "json").out)["findings"]

    assert [(f["code"], f["column"]) for f in said] == [("N607", 35), ("N607", 49), ("N607", 58)]


def every_year(*numbers):
    """Change the Guangdong report to tell of every year since 2008."""
    new, results = numbers
    lines = "".join(
        f"  - {{year: {year}, new: {new(year)}, results: {results(year)}}}\n"
        for year in range(2008, 2024)
    )
    content = GUANGDONG.read_text(encoding="utf-8")
    was = re.search(r"earlier_years:\n(  - .*\n)+", content)[0]
    return was, f"earlier_years:\n{lines}"


def test_every_year_since_2008_is_taken_and_shown_in_every_format(full_size):
    checked = check(GUANGDONG, every_year(lambda y: y, lambda y: 1_000_000 + y))
    shown = pipeline.view(checked).charts[1].chart
    files = made(checked, *KINDS)

    assert [f for f in checked.findings if f.severity is Severity.ERROR] == []
    assert shown.categories == tuple(f"{year}年" for year in range(2008, 2025))
    assert shown.series[1].numbers[:2] == (1_002_008, 1_002_009)
    assert "2008年：本年新收2008，办理结果总计1002008；" in shown.description
    for kind in ("html-fragment", "text"):
        assert shown.description in files[kind].decode()
    document = Document(BytesIO(files["docx"]))
    assert document.inline_shapes[1]._inline.docPr.get("descr") == shown.description
    with pikepdf.open(BytesIO(files["pdf"])) as pdf:
        figures = [e for e in elements(pdf) if e.get("/S") == "/Figure"]
        assert str(figures[1].Alt) == shown.description
        assert pdf_faults(pdf) == []


def test_earlier_years_without_any_application_are_said_as_0_beside_this_year():
    checked = check(GUANGDONG, every_year(lambda _year: 0, lambda _year: 0))
    shown = pipeline.view(checked).charts[1].chart
    sheet = chart_layout.lay_out(shown)

    assert shown.series[0].numbers == (*(0,) * 16, 375)
    assert len(sheet.bars) == 2 + 2  # this year's two, and the legend's
    assert [line.words for line in sheet.lines].count("0") == 32


def test_an_office_that_had_no_application_in_any_year_has_no_chart():
    content = GUANGDONG.read_text(encoding="utf-8")
    start, end = content.index("\napplications:"), content.index("\nreview_and_litigation:")
    filled = content[start:end]
    nothing = re.sub(r"(: )[0-9]+", r"\g<1>0", filled)
    years = re.search(r"earlier_years:\n(  - .*\n)+", content)[0]
    zero = "earlier_years: [{year: 2023, new: 0, results: 0}]\n"
    report = check(GUANGDONG, (filled, nothing), (years, zero)).report

    assert CHARTS["applications_by_year"](report).series[0].numbers == (0, 0)
    assert charts.chosen(report, tuple(CHARTS), CHARTS) == ()


def test_this_years_file_made_from_last_years_has_its_numbers_for_the_chart(tmp_path, nianbao):
    file = tmp_path / "2025.yaml"

    assert nianbao("new", file, "--from", GUANGDONG, "--year", "2025").code == 0

    assert "  - {year: 2021, new: 268, results: 262}\n" in file.read_text(encoding="utf-8")
    assert "  - {year: 2024, new: 375, results: 353}\n" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"id": "Some Chart"}, "lower-case"),
        ({"layout": "pie"}, "no such layout"),
        ({"categories": ("甲",)}, "a number for each category"),
        ({"series": ()}, "series"),
        ({"series": (Series("甲", (1, -1)),)}, "below 0"),
    ],
)
def test_a_chart_whose_parts_do_not_fit_is_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        replace(chart((1, 2)), **wrong)


NUMBERS = st.lists(st.one_of(st.none(), st.integers(0, 9_999_999)), min_size=1, max_size=12).filter(
    any
)
LABELS = st.text("政府信息公开申请不予处理其他年0123456789", min_size=1, max_size=45)


@settings(max_examples=60, deadline=None)
@given(st.data(), NUMBERS, st.sampled_from(["bars", "columns"]), st.integers(1, 4))
def test_nothing_is_cut_off_and_no_words_overlap(data, numbers, layout, kinds):
    labels = tuple(data.draw(LABELS) for _ in numbers)
    sheet = chart_layout.lay_out(chart(*[tuple(numbers)] * kinds, labels=labels, layout=layout))
    nothing_overlaps(sheet)
    assert set("".join(labels)) <= set("".join(line.words for line in sheet.lines))


def box(line):
    """Left, top, right and lower edge of a line of words; it may run upwards."""
    long, above, below = (
        chart_layout.measure(line.words) * line.size,
        0.8 * line.size,
        0.1 * line.size,
    )
    if line.turned:
        return line.x - above, line.y - long, line.x + below, line.y
    return line.x, line.y - above, line.x + long, line.y + below


def nothing_overlaps(sheet):
    boxes = [box(line) for line in sheet.lines]
    assert sheet.height <= 200.01  # of a page of 225, with a caption
    for left, top, right, foot in boxes:
        assert 0 <= left <= right <= sheet.width + 0.01
        assert 0 <= top <= foot <= sheet.height
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            apart = (
                one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            )
            assert apart
    for bar in sheet.bars:
        assert 0 <= bar.x < bar.x + bar.width <= sheet.width
        assert 0 <= bar.y < bar.y + bar.height <= sheet.height


def by_year(first, last, *series):
    years = tuple(f"{year}年" for year in range(first, last + 1))
    numbers = (tuple(of(year) for year in range(first, last + 1)) for of in series)
    return chart(*numbers, labels=years, layout="columns")


@pytest.mark.parametrize("last", [2009, 2012, 2017, 2018, 2022, 2025, 2029, 2035])
@pytest.mark.parametrize("number", [7, 70_001])
def test_every_year_since_2008_has_its_columns_its_numbers_and_room(last, number):
    of = (lambda year: number * (year - 2000), lambda year: number * (year - 2001))
    sheet = chart_layout.lay_out(by_year(2008, last, *of))
    words = [line.words for line in sheet.lines]
    numbers = [str(f(year)) for f in of for year in range(2008, last + 1)]
    named = [word for word in words if re.fullmatch("20..年?", word) and word not in numbers]

    nothing_overlaps(sheet)
    assert sheet.height < 90  # columns, which do not lie down
    assert len(sheet.bars) == 2 * (last - 2007) + 2
    assert sorted(word for word in words if word in numbers) == sorted(numbers)
    assert f"{last}" in named or f"{last}年" in named
    years = {int(word[:4]) for word in named}
    assert years == set(range(last, 2007, -1 if last < 2029 else -2))
    sizes = {round(line.size * 72 / 25.4, 1) for line in sheet.lines}
    assert min(sizes) >= (8.0 if last < 2029 else 6.5)  # pt


def test_years_that_do_not_follow_each_other_are_all_named():
    years = (*range(2008, 2020), *range(2021, 2032))
    names = tuple(f"{year}年" for year in years)
    sheet = chart_layout.lay_out(chart(years, labels=names, layout="columns"))

    nothing_overlaps(sheet)
    assert set(names) <= {line.words for line in sheet.lines}


def test_one_large_number_leaves_the_small_ones_to_be_seen_and_told_from_nothing():
    numbers = (1, 0, 1_234_567, 3)
    for layout in ("bars", "columns"):
        sheet = chart_layout.lay_out(chart(numbers, layout=layout))
        long = [bar.width if layout == "bars" else bar.height for bar in sheet.bars]

        nothing_overlaps(sheet)
        assert len(long) == 3
        assert min(long) == 0.5  # mm; the line around a bar is 0.2 wide
        assert {str(number) for number in numbers} <= {line.words for line in sheet.lines}


def test_a_chart_of_forty_long_names_has_room_on_a_page():
    sheet = chart_layout.lay_out(chart(range(40), labels=(LONG + "申请", *(LONG,) * 39)))

    nothing_overlaps(sheet)
    assert len(sheet.bars) == 39


def test_bars_are_as_long_as_their_numbers_say():
    bars = chart_layout.lay_out(chart((100, 50, 25))).bars

    assert [round(bar.width / bars[0].width, 2) for bar in bars] == [1, 0.5, 0.25]


def test_the_kinds_of_bar_differ_in_black_and_white():
    looks = {(look.grey, look.hatching, look.rising) for look in chart_picture.LOOKS}

    assert len(looks) == len(chart_picture.LOOKS) == charts.model.MOST_SERIES
    assert all(re.fullmatch(r"#(..)\1\1", look.grey) for look in chart_picture.LOOKS)


def test_a_drawing_stands_in_a_page_without_reaching_into_it():
    root = etree.fromstring(chart_picture.svg(chart((1, 2), (3, 4))).data)
    ids = root.xpath("//@id")

    assert root.get("role") == "img"
    assert (
        ids
        == root.get("aria-labelledby").split()
        == ["chart-some-chart-title", "chart-some-chart-desc"]
    )
    assert root.findtext(f"{SVG}desc") == chart((1, 2), (3, 4)).description
    assert {etree.QName(node).localname for node in root.iter()} == {
        "svg",
        "title",
        "desc",
        "g",
        "path",
    }


def test_a_picture_for_word_has_300_dots_an_inch_and_says_no_day():
    picture = chart_picture.png(chart((1, 2)))

    with Image.open(BytesIO(picture.data)) as image:
        assert image.info == {"dpi": pytest.approx((300, 300), abs=1)}
        assert image.size[0] == pytest.approx(picture.width / 25.4 * 300, abs=1)
        colours = image.convert("RGB").getcolors(1 << 20)
    assert all(red == green == blue for _, (red, green, blue) in colours)


@pytest.mark.parametrize(
    "settings_of", [{}, {"TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8", "PYTHONHASHSEED": "7"}]
)
def test_equal_charts_give_equal_bytes_in_any_process(tmp_path, settings_of):
    script = (
        "import hashlib; from tests.test_charts import chart;"
        "from toolkit.render.charts import picture as p;"
        "c = chart((1, 2), (3, 4), layout='columns');"
        "print(hashlib.sha256(p.svg(c).data + p.png(c).data).hexdigest())"
    )
    environment = {
        **os.environ,
        **settings_of,
        "PYTHONPATH": str(ROOT),
        "MPLCONFIGDIR": str(tmp_path),
    }
    ran = subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    here = chart((1, 2), (3, 4), layout="columns")

    expected = hashlib.sha256(chart_picture.svg(here).data + chart_picture.png(here).data)
    assert ran.stdout.strip() == expected.hexdigest()


def test_a_pdf_has_tagged_figures_with_alternative_text_box_and_caption(documents):
    for stem, count in (("shili-district-2024", 2), ("shili-bureau-2024", 3)):
        with pikepdf.open(BytesIO(documents[stem]["pdf"])) as pdf:
            figures = [e for e in elements(pdf) if e.get("/S") == "/Figure"]
            assert pdf_faults(pdf) == []
            assert len(figures) == count
            for figure in figures:
                assert str(figure.Alt).count("；") >= 1
                left, low, right, high = map(float, figure.A.BBox)
                assert right - left == pytest.approx(150 / 25.4 * 72, abs=1)
                assert 35 / 25.4 * 72 <= low < high <= (297 - 37) / 25.4 * 72 + 1
                captions = [
                    k
                    for k in figure.K
                    if isinstance(k, pikepdf.Dictionary) and k.get("/S") == "/Caption"
                ]
                assert len(captions) == 1


def test_a_word_document_has_pictures_with_alternative_text_and_captions(documents):
    data = documents["shili-bureau-2024"]["docx"]
    document = Document(BytesIO(data))
    captions = [p.text for p in document.paragraphs if p.style.name == "Nianbao Figure Caption"]
    told = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]

    assert [caption.partition("\u3000")[0] for caption in captions] == ["图1", "图2", "图3"]
    assert len(told) == 3
    assert told[0].startswith("2024年政府信息公开申请办理结果（单位：件）：予以公开34；")
    with ZipFile(BytesIO(data)) as archive:
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
        assert len(pictures) == 3
        for name in pictures:
            Image.open(BytesIO(archive.read(name))).verify()
    assert carried(data, "report.docx").unchanged


def test_a_picture_in_a_word_document_has_300_dots_an_inch_where_it_stands(documents):
    for stem in documents:
        document = Document(BytesIO(documents[stem]["docx"]))
        for shape in document.inline_shapes:
            name = shape._inline.graphic.graphicData.pic.blipFill.blip.embed
            picture = document.part.related_parts[name].image
            assert picture.px_width / shape.width.inches == pytest.approx(300, abs=1)
            assert picture.px_height / shape.height.inches == pytest.approx(300, abs=1)
            assert shape.width.mm <= 156
            assert shape.height.mm <= 200
            told = shape._inline.docPr
            assert told.get("descr") == shape._inline.graphic.graphicData.pic.nvPicPr.cNvPr.get(
                "descr"
            )


def test_each_picture_is_described_as_its_own_table_of_numbers_is(documents):
    for stem in documents:
        page = etree.HTML(documents[stem]["html"].decode())
        said = [shape.get("descr") for shape in descriptions(documents[stem]["docx"])]
        with pikepdf.open(BytesIO(documents[stem]["pdf"])) as pdf:
            figures = [str(e.Alt) for e in elements(pdf) if e.get("/S") == "/Figure"]
        drawn = [figure.find(".//desc").text for figure in page.findall(".//figure")]

        assert said == figures == drawn
        for text, figure in zip(said, page.findall(".//figure"), strict=True):
            cells = [cell.text for cell in figure.findall(".//tbody//td")]
            numbers = text.partition("：")[2].partition("）：")[2]
            for row in figure.findall(".//tbody/tr"):
                assert row.find("th").text in numbers
            assert all(cell in numbers for cell in cells)


def descriptions(data):
    return [shape._inline.docPr for shape in Document(BytesIO(data)).inline_shapes]


def test_both_ways_of_filling_a_word_template_give_the_same_document():
    checked = check(SHANDONG)
    form = Registry().formats(checked.plugin)["docx"]
    request = pipeline._request(checked, pipeline.view(checked), form)

    assert docx.ordinary_way(ROOT / "templates" / "national" / "report.docx", "test") is None
    quick, ordinary = (
        ZipFile(BytesIO(docx.render(request, ordinary=way))) for way in (False, True)
    )
    for name in (
        "word/media/nianbao-chart-1.png",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
    ):
        assert quick.read(name) == ordinary.read(name)
    bodies = [
        etree.tostring(etree.fromstring(z.read("word/document.xml")), method="c14n")
        for z in (quick, ordinary)
    ]
    assert len(re.findall(rb"<pic:pic", bodies[0])) == len(re.findall(rb"<pic:pic", bodies[1])) == 3


def test_a_page_offers_the_numbers_of_a_chart_as_a_table(documents):
    page = etree.HTML(documents["shili-district-2024"]["html"].decode())
    figures = page.findall(".//figure")

    assert len(figures) == 2
    rows = [[cell.text or "" for cell in row] for row in figures[1].findall(".//tr")]
    assert rows[0] == ["", "本年新收", "办理结果总计"]
    assert rows[-1] == ["2024年", "375", "353"]


def test_a_fragment_tells_the_numbers_in_words_since_drawings_would_be_thrown_away(documents):
    fragment = documents["shili-district-2024"]["html-fragment"].decode()

    assert "<svg" not in fragment
    assert "<img" not in fragment
    assert "图1数据：2024年政府信息公开申请办理结果（单位：件）：予以公开140；" in fragment


def test_plain_text_tells_the_numbers_in_words(documents):
    plain = documents["shili-district-2024"]["text"].decode()

    assert "　　图1数据：2024年政府信息公开申请办理结果（单位：件）：予以公开140；" in plain


@pytest.mark.parametrize("kind", ["html", "docx", "pdf"])
def test_an_import_takes_no_number_from_a_chart(documents, tmp_path, kind):
    file = tmp_path / f"report.{kind}"
    file.write_bytes(documents["shili-district-2024"][kind])
    report = check(GUANGDONG).report

    reading = import_report(file)

    for path, value in report.cells.items():
        taken = reading.values[path].value
        assert taken == value or str(taken) == str(value), path
    assert reading.unplaced == ()
    assert not any("图1" in str(taken.value) for taken in reading.values.values())


def test_a_plugin_is_told_of_a_chart_there_is_not(tmp_path, nianbao):
    folder = tmp_path / "plugins" / "testland"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(
        "from toolkit import Province, hookimpl\n\n@hookimpl\ndef province():\n"
        "    return Province(code='99', name='示例省', charts=('applications_by_colour',))\n",
        encoding="utf-8",
    )

    said = nianbao("plugins", "--plugin-dir", folder.parent)

    assert (
        "there is no chart 'applications_by_colour'; there are: applications_by_result" in said.all
    )


def test_a_function_that_gives_no_chart_is_its_plugins_fault():
    checked = check(GUANGDONG)
    province = replace(checked.plugin.province, charts=(lambda _report: "a chart",))
    wrong = replace(checked, plugin=replace(checked.plugin, province=province))

    with pytest.raises(PluginError, match="a chart was expected, not str"):
        pipeline.view(wrong)


def test_a_chart_of_a_table_there_is_not_is_its_plugins_fault():
    checked = check(GUANGDONG)
    lost = chart((1, 2), after="nowhere")
    province = replace(checked.plugin.province, charts=(lambda _report: lost,))
    wrong = replace(checked, plugin=replace(checked.plugin, province=province))

    with pytest.raises(PluginError, match="there is no table 'nowhere'"):
        pipeline.view(wrong)


def test_a_template_that_forgets_a_chart_is_refused(tmp_path):
    (tmp_path / "own.html").write_text("<p>{{ title }}</p>", encoding="utf-8")
    checked = check(GUANGDONG)
    form = Registry().formats(checked.plugin)["html"]
    request = pipeline._request(checked, pipeline.view(checked), form)
    request = replace(request, folders=(tmp_path, *request.folders), template="own.html")

    with pytest.raises(TemplateError, match="does not print “图1"):
        html.render(request)


def test_without_matplotlib_the_extra_is_named_and_nothing_is_made(monkeypatch, tmp_path, nianbao):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    chart_picture._drawn.cache_clear()

    said = nianbao("generate", GUANGDONG, "-f", "html", "-o", tmp_path / "out")

    assert said.code != 0
    assert "pip install 'nianbao[charts]'" in said.all
    assert not list((tmp_path / "out").glob("*.html"))


def test_a_character_that_no_font_has_is_named():
    with pytest.raises(EnvironmentFault, match="has the character “\U0010fffd”"):
        chart_picture.svg(chart((1, 2), labels=("甲", "\U0010fffd")))


def test_a_report_without_charts_imports_no_matplotlib(tmp_path):
    script = (
        "import sys; from toolkit.cli.main import main\n"
        f"asked = ['generate', {str(HEILONGJIANG)!r}, '-f', 'docx,html', '-o', {str(tmp_path)!r}]\n"
        "try: main(asked)\n"
        "except SystemExit as ended: assert not ended.code\n"
        "print('matplotlib' in sys.modules)"
    )

    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )

    assert ran.stdout.endswith("False\n")
