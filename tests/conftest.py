"""Shared by all tests: running nianbao as a user does, and reports to run it on."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from toolkit import messages
from toolkit.cli.main import main

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "plugins" / "heilongjiang" / "examples"
SAMPLE = EXAMPLES / "taoshan-commerce-2022.yaml"
FULL_SIZE = EXAMPLES / "full-size-2024.yaml"


PATIENCE = 600
"""Seconds after which a test gives up on a program that hangs. Nothing takes nearly as long: a busy
machine makes tests slow, not red."""


@dataclass(frozen=True)
class Said:
    """What a command came to: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        return self.out + self.err


@pytest.fixture
def nianbao(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run a command in this process: ``nianbao("check", file)``."""

    def run(*args: object) -> Said:
        capsys.readouterr()
        try:
            code = main([str(arg) for arg in args])
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        messages.use_language("en")
        return Said(code, said.out, said.err)

    return run


@pytest.fixture
def full_size(tmp_path: Path) -> Callable[..., Path]:
    """Write the full-size report with some words replaced: ``full_size(("98,", "99,"))``."""

    def write(*changes: tuple[str, str], name: str = "report.yaml") -> Path:
        content = FULL_SIZE.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in content, old
            content = content.replace(old, new, 1)
        file = tmp_path / name
        file.write_text(content, encoding="utf-8")
        return file

    return write


@pytest.fixture(autouse=True)
def _no_pdf_was_left_to_weasyprint() -> Iterator[None]:
    """Fail where our own way of making PDFs failed and WeasyPrint's stood in for it."""
    yield
    releases = sys.modules.get("toolkit.render.pdf.releases")
    assert releases is None or not releases.failures()


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build in the test's own process unless a test says ``--jobs``: quick, and can be patched."""
    monkeypatch.setenv("NIANBAO_JOBS", "0")
