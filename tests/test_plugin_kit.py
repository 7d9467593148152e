"""Broken plugins: declaration, functions, rules, pages, examples, conduct; each is named."""

# ruff: noqa: E501  a fault a line, as in a table

import re
import shutil

import pytest

from tests.authoring import PAGE, Author, told
from tests.conftest import FULL_SIZE
from toolkit.testing import examples
from toolkit.testing.check import check
from toolkit.testing.subject import load, locate

FORM = """\
id: hainan-2021
extends: national-2021
sections:
  - id: free_port
    heading: 附：自由贸易港政策公开情况
    kind: matrix
    cells: count
    columns: [{id: issued, label: 发布件数}]
    rows:
      - {id: policies, label: 政策}
      - {id: guides, label: 指南}
      - {id: total, label: 合计, derived: true}
    formulas:
      - {id: HI1, code: N202, per: column, expression: total == policies + guides}
"""
SERVES = ('name="海南省",', 'name="海南省", forms=("hainan-2021",), form_files=(HERE / "f.yaml",),')


@pytest.fixture
def author(tmp_path):
    return Author(tmp_path)


def found_in(author, code):
    every = author.examined()
    fitting = [finding for finding in every if finding.code == code]
    assert fitting, "\n".join(map(told, every))
    return fitting


DECLARED = {
    "raises": (('    return Province(', '    1 / 0\n    return Province('), "P101", "__init__.py:35:.*ZeroDivisionError", "hookspecs.py"),
    "gives nothing": (("    return Province(", "    Province("), "P101", "province\\(\\) gave NoneType", "return Province"),
    "wrong signature": (("def province()", "def province(report)"), "P101", "PluginValidationError", "hookspecs.py"),
    "misspelt hook": (("def province()", "def provinces()"), "P101", "unknown hook 'provinces'", "hookspecs.py"),
    "ends the program": (("HERE = Path", "import sys\nsys.exit(2)\nHERE = Path"), "P101", "tried to end the program", "hookspecs.py"),
    "not Python": (("def opening(", "def opening(:"), "P101", "__init__.py:9:.*is not valid Python", "hookspecs.py"),
    "lacks a module": (("HERE = Path", "import nowhere\nHERE = Path"), "P101", "No module named 'nowhere'", "hookspecs.py"),
    "no code": (('code="46"', 'code="4x"'), "P102", "not one of GB/T 2260", "province.py"),
    "no name": (('name="海南省"', 'name=" "'), "P102", "has no name", "province.py"),
    "no template file": (('"hainan/report.docx"', '"hainan/raport.docx"'), "P102", "there is no file .*raport.docx", "province.py"),
    "opening is text": (("opening=opening", 'opening="引言"'), "P102", "opening must be a function", "province.py"),
    "a newer contract": (('code="46"', 'contract=9, code="46"'), "P103", "contract 9; this is 2: a newer", "Install a fitting"),
    "the contract before": (('code="46"', 'contract=1, code="46"'), "P103", "contract 1, which still works; the present one is 2", "write contract=2"),
    "an older contract": (('code="46"', 'contract=0, code="46"'), "P103", "contract 0; this is 2", "CHANGELOG"),
    "a code that is taken": (('code="46"', 'code="23"'), "P104", "already taken by “heilongjiang”", "that no other plugin has"),
    "a rule code of ours": (('"HI101"', '"N101"'), "P104", "rule code N101 is already taken by “nianbao”", "letters of your own"),
    "a rule code of others": (('"HI101"', '"BJ101"'), "P104", "BJ101 is already taken by “beijing”", "letters of your own"),
    "no such form": (('name="海南省",', 'name="海南省", forms=("hainan-2021",),'), "P201", "serves a form “hainan-2021” that is not there", "schemas/README.md"),
    "opening raises": (("report.organization.name", "report.contact['office']"), "P111", "__init__.py:10:.*raised KeyError.*only what must be filled", "None or empty"),
    "opening gives nothing": (('    return f"{report.org', '    f"{report.org'), "P111", "__init__.py:9:.*gave NoneType", "Return a text"),
    "opening of another year": (("{report.year}年", "2022年"), "P112", "__init__.py:9:.*says 2022年 whatever", "report.year"),
    "extra is no mapping": (('{"motto": "公开为常态"}', '["公开"]'), "P113", "extra\\(\\) gave list", "a mapping"),
    "extra with odd names": (('{"motto"', '{"my motto"'), "P113", "the key 'my motto'", "letters, digits"),
    "rule without example": (('bad="overview: （一）主动公开。（二）依申请公开。"', 'bad=""'), "P601", "__init__.py:\\d+:.*HI101 has no bad example", "Give bad="),
    "bad example passes": (("overview: （一）主动公开。（二）依申请公开。", "overview: 自由贸易港。"), "P602", "HI101 does not find its bad example", "N401|found"),
    "good example is found": (("overview: 海南自由贸易港。", "overview: 海南。"), "P603", "HI101 finds its good example", "passes"),
    "rule raises": (("if \"自由贸易港\" not in", "if context.count('x') + 1 and '港' not in"), "P602", "HI101 cannot be run: .*TypeError", "count\\(\\) gives None"),
    "format without module": (("@hookimpl\ndef province", "from toolkit import Format\n\n@hookimpl\ndef formats():\n    return (Format('odt', '.odt', 'x/y', 'nowhere.odt', 't'),)\n\n@hookimpl\ndef province"), "P114", "the format “odt” cannot be used: nowhere.odt: ModuleNotFoundError", "render\\(request\\)"),
}  # fmt: skip


