"""The smaller commands: new, schema, explain, doctor, completion, help."""

import json
import os
import re
import subprocess
import sys

import jsonschema
import pytest
import yaml

from tests.conftest import EXAMPLES, FULL_SIZE, ROOT, SAMPLE
from toolkit.forms import load_forms

COMMANDS = ("generate", "check", "explain", "new", "plugins", "schema", "doctor", "completion")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("year", "form"), [(2020, "2019"), (2021, "2021"), (2025, "2021")])
def test_a_new_file_lacks_only_what_must_be_filled_in(nianbao, tmp_path, language, year, form):
    file = tmp_path / "new.yaml"

    made = nianbao("--lang", language, "new", file, "--year", year, "-p", "heilongjiang")
    checked = json.loads(nianbao("check", "--format", "json", file).out)

    assert made.code == 0
    assert made.out == f"{file}\n"
    missing = {one["field"] for one in checked["findings"] if one["code"] == "N112"}
    assert (
        missing
        == {
            "en": {"organization.name", "overview", "problems_and_improvements", "other_matters"},
            "zh": {"行政机关.名称", "总体情况", "存在的主要问题及改进情况", "其他需要报告的事项"},
        }[language]
    )
    assert {one["code"] for one in checked["findings"]} <= {"N112", "N119", "N122"}
    unfilled = [one["line"] for one in checked["findings"] if one["code"] == "N119"]
    assert len(unfilled) == {"2019": 7, "2021": 6}[form]  # once a table
    content = file.read_text(encoding="utf-8")
    assert load_forms()[f"national-{form}"].notice in content


def test_a_new_file_that_is_filled_in_passes(nianbao, tmp_path):
    file = tmp_path / "new.yaml"
    nianbao("new", file, "--year", 2024, "-p", "heilongjiang")
    content = file.read_text(encoding="utf-8").replace('name: ""', "name: 示例局", 1)
    for section in ("overview", "problems_and_improvements", "other_matters"):
        content = content.replace(f"{section}: |\n", f"{section}: |\n  无\n")
    content = content.replace(": ,", ": 0,").replace(": }", ": 0}")
    file.write_text(content.replace("  kind:", "  # kind:"), encoding="utf-8")

    result = nianbao("check", "--strict", file)

    assert result.code == 0
    assert "error" not in result.out
    assert result.out.count("N129") == 1  # no office has nothing but zeros


def test_new_leaves_a_file_that_is_there_alone(nianbao, tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("mine", encoding="utf-8")

    result = nianbao("new", file)

    assert result.code == 2
    assert "--force" in result.err
    assert file.read_text(encoding="utf-8") == "mine"


def test_new_refuses_a_year_without_a_form(nianbao, tmp_path):
    result = nianbao("new", tmp_path / "old.yaml", "--year", 2012)

    assert result.code == 2
    assert "No form is for reports of 2012" in result.err


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.yaml")), ids=lambda f: f.stem)
def test_the_json_schema_accepts_the_examples_and_refuses_what_check_refuses(nianbao, example):
    data = yaml.load(example.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  text only
    data = json.loads(json.dumps(_typed(data)))
    form = "national-2019" if example == SAMPLE else "national-2021"

    schema = json.loads(nianbao("schema", form, "--format", "json-schema").out)

    jsonschema.Draft202012Validator.check_schema(schema)
    judge = jsonschema.Draft202012Validator(schema)
    assert next(judge.iter_errors(data), None) is None
    for wrong in (
        {**data, "organisation": {}},
        {key: value for key, value in data.items() if key != "overview"},
        {**data, "applications": {**data["applications"], "new": {"natural_person": -1}}},
    ):
        assert not judge.is_valid(wrong)


def _typed(value):
    """Numbers and truth values as YAML means them; dates stay text."""
    if isinstance(value, dict):
        return {key: _typed(item) for key, item in value.items()}
    if value in ("true", "false"):
        return value == "true"
    try:
        return float(value) if "." in value else int(value)
    except ValueError:
        return value


def test_schema_lists_the_forms_and_tells_the_fields(nianbao):
    forms = nianbao("schema").out
    fields = nianbao("schema", "national-2021").out

    assert "national-2019\t2019–2020\t198\t国办公开办函〔2019〕60号" in forms
    assert "national-2021\t2021–\t200\t国办公开办函〔2021〕30号" in forms
    assert "    natural_person\tcount\t自然人" in fields


def test_explain_tells_demand_reason_examples_and_source(nianbao):
    said = nianbao("explain", "n201").out

    for part in ("N201", "Wrong:", "Right:", "Source:"):
        assert part in said
    assert "N201\terror\t" in nianbao("explain").out


def test_explain_answers_an_unknown_code_with_near_ones(nianbao):
    result = nianbao("explain", "N209")

    assert result.code == 2
    assert "There is no check N209" in result.err
    assert "N20" in result.err.split("there are:")[1]


def test_doctor_tells_versions_fonts_and_libraries(nianbao):
    said = nianbao("doctor")

    for part in ("nianbao\t", "weasyprint\t", "Pango\t1.", "font\tbody\t", "font\ttitle\t"):
        assert part in said.out
    assert said.code == 0


def doctor_without_fonts(tmp_path, *words):
    """Run it where no folder of fonts is, no home and no fontconfig."""
    script = (
        "import sys; from toolkit.fonts import search; search.folders = lambda: ();"
        "from toolkit.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    clean = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    clean |= {"FONTCONFIG_FILE": str(tmp_path / "none.conf"), "NIANBAO_JOBS": "0"}
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, words)],
        env=clean,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )


