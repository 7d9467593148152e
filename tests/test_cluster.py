"""A batch on a real Dask cluster: a scheduler and two workers, one of which is killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.conftest import PATIENCE
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
    with started(tmp_path) as found:
        yield found


@contextmanager
def started(tmp_path, protocol="tcp", client=None, **settings):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    host, port = address.split(":")
    quiet = {
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        "cwd": tmp_path,
        "env": {**os.environ, "TMPDIR": str(tmp_path), **settings},
    }
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    where = ["--host", f"{protocol}://{host}", "--port", port, "--no-dashboard"]
    scheduler = subprocess.Popen([*dask, *where], **quiet)
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", f"{protocol}://{address}"]
    options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--death-timeout", str(PATIENCE)]
    workers = [subprocess.Popen([*worker, *options], **quiet) for _ in range(2)]
    try:
        with distributed.Client(
            f"{protocol}://{address}", timeout=PATIENCE, security=client
        ) as known:
            known.wait_for_workers(2, timeout=PATIENCE)
        yield address, Workers(workers, scheduler.pid)
    finally:
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
    until = time.monotonic() + PATIENCE
    while len(list((tmp_path / "far").glob("*.docx"))) < 3 and time.monotonic() < until:
        time.sleep(0.02)
    os.kill(workers[0].pid, signal.SIGKILL)
    _, said = running.communicate(timeout=PATIENCE)

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
    assert [file.parent.name for file in tmp_path.rglob("kill.yaml")] == ["data"]


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
    until = time.monotonic() + PATIENCE
    while len(list((tmp_path / "far").glob("*.docx"))) < 3 and time.monotonic() < until:
        time.sleep(0.02)

    os.kill(workers.scheduler, signal.SIGKILL)
    _, said = running.communicate(timeout=PATIENCE)

    assert running.returncode == 2
    assert "The scheduler went away; what was finished is whole." in said
    assert "Traceback" not in said


def certified(folder, name, issuer=None):
    """Make a key and a certificate of an authority, or one that an authority signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    signer, signing_key = issuer or (subject, key)
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(signer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .sign(signing_key, hashes.SHA256())
    )
    (folder / f"{name}.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / f"{name}.key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return subject, key


def tls(folder, authority, holder):
    """Dask's settings for one who trusts an authority and shows a certificate."""
    at = "DASK_DISTRIBUTED__COMM__TLS__"
    told = {f"{at}CA_FILE": f"{authority}.pem", "DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "1"}
    for who in ("SCHEDULER", "WORKER", "CLIENT"):
        told |= {f"{at}{who}__CERT": f"{holder}.pem", f"{at}{who}__KEY": f"{holder}.key"}
    return {name: str(folder / value) if "." in value else value for name, value in told.items()}


@pytest.fixture
def certificates(tmp_path):
    """Those of a cluster and its caller, and those of a stranger."""
    issuer = certified(tmp_path, "authority")
    certified(tmp_path, "member", issuer)
    other = certified(tmp_path, "elsewhere")
    certified(tmp_path, "stranger", other)
    return tmp_path


def test_a_cluster_is_spoken_to_under_tls_by_those_it_trusts_alone(reports, certificates, tmp_path):
    folder = reports(a="good", b="good", c="raise")
    ours = tls(certificates, "authority", "member")
    member = distributed.Security(
        tls_ca_file=str(certificates / "authority.pem"),
        tls_client_cert=str(certificates / "member.pem"),
        tls_client_key=str(certificates / "member.key"),
        require_encryption=True,
    )
    with started(tmp_path, "tls", member, **ours) as (address, _):
        far = f"dask+tls://{address}"
        for said, executor, settings in (
            ("2 of 3 reports built, 0 unchanged, 1 failed.", far, ours),
            ("There is no Dask scheduler", far, tls(certificates, "authority", "stranger")),
            ("There is no Dask scheduler", far, tls(certificates, "elsewhere", "member")),
            ("There is no Dask scheduler", far, {}),
            ("There is no Dask scheduler", f"dask://{address}", {}),
        ):
            done = subprocess.run(
                [
                    sys.executable, "-m", "toolkit.cli.main", "generate", str(folder), "-f", "html",
                    "-o", str(tmp_path / "far"), "--plugin-dir", str(tmp_path / "plugins"),
                    "--executor", executor, "--force",
                ],
                env={**os.environ, **settings},
                capture_output=True, text=True, check=False, timeout=PATIENCE,
            )  # fmt: skip

            assert said in done.stderr
            assert "Traceback" not in done.stderr

    generate(tmp_path, folder)
    for page in (tmp_path / "out").glob("*.html"):
        assert (tmp_path / "far" / page.name).read_bytes() == page.read_bytes()
