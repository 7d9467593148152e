"""A plugin of another distribution: built, installed beside nianbao's wheel, checked, used."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.conftest import ROOT

DISTRIBUTION = ROOT / "tests" / "distribution"


def run(*command, **more):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, **more)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def wheel(project, folder):
    """Build a wheel of a copy, so that nothing is left in the checkout."""
    made = run(
        sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", folder / "dist", project
    )
    assert made.returncode == 0, made.stdout + made.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """An empty environment with both wheels; libraries are lent by the one we run in."""
    folder = tmp_path_factory.mktemp("third-party")
    nothing = shutil.ignore_patterns(
        ".venv", ".git", "__pycache__", "tests", "out", "benchmarks", "*.egg-info", ".*_cache"
    )
    shutil.copytree(ROOT, folder / "nianbao", ignore=nothing)
    shutil.copytree(DISTRIBUTION, folder / "hainan", ignore=shutil.ignore_patterns("__pycache__"))
    wheel(folder / "nianbao", folder)
    wheel(folder / "hainan", folder)
    run(sys.executable, "-m", "venv", "--without-pip", folder / "env")
    python = folder / "env" / "bin" / "python"
    wheels = sorted((folder / "dist").glob("*.whl"))
    done = run(
        sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-index",
        "--no-deps", *wheels,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (site,) = (folder / "env" / "lib").glob("python*/site-packages")
    (site / "lent.pth").write_text(sysconfig.get_paths()["purelib"], encoding="utf-8")
    return folder, site


@pytest.fixture
def away(installed, tmp_path):
    """Run the installed nianbao in another folder, with the fonts of this one."""
    folder, _ = installed
    fonts = {"NIANBAO_FONT_DIR": str(Path(sys.prefix) / "share" / "nianbao" / "fonts")}

    def nianbao(*arguments):
        program = folder / "env" / "bin" / "nianbao"
        return run(program, *arguments, cwd=tmp_path, env={**os.environ, **fonts})

    return nianbao


def test_it_is_listed_as_installed(installed, away):
    _, site = installed
    listed = away("plugins")

    line = next(line for line in listed.stdout.splitlines() if line.startswith("hainan\t"))
    assert "46\t海南省\tnational-2019, national-2021, hainan-2021" in line
    assert ", txt\tinstalled: nianbao-hainan 0.1.0" in line
    assert str(site / "hainan" / "__init__.py") in away("plugins", "hainan").stdout
    assert listed.returncode == 0


def test_it_keeps_every_demand(away):
    done = away("plugins", "check", "hainan")

    assert (done.returncode, done.stdout) == (0, "")
    assert "hainan: No findings." in done.stderr


def test_its_reports_are_made_in_all_formats_its_own_among_them(installed, away, tmp_path):
    _, site = installed
    example = site / "hainan" / "examples" / "example-2024.yaml"

    done = away("generate", example, "-f", "docx,pdf,html,txt", "-o", "out")

    assert done.returncode == 0, done.stderr
    made = {file.suffix: file for file in (tmp_path / "out").glob("example-2024.*")}
    assert {".docx", ".pdf", ".html", ".txt"} <= set(made)
    assert "附：自由贸易港政策公开情况" in made[".html"].read_text(encoding="utf-8")
    assert made[".txt"].read_text(encoding="utf-8").startswith("示例市商务局2024年政府信息公开")


@pytest.mark.parametrize(
    ("contract", "remedy"),
    [("9", "a newer nianbao is needed"), ("0", "the plugin must be brought up to date")],
)
def test_another_contract_is_told_and_nothing_else_suffers(installed, away, contract, remedy):
    _, site = installed
    file = site / "hainan" / "__init__.py"
    before = file.read_text(encoding="utf-8")
    file.write_text(before.replace('code="46"', f'contract={contract}, code="46"'), "utf-8")
    try:
        listed, checked = away("plugins"), away("plugins", "check", "hainan")
        example = site / "hainan" / "examples" / "example-2024.yaml"
        made = away("generate", example, "-f", "html", "-o", "out")
    finally:
        file.write_text(before, encoding="utf-8")

    assert listed.returncode == 1
    assert remedy in listed.stderr
    assert "beijing\t11" in listed.stdout
    assert "P103" in checked.stdout
    assert made.returncode == 1
    assert remedy in made.stderr


def test_the_example_distribution_is_what_the_scaffold_writes_and_little_more(nianbao, tmp_path):
    made = nianbao("plugins", "new", "hainan", "--title", "海南省", "--code", "46", "--package",
                   "-o", tmp_path)  # fmt: skip

    assert made.code == 0, made.err
    fresh = tmp_path / "nianbao-hainan"
    for name in ("pyproject.toml", "src/hainan/rules.py", "tests/test_plugin.py"):
        assert (fresh / name).read_bytes() == (DISTRIBUTION / name).read_bytes(), name
