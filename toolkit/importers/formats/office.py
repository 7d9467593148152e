"""Old and rare office formats, turned into DOCX or XLSX by LibreOffice where it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from toolkit.diagnostics import Position
from toolkit.importers import faults
from toolkit.importers.blocks import Document
from toolkit.importers.formats import docx, xlsx
from toolkit.limits import limits
from toolkit.messages import text

_SHEETS = frozenset({".xls"})
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link"><value>2</value></prop>
</item>
</oor:items>
"""


def read(data: bytes, file: str) -> Document:
    """Read a DOC, WPS, RTF, ODT or XLS.

    LibreOffice runs without window, in a fresh profile that forbids macros and outside links.

    Raises:
        SourceError: LibreOffice is not installed, fails, or takes too long (I001).
    """
    suffix = Path(file).suffix.lower()
    target = "xlsx" if suffix in _SHEETS else "docx"
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise faults.refused(
            Position(file),
            text("Files of this kind are read with LibreOffice, which is not installed here."),
            text("Install LibreOffice, or save the file as {target}.", target=target.upper()),
        )
    made = _convert(program, data, suffix, target, file)
    return xlsx.read(made, file) if target == "xlsx" else docx.read(made, file)


def _convert(program: str, data: bytes, suffix: str, target: str, file: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="nianbao-") as name:
        folder = Path(name)
        settings = folder / "profile" / "user"
        settings.mkdir(parents=True)
        (settings / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        source = folder / f"source{suffix}"
        source.write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        options = ["--headless", "--norestore", "--convert-to", target, "--outdir", name]
        try:
            subprocess.run(  # noqa: S603  the program is LibreOffice, the names are our own
                [program, profile, *options, str(source)],
                check=True,
                capture_output=True,
                timeout=limits().import_seconds,
            )
            return (folder / f"source.{target}").read_bytes()
        except (subprocess.SubprocessError, OSError):
            raise faults.refused(
                Position(file),
                text("LibreOffice could not read the file."),
                text("Open it in its own program and save it as {target}.", target=target.upper()),
            ) from None
