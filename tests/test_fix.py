"""Safe repairs: what is mended, and that all else in the file stays as it was."""

from toolkit.forms import load_forms
from toolkit.report import build
from toolkit.rules import check
from toolkit.rules.fix import repair
from toolkit.sources import read_text
from toolkit.validation import validate

FORM = load_forms()["national-2021"]
FILE = """\
# 我局的数据
year: 2023
organization: {name: 桃山区商务局}  # 全称
overview: |
  加强领导,落实责任，网址http://a.cn/b,c。
  全年公开１２条。
proactive_disclosure:
  article_20_5: {administrative_licensing: {decisions: １２}}
applications:
  new: {natural_person: 3, total: 4}   # 总计有误
  results:
    granted: {natural_person: 3, total: 3}
    total: {natural_person: 3, total: 3}
  carried_forward: {natural_person: 0, total: 0}
review_and_litigation: {}
problems_and_improvements: 无
other_matters: 无
"""


def mended(data: bytes):
    source = read_text(data, "report.yaml", ".yaml")
    record, _ = validate(source, FORM)
    return repair(record, FORM, source, build(record, FORM))


def test_only_what_is_safe_changes_and_comments_and_layout_stay():
    assert mended(FILE.encode()).text == (
        FILE.replace("领导,落实", "领导，落实")
        .replace("１２", "12")
        .replace("total: 4}", "total: 3}")
    )


def test_a_mended_file_needs_no_more_mending():
    once = mended(FILE.encode())

    again = mended(once.data)
    assert again.edits == ()
    assert again.data == once.data


def test_line_ends_and_byte_order_mark_stay():
    data = b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode()

    after = mended(data).data
    assert after.startswith(b"\xef\xbb\xbf# ")
    assert after.count(b"\r\n") == data.count(b"\r\n") == after.count(b"\n")


def test_a_mended_total_leaves_no_broken_sum():
    source = read_text(mended(FILE.encode()).data, "report.yaml", ".yaml")
    record, _ = validate(source, FORM)

    assert check(build(record, FORM), select=["N2"]) == ()


def test_diff_shows_the_change_and_fix_makes_it(nianbao, tmp_path):
    file = tmp_path / "report.yaml"
    file.write_text(FILE, encoding="utf-8")

    shown = nianbao("check", "--diff", "-p", "heilongjiang", file)
    assert "+  加强领导，落实责任" in shown.err
    assert file.read_text(encoding="utf-8") == FILE

    nianbao("check", "--fix", "-p", "heilongjiang", file)
    assert "加强领导，落实责任" in file.read_text(encoding="utf-8")


BROKEN = """\
plugin：heilongjiang
year: 2023
organization: {name: 桃山区商务局，kind: department}
overview:|
  加强领导,落实责任。
  全年公开１２条。
proactive_disclosure:
  article_20_5: {administrative_licensing: {decisions: 1286件}}
applications:
  new: {natural_person: 许多, total: "4"}
problems_and_improvements: 无
other_matters: "无
"""


def test_what_can_be_mended_is_mended_while_errors_stand_elsewhere(nianbao, tmp_path):
    file = tmp_path / "report.yaml"
    file.write_text(BROKEN, encoding="utf-8")

    said = nianbao("check", "--fix", file)

    assert file.read_text(encoding="utf-8") == (
        BROKEN.replace("plugin：", "plugin: ")
        .replace("局，kind", "局, kind")
        .replace("overview:|", "overview: |")
        .replace("领导,落实", "领导，落实")
        .replace("１２", "12")
        .replace("1286件", "1286")
        .replace('"4"', "4")
    )
    assert said.code == 1
    assert "errors are left, of which only you know what is meant" in said.err
    assert "N113 applications.new.natural_person" in said.out


def test_it_is_said_when_nothing_can_be_mended(nianbao, tmp_path):
    file = tmp_path / "report.yaml"
    file.write_text("year: 24\n", encoding="utf-8")

    said = nianbao("check", "--fix", file)

    assert "errors can be mended safely" in said.err
    assert file.read_text(encoding="utf-8") == "year: 24\n"
