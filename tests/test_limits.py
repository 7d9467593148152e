"""Every limit holds, says which it is and how to raise it, and can be raised."""

import dataclasses
import io
import os
import subprocess
import sys
import textwrap
import zipfile

import docx
import pikepdf
import pytest

from tests.conftest import FULL_SIZE, PATIENCE, SAMPLE
from toolkit.limits import Limits, variable

ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"

PLUGIN = """
import time
from pathlib import Path
from toolkit import Province, hookimpl

{loading}

def opening(report):
    {opening}
    return ""

@hookimpl
def province():
    return Province(code="99", name="示例省", opening=opening, folder=Path(__file__).parent,
                    templates={templates})
"""


def plugin(tmp_path, template="", opening="", loading=""):
    """Write a plugin; ``template`` is its HTML."""
    folder = tmp_path / "plugins" / "trial"
    folder.mkdir(parents=True)
    templates = {"html": "report.html"} if template else {}
    code = PLUGIN.format(opening=opening or "pass", loading=loading, templates=templates)
    (folder / "__init__.py").write_text(code, encoding="utf-8")
    (folder / "report.html").write_text(template, encoding="utf-8")
    return folder.parent


def generate(tmp_path, *more, **kind):
    folder = plugin(tmp_path, **kind)
    return (
        "generate", FULL_SIZE, "-p", "trial", "--plugin-dir", folder, "-f", "html",
        "-o", tmp_path / "out", *more,
    )  # fmt: skip


def check(tmp_path):
    return ("check", FULL_SIZE)


def imported(tmp_path):
    document = docx.Document()
    document.add_paragraph("政府信息公开工作年度报告")
    document.save(tmp_path / "published.docx")
    return ("import", tmp_path / "published.docx", "-o", tmp_path / "data.yaml")


