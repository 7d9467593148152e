"""Many reports at once: nothing is lost, nobody suffers for another's fault."""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import textwrap
import time
from contextlib import suppress

import pytest

from benchmarks.poison import KINDS, Batch
from tests.conftest import FULL_SIZE, PATIENCE

POISON = """
import ctypes, os, signal, sys, time
from toolkit import Province, hookimpl

def opening(report):
    what = report.organization.short_name
    if what == "raise":
        raise RuntimeError("poison")
    if what == "leave":
        os._exit(0)
    if what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "segfault":
        ctypes.string_at(0)
    if what == "hang":
        time.sleep(600)
    if what == "busy":
        while True:
            pass
    if what == "wander":
        os.chdir("/")
        os.environ.clear()
        sys.path.append("nowhere")
        print("a plugin that prints", flush=True)
    return ""

@hookimpl
def province():
    return Province(code="99", name="示例省", opening=opening)
"""


@pytest.fixture
def reports(tmp_path):
    """Write reports by name and kind into a folder: ``reports(a="good", b="raise")``."""

    def write(**kinds):
        plugins = tmp_path / "plugins" / "poisonous"
        plugins.mkdir(parents=True, exist_ok=True)
        (plugins / "__init__.py").write_text(textwrap.dedent(POISON), encoding="utf-8")
        folder = tmp_path / "data"
        folder.mkdir(exist_ok=True)
        content = FULL_SIZE.read_text(encoding="utf-8").replace("heilongjiang", "poisonous")
        for name, kind in kinds.items():
            told = content.replace("short_name: 市自然资源和规划局", f"short_name: {kind}")
            if kind == "bad":
                told = told.replace("natural_person: 98", "natural_person: -1")
            (folder / f"{name}.yaml").write_text(told, encoding="utf-8")
        return folder

    return write


def generate(tmp_path, folder, *more, cwd=None):
    command = [
        sys.executable, "-m", "toolkit.cli.main", "generate", str(folder), "-f", "html",
        "-o", str(tmp_path / "out"), "--plugin-dir", str(tmp_path / "plugins"), *more,
    ]  # fmt: skip
    little = {**os.environ, "NIANBAO_MAX_WORKER_BYTES": "1500000000", "NIANBAO_JOBS": "auto"}
    return subprocess.run(
        command, capture_output=True, text=True, timeout=PATIENCE, check=False, env=little, cwd=cwd
    )


def test_a_batch_with_every_kind_of_poison_keeps_its_promises(tmp_path):
    """The small one of what `python -m benchmarks.poison` runs with 1,000 reports."""
    batch = Batch(tmp_path, 22, len(KINDS))

    assert {*batch.bad.values()} == {*KINDS}
    assert list(batch.faults("--jobs", "4", "--timeout", "6")) == []


def test_a_plugin_that_changes_the_process_does_not_change_the_next_report(reports, tmp_path):
    folder = reports(a="wander", b="wander", c="good")

    done = generate(tmp_path, folder.relative_to(tmp_path), "--jobs", "1", cwd=tmp_path)

    assert "3 of 3 reports built" in done.stderr
    assert "a plugin that prints" not in done.stdout  # results only
    assert "a plugin that prints" in done.stderr


def test_one_report_alone_is_isolated_too(reports, tmp_path):
    for kind, said in (("leave", "exit code 0"), ("busy", "within 3 seconds")):
        folder = reports(**{kind: kind})
        done = generate(tmp_path, folder / f"{kind}.yaml", "--timeout", "3")

        assert done.returncode == 1
        assert said in done.stderr


def test_what_is_unchanged_is_not_built_again(reports, tmp_path):
    folder = reports(a="good", b="good", c="good")
    generate(tmp_path, folder)
    page = tmp_path / "out" / "a.html"
    before = page.stat().st_mtime_ns

    again = generate(tmp_path, folder)
    (folder / "b.yaml").write_text(
        (folder / "b.yaml").read_text(encoding="utf-8").replace("1286条", "1287条"),
        encoding="utf-8",
    )
    (tmp_path / "out" / "c.html").unlink()
    third = generate(tmp_path, folder)
    forced = generate(tmp_path, folder, "--force")

    assert "0 of 3 reports built, 3 unchanged, 0 failed." in again.stderr
    assert "2 of 3 reports built, 1 unchanged, 0 failed." in third.stderr
    assert (tmp_path / "out" / "c.html").is_file()
    assert "3 of 3 reports built" in forced.stderr
    assert page.stat().st_mtime_ns > before