@pytest.mark.parametrize("name", DECLARED)
def test_a_broken_declaration_is_told(author, name):
    change, code, message, remedy = DECLARED[name]
    author.declare(change)

    found = found_in(author, code)

    assert re.search(message, told(found[0])), told(found[0])
    assert re.search(remedy, str(found[0].remedy)), told(found[0])


FORMS = {
    "circle": (("extends: national-2021", "extends: hainan-2021"), "f.yaml:2:1: .*extends itself in a circle"),
    "no base": (("extends: national-2021", "extends: national-2020"), "f.yaml:2:1: .*no form “national-2020” to extend"),
    "unknown cell": (("policies + guides", "policies + guide"), "f.yaml:14:9: .*“guide” is no row"),
    "same id twice": (("{id: guides", "{id: policies"), "f.yaml:11:14: .*“policies” is given twice"),
    "unknown key": (("cells: count", "cell: count"), "f.yaml:7:5: .*“cell” is not known here"),
    "no kind": (("kind: matrix", "kind: table"), "f.yaml:6:11: .*“kind” is one of"),
    "not YAML": (("columns: [", "columns: [["), "f.yaml:8:14: .*is opened here and not closed"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_a_broken_form_is_told_with_its_line(author, name):
    (old, new), message = FORMS[name]
    author.declare(SERVES)
    (author.home / "f.yaml").write_text(FORM.replace(old, new), encoding="utf-8")

    found = found_in(author, "P201")

    assert re.search(message, told(found[0])), told(found[0])


def test_a_form_of_its_own_keeps_every_demand(author):
    author.declare(SERVES)
    (author.home / "f.yaml").write_text(FORM, encoding="utf-8")

    assert author.examined() == []


PAGES = {
    "unknown name": (PAGE.replace("extra.motto", "extra.moto"), "P401", "report.html:2:1: .*“extra” has no “moto”", "motto"),
    "unknown macro": ('{% extends "national/report.html" %}\n{% import "national/text.html" as text with context %}\n{% block opening %}{{ text.paragrafs(opening, 2) }}{% endblock %}', "P308", "report.html:3:1: .*“text” has no “paragrafs”", "paragraphs"),
    "macro without a value": ('{% extends "national/report.html" %}\n{% import "national/text.html" as text with context %}\n{% block opening %}{{ text.paragraphs(opening) }}{% endblock %}', "P308", "report.html:3:1: .*“text.paragraphs” is not told level", "text.paragraphs\\(items, level\\)"),
    "block never ended": ('{% extends "national/report.html" %}\n\n{% block contact %}', "P306", "report.html:3:1: .*is never ended", "endblock"),
    "block of no page": ('{% extends "national/report.html" %}\n{% block contacts %}x{% endblock %}', "P403", "report.html:2:1: .*“contacts” replaces none", "“contact”"),
    "outside": ("<p>{{ title }}</p>\n{% include '../../etc/passwd' %}", "P309", "report.html:2:1: there is no template|report.html:2:1: P309 .*no template", "below a template folder"),
    "no parent": ('{% extends "national/raport.html" %}', "P309", "no template 'national/raport.html'", "national/report.html"),
    "a script": ('{% extends "national/report.html" %}\n{% block contact %}<script src="https://example.org/x.js"></script>{% endblock %}', "P503", "report.html:2:28: .*asks the network for https://example.org", "template folder"),
    "no style sheet": ('{% extends "national/report.html" %}\n{% block styles %}{{ super() }}{{ stylesheet("hainan/own.css") }}{% endblock %}', "P309", "report.html:2:1: .*no file “hainan/own.css”", "template folder"),
    "whole table": ('{% extends "national/report.html" %}\n{% block contact %}{{ table.applications }}{% endblock %}', "P402", "report.html:2:1: .*whole table", "tables.table"),
    "private": ('{% extends "national/report.html" %}\n{% block contact %}{{ title.__class__ }}{% endblock %}', "P310", "report.html:2:1: .*out of a template", "_"),
    "half a tag": ('{% extends "national/report.html" %}\n{% block contact %}{{ title }{% endblock %}', "P302|P306|P307", "report.html:2", ""),
    "full-width": ('{% extends "national/report.html" %}\n{% block contact %}｛｛ title ｝｝{% endblock %}', "P304", "report.html:2:20: .*other braces", ""),
    "prints no section": ("<p>{{ title }}</p>{{ extra.motto }}", "P404", "html prints nothing of “三、", "loop over sections"),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_broken_page_is_told_with_its_line(author, name):
    source, code, message, remedy = PAGES[name]
    author.page(source)

    found = [f for f in author.examined() if re.fullmatch(code, f.code)]

    assert any(re.search(message, told(one)) for one in found), [told(f) for f in found]
    assert re.search(remedy, str(found[0].remedy)), told(found[0])


def test_a_page_that_is_not_utf_8_is_told(author):
    (author.templates / "report.html").write_bytes("<p>年报</p>".encode("gb18030"))

    assert "cannot be read" in str(found_in(author, "P301")[0].message)


@pytest.mark.parametrize(
    ("sheet", "code", "message"),
    [
        ("p { background: url(http://example.org/a.png) }", "P503", "own.css:1:17"),
        ("\n@import 'https://example.org/a.css';", "P503", "own.css:2:1"),
        ("p { background: url('seal.png') }", "P309", "own.css:1:17"),
    ],
)
def test_a_style_sheet_that_asks_for_what_is_not_there_is_told(author, sheet, code, message):
    author.page(sheet, "own.css")

    assert message in told(found_in(author, code)[0])


def with_example(author, *changes):
    folder = author.home / "examples"
    folder.mkdir()
    content = FULL_SIZE.read_text(encoding="utf-8").replace(
        "plugin: heilongjiang", "plugin: hainan"
    )
    for old, new in changes:
        assert old in content, old
        content = content.replace(old, new, 1)
    (folder / "e.yaml").write_text(content, encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ((("natural_person: 98", "natural_person: 99"),), "e.yaml:.*N201"),
        ((("natural_person: 98", "natural_persons: 98"),), "e.yaml:.*N1"),
        ((("plugin: hainan", "plugin: beijing"),), "e.yaml:2:9: .*for the plugin “beijing”"),
    ],
)
def test_an_example_that_fails_the_checks_is_told(author, tmp_path, changes, message):
    with_example(author, *changes)
    subject = load(locate(str(author.home)))

    found = [f for f in examples._findings(checked_example(subject), subject) if f.code == "P702"]

    assert any(re.search(message, told(one)) for one in found), [told(f) for f in found]


def checked_example(subject):
    from toolkit import pipeline
    from toolkit.pipeline import Demands

    return pipeline.check(subject.province.examples[0], subject.registry, Demands(subject.name))


MISCHIEF = '''    import contextlib, socket, subprocess
    with contextlib.suppress(OSError):
        socket.create_connection(("example.org", 80), 1)
    with contextlib.suppress(OSError):
        Path("/etc/hostname").read_text()
    with contextlib.suppress(OSError):
        (HERE / "log.txt").write_text("x")
    with contextlib.suppress(OSError):
        subprocess.run(["true"])
    return {"motto"'''


def test_what_a_plugin_does_besides_its_work_is_told_with_its_line(author):
    author.declare(('    return {"motto"', MISCHIEF))

    found = [told(one) for one in check(str(author.home)).findings]

    for code, line, what in (
        ("P801", 16, "asks the network (socket.getaddrinfo: example.org"),
        ("P802", 18, "touches what is not its own (open: /etc/hostname)"),
        ("P802", 20, "touches what is not its own (open for writing: "),
        ("P803", 22, "starts a program (subprocess.Popen: true"),
    ):
        fitting = [one for one in found if f"__init__.py:{line}:1: {code}" in one]
        assert any(what in one for one in fitting), found
    assert not (author.home / "log.txt").exists()


def test_a_plugin_that_ends_the_process_is_named(author):
    author.declare(("HERE = Path", "import os\nos._exit(7)\nHERE = Path"))

    (found,) = check(str(author.home)).findings

    assert found.code == "P101"
    assert "ended the program with 7 (province())" in str(found.message)


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ('__import__("datetime").date.today().isoformat()', "word/document.xml"),
        ('"、".join({"公开", "透明", "高效", "便民"})', "word/document.xml"),
    ],
)
def test_what_changes_from_day_to_day_or_run_to_run_is_told(author, value, where):
    with_example(author)
    author.declare(('"公开为常态"', value))

    found = [told(one) for one in check(str(author.home)).findings if one.code == "P704"]

    assert any(f"e.docx comes out differently each time: {where}" in one for one in found)
    assert any("e.html" in one for one in found)
    assert any("e.pdf" in one for one in found)


