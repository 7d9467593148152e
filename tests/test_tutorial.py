"""The tutorial for authors of plugins: each of its steps, run as it stands there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

from benchmarks.plugin_reference import PAGE
from tests import libreoffice
from tests.conftest import ROOT
from toolkit.testing.reading import Made
from toolkit.testing.reference import page

TUTORIAL = ROOT / "plugins" / "README.md"
BLOCK = re.compile(r"```(\w+)(?: (\S+))?\n(.*?)```", re.DOTALL)


def steps():
    """Give kind, file and text of each block, in order."""
    yield from BLOCK.findall(TUTORIAL.read_text(encoding="utf-8"))


class Newcomer:
    """Does what the tutorial says in a folder of his own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said: list[str] = []

    def do(self, kind: str, file: str, words: str) -> None:
        if kind == "sh":
            for line in words.strip().splitlines():
                self.run(line)
        elif kind in ("yaml", "python") and file:
            target = self.folder / file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(words, encoding="utf-8")
        elif kind == "diff":
            self.edit(self.folder / file, words)
        elif kind == "docx":
            self.add(self.folder / file, words.strip().splitlines())

    def run(self, line: str, code: int = 0) -> str:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-c", line], cwd=self.folder, env={**os.environ, "PATH": path},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == code, f"{line}\n{done.stdout}{done.stderr}"
        self.said.append(done.stdout + done.stderr)
        return self.said[-1]

    @staticmethod
    def edit(file: Path, words: str) -> None:
        old = "".join(f"{line[1:]}\n" for line in words.splitlines() if line[:1] in " -")
        new = "".join(f"{line[1:]}\n" for line in words.splitlines() if line[:1] in " +")
        content = file.read_text(encoding="utf-8")
        assert content.count(old) == 1, old
        file.write_text(content.replace(old, new), encoding="utf-8")

    @staticmethod
    def add(file: Path, lines: list[str]) -> None:
        """Stand in for typing in Word."""
        document = Document(file)
        for line in lines:
            document.add_paragraph(line, style="Nianbao Body")
        document.save(file)


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory):
    one = Newcomer(tmp_path_factory.mktemp("newcomer"))
    for step in steps():
        one.do(*step)
    return one


def test_every_step_works_and_the_report_has_what_was_added(newcomer):
    document = (newcomer.folder / "out" / "example-2024.docx").read_bytes()
    made = Made("docx", document)

    assert made.paragraphs[-1] == "联系电话：0000-00000000"
    assert made.tables[-1][-1] == ["合计", "15", "4"]
    assert "附：沿边开放政策公开情况" in (newcomer.folder / "out" / "example-2024.html").read_text()
    assert sum("yunnan: No findings." in said for said in newcomer.said) == 2


def test_what_the_tutorial_writes_is_soundly_typed(newcomer):
    """The toolkit tells its types (py.typed), so an author's editor sees a wrong argument."""
    cache = ROOT / ".mypy_cache"  # what is known of the toolkit there is not worked out again
    (newcomer.folder / "pyproject.toml").write_text(f"[tool.mypy]\ncache_dir = '{cache}'\n")
    wrong = newcomer.folder / "wrong.py"
    wrong.write_text("from toolkit import Province\n\nProvince(code=23, nam='示例省')\n")

    newcomer.run("python -m mypy --strict --exclude tests yunnan")
    said = newcomer.run("python -m mypy --strict wrong.py", 1)

    assert 'incompatible type "int"; expected "str"' in said
    assert 'Unexpected keyword argument "nam"' in said


def test_a_slip_in_word_is_told_as_the_tutorial_says(newcomer, tmp_path):
    shutil.copytree(newcomer.folder / "yunnan", tmp_path / "yunnan")
    file = tmp_path / "yunnan" / "templates" / "yunnan" / "report.docx"
    Newcomer.add(file, ["联系电话：{{ contact.telefone }}"])

    said = Newcomer(tmp_path).run("nianbao plugins check yunnan", 1)

    (promised,) = (words for kind, _, words in steps() if "telefone" in words and kind == "text")
    assert promised in said
    assert said.count("error P") == 1


def test_the_template_may_be_saved_again_by_an_office_program(newcomer, tmp_path):
    """LibreOffice writes everything anew, as Word and WPS do when a template is edited."""
    shutil.copytree(newcomer.folder / "yunnan", tmp_path / "yunnan")
    file = tmp_path / "yunnan" / "templates" / "yunnan" / "report.docx"
    shutil.move(file, tmp_path / "report.docx")
    kind = "docx:MS Word 2007 XML"
    libreoffice.convert([tmp_path / "report.docx"], kind, file.parent, tmp_path / "profile")

    one = Newcomer(tmp_path)
    one.run("nianbao plugins check yunnan")
    one.run("nianbao generate yunnan/examples/example-2024.yaml --plugin-dir yunnan -f docx")

    made = Made("docx", (tmp_path / "out" / "example-2024.docx").read_bytes())
    assert made.paragraphs[-1] == "联系电话：0000-00000000"
    assert made.tables[-1][-1] == ["合计", "15", "4"]


def test_the_reference_says_what_the_code_says():
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m benchmarks.plugin_reference"


def test_the_reference_tells_every_name_and_demand():
    from toolkit.diagnostics.plugin_codes import DEMANDS
    from toolkit.province import Province

    words = page()

    for name in (*DEMANDS, *Province.__dataclass_fields__, "applications", "stylesheet"):
        assert name in words, name
