"""A file that is no data file, or is not there, or stands where a command belongs: what to type."""

import pytest

from tests.conftest import FULL_SIZE
from toolkit.cli.main import main


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.xls", ".xlsx"),
        ("a.et", ".xlsx"),
        ("a.csv", "nianbao workbook -o a.xlsx"),
        ("a.wps", "-o a.yaml"),
        ("a.doc", "nianbao import"),
        ("a.docx", "nianbao extract"),
        ("a.pdf", "nianbao import"),
        ("a.html", "-o a.yaml"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_file_of_another_kind_is_answered_with_what_to_type(
    nianbao, tmp_path, name, words, language
):
    (tmp_path / name).touch()

    said = nianbao("--lang", language, "check", tmp_path / name)

    assert said.code == 2
    assert words in said.err


@pytest.mark.parametrize("command", ["check", "generate"])
@pytest.mark.parametrize("name", ["report.yml", "reprot.yaml", "report"])
def test_a_file_that_is_not_there_is_answered_with_its_neighbour(nianbao, tmp_path, command, name):
    (tmp_path / "report.yaml").touch()

    said = nianbao(command, tmp_path / name)

    assert said.code == 2
    assert f"Did you mean {tmp_path / 'report.yaml'}?" in said.err


def test_last_year_that_is_not_there_is_answered_with_its_neighbour(nianbao, tmp_path):
    (tmp_path / "last.yaml").touch()

    said = nianbao("--lang", "zh", "new", tmp_path / "next.yaml", "--from", tmp_path / "last.yml")

    assert "没有这个文件" in said.err
    assert "last.yaml" in said.err


def test_a_folder_is_told_to_be_one(nianbao, tmp_path):
    assert "nianbao new" in nianbao("check", tmp_path).err
    assert "is a folder" in nianbao("new", tmp_path / "a.yaml", "--from", tmp_path).err


@pytest.mark.parametrize(
    ("name", "words"),
    [("word", "-f docx"), ("Word", "-f docx"), ("txt", "-f text"), ("excel", "nianbao workbook")],
)
def test_a_format_by_another_name_is_answered_with_its_own(nianbao, tmp_path, name, words):
    said = nianbao("generate", FULL_SIZE, "-f", name, "-o", tmp_path)

    assert said.code == 2
    assert words in said.err


def test_a_format_may_be_written_in_capitals(nianbao, tmp_path):
    assert nianbao("generate", FULL_SIZE, "-f", "HTML", "-o", tmp_path).code == 0


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("report.yaml", "nianbao check report.yaml"),
        ("报告.xlsx", "nianbao generate"),
        ("page.html", "nianbao import page.html -o page.yaml"),
        ("chek", "nianbao check"),
    ],
)
def test_a_file_in_the_place_of_a_command_is_answered_with_the_command(nianbao, word, words):
    said = nianbao("--lang", "zh", word)

    assert said.code == 2
    assert words in said.err
    assert "不是命令" in said.err


def test_no_word_at_all_is_answered_with_help(capsys):
    with pytest.raises(SystemExit) as ended:
        main([])

    assert ended.value.code == 2
    assert "--help" in capsys.readouterr().err


def test_a_name_that_windows_lengthened_is_told_to_be_shortened(nianbao, tmp_path):
    (tmp_path / "a.yaml.txt").touch()

    assert "own name again: a.yaml" in nianbao("check", tmp_path / "a.yaml.txt").err


def test_the_file_is_named_once(nianbao, tmp_path):
    (tmp_path / "a.html").touch()

    assert nianbao("generate", tmp_path / "a.html", "-o", tmp_path).err.count("a.html:") == 1


def test_formats_may_stand_between_full_width_commas(nianbao, tmp_path):
    assert nianbao("generate", FULL_SIZE, "-f", "text，html", "-o", tmp_path).code == 0


@pytest.mark.parametrize(("word", "code"), [("2024年", 0), ("２０２４", 0), ("24x", 2)])
def test_a_year_may_be_typed_as_in_a_data_file(nianbao, tmp_path, word, code):
    said = nianbao("--lang", "zh", "new", tmp_path / "a.yaml", "--year", word)

    assert said.code == code
    assert "int" not in said.err