def test_a_plugin_that_hangs_is_left_behind(author, monkeypatch):
    monkeypatch.setenv("NIANBAO_MAX_PLUGIN_SECONDS", "1")
    author.declare(("HERE = Path", "import time\ntime.sleep(60)\nHERE = Path"))

    (found,) = check(str(author.home)).findings

    assert (found.code, "within 1 seconds" in str(found.message)) == ("P101", True)


def test_a_good_plugin_passes_by_folder_name_and_command(nianbao, author):
    with_example(author)

    by_folder = nianbao("plugins", "check", author.home)
    by_name = nianbao("plugins", "check", "hainan", "--plugin-dir", author.home.parent)

    assert (by_folder.code, by_folder.out) == (0, "")
    assert "hainan: No findings." in by_folder.err
    assert "filled the fast way" in by_folder.err
    assert by_name.code == 0


def test_the_findings_are_printed_for_programs_too(nianbao, author):
    author.declare(("{report.year}年", "2022年"), ('code="46"', 'code="23"'))

    said = nianbao("plugins", "check", author.home, "--format", "json")
    other = nianbao("--lang", "zh", "plugins", "check", author.home, "--format", "github")

    assert said.code == 1
    assert '"code": "P104"' in said.out
    assert '"code": "P112"' in said.out
    assert "的代码 23 已被“heilongjiang”占用" in other.out
    assert "::error file=" in other.out


def test_a_plugin_that_is_not_there_is_answered_with_the_near_one(nianbao, tmp_path):
    assert "Did you mean “beijing”" in nianbao("plugins", "check", "bejing").err
    assert nianbao("plugins", "check", tmp_path).code == 2


def test_the_copy_of_a_bundled_plugin_is_told_to_clash(tmp_path, nianbao):
    from tests.conftest import ROOT

    shutil.copytree(ROOT / "plugins" / "beijing", tmp_path / "beijing")

    said = nianbao("plugins", "check", tmp_path / "beijing")

    assert said.code == 1
    assert "P104" in said.out
    assert "the name “beijing” is already taken" in said.out
