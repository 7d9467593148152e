"""Slips of the keyboard in a data file: each at its own place, in plain words, all at once."""

import re

import pytest

from tests.conftest import EXAMPLES
from toolkit.sources import read_text, slips

REPORT = """plugin: heilongjiang
year: 2024
organization:
  name: 桃山区商务局
  kind: department
contact:
  telephone: 0464-123456
overview: |
  2024年，我局认真贯彻：条例。
  　　（一）主动公开，全年公开5条。
proactive_disclosure:
  article_20_5:
    administrative_licensing: {decisions: 0}
applications:
  new: {natural_person: 1, business: 2}
  carried_over: {natural_person: 0, business: 0}
review_and_litigation:
  administrative_reconsideration: {upheld: 0}
problems_and_improvements: |
  无。
other_matters: |
  无。
"""
PARSER = re.compile("mapping|scalar|token|block|flow|node|anchor|stream|document|expected <", re.I)

SLIPS = [
    ("year: 2024", "year：2024", "2:5", "“year: ”"),
    ("year: 2024", "year： 2024", "2:5", "“year: ”"),
    ("year: 2024", "年度：2024", "2:3", "“年度: ”"),
    ("year: 2024", "year∶2024", "2:5", "“year: ”"),
    ("year: 2024", "year:2024", "2:5", "“year: ”"),
    ("year: 2024", "year:　2024", "2:6", "全角空格"),
    ("year: 2024", "year=2024", "2:5", "“year: ”"),
    ("year: 2024", "year 2024", "2:5", "“year: ”"),
    ("year: 2024", "＃ 说明\nyear: 2024", "2:1", "#"),
    ("plugin: h", "plugin：h", "1:7", "“plugin: ”"),
    ("organization:", "organization：", "3:13", "“organization: ”"),
    ("organization:", "organization", "3:13", "“organization: ”"),
    ("  name: 桃", "  name：桃", "4:7", "“name: ”"),
    ("  name: 桃", "  名称：桃", "4:5", "“名称: ”"),
    ("  name: 桃", "  name:桃", "4:7", "“name: ”"),
    ("  name: 桃", "\tname: 桃", "4:1", "半角空格"),
    ("  name: 桃", "　　name: 桃", "4:1", "半角空格"),
    ("  name: 桃", "\u00a0\u00a0name: 桃", "4:1", "半角空格"),
    ("  name: 桃", "name: 桃", "4:1", "空格"),
    ("  kind: d", "    kind: d", "5:5", "2"),
    ("  kind: d", " kind: d", "5:2", "2"),
    ("桃山区商务局", '"桃山区商务局', "4:9", '"'),
    ("桃山区商务局", "'桃山区商务局", "4:9", "'"),
    ("桃山区商务局", '"桃山区商务局”', "4:16", '"'),
    ("桃山区商务局", '"桃山区"商务局', "4:14", "' '"),
    ("桃山区商务局", "桃山区: 商务局", "4:12", '" "'),
    ("桃山区商务局", "“桃山区: 商务局”", "4:9", '"'),
    ("桃山区商务局", '"桃\\山区商务局"', "4:11", "\\\\"),
    ("桃山区商务局", "[桃山]商务局", "4:9", '" "'),
    *(("桃山区商务局", f"{sign}桃山区商务局", "4:9", '" "') for sign in "@`%*&!>,]}"),
    ("overview: |", "overview：|", "8:9", "“overview: ”"),
    ("overview: |", "overview:|", "8:9", "“overview: ”"),
    ("overview: |", "overview: ｜", "8:11", "“|”"),
    ("overview: |\n  2024", "overview: | 2024", "8:11", "下一行"),
    ("  2024年，我局", "2024年，我局", "9:1", "两个空格"),
    ("  2024年，我局", "\t2024年，我局", "9:1", "半角空格"),
    ("  　　（一）", "　　（一）", "10:1", "两个空格"),
    ("  2024年，我局", "主要做法：一是我局", "9:1", "两个空格"),
    ("  2024年，我局", "    2024年，我局", "10:3", "4"),
    ("  　　（一）", "# 备注\n  　　（一）", "10:1", "对齐缩进"),
    ("  telephone", "  office: 办公室\n    telephone", "8:5", "2"),
    ("  telephone: ", "  office: 办公室\n    telephone：", "8:14", "“telephone: ”"),
    (
        "organization:\n  name: 桃山区商务局\n  kind",
        "行政机关:\n名称: 桃山区商务局\nkind",
        "4:1",
        "空格",
    ),
    ("year: 2024", "year; 2024", "2:5", "“year: ”"),
    ("year: 2024", "%说明\nyear: 2024", "2:1", "#"),
    ("year: 2024", "桃山区年报\nyear: 2024", "2:1", "#"),
    ("overview: |\n  2024", "overview: |\n  第一段。\n2024", "10:1", "两个空格"),
    ("applications:", "applications：", "14:13", "“applications: ”"),
    ("  new: {", "  new：{", "15:6", "“new: ”"),
    ("  new: {", "  new:{", "15:6", "“new: ”"),
    ("person: 1, b", "person：1, b", "15:23", "“natural_person: ”"),
    ("person: 1, b", "person:1, b", "15:23", "“natural_person: ”"),
    ("person: 1, b", "person: 1，b", "15:26", "“, ”"),
    ("person: 1, b", "person: 1、b", "15:26", "“, ”"),
    ("person: 1, b", "person: 1；b", "15:26", "“, ”"),
    ("person: 1, b", "person: 1 b", "15:27", "“, business: ”"),
    ("person: 1, b", "person: 1,286, b", "15:26", "1286"),
    ("person: 1, b", "person: 1,, b", "15:27", "删去"),
    ("{natural_person: 1, business: 2}", "[1,286, 3]", "15:10", "1286"),
    ("new: {", "new: ｛", "15:8", "“{”"),
    ("person: 1, b", "person: 1，\n    b", "15:26", "“, ”"),
    ("person: 1, b", "person: 1\n    b", "16:5", "“, business: ”"),
    ("person: 1, b", 'person: "1, b', "15:25", '"'),
    (
        "new: {natural_person: 1, business: 2}",
        "new: （natural_person: 1, business: 2）",
        "15:8",
        "“{”",
    ),
    (
        "{natural_person: 1, business: 2}",
        "\n    natural_person 1\n    business: 2",
        "16:19",
        "“natural_person: ”",
    ),
    ("business: 2}", "business: 2｝", "15:39", "“}”"),
    ("business: 2}", "business: 2]", "15:39", "“}”"),
    ("business: 2}", "business: 2", "15:8", "“}”"),
    ("business: 2}", "business: 2}}", "15:40", "删去"),
    ("business: 2}", "business: 2}.", "15:40", "删去"),
    ("business: 2}", "business: 2} 件", "15:41", "删去"),
    ("  　　（一）", "---\n  　　（一）", "10:1", "对齐缩进"),
    ("  　　（一）", "...\n  　　（一）", "10:1", "对齐缩进"),
    ("overview: |\n", "overview: |\n     \n", "9:1", "删去"),
    ("{natural_person: 1, business: 2}", "natural_person: 1, business: 2", "15:8", "“{”"),
    ("other_matters: |\n  无。", "other_matters: |\n无。", "22:1", "两个空格"),
    ("other_matters: |\n  无。\n", "other_matters: |\n  无。\nyear: 2023\n", "23:1", "保留"),
    ("plugin: h", "earlier_years:\n  -{year: 2023, new: 1, results: 1}\nplugin: h", "2:3", "“- ”"),
    (
        "plugin: h",
        "earlier_years:\n  － {year: 2023, new: 1, results: 1}\nplugin: h",
        "2:3",
        "“- ”",
    ),
]


