"""What templates/ci offers works: valid files, whose steps build the reports of a repository."""

import json
import os
import re
import shlex
import subprocess
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from tests.conftest import FULL_SIZE, ROOT
from toolkit.fonts.search import folders

CI = ROOT / "templates" / "ci"
SUBSTITUTES = {
    "sudo": 'exec "$@"',
    "apt-get": 'printf "%s\\n" "$*" >>"$APT_LOG"',  # installing is not what is tried here
    "pip": 'exec python -m pip "$@"',
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, as a package index would hand it over."""
    made = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", made, ROOT]
    subprocess.run(build, check=True, capture_output=True)
    return next(made.glob("*.whl"))


@pytest.fixture(scope="module")
def libraries(tmp_path_factory):
    """All that nianbao needs, without nianbao: stands in for what pip would fetch."""
    folder = tmp_path_factory.mktemp("libraries")
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if "nianbao" not in entry.name and entry.suffix != ".pth":
            (folder / entry.name).symlink_to(entry)
    return folder


@pytest.fixture
def machine(tmp_path, wheel, libraries):
    """A machine with an empty Python, and a repository with one good and one bad report."""
    repository = tmp_path / "repository"
    reports = repository / "reports"
    reports.mkdir(parents=True)
    good = FULL_SIZE.read_text(encoding="utf-8")
    (reports / "good.yaml").write_text(good, encoding="utf-8")
    bad = good.replace("natural_person: 98", "natural_person: 99")
    (reports / "bad.yaml").write_text(bad, encoding="utf-8")
    fonts = repository / ".fonts"  # as a cache would bring it back
    fonts.mkdir()
    for folder in folders():
        for file in folder.glob("*.[ot]t[fc]"):
            (fonts / file.name).symlink_to(file)
    tools = tmp_path / "tools"
    tools.mkdir()
    for name, does in SUBSTITUTES.items():
        (tools / name).write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    python = tmp_path / "python"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", python], check=True)
    return {
        "PATH": f"{tools}:{python}/bin:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "APT_LOG": str(tmp_path / "apt.log"),
        "PYTHONPATH": str(libraries),
        "PIP_NO_DEPS": "1",
        "PIP_NO_INDEX": "1",
        "NIANBAO": str(wheel),
        "REPOSITORY": str(repository),
    }


def shell(script, machine, **more):
    return subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=machine["REPOSITORY"],
        env={**machine, **more},
        capture_output=True,
        text=True,
    )


def installed_by(machine):
    logged = Path(machine["APT_LOG"]).read_text(encoding="utf-8")
    (line,) = [line for line in logged.splitlines() if " install " in line]
    return {word for word in line.split() if word.startswith("lib")}


def needed_to_run():
    script = (ROOT / ".ci" / "system-packages").read_text(encoding="utf-8")
    return set(re.search(r'needed="([^"]*libpango[^"]*)"', script)[1].split())


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("github-workflows", CI / "github.yml"),
        ("github-workflows", ROOT / ".github" / "workflows" / "ci.yml"),
        ("gitlab-ci", CI / "gitlab.yml"),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_workflow_is_valid_by_its_schema(schema, file):
    program = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]

    done = subprocess.run([*program, file], capture_output=True, text=True)

    assert done.returncode == 0, done.stdout


def test_a_workflow_that_is_not_valid_would_be_noticed(tmp_path):
    wrong = tmp_path / "ci.yml"
    wrong.write_text("on: push\njobs: {a: {steps: nothing}}\n", encoding="utf-8")
    schema = ["--builtin-schema", "vendor.github-workflows"]

    done = subprocess.run([sys.executable, "-m", "check_jsonschema", *schema, wrong])

    assert done.returncode == 1


def test_the_steps_for_github_build_the_good_report_and_point_at_the_bad_one(machine):
    workflow = yaml.safe_load((CI / "github.yml").read_text(encoding="utf-8"))
    repository = Path(machine["REPOSITORY"])
    given = {
        name: value.replace("${{ github.workspace }}", str(repository))
        for name, value in workflow["env"].items()
        if name != "NIANBAO"
    }
    steps = [step for step in workflow["jobs"]["reports"]["steps"] if "run" in step]

    *before, last = [shell(step["run"], machine, **given) for step in steps]

    assert [done.returncode for done in before] == [0] * len(before), before[-1].stderr
    assert last.returncode == 1, last.stderr
    made = {file.name for file in (repository / "out").glob("*.*")}
    assert {"good.docx", "good.pdf", "good.html"} <= made
    assert not {"bad.docx", "bad.pdf", "bad.html"} & made
    assert re.search(r"::error file=reports/bad\.yaml,[^:]*line=\d+", last.stdout)
    sarif = json.loads((repository / "findings.sarif").read_text(encoding="utf-8"))
    assert {result["level"] for result in sarif["runs"][0]["results"]} == {"error"}
    assert (repository / "findings.xml").is_file()
    assert installed_by(machine) == needed_to_run()


def test_the_script_for_gitlab_does_the_same(machine):
    job = yaml.safe_load((CI / "gitlab.yml").read_text(encoding="utf-8"))["reports"]
    repository = Path(machine["REPOSITORY"])
    given = {
        name: value.replace("$CI_PROJECT_DIR", str(repository))
        for name, value in job["variables"].items()
        if name != "NIANBAO"
    }

    done = shell("\n".join([*job["before_script"], *job["script"]]), machine, **given)

    assert done.returncode == 1, done.stderr
    assert (repository / "out" / "good.pdf").is_file()
    findings = json.loads((repository / "findings.json").read_text(encoding="utf-8"))
    assert {finding["location"]["path"] for finding in findings} == {"reports/bad.yaml"}
    assert (repository / "findings.xml").is_file()
    assert installed_by(machine) == needed_to_run()


@pytest.mark.skipif(find_spec("ensurepip") is None, reason="this Python makes no environments")
def test_the_commands_of_the_container_set_up_a_machine_that_builds(machine, tmp_path):
    home = tmp_path / "opt"
    file = (CI / "Containerfile").read_text(encoding="utf-8").replace("/opt/nianbao", str(home))
    joined = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", file, flags=re.MULTILINE))
    instructions = [line.split(maxsplit=1) for line in joined.splitlines() if line]
    fonts = home / "share" / "nianbao" / "fonts"
    fonts.mkdir(parents=True)
    for cached in Path(machine["REPOSITORY"], ".fonts").iterdir():
        (fonts / cached.name).symlink_to(cached.resolve())

    for keyword, value in instructions:
        if keyword == "RUN":
            done = shell(value.replace("/var/lib/apt/lists", str(tmp_path / "lists")), machine)
            assert done.returncode == 0, done.stderr
    (entry,) = [json.loads(value) for keyword, value in instructions if keyword == "ENTRYPOINT"]
    call = shlex.join([*entry, "generate", "reports/good.yaml", "-o", "out"])
    done = shell(call, machine, PATH=f"{home}/bin{os.pathsep}{machine['PATH']}")

    assert done.returncode == 0, done.stderr
    assert Path(machine["REPOSITORY"], "out", "good.pdf").is_file()
    assert installed_by(machine) == needed_to_run()
