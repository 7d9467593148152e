"""Plugins that end, crash or hang the commands that run their code: it is said, and who it was."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.conftest import FULL_SIZE, PATIENCE

PLUGIN = '''
import ctypes, os, re, sys, threading, time
from toolkit import Province, hookimpl
from toolkit.diagnostics import Severity
from toolkit.rules import Source, rule

{loading}

@rule("X990", Severity.NOTE, source=Source("advice"), bad="", good="")
def check(context):
    """Nothing is demanded.

    It is here to do harm.
    """
    {checking}
    return ()

@hookimpl
def province():
    {asked}
    return Province(code="99", name="示例省", rules=(check,))
'''
LITTLE = {"NIANBAO_MAX_RULES_SECONDS": "1", "NIANBAO_MAX_PLUGIN_SECONDS": "1"}
IN_C = "sum(range(10**15))"


@pytest.fixture
def plugin(tmp_path):
    def write(loading="", checking="pass", asked="pass"):
        folder = tmp_path / "plugins" / "poisonous"
        folder.mkdir(parents=True)
        content = PLUGIN.format(loading=loading, checking=checking, asked=asked)
        (folder / "__init__.py").write_text(content, encoding="utf-8")
        report = FULL_SIZE.read_text(encoding="utf-8").replace("heilongjiang", "poisonous")
        (tmp_path / "report.yaml").write_text(report, encoding="utf-8")
        return folder / "__init__.py"

    return write


def command(tmp_path, *words):
    return [
        sys.executable, "-m", "toolkit.cli.main", *words,
        *(("report.yaml",) if words[0] == "check" else ()),
        "--plugin-dir", str(tmp_path / "plugins"),
    ]  # fmt: skip


def run(tmp_path, *words):
    return subprocess.run(
        command(tmp_path, *words), cwd=tmp_path, env={**os.environ, **LITTLE},
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("does", "said"),
    [
        ("os._exit(0)", "X990 ended the program (exit code 0)."),
        ("os._exit(7)", "X990 ended the program (exit code 7)."),
        ("ctypes.string_at(0)", "X990 ended the program (signal 11, SIGSEGV)."),
        ("time.sleep(600)", "X990 did not come back; NIANBAO_MAX_RULES_SECONDS gives more"),
        (IN_C, "X990 did not come back; NIANBAO_MAX_RULES_SECONDS gives more"),
    ],
)
def test_a_rule_that_ends_or_hangs_check_is_named(plugin, tmp_path, does, said):
    place = plugin(checking=does)

    done = run(tmp_path, "check")

    assert done.returncode == 1
    assert f"{place}:9: {said}" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("does", "said"),
    [
        ("sys.exit(0)", "could not be run: tried to end the program"),
        ('re.match("(a|aa)+$", "a" * 80 + "b")', "all rules together may take 1 seconds"),
        ("while True: pass", "all rules together may take 1 seconds"),
        ("hoard = [bytes(2**28) for _ in range(10**6)]", "could not be run: MemoryError"),
    ],
)
def test_what_can_be_taken_from_a_rule_is_a_finding_and_the_others_go_on(
    plugin, tmp_path, does, said
):
    plugin(checking=does)

    done = run(tmp_path, "check")

    assert done.returncode == 0
    assert said in done.stdout
    assert "1 warning" in done.stderr


@pytest.mark.parametrize("words", [("check",), ("plugins",), ("explain",)])
@pytest.mark.parametrize("where", ["loading", "asked"])
def test_a_plugin_that_ends_a_command_when_it_is_loaded_is_named(plugin, tmp_path, words, where):
    place = plugin(**{where: "os._exit(0)"})

    done = run(tmp_path, *words)

    assert done.returncode == 1
    assert f"{place}: poisonous ended the program (exit code 0)." in done.stderr


@pytest.mark.parametrize("words", [("check",), ("plugins",), ("explain",)])
def test_a_plugin_that_hangs_in_c_when_it_is_loaded_is_named(plugin, tmp_path, words):
    place = plugin(loading=IN_C)

    done = run(tmp_path, *words)

    assert done.returncode == 1
    assert f"{place}: poisonous did not come back; NIANBAO_MAX_PLUGIN_SECONDS" in done.stderr


def test_a_plugin_that_hangs_the_end_of_the_program_cannot_keep_it(plugin, tmp_path):
    plugin(loading="threading.Thread(target=time.sleep, args=(600,)).start()")

    done = run(tmp_path, "check")

    assert done.returncode == 0
    assert "No findings" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_a_check_that_is_told_to_stop_leaves_no_process(plugin, tmp_path, number):
    plugin(checking='open("at-it", "w").write(str(os.getpid())); time.sleep(600)')
    running = subprocess.Popen(
        command(tmp_path, "check"), cwd=tmp_path, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    at_it = tmp_path / "at-it"
    until = time.monotonic() + PATIENCE
    while not (at_it.exists() and at_it.read_text()) and time.monotonic() < until:
        time.sleep(0.02)
    worker = int(at_it.read_text())

    if number == signal.SIGINT:
        os.killpg(running.pid, number)  # as a terminal does
    else:
        running.send_signal(number)
    _, said = running.communicate(timeout=PATIENCE)

    codes = {signal.SIGINT: 130, signal.SIGKILL: -9}
    assert running.returncode == codes.get(number, 128 + number)
    assert "Traceback" not in said
    until = time.monotonic() + PATIENCE
    while os.path.exists(f"/proc/{worker}") and time.monotonic() < until:  # noqa: PTH110
        time.sleep(0.02)
    assert not os.path.exists(f"/proc/{worker}") or worker == running.pid  # noqa: PTH110


def test_results_go_where_they_went_and_pipes_work(tmp_path):
    words = [sys.executable, "-m", "toolkit.cli.main", "check", str(FULL_SIZE), "--format", "json"]

    done = subprocess.run(words, capture_output=True, text=True, check=False)

    assert done.returncode == 0
    assert done.stdout.startswith("{")