@pytest.mark.parametrize(("old", "new", "place", "remedy"), SLIPS)
def test_a_slip_is_told_at_its_own_place_with_the_sign_to_write(
    nianbao, tmp_path, old, new, place, remedy
):
    assert old in REPORT
    file = tmp_path / "report.yaml"
    file.write_text(REPORT.replace(old, new, 1), encoding="utf-8")

    chinese = nianbao("--lang", "zh", "check", file).out
    english = nianbao("check", file).out

    found = [entry for entry in chinese.split("report.yaml:")[1:] if entry.startswith(f"{place}:")]
    assert found, chinese
    assert any("错误" in entry and remedy in entry for entry in found), chinese
    assert not PARSER.search(re.sub(r"(?m)^ .*\|.*$", "", english).replace(str(tmp_path), ""))


def test_the_report_without_slips_has_none(nianbao, tmp_path):
    file = tmp_path / "report.yaml"
    file.write_text(REPORT, encoding="utf-8")

    assert "error N1" not in nianbao("check", file).out


def test_several_slips_and_other_faults_are_told_at_once(nianbao, tmp_path):
    file = tmp_path / "report.yaml"
    words = REPORT.replace("year: ", "year：").replace("  kind: ", "  kind：")
    words = words.replace("person: 0, b", "person: 许多，b").replace(
        "\n  无。\nother", "\n无。\nother"
    )
    file.write_text(words, encoding="utf-8")

    said = nianbao("check", file).out

    places = [line.removeprefix(str(file)) for line in said.splitlines() if "error N1" in line]
    assert [place[: place.index(" ")] for place in places] == [
        ":2:5:",
        ":5:7:",
        ":16:34:",
        ":16:36:",
        ":20:1:",
    ]


