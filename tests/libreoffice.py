"""LibreOffice, which opens Word documents and spreadsheets as people do."""

import shutil
import subprocess
from pathlib import Path

from tests.conftest import PATIENCE


def is_there() -> bool:
    return shutil.which("soffice") is not None


def convert(documents: list[Path], kind: str, out: Path, profile: Path) -> None:
    """Open documents and save each as another kind in the folder ``out``."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is missing; .ci/system-packages test installs it"
    call = [program, f"-env:UserInstallation={profile.resolve().as_uri()}", "--headless"]
    call += ["--convert-to", kind, "--outdir", str(out), *map(str, documents)]
    subprocess.run(call, check=True, capture_output=True, timeout=PATIENCE)
