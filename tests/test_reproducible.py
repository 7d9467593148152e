"""The same input gives the same bytes: on any day, in any folder, zone, language and order."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.conftest import FULL_SIZE, PATIENCE, ROOT
from toolkit.registry import Registry

FORMATS = Registry().own_formats
EXAMPLES = sorted(ROOT.glob("plugins/*/examples/*-2024.yaml"))
CLOCK = "faketime"
SLEEP = "import select, time; time.sleep = lambda seconds: select.select([], [], [], seconds)"
"""libfaketime 0.9.10 refuses the way Python sleeps (clock_nanosleep to a moment)."""
PROGRAM = ("-c", "import sys; from toolkit.cli.main import main; sys.exit(main())")


def documents(folder, *data, jobs="1", clock="", code=ROOT, cwd=None, **environment):
    """Generate every format in a process of its own; give name → bytes of each document."""
    program = shutil.which(CLOCK)
    assert program, "faketime is missing; .ci/system-packages test installs it"
    out = folder / "out"
    call = [sys.executable, *PROGRAM, "generate", *data, "-f", ",".join(FORMATS), "-o", out]
    call += ["--jobs", jobs]
    plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    plain |= {"PYTHONPATH": f"{code}{os.pathsep}{folder}", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    if clock:
        (folder / "sitecustomize.py").write_text(SLEEP, encoding="utf-8")
    done = subprocess.run(
        [program, "-f", clock, *call] if clock else call,
        env=plain | environment,
        cwd=cwd or folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    made = {file.name: file.read_bytes() for file in out.iterdir() if file.name[0] != "."}
    made.pop("manifest.json")
    assert len(made) == len(data) * len(FORMATS)
    return made


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """Every format of one report, made here and now."""
    return documents(tmp_path_factory.mktemp("first"), FULL_SIZE)


ELSEWHERE = {
    "years later": {"clock": "@2039-12-31 23:59:58"},
    "before the report was signed": {"clock": "@2024-02-29 00:00:01"},
    "on the other side of the world": {"TZ": "Pacific/Kiritimati"},
    "behind Greenwich": {"TZ": "America/Anchorage"},
    "in Chinese": {"LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8", "LANGUAGE": "zh_CN"},
    "where letters are ASCII": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "where i is not dotted": {"LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"},
    "with sets in another order": {"PYTHONHASHSEED": "4711"},
    "in two processes": {"jobs": "2"},
}


@pytest.mark.parametrize("place", ELSEWHERE)
def test_the_bytes_are_the_same(first, tmp_path, place):
    different(first, documents(tmp_path, FULL_SIZE, **ELSEWHERE[place]))


def test_the_bytes_of_charts_are_the_same_years_later_and_far_away(tmp_path):
    charted = next(file for file in EXAMPLES if "shandong" in file.parts)
    (tmp_path / "here").mkdir()
    (tmp_path / "数据 & co").mkdir()

    here = documents(tmp_path / "here", charted)
    there = documents(
        tmp_path / "数据 & co",
        charted,
        clock="@2039-12-31 23:59:58",
        TZ="Pacific/Kiritimati",
        LC_ALL="tr_TR.UTF-8",
        PYTHONHASHSEED="4711",
    )

    different(here, there)
    assert here[f"{charted.stem}.html"].count(b"<svg") == 3


def test_the_bytes_of_a_workbook_are_the_same_years_later(tmp_path):
    made = []
    for number, clock in enumerate(("", "@2039-12-31 23:59:58")):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "sitecustomize.py").write_text(SLEEP, encoding="utf-8")
        call = [sys.executable, *PROGRAM, "workbook", FULL_SIZE, "-o", folder / "filled.xlsx"]
        plain = {"PATH": os.environ["PATH"], "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        plain |= {"PYTHONPATH": f"{ROOT}{os.pathsep}{folder}"}
        call = [shutil.which(CLOCK), "-f", clock, *call] if clock else call
        subprocess.run(
            call, env=plain, cwd=folder, check=True, capture_output=True, timeout=PATIENCE
        )
        made.append((folder / "filled.xlsx").read_bytes())

    assert made[0] == made[1]


def different(first, second):
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_the_bytes_are_the_same_in_another_folder_with_the_program_elsewhere(first, tmp_path):
    code = tmp_path / "程序 & co"
    for room in ("toolkit", "schemas", "templates", "plugins"):
        shutil.copytree(ROOT / room, code / room, ignore=shutil.ignore_patterns("__pycache__"))
    data = tmp_path / "数据"
    data.mkdir()
    shutil.copy(FULL_SIZE, data)

    different(first, documents(tmp_path, FULL_SIZE.name, code=code, cwd=data))


def test_many_reports_at_once_give_the_bytes_of_each_alone(first, tmp_path):
    (tmp_path / "many").mkdir()
    many = documents(tmp_path / "many", *reversed(EXAMPLES), jobs="2", TZ="Asia/Shanghai")
    one = EXAMPLES[0]
    (tmp_path / "one").mkdir()
    alone = documents(tmp_path / "one", one)

    for made in (first, alone):
        different(made, {name: many[name] for name in made})


def test_the_date_that_is_asked_for_is_the_one_inside(first, tmp_path):
    epoch = {"SOURCE_DATE_EPOCH": "1234567890"}
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    made = documents(tmp_path / "a", FULL_SIZE, **epoch)
    again = documents(tmp_path / "b", FULL_SIZE, clock="@2031-01-01 00:00:00", **epoch)

    different(made, again)
    stem = FULL_SIZE.stem
    assert b"D:20090213233130" in made[f"{stem}.pdf"]
    assert made[f"{stem}.docx"] != first[f"{stem}.docx"]
    for name in (f"{stem}.html", f"{stem}.fragment.html"):
        assert made[name] == first[name]  # they tell no moment of their making