def test_a_file_with_full_width_colons_only_is_told_line_by_line(nianbao, tmp_path):
    file = tmp_path / "report.yaml"
    file.write_text(REPORT.replace(": ", "：").replace(":\n", "：\n"), encoding="utf-8")

    said = nianbao("check", file).out

    for place in ("1:7", "2:5", "3:13", "4:7", "8:9", "11:21", "15:6", "15:22", "21:14"):
        assert f"{file}:{place}: error N101" in said


SOUND = [
    "title: 桃山区：年度报告，第一号",
    "title: 互联网+政务",
    "title: a:b",
    "title: '他说: 好'",
    'title: "甲：乙，丙"',
    "title: >-\n  甲：\n  乙",
    "title: -5",
    "title: （一）甲：乙",
    "website: https://www.example.cn/a:b?c=1,286",
    "website: 'https://例子.cn/：'",
    "title: 年报 # 备注：这里，那里",
    "contact: {office: 办公室，二楼, address: '山湖路：88号'}",
    "contact: {office: 办公室（一）, address: 山湖路 88 号}",
    'contact: {"office":"办公室"}',
    "contact:\n    office: 办公室\n    address: 一楼",
    "contact: {office: 办公室,\n          address: 一楼}",
    "contact: {\n  office: 办公室,\n  address: 一楼\n}",
    "earlier_years:\n- {year: 2023, new: 1286, results: 3}\n- {year: 2022, new: 1, results: 1}",
    "earlier_years:\n  - year: 2023\n    new: 1\n    results: 2",
    "earlier_years: [{year: 2023, new: 100, results: 200}]",
    "opening: |\n  名称：甲\n  year：2023\n  {a：1，b：2}\n\n  “引号\n  \u3000\u3000@开头",
    "opening: |2\n    缩进：甲\n  乙",
    "opening:\n  - 第一段：甲。\n  - 第二段，乙。",
    "opening: [第一段：甲。, 第二段。]",
    "opening: 第一段，甲。\n  工作要点：甲。",
    "opening: |\n\n  甲：\n\n# 备注：这里",
    "suppress:\n  - code: N301\n    reason: 甲：乙",
    "? title\n: 甲",
    "---\ntitle: 甲",
]


@pytest.mark.parametrize("words", SOUND)
def test_what_is_written_well_is_no_slip(words):
    content = words if words.startswith("---") else f"{words}\nyear: 2024\n"

    source = read_text(content.encode(), "a.yaml", ".yaml")

    assert source.findings == ()
    assert slips.find(content) == []


def test_no_example_has_a_slip():
    for file in sorted(EXAMPLES.parent.parent.glob("*/examples/*.yaml")):
        assert slips.find(file.read_text(encoding="utf-8")) == [], file


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('{"year": 2024,}', "1:15"),
        ("{“year”: 2024}", "1:2"),
        ('{"year"： 2024}', "1:8"),
        ('{"year": 2024，"title": "a"}', "1:14"),
        ("{\"year\": '2024'}", "1:10"),
        ('{"year": 2024', "1:14"),
        ('{"title": "a\nb"}', "1:13"),
        ('{"title": "a\\q"}', "1:13"),
        ('{"year": 2024} x', "1:16"),
    ],
)
def test_a_slip_in_json_is_told_in_plain_words(nianbao, tmp_path, words, said):
    file = tmp_path / "report.json"
    file.write_text(words, encoding="utf-8")

    chinese = nianbao("--lang", "zh", "check", file).out

    assert chinese.startswith(f"{file}:{said}: 错误 N101")
    assert "Expecting" not in chinese + nianbao("check", file).out
