"""Plugins: found, loaded on their own, and named when they break their contract."""

import sys
import textwrap

import pytest

from tests.conftest import FULL_SIZE

GOOD = """
from toolkit import Province, hookimpl

@hookimpl
def province():
    return Province(code="{code}", name="{name}")
"""


@pytest.fixture
def plugin_dir(tmp_path):
    """Write plugins into one folder: ``plugin_dir(name=source)``."""

    def write(**plugins):
        folder = tmp_path / "plugins"
        for name, source in plugins.items():
            (folder / name).mkdir(parents=True)
            (folder / name / "__init__.py").write_text(textwrap.dedent(source), encoding="utf-8")
        return folder

    yield write
    for name in [name for name in sys.modules if name.startswith("nianbao_plugins.")]:
        del sys.modules[name]


def test_the_bundled_plugin_is_listed_with_forms_formats_and_origin(nianbao):
    result = nianbao("plugins")

    assert result.code == 0
    line = next(line for line in result.out.splitlines() if line.startswith("heilongjiang\t"))
    for part in ("23", "黑龙江省", "national-2019, national-2021", "docx, pdf, html", "bundled"):
        assert part in line


def test_a_plugin_in_a_folder_of_the_user_works(nianbao, plugin_dir, tmp_path):
    folder = plugin_dir(testland=GOOD.format(code="99", name="示例省"))

    listed = nianbao("plugins", "--plugin-dir", folder)
    made = nianbao(
        "generate", FULL_SIZE, "-p", "testland", "--plugin-dir", folder, "-f", "html",
        "-o", tmp_path / "out",
    )  # fmt: skip

    assert "testland\t99\t示例省\tnational-2019, national-2021" in listed.out
    assert made.code == 0
    assert (tmp_path / "out" / "full-size-2024.html").is_file()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("raise RuntimeError('no luck')", "__init__.py:1: plugin “faulty” raised RuntimeError: no"),
        (
            "import os\nimport nowhere_at_all",
            "__init__.py:2: plugin “faulty” raised ModuleNot",
        ),
        ("def x(:\n  pass", "__init__.py:1: plugin “faulty” is not valid Python"),
        ("import sys\nsys.exit(3)", "plugin “faulty” tried to end the program"),
        ("x = 1", "plugin “faulty” offers no province, no format and no kind of report"),
        (
            "from toolkit import hookimpl\n@hookimpl\ndef province():\n    return 1",
            "plugin “faulty” province() gave int, not a Province",
        ),
        (
            "from toolkit import hookimpl\n@hookimpl\ndef province():\n    1/0",
            "__init__.py:4: plugin “faulty” raised ZeroDivisionError",
        ),
        (
            "from toolkit import hookimpl\n@hookimpl\ndef province(report):\n    return 1",
            "plugin “faulty” raised PluginValidationError",
        ),
        (
            "from toolkit import hookimpl\n@hookimpl\ndef provincial():\n    return 1",
            "plugin “faulty” raised PluginValidationError",
        ),
        (GOOD.format(code="2x", name="示例省"), "the code '2x' is not one of GB/T 2260"),
        (GOOD.format(code="23", name="示例省"), "the code 23 is already taken by “heilongjiang”"),
        (GOOD.format(code="99", name=""), "the province has no name"),
        (
            GOOD.format(code="99", name="示例省").replace('name="', 'contract=99, name="'),
            "was written for contract 99; this is 2: a newer nianbao is needed",
        ),
        (
            GOOD.format(code="99", name="示例省").replace('name="', 'contract=0, name="'),
            "was written for contract 0; this is 2: the plugin must be brought up to date",
        ),
        (
            GOOD.format(code="99", name="示例省").replace('name="', 'forms=("f",), name="'),
            "serves a form “f” that is not there; there are: national-2019, national-2021",
        ),
    ],
)
def test_a_plugin_that_breaks_its_contract_is_named_and_the_others_work(
    nianbao, plugin_dir, source, said
):
    folder = plugin_dir(faulty=source, testland=GOOD.format(code="98", name="另一示例省"))

    result = nianbao("plugins", "--plugin-dir", folder)

    assert said in result.err
    assert str(folder / "faulty") in result.err
    assert "Traceback" not in result.all
    assert "heilongjiang\t23" in result.out
    assert "testland\t98" in result.out
    assert result.code == 1


