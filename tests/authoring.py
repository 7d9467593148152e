"""Plugins written for tests: one that keeps every demand, and changes that break one."""

import sys
import textwrap
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from docx import Document

from tests.conftest import ROOT
from toolkit.diagnostics import Finding
from toolkit.testing import functions, rule_examples, templates
from toolkit.testing.subject import load, locate

NATIONAL = ROOT / "templates" / "national" / "report.docx"
DECLARATION = '''
from pathlib import Path

from toolkit import Context, Miss, Province, Report, Severity, Source, hookimpl, rule, text

HERE = Path(__file__).parent


def opening(report: Report) -> str:
    return f"{report.organization.name}发布{report.year}年年度报告。"


def extra(report: Report) -> dict[str, object]:
    return {"motto": "公开为常态"}


@rule(
    "HI101",
    Severity.NOTE,
    source=Source("advice"),
    bad="overview: （一）主动公开。（二）依申请公开。",
    good="overview: 海南自由贸易港。",
)
def port_told(context: Context):
    """第一部分宜写自由贸易港。

    这是习惯，不是规定。
    """
    if "自由贸易港" not in context.passage("overview").text:
        yield Miss(("overview",), text("没有写自由贸易港。"))


@hookimpl
def province() -> Province:
    return Province(
        code="46",
        name="海南省",
        folder=HERE / "templates",
        templates={"docx": "hainan/report.docx", "html": "hainan/report.html"},
        opening=opening,
        extra=extra,
        rules=(port_told,),
        examples=tuple((HERE / "examples").glob("*.yaml")),
    )
'''
PAGE = """\
{% extends "national/report.html" %}
{% block contact %}<p>{{ extra.motto }}</p>{% endblock %}
"""


class Author:
    """Writes the plugin ``hainan`` below a folder, and examines it in this process."""

    def __init__(self, place: Path) -> None:
        self.home = place / "hainan"
        self.templates = self.home / "templates" / "hainan"
        self.templates.mkdir(parents=True)
        self.declare()
        self.page(PAGE)
        self.word(lambda document: document.add_paragraph("{{ extra.motto }}"))

    @property
    def file(self) -> Path:
        return self.home / "__init__.py"

    def declare(self, *changes: tuple[str, str], source: str = DECLARATION) -> None:
        for old, new in changes:
            assert old in source, old
            source = source.replace(old, new)
        self.file.write_text(textwrap.dedent(source), encoding="utf-8")

    def page(self, source: str, name: str = "report.html") -> None:
        (self.templates / name).write_text(source, encoding="utf-8")

    def word(self, edit: Callable[[object], object]) -> None:
        """Edit the national Word template as a person would."""
        document = Document(NATIONAL)
        edit(document)
        document.save(self.templates / "report.docx")

    def parts(self, edit: Callable[[dict[str, str]], object]) -> None:
        """Edit the parts of the Word template as text; ``edit`` changes the mapping."""
        file = self.templates / "report.docx"
        with zipfile.ZipFile(file) as archive:
            raw = {name: archive.read(name) for name in archive.namelist()}
        texts = {name: data.decode() for name, data in raw.items()}
        edit(texts)
        target = BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name, content in texts.items():
                archive.writestr(name, content)
        file.write_bytes(target.getvalue())

    def examined(self) -> list[Finding]:
        """Everything that is found without making documents of examples."""
        try:
            subject = load(locate(str(self.home)))
            return [
                *subject.findings,
                *rule_examples.check(subject),
                *functions.check(subject),
                *templates.check(subject),
            ]
        finally:
            for name in [name for name in sys.modules if name.startswith("nianbao_plugins.")]:
                del sys.modules[name]


def told(finding: Finding) -> str:
    """A finding in one line, as it is printed."""
    field = f" {finding.field}:" if finding.field else ""
    return f"{finding.position}: {finding.code}{field} {finding.message} = {finding.remedy}"
