"""A batch on a real Dask cluster: a scheduler and two workers, one of which is killed."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from tests.test_batch import generate, reports

__all__ = ["reports"]
distributed = pytest.importorskip("distributed", reason="the extra nianbao[dask] is not installed")


class Workers(list):
    """The worker processes of a cluster, and the number of its scheduler."""

    def __init__(self, workers, scheduler):
        super().__init__(workers)
        self.scheduler = scheduler


@pytest.fixture
def cluster(tmp_path):
    """Start a scheduler and two workers on this machine; gives the address and the workers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    host, port = address.split(":")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    scheduler = subprocess.Popen([*dask, "--host", host, "--port", port, "--no-dashboard"], **quiet)
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", f"tcp://{address}"]
    options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", "30"]
    workers = [subprocess.Popen([*worker, *options], **quiet) for _ in range(2)]
    with distributed.Client(f"tcp://{address}", timeout=60) as client:
        client.wait_for_workers(2, timeout=60)
    yield address, Workers(workers, scheduler.pid)
    for process in (*workers, scheduler):
        process.kill()
        process.wait()


def start(folder, tmp_path, address):
    return subprocess.Popen(
        [
            sys.executable, "-m", "toolkit.cli.main", "generate", str(folder), "-f", "html,docx",
            "-o", str(tmp_path / "far"), "--plugin-dir", str(tmp_path / "plugins"),
            "--executor", f"dask://{address}",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip


def test_a_batch_survives_the_loss_of_a_worker(reports, cluster, tmp_path):
    address, workers = cluster
    folder = reports(**{f"r{i:02}": "good" for i in range(24)}, bad="bad")
    running = start(folder, tmp_path, address)
    until = time.monotonic() + 60
    while len(list((tmp_path / "far").glob("*.docx"))) < 3 and time.monotonic() < until:
        time.sleep(0.02)
    os.kill(workers[0].pid, signal.SIGKILL)
    _, said = running.communicate(timeout=120)

    assert running.returncode == 1
    assert "24 of 25 reports built, 0 unchanged, 1 failed." in said
    assert "bad.yaml" in said
    assert len(list((tmp_path / "far").glob("*.docx"))) == 24

    generate(tmp_path, folder)
    for page in (tmp_path / "out").glob("*.html"):
        assert (tmp_path / "far" / page.name).read_bytes() == page.read_bytes()


def run(nianbao, reports, tmp_path, address, **kinds):
    return nianbao(
        "generate", reports(**kinds), "-f", "html", "--plugin-dir", tmp_path / "plugins",
        "-o", tmp_path / "out", "--executor", address, "--timeout", "4",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("dask://127.0.0.1:9", "There is no Dask scheduler at tcp://127.0.0.1:9"),
        ("dask+tls://127.0.0.1:9", "There is no Dask scheduler at tls://127.0.0.1:9"),
        ("dask://127.0.0.1", "a cluster is dask://HOST:PORT"),
        ("dask://nowhere.invalid:8786", "There is no Dask scheduler"),
    ],
)
def test_a_cluster_that_is_not_there_is_said(
    nianbao, reports, tmp_path, monkeypatch, address, said
):
    monkeypatch.setattr("toolkit.batch.cluster._SECONDS", 1)

    result = run(nianbao, reports, tmp_path, address, a="good")

    assert result.code == 2
    assert said in result.err
    assert "Traceback" not in result.err


def test_what_harms_a_report_harms_no_worker_of_the_cluster(nianbao, reports, cluster, tmp_path):
    address, workers = cluster
    harm = ("leave", "kill", "hang", "raise", "segfault")

    result = run(
        nianbao, reports, tmp_path, f"dask://{address}", a="good", b="good", c="good",
        **{kind: kind for kind in harm},
    )  # fmt: skip

    assert "3 of 8 reports built, 0 unchanged, 5 failed." in result.err
    for said in ("exit code 0", "signal 9", "within 4 seconds", "RuntimeError", "signal 11"):
        assert said in result.err
    assert [worker.poll() for worker in workers] == [None, None]


def test_workers_with_other_versions_are_refused_before_anything_is_built(
    nianbao, reports, cluster, tmp_path, monkeypatch
):
    address, _ = cluster
    monkeypatch.setattr("toolkit.__version__", "9.9.9")
    from toolkit.batch import fingerprint

    fingerprint.versions.cache_clear()
    fingerprint.of_machine.cache_clear()
    result = run(nianbao, reports, tmp_path, f"dask://{address}", a="good")
    fingerprint.versions.cache_clear()
    fingerprint.of_machine.cache_clear()

    assert result.code == 2
    assert "The cluster is not like this machine" in result.err
    assert "nianbao 0.1.0 ≠ 9.9.9" in result.err
    assert not list((tmp_path / "out").glob("*.html"))


def test_a_scheduler_that_goes_away_ends_the_run_with_a_word(reports, cluster, tmp_path):
    address, workers = cluster
    folder = reports(**{f"r{i:02}": "good" for i in range(40)}, z="hang")
    running = start(folder, tmp_path, address)
    until = time.monotonic() + 60
    while len(list((tmp_path / "far").glob("*.docx"))) < 3 and time.monotonic() < until:
        time.sleep(0.02)

    os.kill(workers.scheduler, signal.SIGKILL)
    _, said = running.communicate(timeout=60)

    assert running.returncode == 2
    assert "The scheduler went away; what was finished is whole." in said
    assert "Traceback" not in said