def test_a_changed_plugin_builds_its_reports_again(reports, tmp_path):
    folder = reports(a="good")
    generate(tmp_path, folder)
    plugin = tmp_path / "plugins" / "poisonous" / "__init__.py"
    plugin.write_text(plugin.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")

    assert "unchanged" not in generate(tmp_path, folder).stderr


def test_one_process_and_several_give_the_same_bytes(reports, tmp_path):
    folder = reports(**dict.fromkeys("abcd", "good"))
    generate(tmp_path, folder, "--jobs", "1")
    one = {f.name: f.read_bytes() for f in (tmp_path / "out").glob("*.html")}
    generate(tmp_path, folder, "--jobs", "2", "--force")

    assert {f.name: f.read_bytes() for f in (tmp_path / "out").glob("*.html")} == one
    assert len(one) == 4


def test_a_run_that_is_killed_leaves_whole_files_and_can_be_taken_up(reports, tmp_path):
    folder = reports(**{f"r{i:02}": "good" for i in range(30)})
    command = [
        sys.executable, "-m", "toolkit.cli.main", "generate", str(folder), "-f", "html,docx",
        "-o", str(tmp_path / "out"), "--plugin-dir", str(tmp_path / "plugins"), "--jobs", "1",
    ]  # fmt: skip
    running = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    until = time.monotonic() + PATIENCE
    while len(list((tmp_path / "out").glob("*.html"))) < 3 and time.monotonic() < until:
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()

    for page in (tmp_path / "out").glob("*.html"):
        assert page.read_text(encoding="utf-8").rstrip().endswith("</html>")
    again = generate(tmp_path, folder)

    assert again.returncode == 0
    assert len(list((tmp_path / "out").glob("*.html"))) == 30
    assert not list((tmp_path / "out").glob(".nianbao-*.tmp"))


def test_findings_are_written_for_other_programs(reports, tmp_path):
    folder = reports(a="good", b="bad")

    generate(tmp_path, folder, "--report", f"json={tmp_path / 'found.json'}")

    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))["findings"]
    assert [finding["code"] for finding in found] == ["N114"]


def test_two_runs_do_not_write_to_one_folder_at_once(reports, tmp_path):
    folder = reports(a="hang")
    first = subprocess.Popen(
        [
            sys.executable, "-m", "toolkit.cli.main", "generate", str(folder), "-f", "html",
            "-o", str(tmp_path / "out"), "--plugin-dir", str(tmp_path / "plugins"),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        until = time.monotonic() + PATIENCE
        while not (tmp_path / "out" / ".nianbao.lock").exists() and time.monotonic() < until:
            time.sleep(0.02)
        second = generate(tmp_path, folder)
    finally:
        first.kill()
        first.wait()

    assert second.returncode == 1
    assert "another run is writing there" in second.stderr


def test_a_terminal_shows_a_bar_with_rate_and_time_left_and_a_table_of_what_failed(
    reports, tmp_path
):
    folder = reports(a="good", b="good", c="good", d="raise", e="good")
    ours, theirs = pty.openpty()
    command = [
        sys.executable, "-m", "toolkit.cli.main", "generate", str(folder), "-f", "html",
        "-o", str(tmp_path / "out"), "--plugin-dir", str(tmp_path / "plugins"), "--jobs", "1",
    ]  # fmt: skip
    wide = {**os.environ, "COLUMNS": "300", "TERM": "xterm", "NO_COLOR": "1"}

    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs, env=wide)
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # how a terminal tells that nobody writes to it any more
        while part := os.read(ours, 65536):
            shown += part
    os.close(ours)

    assert running.wait() == 1
    told = shown.decode()
    assert re.search(r"5/5\s+100%\s+[\d.]+/s\s+0:00:\d\d\s+0:00:00", told), told
    row = next(line for line in told.splitlines() if "d.yaml" in line and "│" in line)
    assert "RuntimeError: poison" in row
    assert "4 of 5 reports built, 0 unchanged, 1 failed." in told
