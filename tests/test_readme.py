"""The commands of the README files work, in their order, as they stand there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


def commands(file: Path):
    blocks = re.findall(r"```sh\n(.*?)```", file.read_text(encoding="utf-8"), re.DOTALL)
    lines = (line.strip() for block in blocks for line in block.splitlines())
    return [line for line in lines if line.startswith("nianbao ")]


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_commands_of_a_readme_work(tmp_path, name):
    shutil.copytree(ROOT / "plugins", tmp_path / "plugins")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    listed = commands(ROOT / name)

    assert len(listed) >= 4
    for command in listed:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        # a file that nobody has filled in yet is told to have errors
        unfilled = re.search(r" check .*(report|年报)\.yaml", command)
        expected = 1 if unfilled else 0
        assert done.returncode == expected, f"{command}\n{done.stdout}{done.stderr}"
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("file", sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("*/README.md")))
def test_what_a_readme_points_to_is_there(file):
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", file.read_text(encoding="utf-8")):
        assert (file.parent / target).exists(), target


def test_every_top_level_room_has_a_readme():
    for room in ("toolkit", "plugins", "schemas", "templates", "tests", "benchmarks"):
        assert (ROOT / room / "README.md").is_file(), room
