"""Poor surroundings: no fonts, no home, no locale, no place for temporary files, no streams."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.conftest import FULL_SIZE, PATIENCE, ROOT
from tests.test_writes import can_mount

PROGRAM = [sys.executable, "-m", "toolkit.cli.main"]
MADE = ["full-size-2024.docx", "full-size-2024.html", "full-size-2024.pdf", "manifest.json"]


def surroundings(**changes):
    """Give today's environment with variables set, or taken away (None)."""
    mixed = {**os.environ, **changes}
    return {name: value for name, value in mixed.items() if value is not None}


def run(command, **options):
    options.setdefault("cwd", ROOT)
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=PATIENCE, **options
    )


def generate(out, formats="docx,html,pdf"):
    return [*PROGRAM, "generate", str(FULL_SIZE), "-f", formats, "-o", str(out)]


@pytest.mark.parametrize(
    "changes",
    [
        {"HOME": None, "USER": None, "LOGNAME": None, "XDG_CACHE_HOME": None},
        {"HOME": "/nonexistent", "TMPDIR": "/nonexistent"},
        {"HOME": "/proc", "TMPDIR": "/proc", "XDG_CACHE_HOME": "/proc"},
        {"LC_ALL": "C", "LANGUAGE": None, "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"LANG": "xx_YY.UTF-99", "LC_ALL": "xx_YY.UTF-99", "TZ": "Nowhere/None"},
        {"LANG": "zh_CN.GB18030", "LC_ALL": "zh_CN.GB18030", "PYTHONIOENCODING": "ascii"},
        {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONOPTIMIZE": "1"},
        {"PYTHONUTF8": "1", "NIANBAO_FONT_DIR": "/nonexistent"},
    ],
    ids=lambda changes: ",".join(f"{k}={v}" for k, v in list(changes.items())[:2]),
)  # fmt: skip
def test_all_documents_are_made_in_poor_surroundings(tmp_path, changes):
    done = run(generate(tmp_path), env=surroundings(**changes))

    assert done.returncode == 0, done.stderr
    assert sorted(file.name for file in tmp_path.iterdir()) == MADE
    assert "Traceback" not in done.stderr
    assert "Warning" not in done.stderr


def test_a_python_that_cannot_load_the_program_is_said(tmp_path):
    done = run(generate(tmp_path), env=surroundings(PYTHONOPTIMIZE="2"))

    assert done.returncode == 2
    assert "A part of the program cannot be loaded: Cerberus can't be run" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_of_the_environment_is_needed(tmp_path):
    assert run(generate(tmp_path), env={}).returncode == 0


@pytest.mark.parametrize(
    "words",
    ["<&-", ">&-", "2>&-", "<&- >&- 2>&-", "</dev/full"],
)
def test_closed_streams_do_no_harm(tmp_path, words):
    command = generate(tmp_path, "html,docx")

    done = run(["sh", "-c", f'"$@" {words}', "sh", *command])

    assert done.returncode == 0
    page = (tmp_path / "full-size-2024.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert page.rstrip().endswith("</html>")


@pytest.mark.parametrize("command", [["check", "--format", "json", str(FULL_SIZE)], ["explain"]])
@pytest.mark.parametrize("where", [">/dev/full", "| true", ">&-"])
def test_results_that_cannot_be_printed_end_with_a_word(command, where):
    done = run(["sh", "-c", f'"$@" {where}', "sh", *PROGRAM, *command])

    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    if "full" in where:
        assert "Results could not be printed: No space left on device." in done.stderr


def test_documents_are_made_though_their_names_cannot_be_printed(tmp_path):
    done = run(["sh", "-c", '"$@" >/dev/full', "sh", *generate(tmp_path, "html")])

    assert done.returncode == 1
    assert "Results could not be printed: No space left on device." in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "full-size-2024.html").is_file()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([str(FULL_SIZE), "-o", "out"], "out cannot be written: No such file or directory."),
        (["report.yaml"], "report.yaml: there is no such data file."),
        (["."], ".: there is no such data file."),
    ],
)
def test_a_current_folder_that_is_gone_is_said(tmp_path, words, said):
    gone = tmp_path / "gone"
    gone.mkdir()
    program = [
        shutil.which("env"),
        f"PYTHONPATH={ROOT}",
        *PROGRAM,
        "generate",
        "-f",
        "html",
        *words,
    ]

    done = run(["sh", "-c", 'rmdir "$PWD" && exec "$@"', "sh", *program], cwd=gone)

    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def without_fonts(tmp_path, *command):
    """Run where every folder of fonts is empty."""
    empty = tmp_path / "empty"
    empty.mkdir()
    places = (f"{sys.prefix}/share/nianbao/fonts", "/usr/share/fonts", "/usr/local/share/fonts",
              "/usr/share/texmf/fonts", "/usr/share/texlive/texmf-dist/fonts")  # fmt: skip
    hide = "".join(f"[ ! -d {p} ] || mount --bind {empty} {p}; " for p in places)
    return run(
        ["unshare", "--mount", "--map-root-user", "sh", "-c", f'{hide} exec "$@"', "sh", *command],
        env=surroundings(HOME="/nonexistent", NIANBAO_FONT_DIR=None),
    )