def bomb(tmp_path):
    """An archive whose one part is much larger than it is packed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 2_000_000)
    (tmp_path / "published.xlsx").write_bytes(target.getvalue())
    return ("import", tmp_path / "published.xlsx", "-o", tmp_path / "data.yaml")


def imported_pdf(tmp_path):
    """A PDF of so many pages that no machine reads it within a second."""
    run(("generate", SAMPLE, "-f", "pdf", "-o", tmp_path))
    with pikepdf.open(tmp_path / f"{SAMPLE.stem}.pdf") as one, pikepdf.new() as many:
        while len(many.pages) < 200:
            many.pages.extend(one.pages)
        many.save(tmp_path / "many.pdf")
    return ("import", tmp_path / "many.pdf", "-o", tmp_path / "data.yaml")


def long_text(tmp_path):
    """A text with so many faults that no machine words them within a second."""
    file = tmp_path / "long.yaml"
    content = FULL_SIZE.read_text(encoding="utf-8")
    told = content.replace("（五）监督保障\n", f"（五）监督保障\n  {'）' * 190_000}\n", 1)
    file.write_text(told, encoding="utf-8")
    return ("check", "--select", "N706", file)


CASES = {
    "input_bytes": (1_000, check),
    "depth": (1, check),
    "values": (20, check),
    "text_characters": (20, check),
    "archive_bytes": (1_000, imported),
    "archive_entries": (2, imported),
    "archive_ratio": (2, bomb),
    "import_bytes": (100, imported),
    "import_pages": (1, imported_pdf),
    "import_seconds": (1, imported_pdf),
    "plugin_seconds": (1, lambda path: generate(path, loading="time.sleep(30)")),
    "rules_seconds": (1, long_text),
    "template_seconds": (
        1,
        lambda path: generate(
            path,
            template=f"\n{ENDLESS}",
        ),
    ),
    "template_characters": (
        1_000,
        lambda path: generate(path, template="{% for a in range(2000) %}x{% endfor %}"),
    ),
    "report_seconds": (1, lambda path: generate(path, opening="time.sleep(30)")),
    "worker_bytes": (
        600_000_000,
        lambda path: generate(path, opening="return 'x' * 2_000_000_000"),
    ),
}
"""Limit → a low value, and a command that passes it."""


def run(words, **limits):
    low = {variable(name): str(value) for name, value in limits.items()}
    return subprocess.run(
        [sys.executable, "-m", "toolkit.cli.main", *map(str, words)],
        env={**os.environ, "NIANBAO_JOBS": "1", **low},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def test_every_limit_is_tried():
    assert {field.name for field in dataclasses.fields(Limits)} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_a_limit_that_is_passed_says_which_and_how_to_raise_it(tmp_path, name):
    value, command = CASES[name]
    words = command(tmp_path)

    done = run(words, **{name: value})

    told = done.stdout + done.stderr
    assert done.returncode == (0 if name == "rules_seconds" else 1), told  # a warning, N190
    assert variable(name) in told
    assert "Traceback" not in told
    assert not list(tmp_path.glob("out/*.html"))


TEMPLATES = {
    "{{ 'x' * 10**9 }}": "gives more than 50000000 characters; NIANBAO_MAX_TEMPLATE_CHARACTERS",
    "{{ [0] * 10**9 }}": "gives more than 50000000 characters",
    "{{ 10 ** (10 ** 9) }}": "an exponent may be at most 1000",
    "{% for a in range(10**9) %}{% endfor %}": "Range too big",
    "{{ 'x'|center(10**12) }}": "more memory than there is; NIANBAO_MAX_WORKER_BYTES",
    "{{ '%1000000000000d'|format(1) }}": "",
    "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}": "RecursionError",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}": "does what is not allowed",
    "{{ year.__init__.__globals__ }}": "",
    "{% include '/etc/passwd' %}": "there is no template '/etc/passwd'",
    "{% include '../../../../etc/passwd' %}": "there is no template",
    "{% import 'os' as os %}": "there is no template 'os'",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}": "",
    "{{ self._TemplateReference__context }}": "",
}
"""Template → what is said; anything clear will do where nothing stands."""


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_that_goes_too_far_is_told_with_its_line(tmp_path, template):
    words = generate(tmp_path, template=f"\n{template}")

    done = run(words, worker_bytes=2_000_000_000)

    assert done.returncode == 1, done.stdout
    assert TEMPLATES[template] in done.stderr
    assert "trial" in done.stderr
    assert "Traceback" not in done.stderr
    assert "root:" not in done.stderr
    if TEMPLATES[template] and "RecursionError" not in TEMPLATES[template]:
        assert "report.html" in done.stderr
    assert not list(tmp_path.glob("out/*.html"))


def test_a_word_template_that_does_not_end_is_told_with_its_place(tmp_path):
    folder = plugin(tmp_path)
    document = docx.Document()
    document.add_paragraph(f"没有尽头{ENDLESS}")
    document.save(folder / "trial" / "report.docx")
    code = folder / "trial" / "__init__.py"
    code.write_text(
        code.read_text(encoding="utf-8").replace(
            "templates={}", 'templates={"docx": "report.docx"}'
        ),
        encoding="utf-8",
    )
    words = ("generate", FULL_SIZE, "-p", "trial", "--plugin-dir", folder, "-f", "docx",
             "-o", tmp_path / "out")  # fmt: skip

    done = run(words, template_seconds=1)

    assert done.returncode == 1
    assert "it runs longer than 1 seconds; NIANBAO_MAX_TEMPLATE_SECONDS gives more" in done.stderr
    assert "paragraph “没有尽头" in done.stderr


def test_a_limit_is_raised_by_its_variable(tmp_path):
    long = FULL_SIZE.read_text(encoding="utf-8") + textwrap.dedent("# note\n") * 700_000
    file = tmp_path / "long.yaml"
    file.write_text(long, encoding="utf-8")

    assert "NIANBAO_MAX_INPUT_BYTES" in run(("check", file)).stdout
    assert run(("check", file), input_bytes=9_000_000).returncode == 0