def test_doctor_says_of_a_machine_without_fonts_what_to_install(tmp_path):
    said = doctor_without_fonts(tmp_path, "doctor")
    chinese = doctor_without_fonts(tmp_path, "--lang", "zh", "doctor")

    assert said.returncode == chinese.returncode == 2
    assert "\nfont\t" not in said.stdout
    for role, package in (
        ("title", "fonts-noto-cjk"),
        ("heading", "texlive-lang-chinese"),
        ("subheading", "texlive-lang-chinese"),
        ("body", "texlive-lang-chinese"),
    ):
        line = rf"font for {role}: .* is missing and nothing stands in; install {package}\."
        assert re.search(line, said.stderr), said.stderr
    assert said.stderr.endswith(
        "Lacking: font for title, font for heading, font for subheading, font for body.\n"
    )
    assert (
        "字体·正文（仿宋）：缺少 FandolFang，也没有可替代的；请安装 texlive-lang-chinese。"
        in chinese.stderr
    )


def test_a_machine_without_fonts_makes_word_and_html_but_neither_pdf_nor_charts(tmp_path):
    charted = ROOT / "plugins" / "guangdong" / "examples" / "shili-district-2024.yaml"

    plain = doctor_without_fonts(tmp_path, "generate", FULL_SIZE, "-f", "docx,html", "-o", "a")
    pdf = doctor_without_fonts(tmp_path, "generate", FULL_SIZE, "-f", "pdf", "-o", "b")
    chart = doctor_without_fonts(tmp_path, "generate", charted, "-f", "docx", "-o", "c")

    assert plain.returncode == 0, plain.stderr
    assert "Install fonts-noto-cjk, texlive-lang-chinese" in pdf.stderr
    assert "“charts: false” in the data file does without" in chart.stderr
    assert (pdf.returncode, chart.returncode) == (2, 2)


def test_doctor_names_extras_and_a_plugin_that_cannot_be_used(nianbao, tmp_path):
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "__init__.py").write_text("import nowhere\n", encoding="utf-8")

    whole = nianbao("doctor")
    said = nianbao("doctor", "--plugin-dir", tmp_path)

    assert "optional\tcharts\tmatplotlib " in whole.out
    assert whole.err.endswith("Everything that is needed is here.\n")
    assert said.code == 2
    assert re.search("plugin broken: .*nowhere", said.err)
    assert said.err.endswith("Lacking: broken.\n")


def test_doctor_speaks_chinese_in_every_line(nianbao):
    said = nianbao("--lang", "zh", "doctor").out

    for role in (
        "标题（小标宋）",
        "一级标题（黑体）",
        "二级标题（楷体）",
        "正文（仿宋）",
        "补缺字",
    ):
        assert f"字体\t{role}\t" in said
    for line in said.splitlines():
        kind, name, _ = line.split("\t")
        assert kind == "PDF" or not kind.isascii()
        assert name not in ("layout", "fonts", "title", "body")


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_completion_is_a_script_that_knows_the_commands(nianbao, shell, tmp_path):
    script = tmp_path / "completion"
    script.write_text(nianbao("completion", shell).out, encoding="utf-8")

    if shell == "bash":
        subprocess.run(["bash", "-n", str(script)], check=True)
    assert all(command in script.read_text(encoding="utf-8") for command in COMMANDS)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_tells_its_use_in_both_languages(nianbao, language, command):
    result = nianbao("--lang", language, command, "--help")

    assert result.code == 0
    assert result.out.startswith("usage:" if language == "en" else "用法")
    assert ("options:" in result.out) == (language == "en")


def test_the_language_follows_the_locale(tmp_path):
    said = {
        locale: subprocess.run(
            [sys.executable, "-m", "toolkit.cli.main", "check", str(tmp_path / "x.yaml")],
            env={"LANG": locale, "PATH": "/usr/bin"},
            capture_output=True,
            text=True,
            check=False,
        ).stderr
        for locale in ("zh_CN.UTF-8", "en_US.UTF-8", "C.UTF-8", "")
    }

    assert "没有这样的数据文件" in said["zh_CN.UTF-8"]
    assert all("no such data file" in said[name] for name in ("en_US.UTF-8", "C.UTF-8", ""))


def test_a_wrong_call_is_told_how_to_get_help(nianbao):
    result = nianbao("generat", FULL_SIZE)

    assert result.code == 2
    assert "nianbao --help" in result.err


def test_an_unknown_format_is_told_before_anything_is_made(nianbao, tmp_path):
    result = nianbao("generate", FULL_SIZE, "-f", "docx,odt", "-o", tmp_path / "out")

    assert result.code == 2
    assert "There is no format “odt”; there are: docx, pdf, html" in result.err
    assert not (tmp_path / "out").exists()
