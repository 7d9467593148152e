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
    yield address, workers
    for process in (*workers, scheduler):
        process.kill()
        process.wait()


def test_a_batch_survives_the_loss_of_a_worker(reports, cluster, tmp_path):
    address, workers = cluster
    folder = reports(**{f"r{i:02}": "good" for i in range(24)}, bad="bad")
    running = subprocess.Popen(
        [
            sys.executable, "-m", "toolkit.cli.main", "generate", str(folder), "-f", "html,docx",
            "-o", str(tmp_path / "far"), "--plugin-dir", str(tmp_path / "plugins"),
            "--executor", f"dask://{address}",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
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


def test_a_cluster_that_is_not_there_is_said(reports, tmp_path, monkeypatch):
    monkeypatch.setattr("toolkit.batch.cluster._SECONDS", 1)
    from toolkit.cli.main import main

    code = main(
        ["generate", str(reports(a="good")), "--plugin-dir", str(tmp_path / "plugins"),
         "-o", str(tmp_path / "out"), "--executor", "dask://127.0.0.1:9"]
    )  # fmt: skip

    assert code == 2
