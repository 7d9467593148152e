"""nianbao import: files in, data files out, and what is open said."""

import json

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
    assert json.loads(said.out)["findings"] == []


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
