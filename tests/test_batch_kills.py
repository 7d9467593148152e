"""Killed at any moment: the batch ends, what is finished is whole, nothing is left running."""

import json
import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
import time
import zipfile
from contextlib import closing, suppress
from pathlib import Path

import pytest

from benchmarks import kills
from tests.conftest import PATIENCE
from tests.test_batch import generate, reports
from toolkit.isolation.pool import Loss, Pool

__all__ = ["reports"]
SEED = 20241124


def workers_of(parent: int) -> list[int]:
    """Give the processes that a process started."""
    try:
        return [
            int(word) for word in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        ]
    except OSError:
        return []


def killing(parent: int, times: int, longest: float) -> threading.Thread:
    """Kill a worker of a process again and again, at random moments."""
    chance = random.Random(SEED)

    def kill() -> None:
        for _ in range(times):
            time.sleep(chance.uniform(0, longest))
            alive = workers_of(parent)
            if alive:
                with suppress(ProcessLookupError):
                    os.kill(chance.choice(alive), signal.SIGKILL)

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    return thread


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split(") ")[1][0] != "Z"
    except OSError:
        return False


def start(tmp_path, folder, *more):
    command = [
        sys.executable, "-m", "toolkit.cli.main", "generate", str(folder), "-f", "html,docx",
        "-o", str(tmp_path / "out"), "--plugin-dir", str(tmp_path / "plugins"), "--jobs", "2",
        "--force", *more,
    ]  # fmt: skip
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def until(true, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    assert true()


def all_whole(out):
    """Every document can be read to its end, and so can the manifest if there is one."""
    for page in out.glob("*.html"):
        assert page.read_text(encoding="utf-8").rstrip().endswith("</html>")
    for document in out.glob("*.docx"):
        assert zipfile.ZipFile(document).testzip() is None
    if (out / "manifest.json").exists():
        json.loads((out / "manifest.json").read_text(encoding="utf-8"))


def test_workers_killed_at_random_moments_never_keep_the_work_from_ending():
    """300 answers of 300 kB, so that many a worker dies in the middle of one."""
    work = [300_000 + number for number in range(300)]
    pool = Pool(bytes, 2, 30)
    killer = killing(os.getpid(), 50, 0.06)

    with closing(pool):
        results = dict(pool.run(work))
    killer.join()

    assert sorted(results) == list(range(300))
    lost = [result for result in results.values() if isinstance(result, Loss)]
    assert all("signal 9, SIGKILL" in str(loss.reason) for loss in lost)
    whole = [i for i, result in results.items() if result == bytes(work[i])]
    assert len(whole) + len(lost) == 300
    assert len(whole) > 200


def test_a_batch_whose_workers_are_killed_builds_all_other_reports(reports, tmp_path):
    folder = reports(**{f"r{i:03}": "good" for i in range(60)})
    running = start(tmp_path, folder)
    until(lambda: (tmp_path / "out").is_dir())
    killer = killing(running.pid, 8, 0.8)

    _, said = running.communicate(timeout=PATIENCE)
    killer.join()

    failed = said.count("(signal 9, SIGKILL)") // 2  # as it comes, and in the summary
    assert f"{60 - failed} of 60 reports built, 0 unchanged, {failed} failed." in said
    all_whole(tmp_path / "out")
    assert len(list((tmp_path / "out").glob("*.docx"))) >= 60 - failed
    assert not list((tmp_path / "out").glob(".nianbao*"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_run_that_is_told_to_stop_ends_in_order(reports, tmp_path, number):
    folder = reports(**{f"r{i:02}": "good" for i in range(20)}, z="hang")
    running = start(tmp_path, folder)
    until(lambda: len(list((tmp_path / "out").glob("*.html"))) >= 3)
    workers = workers_of(running.pid)

    running.send_signal(number)
    _, said = running.communicate(timeout=PATIENCE)

    assert running.returncode == {signal.SIGINT: 130}.get(number, 128 + number)
    assert "Stopped. What was finished is whole." in said
    assert "were not reached; the same command does them." in said
    assert "Traceback" not in said
    assert not list((tmp_path / "out").glob(".nianbao*"))
    until(lambda: not any(map(is_running, workers)))
    told = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert told["reports"]


def test_no_worker_outlives_a_run_that_is_killed_and_the_next_run_does_the_rest(reports, tmp_path):
    folder = reports(**{f"r{i:02}": "good" for i in range(12)}, busy="busy")
    chance = random.Random(SEED)
    for _ in range(6):
        running = start(tmp_path, folder)
        time.sleep(chance.uniform(0.1, 2.5))
        workers = workers_of(running.pid)
        running.kill()
        running.communicate()
        until(lambda found=workers: not any(map(is_running, found)))
        if (tmp_path / "out").is_dir():
            all_whole(tmp_path / "out")
    (folder / "busy.yaml").unlink()

    again = generate(tmp_path, folder)

    assert again.returncode == 0, again.stderr
    assert len(list((tmp_path / "out").glob("r*.html"))) == 12
    assert not list((tmp_path / "out").glob(".nianbao*"))


def test_a_run_killed_with_all_its_workers_loses_nothing(tmp_path):
    """The small one of what `python -m benchmarks.kills` does 24 times."""
    assert list(kills.Batch(tmp_path, 16).faults(3)) == []


WRITER = """
    import itertools, sys
    from pathlib import Path
    from toolkit import output

    folder = Path(sys.argv[1])
    for number in itertools.count():
        content = f"{number:09}".encode() * 20_000
        output.write_all({folder / name: content for name in ("a.docx", "a.pdf")})
        print(number, flush=True)
"""


def test_a_file_is_its_old_self_or_the_new_one_wherever_the_writer_is_killed(tmp_path):
    chance = random.Random(SEED)
    for _ in range(24):
        writer = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(WRITER), str(tmp_path)],
            stdout=subprocess.PIPE,
            text=True,
        )
        writer.stdout.readline()
        time.sleep(chance.uniform(0, 0.02))
        writer.kill()
        told = [int(line) for line in writer.communicate()[0].split()]

        for name in ("a.docx", "a.pdf"):
            content = (tmp_path / name).read_bytes()
            number = int(content[:9])
            assert content == f"{number:09}".encode() * 20_000
            assert number >= max(told, default=0)  # what was told to be written is there
    from toolkit import output

    output.sweep(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.docx", "a.pdf"]
