"""Where documents cannot be written: a clear word, and nothing lost."""

import os
import resource
import shutil
import subprocess
import sys
from functools import partial

import pytest

from tests.conftest import FULL_SIZE, PATIENCE
from toolkit import output
from toolkit.errors import OutputError


def generate(out, *more, before=(), **options):
    """Make HTML and DOCX as a user does; for what needs a process of its own."""
    command = [
        *before, sys.executable, "-m", "toolkit.cli.main", "generate", str(FULL_SIZE),
        "-f", "html,docx", "-o", str(out), *more,
    ]  # fmt: skip
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=PATIENCE, **options
    )


def no_larger_than(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def can_mount() -> bool:
    probe = ["unshare", "--mount", "--map-root-user", "true"]
    return bool(shutil.which("unshare")) and not subprocess.run(probe, check=False).returncode


def old_documents(out):
    out.mkdir()
    for name in ("full-size-2024.html", "full-size-2024.docx"):
        (out / name).write_text("the old one", encoding="utf-8")


def are_old(out):
    return all(
        (out / f"full-size-2024.{kind}").read_text(encoding="utf-8") == "the old one"
        for kind in ("html", "docx")
    )


def clear(done, said):
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    return True


@pytest.mark.skipif(not can_mount(), reason="this machine lets no one mount a small disk")
def test_a_full_disk_is_said_and_the_old_documents_stay(tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    script = (
        f"mount -t tmpfs -o size=64k tmpfs {small} && mkdir {small}/out && "
        f"echo the old one > {small}/out/full-size-2024.html && "
        f'"$@"; code=$?; ls -A {small}/out; cat {small}/out/full-size-2024.html; exit $code'
    )
    command = [
        sys.executable, "-m", "toolkit.cli.main", "generate", str(FULL_SIZE), "-f", "html,docx",
        "-o", f"{small}/out",
    ]  # fmt: skip
    done = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "sh", "-c", script, "sh", *command],
        capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip

    assert clear(done, "cannot be written: No space left on device.")
    assert done.stdout.splitlines()[-1] == "the old one"
    assert ".nianbao" not in done.stdout  # no litter that keeps the disk full


def test_a_file_larger_than_allowed_is_said_and_the_old_documents_stay(tmp_path):
    out = tmp_path / "out"
    old_documents(out)

    done = generate(out, preexec_fn=partial(no_larger_than, 6_000))

    assert clear(done, "cannot be written: File too large.")
    assert are_old(out)
    assert not list(out.glob(".nianbao*"))


def test_a_folder_one_may_not_write_to_is_said(tmp_path):
    out = tmp_path / "out"
    old_documents(out)
    out.chmod(0o555)
    powerless = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]  # even root is held then

    done = generate(out, before=powerless if os.getuid() == 0 else [])
    out.chmod(0o755)

    assert clear(done, "cannot be written: Permission denied.")
    assert are_old(out)


@pytest.mark.skipif(not can_mount(), reason="this machine lets no one mount a disk")
def test_a_read_only_disk_is_said(tmp_path):
    out = tmp_path / "out"
    old_documents(out)
    script = f'mount --bind {out} {out} && mount -o remount,ro,bind {out} && exec "$@"'
    command = [sys.executable, "-m", "toolkit.cli.main", "generate", str(FULL_SIZE), "-o", str(out)]
    done = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "sh", "-c", script, "sh", *command],
        capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip

    assert clear(done, "cannot be written: Read-only file system.")
    assert are_old(out)


@pytest.mark.parametrize("name", ["out", "out/below"])
def test_a_file_in_the_place_of_the_folder_is_said(nianbao, tmp_path, name):
    (tmp_path / "out").write_text("mine", encoding="utf-8")

    result = nianbao("generate", FULL_SIZE, "-f", "html", "-o", tmp_path / name)

    assert result.code == 1
    assert "a file stands where the folder should be; give another one with -o." in result.err
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_a_folder_in_the_place_of_a_document_is_said_beforehand(nianbao, tmp_path):
    inside = tmp_path / "full-size-2024.html" / "kept"
    inside.mkdir(parents=True)

    result = nianbao("generate", FULL_SIZE, "-f", "docx,html", "-o", tmp_path)

    assert result.code == 2
    assert "full-size-2024.html: a folder stands in its place." in result.err
    assert inside.is_dir()
    assert not (tmp_path / "full-size-2024.docx").exists()


def test_a_folder_that_takes_the_place_meanwhile_leaves_no_litter(tmp_path):
    (tmp_path / "b.html" / "kept").mkdir(parents=True)

    with pytest.raises(OutputError, match="a folder stands in its place"):
        output.write_all({tmp_path / "a.html": b"new", tmp_path / "b.html": b"new"})

    assert [file.name for file in tmp_path.iterdir()] == ["b.html"]


def test_a_link_that_leads_out_of_the_folder_is_replaced_and_not_followed(nianbao, tmp_path):
    secret = tmp_path / "elsewhere.txt"
    secret.write_text("mine", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    for name in ("full-size-2024.html", "manifest.json"):
        (out / name).symlink_to(secret)

    assert nianbao("generate", FULL_SIZE, "-f", "html", "-o", out).code == 0

    assert secret.read_text(encoding="utf-8") == "mine"
    assert not (out / "full-size-2024.html").is_symlink()
    assert not (out / "manifest.json").is_symlink()


def test_a_lock_that_is_a_link_is_not_followed(nianbao, tmp_path):
    secret = tmp_path / "elsewhere.txt"
    secret.write_text("mine", encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".nianbao.lock").symlink_to(secret)

    result = nianbao("generate", FULL_SIZE, "-f", "html", "-o", tmp_path / "out")

    assert result.code == 1
    assert "cannot be written" in result.err
    assert secret.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "name",
    ["a b.yaml", "一\n二.yaml", "-x.yaml", "ä'\"$(id);.yaml", "{{ 7*7 }}.yaml", "\x1b[31m.yaml"],
)
def test_a_strange_name_is_a_name(nianbao, full_size, tmp_path, name):
    file = full_size(name=name)

    result = nianbao("generate", file, "-f", "html,docx", "-o", tmp_path / "out")

    assert result.code == 0
    made = sorted(f.name for f in (tmp_path / "out").iterdir())
    assert made == sorted([f"{file.stem}.html", f"{file.stem}.docx", "manifest.json"])
    assert "\x1b" not in result.err


@pytest.mark.parametrize("name", ["pipe.yaml", "null.yaml", "loop.yaml", "gone.yaml"])
def test_what_is_no_file_is_said_and_not_waited_for(nianbao, tmp_path, name):
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "null.yaml").symlink_to("/dev/zero")
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere.yaml")

    result = nianbao("generate", tmp_path / name, "-f", "html", "-o", tmp_path / "out")

    assert result.code == 2
    assert name in result.err
    assert "Traceback" not in result.err
    assert not list((tmp_path / "out").glob("*.html"))
