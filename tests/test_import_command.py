"""nianbao import: files in, data files out, and what is open said."""

import json

import pytest

from tests.conftest import ROOT

SAMPLE = ROOT / "tests" / "samples" / "taoshan-commerce-2022.txt"


def test_import_writes_a_data_file_that_check_reads(nianbao, tmp_path):
    said = nianbao("import", SAMPLE, "-p", "heilongjiang", "-o", tmp_path / "data.yaml")

    assert said.code == 0
    assert said.out == f"{tmp_path / 'data.yaml'}\n"
    assert "I016" in said.err
    assert nianbao("check", tmp_path / "data.yaml", "--select", "N301").code == 0


def test_told_office_and_year_need_no_finding(nianbao, tmp_path):
    options = (
        "--year",
        2022,
        "--organization",
        "桃山区商务局",
        "--region",
        "黑龙江省七台河市桃山区",
    )
    said = nianbao("import", SAMPLE, "-o", tmp_path, *options, "--format", "json")
    assert [found["code"] for found in json.loads(said.out)["findings"]] == ["I020"]


EXTRA = ROOT / "plugins" / "shandong" / "examples" / "shili-bureau-2024.yaml"


def published(nianbao, folder, *changes):
    """Print Shandong's example, with its table of 建议提案, and leave the data file aside."""
    assert nianbao("generate", EXTRA, "-f", "text", "-o", folder).code == 0
    page = folder / f"{EXTRA.stem}.txt"
    words = page.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in words
        words = words.replace(old, new)
    page.write_text(words, encoding="utf-8")
    return page


OWN = "2024年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("office", "plugin", "why"),
    [
        ("山东省示例市示例局", "shandong", "山东省"),
        ("示例市示例局", "shandong", "shandong-2021"),
        ("四川省示例市示例局", "sichuan", "四川省"),
    ],
)
def test_the_plugin_is_told_by_the_office_else_by_its_own_table(
    nianbao, tmp_path, office, plugin, why
):
    page = published(nianbao, tmp_path, (f"示例市水务局{OWN}", f"{office}{OWN}"))

    said = nianbao("import", page, "-o", tmp_path / "data.yaml", "--format", "json")

    found = json.loads(said.out)["findings"]
    assert [why in one["message"] for one in found if one["code"] == "I020"] == [True]
    data = (tmp_path / "data.yaml").read_text(encoding="utf-8")
    assert f'plugin: "{plugin}"' in data
    assert ("proposals:" in data) is (plugin == "shandong")


def test_an_office_of_no_known_province_is_read_without_a_plugin(nianbao, tmp_path):
    page = ROOT / "tests" / "pages" / "ministry-2024.html"
    nianbao("import", page, "-o", tmp_path / "data.yaml")
    assert "plugin:" not in (tmp_path / "data.yaml").read_text(encoding="utf-8")


def test_review_writes_a_page_beside_the_data(nianbao, tmp_path):
    said = nianbao("import", SAMPLE, "-o", tmp_path, "--review")
    page = (tmp_path / f"{SAMPLE.stem}.review.html").read_text(encoding="utf-8")
    assert f"{SAMPLE.stem}.review.html" in said.out
    assert "default-src 'none'" in page
    assert page.count("第二十条第(一)项") == 1


def test_a_data_file_that_is_there_is_left_alone(nianbao, tmp_path):
    (tmp_path / f"{SAMPLE.stem}.yaml").write_text("mine", encoding="utf-8")
    said = nianbao("import", SAMPLE, "-o", tmp_path)
    assert said.code == 2
    assert "--force" in said.err
    assert (tmp_path / f"{SAMPLE.stem}.yaml").read_text(encoding="utf-8") == "mine"


def test_one_broken_file_does_not_stop_the_others(nianbao, tmp_path):
    (tmp_path / "broken.docx").write_bytes(b"no archive")
    said = nianbao("import", tmp_path / "broken.docx", SAMPLE, "-o", tmp_path)
    assert said.code == 1
    assert "I001" in said.err
    assert (tmp_path / f"{SAMPLE.stem}.yaml").exists()


def test_a_folder_is_read_whole_and_other_files_in_it_are_passed_over(nianbao, tmp_path):
    folder = tmp_path / "published"
    (folder / "2022").mkdir(parents=True)
    (folder / "2022" / "taoshan.txt").write_bytes(SAMPLE.read_bytes())
    (folder / "~$taoshan.docx").write_bytes(b"a lock of Word")
    (folder / "logo.png").write_bytes(b"")

    said = nianbao("import", folder, "-o", tmp_path / "data")

    assert said.code == 0
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["taoshan.yaml"]


def test_a_folder_without_a_report_is_a_wrong_call(nianbao, tmp_path):
    said = nianbao("import", tmp_path)
    assert said.code == 2
    assert ".docx" in said.err


def test_an_unknown_ending_is_answered_with_the_known_ones(nianbao, tmp_path):
    (tmp_path / "report.png").write_bytes(b"")
    said = nianbao("import", tmp_path / "report.png", "-o", tmp_path)
    assert said.code == 1
    assert ".html" in said.err
