"""The bundled provinces: each says what its offices say, and can be taken away."""

import shutil
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from tests.conftest import ROOT
from tests.kinds import RULES, run
from toolkit import pipeline
from toolkit.diagnostics import Severity
from toolkit.pipeline import Demands
from toolkit.registry import Plugin, Registry
from toolkit.testing import functions, templates
from toolkit.testing.subject import load, locate

PLAIN = "national"
BUNDLED = sorted(p.parent.name for p in (ROOT / "plugins").glob("*/__init__.py"))
PROVINCES = [name for name in BUNDLED if name != PLAIN]
OPENINGS = {
    "beijing": "第五十条规定，编制本报告。",
    "guangdong": "其他需要报告的事项等六部分组成。",
    "heilongjiang": "部署要求编制本报告。",
    "shandong": "数据统计期限从2024年1月1日到2024年12月31日。",
    "sichuan": "（DB51/T 2660—2019）编制本报告。",
}


@pytest.fixture(scope="module")
def registry():
    return Registry()


@pytest.fixture(scope="module")
def made(registry):
    """The newest example of each province, in Word and HTML, with its findings."""
    documents = {}
    for name in PROVINCES:
        plugin = registry.get(name)
        example = next(file for file in plugin.province.examples if "2024" in file.name)
        checked = pipeline.check(example, registry, Demands())
        formats = [registry.formats(plugin)[kind] for kind in ("docx", "html")]
        files = pipeline.render(checked, formats)
        documents[name] = checked, words(files["docx"]), files["html"].decode()
    return documents


def words(data: bytes) -> str:
    document = Document(BytesIO(data))
    rows = [row for table in document.tables for row in table.rows]
    cells = (cell.text for row in rows for cell in row.cells)
    return "\n".join((*(p.text for p in document.paragraphs), *cells))


def test_there_are_five_provinces_with_a_readme_and_examples(registry):
    assert sorted(OPENINGS) == PROVINCES
    assert PLAIN in BUNDLED
    for name in PROVINCES:
        assert registry.get(name).province.examples
        assert (ROOT / "plugins" / name / "README.md").is_file()


@pytest.mark.parametrize("name", PROVINCES)
def test_an_example_passes_and_has_its_opening_in_every_format(made, name):
    checked, word, page = made[name]

    assert [f for f in checked.findings if f.severity > Severity.NOTE] == []
    assert OPENINGS[name] in word
    assert OPENINGS[name] in page


@pytest.mark.parametrize("name", PROVINCES)
def test_the_rules_of_a_province_find_the_bad_and_let_the_good_pass(registry, name):
    plugin = registry.get(name)
    forms = {form.id: form for form in plugin.forms}
    for rule in plugin.province.rules:
        rules = (*RULES, rule)
        assert rule.code in run(rule.bad, rules, forms).codes()
        assert rule.code not in run(rule.good, rules, forms).codes()


def test_shandong_adds_a_table_to_every_format(made):
    _, word, page = made["shandong"]
    for said in (word, page):
        assert "附：人大代表建议和政协提案办理结果公开情况" in said
        assert "公开办理结果件数" in said


def test_sichuan_says_whom_to_ask_at_the_end(made):
    _, word, page = made["sichuan"]
    for said in (word, page):
        assert said.index("其他需要报告的事项") < said.index("电话：028-00000000")
        assert "传真" not in said  # the example gives none


@pytest.mark.parametrize("gone", BUNDLED)
def test_a_plugin_can_be_taken_away(tmp_path, monkeypatch, gone):
    rest = shutil.copytree(ROOT / "plugins", tmp_path / "plugins")
    shutil.rmtree(rest / gone)
    monkeypatch.setattr("toolkit.resources.plugins", lambda: Path(rest))

    left = Registry()
    found = left.all()

    assert [plugin.name for plugin in found] == [name for name in BUNDLED if name != gone]
    assert all(isinstance(plugin, Plugin) for plugin in found)
    for plugin in (plugin for plugin in found if plugin.name != PLAIN):
        example = next(file for file in plugin.province.examples if "2024" in file.name)
        checked = pipeline.check(example, left, Demands())
        assert checked.plugin.name == plugin.name
        assert pipeline.render(checked, [left.formats(plugin)["html"]])


@pytest.mark.parametrize("name", PROVINCES)
def test_a_province_keeps_every_demand_on_plugins(name):
    subject = load(locate(name))
    found = [*subject.findings, *functions.check(subject), *templates.check(subject)]

    assert found == []