def test_a_plugin_that_hangs_is_left_behind(nianbao, plugin_dir, monkeypatch):
    from toolkit.limits import limits

    monkeypatch.setenv("NIANBAO_MAX_PLUGIN_SECONDS", "1")
    limits.cache_clear()
    folder = plugin_dir(faulty="import time\ntime.sleep(30)")

    result = nianbao("plugins", "--plugin-dir", folder)
    limits.cache_clear()

    assert "did not finish loading within 1 seconds" in result.err
    assert "heilongjiang\t23" in result.out


def test_a_name_that_is_taken_is_refused(nianbao, plugin_dir):
    folder = plugin_dir(heilongjiang=GOOD.format(code="99", name="示例省"))

    result = nianbao("plugins", "--plugin-dir", folder)

    assert "the name “heilongjiang” is already taken by" in result.err
    assert "heilongjiang\t23\t黑龙江省" in result.out


def test_a_broken_plugin_does_not_hinder_a_report_of_another(nianbao, plugin_dir, tmp_path):
    folder = plugin_dir(faulty="raise RuntimeError")

    result = nianbao(
        "generate", FULL_SIZE, "--plugin-dir", folder, "-f", "html", "-o", tmp_path / "out"
    )

    assert result.code == 0
    assert "faulty" not in result.all


def test_a_plugin_that_is_not_there_is_answered_with_the_near_one(nianbao):
    result = nianbao("check", FULL_SIZE, "-p", "heilonjiang")

    assert result.code == 2
    assert "There is no plugin “heilonjiang”. Did you mean “heilongjiang”?" in result.err


def test_a_report_that_names_no_plugin_takes_that_of_its_region(nianbao, full_size):
    named = full_size(("plugin: heilongjiang\n", ""))

    assert nianbao("check", named).code == 0


def test_a_report_of_a_province_without_plugin_is_made_in_the_national_manner(nianbao, full_size):
    hunan = full_size(("plugin: heilongjiang\n", ""), ("region: 黑龙江省", "region: 湖南省"))

    said = nianbao("check", hunan, "--select", "N125")

    assert said.code == 0
    assert "note N125 region: There is no plugin for “湖南省" in said.out
    assert "Write “plugin: national” for that manner" in said.out


@pytest.mark.parametrize("name", ["黑龙江", "黑龙江省"])
def test_a_plugin_may_be_named_by_its_province(nianbao, full_size, name):
    assert nianbao("check", full_size(), "-p", name).code == 0
    assert nianbao("check", full_size(("plugin: heilongjiang", f"plugin: {name}"))).code == 0


def test_a_province_without_plugin_is_told_what_to_type(nianbao, full_size):
    said = nianbao("check", full_size(), "-p", "湖南")

    assert said.code == 2
    assert "There is no plugin for 湖南省 yet. Type -p national for the national manner" in said.err


def test_a_file_that_names_no_plugin_is_told_its_other_faults_too(nianbao, full_size):
    file = full_size(
        ("plugin: heilongjiang", "plugin: heilonjiang"),
        ("natural_person: 98", "natural_person: -1"),
    )

    result = nianbao("check", file)

    assert f"{file}:2:9: error N124 plugin: There is no plugin “heilonjiang”." in result.out
    assert "N114" in result.out


def test_a_plugin_that_raises_while_a_report_is_made_is_named(nianbao, plugin_dir, tmp_path):
    folder = plugin_dir(
        faulty="""
        from toolkit import Province, hookimpl

        def extra(report):
            return {"x": report.nothing}

        @hookimpl
        def province():
            return Province(code="99", name="示例省", extra=extra)
        """
    )

    result = nianbao(
        "generate", FULL_SIZE, "-p", "faulty", "--plugin-dir", folder, "-f", "html",
        "-o", tmp_path / "out",
    )  # fmt: skip

    assert result.code == 1
    assert "faulty" in result.err
    assert "__init__.py:5" in result.err
    assert "Traceback" not in result.all
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["manifest.json"]
