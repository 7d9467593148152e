"""Set-up: the lock files hold what the project asks for, and name no place to get it from."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from hatch_build import compile_catalogues

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock")


def name_of(requirement):
    return re.match(r"[A-Za-z0-9_.-]+", requirement)[0].lower().replace("_", "-").replace(".", "-")


def pins(lock):
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    return dict(line.split()[0].split("==") for line in lines if "==" in line)


def group(name):
    for entry in PROJECT["dependency-groups"][name]:
        yield from group(entry["include-group"]) if isinstance(entry, dict) else [entry]


def test_what_runs_is_locked_and_so_is_what_builds():
    asked = [*PROJECT["project"]["dependencies"], *group("build")]

    assert {name_of(requirement) for requirement in asked} <= pins("requirements.lock").keys()


def test_what_developers_need_is_locked_at_the_same_versions():
    assert {name_of(requirement) for requirement in group("dev")} <= pins(LOCKS[1]).keys()
    assert pins(LOCKS[0]).items() <= pins(LOCKS[1]).items()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_version_has_hashes_and_no_registry_is_named(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")

    assert "://" not in text
    assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=\S)", text) if "==" in entry)


def test_catalogues_compiled_twice_are_the_same_file(tmp_path):
    folder = tmp_path / "toolkit" / "messages" / "zh" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "toolkit/messages/zh/LC_MESSAGES/cli.po", folder)

    (made,) = compile_catalogues(tmp_path)
    first, time = made.read_bytes(), made.stat().st_mtime_ns
    compile_catalogues(tmp_path)

    assert b"2000-01-01" in first  # and not today
    assert made.stat().st_mtime_ns == time


def test_make_alone_says_what_it_can_make():
    said = subprocess.run(["make", "-C", ROOT], capture_output=True, check=True, text=True).stdout

    for target in ("demo", "test", "lint", "clean"):
        assert re.search(rf"^{target} +\S", said, re.MULTILINE)


def test_a_purpose_that_system_packages_does_not_know_is_refused_with_its_usage():
    made = subprocess.run([ROOT / ".ci/system-packages", "fly"], capture_output=True, text=True)

    assert made.returncode == 2
    assert "system-packages run" in made.stderr
