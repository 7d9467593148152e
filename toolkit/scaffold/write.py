"""Writing a new plugin: every file at once, or none.

The skeleton is filled by `string.Template`: its files are full of the braces of Jinja2 and
Python, so that ``$name`` reads best, and a scaffolding library would bring a dozen packages
along for ten files.
"""

import shutil
import tempfile
from pathlib import Path
from string import Template

from toolkit import __version__, resources
from toolkit.errors import OutputError, UsageError
from toolkit.messages import text
from toolkit.scaffold.naming import Names


def write(names: Names, folder: Path, *, package: bool = False) -> Path:
    """Write the plugin.

    Args:
        names: what it is called; checked before, see `naming.Taken`.
        folder: where its folder goes.
        package: a distribution ``nianbao-NAME`` with pyproject.toml, not a bare folder.

    Returns:
        The folder that was made.

    Raises:
        UsageError: the folder is there already.
        OutputError: it cannot be written; nothing is left behind.
    """
    target = folder / (f"nianbao-{_dist(names)}" if package else names.name)
    if target.exists():
        raise UsageError(text("{folder} is already there; nothing was written.",
                              folder=str(target)))  # fmt: skip
    files = _files(names, package=package)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=".nianbao-", dir=folder))
    except OSError as error:
        raise _failed(target, error) from error
    try:
        made = scratch / "new"
        for name, data in files.items():
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            (made / name).write_bytes(data)
        made.rename(target)
    except OSError as error:
        raise _failed(target, error) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return target


def _failed(target: Path, error: OSError) -> OutputError:
    reason = error.strerror or type(error).__name__
    return OutputError(text("{file} cannot be written: {reason}.",
                            file=str(target), reason=reason))  # fmt: skip


def _dist(names: Names) -> str:
    return names.name.replace("_", "-")


def _files(names: Names, *, package: bool) -> dict[Path, bytes]:
    """Fill the skeleton; the Word template is the national one, to be edited."""
    skeleton = resources.templates() / "new-plugin"
    inside = Path("src", names.name) if package else Path()
    values = {
        "name": names.name,
        "title": names.title,
        "code": names.code,
        "letters": names.letters,
        "version": __version__,
        "dist": _dist(names),
        "folder": f"../src/{names.name}" if package else "..",
        "path": inside.as_posix() if package else names.name,
    }
    files = {}
    for file in sorted((skeleton / "plugin").rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            name = Path(str(file.relative_to(skeleton / "plugin")).replace("NAME", names.name))
            outside = package and name.parts[0] in ("tests", "README.md")
            files[name if outside else inside / name] = _filled(file, values)
    word = inside / "templates" / names.name / "report.docx"
    files[word] = (resources.templates() / "national" / "report.docx").read_bytes()
    if package:
        files[Path("pyproject.toml")] = _filled(skeleton / "package" / "pyproject.toml.in", values)
    return files


def _filled(file: Path, values: dict[str, str]) -> bytes:
    return Template(file.read_text(encoding="utf-8")).substitute(values).encode()
