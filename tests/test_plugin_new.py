"""`nianbao plugins new`: a whole plugin that works at once, or nothing."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

GIVEN = ("--title", "海南省", "--code", "46")


class Terminal(io.StringIO):
    """Answers of a person at a terminal."""

    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO())


def files(folder):
    return sorted(str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file())


def test_a_folder_is_written_that_passes_at_once(nianbao, tmp_path):
    made = nianbao("plugins", "new", "hainan", *GIVEN, "-o", tmp_path)
    home = tmp_path / "hainan"

    assert (made.code, made.out) == (0, f"{home}\n")
    assert files(home) == [
        "README.md",
        "__init__.py",
        "examples/example-2024.yaml",
        "rules.py",
        "templates/hainan/own.css",
        "templates/hainan/report.docx",
        "templates/hainan/report.html",
        "tests/test_plugin.py",
    ]
    checked = nianbao("plugins", "check", home)
    assert (checked.code, checked.out) == (0, "")


def test_the_folder_serves_reports_by_option_and_by_environment(nianbao, tmp_path, monkeypatch):
    nianbao("plugins", "new", "hainan", *GIVEN, "-o", tmp_path)
    example = tmp_path / "hainan" / "examples" / "example-2024.yaml"

    by_option = nianbao("check", example, "--plugin-dir", tmp_path / "hainan")
    monkeypatch.setenv("NIANBAO_PLUGIN_DIR", str(tmp_path))
    by_environment = nianbao("generate", example, "-f", "docx,html", "-o", tmp_path / "out")

    assert (by_option.code, by_option.out) == (0, "")
    assert by_environment.code == 0
    page = (tmp_path / "out" / "example-2024.html").read_text(encoding="utf-8")
    assert "border-top: 0.5pt solid" in page
    assert "电话：0000-00000000" in page


def test_a_package_is_written_whose_own_tests_pass(nianbao, tmp_path):
    made = nianbao("plugins", "new", "hu_bei", "--title", "湖北省", "--code", "42", "--package",
                   "-o", tmp_path)  # fmt: skip
    home = tmp_path / "nianbao-hu-bei"

    assert made.out == f"{home}\n"
    project = (home / "pyproject.toml").read_text(encoding="utf-8")
    assert '[project.entry-points.nianbao]\nhu_bei = "hu_bei"' in project
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("海南", GIVEN, "“海南”: the name is an id in ASCII, such as testland"),
        ("Hainan", GIVEN, "small letters, digits and _"),
        ("2hainan", GIVEN, "begins with a letter"),
        ("../hainan", GIVEN, "small letters"),
        ("class", GIVEN, "small letters"),
        ("check", ("check", *GIVEN), "unrecognized arguments"),
        ("beijing", GIVEN, "There is a plugin “beijing” already"),
        ("hainan", ("--title", "海南省", "--code", "11"), "is that of the plugin “beijing”"),
        ("hainan", ("--title", "海南省", "--code", "4x"), "2, 4 or 6 digits"),
        ("hainan", ("--title", 'x"; import os', "--code", "46"), "the title is the official name"),
        ("hainan", (*GIVEN, "--letters", "N"), "begin with N; choose others"),
        ("hainan", (*GIVEN, "--letters", "h1"), "1 to 5 capital letters"),
        ("json", (*GIVEN, "--package"), "There is a Python module “json” already"),
    ],
)
def test_a_name_that_cannot_be_is_refused_and_nothing_written(
    nianbao, tmp_path, name, options, said
):
    result = nianbao("plugins", "new", name, *options, "-o", tmp_path)

    assert result.code == 2
    assert said in result.err
    assert list(tmp_path.iterdir()) == []


def test_all_that_is_wrong_is_said_at_once(nianbao, tmp_path):
    result = nianbao("plugins", "new", "beijing", "--title", "!", "--code", "1", "-o", tmp_path)

    assert len(result.err.strip().splitlines()) == 3


def test_what_is_there_is_left_alone(nianbao, tmp_path):
    (tmp_path / "hainan").mkdir()
    (tmp_path / "hainan" / "mine.txt").write_text("x", encoding="utf-8")

    result = nianbao("plugins", "new", "hainan", *GIVEN, "-o", tmp_path)

    assert result.code == 2
    assert "already there; nothing was written" in result.err
    assert files(tmp_path) == ["hainan/mine.txt"]


def test_without_a_terminal_it_says_what_to_give(nianbao, tmp_path):
    result = nianbao("plugins", "new", "hainan", "-o", tmp_path)

    assert result.code == 2
    assert "Please give --title, --code; there is no terminal to ask on." in result.err


def test_on_a_terminal_it_asks_until_the_answers_will_do(nianbao, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", Terminal("海南\nhainan\n海南省\n11\n46\n"))

    result = nianbao("plugins", "new", "-o", tmp_path)

    assert result.code == 0, result.err
    assert "Its id, such as hainan: “海南”: the name is an id in ASCII" in result.err
    assert 'code="46"' in (tmp_path / "hainan" / "__init__.py").read_text(encoding="utf-8")


def test_an_end_of_input_ends_the_asking(nianbao, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", Terminal("hainan\n"))

    result = nianbao("plugins", "new", "-o", tmp_path)

    assert (result.code, "nothing was written" in result.err) == (2, True)


def test_a_full_disk_leaves_nothing_behind(nianbao, tmp_path, monkeypatch):
    def full(self, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    result = nianbao("plugins", "new", "hainan", *GIVEN, "-o", tmp_path)

    assert "hainan cannot be written: No space left on device." in result.err
    assert list(tmp_path.iterdir()) == []


def test_letters_of_another_plugin_are_not_chosen(nianbao, tmp_path):
    made = nianbao("plugins", "new", "scenic", *GIVEN, "-o", tmp_path)

    assert made.code == 0
    assert '"SCE101"' in (tmp_path / "scenic" / "rules.py").read_text(encoding="utf-8")