@pytest.mark.skipif(not can_mount(), reason="this machine lets no one hide its fonts")
def test_without_any_font_a_pdf_is_refused_and_the_rest_is_made(tmp_path):
    refused = without_fonts(tmp_path, *generate(tmp_path / "out", "pdf"))
    (tmp_path / "empty").rmdir()
    made = without_fonts(tmp_path, *generate(tmp_path / "out", "docx,html"))

    assert refused.returncode == 2
    assert "No PDF can be made: this machine has no Chinese font. Install " in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "out" / "full-size-2024.docx").is_file()


@pytest.mark.skipif(not can_mount(), reason="this machine lets no one make a folder read-only")
def test_a_program_folder_that_is_read_only_is_enough(tmp_path):
    script = f'mount --bind {ROOT} {ROOT} && mount -o remount,ro,bind {ROOT} && exec "$@"'
    command = ["unshare", "--mount", "--map-root-user", "sh", "-c", script, "sh"]

    done = run([*command, *generate(tmp_path)])

    assert done.returncode == 0, done.stderr
    assert sorted(file.name for file in tmp_path.iterdir()) == MADE


def test_a_fault_of_our_own_is_told_in_a_sentence(nianbao, monkeypatch, tmp_path):
    monkeypatch.setattr("toolkit.cli.generate.data_files", lambda given: 1 / 0)

    result = nianbao("generate", FULL_SIZE, "-o", tmp_path)

    assert result.code == 2
    assert "This is a fault of nianbao itself, at " in result.err
    assert "ZeroDivisionError" in result.err
    assert "Traceback" not in result.err


def test_a_fault_of_our_own_renderer_is_not_told_as_the_plugins(nianbao, monkeypatch, tmp_path):
    monkeypatch.setattr("toolkit.render.docx.document.filled", lambda *given: 1 / 0)

    result = nianbao("generate", FULL_SIZE, "-f", "docx", "-o", tmp_path)

    assert result.code != 0
    assert "This is a fault of nianbao itself, at " in result.err
    assert "heilongjiang" not in result.err.replace(str(FULL_SIZE), "")


def test_a_library_that_does_not_load_is_told_as_the_machines(nianbao, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "toolkit.render.pdf.document", None)

    result = nianbao("generate", FULL_SIZE, "-f", "pdf", "-o", tmp_path)

    assert result.code != 0
    assert "pdf cannot be made on this machine: ModuleNotFoundError" in result.err
    assert "“nianbao doctor” shows what is installed" in result.err


def test_a_name_of_a_file_gives_no_command_to_terminal_or_runner(tmp_path):
    name = "a\n::error::forged\x1b[2J.yaml"
    shutil.copy(FULL_SIZE, tmp_path / name)
    made = generate(tmp_path / "out", "html")
    made[made.index(str(FULL_SIZE))] = name

    for command in (
        made,
        [*made, "--dry-run", "--force"],
        [*PROGRAM, "check", f"nothing {name}"],
        [*PROGRAM, "check", name, "--plugin-dir", name],
        [*PROGRAM, "explain", name],
    ):
        done = run(command, cwd=tmp_path, env=surroundings(PYTHONPATH=str(ROOT)))

        told = done.stdout + done.stderr
        assert "forged" in told.lower()
        assert "\x1b" not in told
        assert not [line for line in told.splitlines() if line.lstrip().startswith("::")]
