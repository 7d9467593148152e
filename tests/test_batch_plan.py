"""The plan of a run: what is built and why, and what is refused before anything is."""

import json
import os
import subprocess
import sys

import pytest

from tests.conftest import FULL_SIZE
from tests.test_batch import generate, reports

__all__ = ["reports"]


def dry_run(tmp_path, folder, *more):
    return generate(tmp_path, folder, "--dry-run", *more)


def test_a_plan_tells_why_each_report_is_built_and_builds_nothing(nianbao, full_size, tmp_path):
    files = [full_size(name=f"{name}.yaml") for name in "abcd"]
    files[3] = full_size(("natural_person: 98", "natural_person: -1"), name="d.yaml")
    command = ("generate", *files, "-f", "html", "-o", tmp_path / "out")

    first = nianbao(*command, "--dry-run")
    assert first.err == "Plan: 4 to build (4 new), 0 unchanged.\n"
    assert not (tmp_path / "out").exists()

    nianbao(*command)
    appended(files[0])
    (tmp_path / "out" / "b.html").unlink()
    planned = nianbao(*command, "--dry-run")

    assert planned.code == 0
    assert planned.out.splitlines() == [
        f"{files[0]}: data changed",
        f"{files[1]}: document missing or changed",
        f"{files[3]}: failed last time",
    ]
    assert not (tmp_path / "out" / "b.html").exists()
    assert "Plan: 4 to build (4 forced)" in nianbao(*command, "--dry-run", "--force").err


def appended(file, words="\n# changed\n"):
    file.write_text(file.read_text(encoding="utf-8") + words, encoding="utf-8")


def test_a_changed_plugin_or_option_has_a_report_built_again(reports, tmp_path):
    folder = reports(a="good")
    plugin = tmp_path / "plugins" / "poisonous"
    generate(tmp_path, folder)
    assert "1 unchanged" in dry_run(tmp_path, folder).stderr

    (plugin / "template.html").write_text("x", encoding="utf-8")
    assert dry_run(tmp_path, folder).stdout.endswith("a.yaml: plugin changed\n")
    (plugin / "template.html").unlink()
    os.utime(plugin / "__init__.py")
    assert "1 unchanged" in dry_run(tmp_path, folder).stderr  # a copy is no change
    assert dry_run(tmp_path, folder, "--strict").stdout.endswith("a.yaml: other options\n")
    appended(plugin / "__init__.py")
    assert dry_run(tmp_path, folder).stdout.endswith("a.yaml: plugin changed\n")


def test_a_part_that_differs_from_the_manifest_is_named(nianbao, tmp_path):
    command = ("generate", FULL_SIZE, "-f", "html", "-o", tmp_path)
    nianbao(*command)
    manifest = tmp_path / "manifest.json"
    told = json.loads(manifest.read_text(encoding="utf-8"))
    (key,) = told["bases"]
    for part, said in (
        ("templates", "templates changed"),
        ("forms", "forms changed"),
        ("fonts", "fonts changed"),
        ("program", "program changed"),
        ("versions", "other versions"),
        ("options", "other options"),
    ):
        then = {**told, "bases": {"then": {**told["bases"][key], part: "otherwise"}}}
        then["reports"][FULL_SIZE.name]["key"] = "then"
        manifest.write_text(json.dumps(then), encoding="utf-8")

        assert nianbao(*command, "--dry-run").out == f"{FULL_SIZE}: {said}\n"


@pytest.mark.parametrize(
    ("named", "changed"),
    [
        ("folder={there!r}, templates={{'html': 'own.html'}}", "own.html"),
        ("folder={there!r}, templates={{'html': 'own.html'}}", "base.html"),
        ("form_files=(Path({there!r}) / 'own.yaml',), forms=('own-2021',)", "own.yaml"),
    ],
)
def test_what_a_plugin_takes_from_elsewhere_is_looked_at_too(nianbao, tmp_path, named, changed):
    there = tmp_path / "shared"
    there.mkdir()
    (there / "base.html").write_text("<p>{{ year }}</p>", encoding="utf-8")
    (there / "own.html").write_text("{% include 'base.html' %}", encoding="utf-8")
    form = "id: own-2021\nextends: national-2021\nname: 示例\n"
    (there / "own.yaml").write_text(form, encoding="utf-8")
    plugin = tmp_path / "plugins" / "borrower"
    plugin.mkdir(parents=True)
    (plugin / "__init__.py").write_text(
        "from pathlib import Path\nfrom toolkit import Province, hookimpl\n@hookimpl\n"
        "def province():\n    return Province(code='99', name='示例省', "
        f"{named.format(there=str(there))})\n",
        encoding="utf-8",
    )
    command = (
        "generate", FULL_SIZE, "-p", "borrower", "--plugin-dir", tmp_path / "plugins",
        "-f", "html", "-o", tmp_path / "out",
    )  # fmt: skip
    made = nianbao(*command)
    assert made.code == 0, made.err
    assert "1 unchanged" in nianbao(*command, "--dry-run").err

    with (there / changed).open("a", encoding="utf-8") as opened:
        opened.write("# changed\n")

    fresh_fingerprints()
    assert nianbao(*command, "--dry-run").out == f"{FULL_SIZE}: templates changed\n"


def fresh_fingerprints():
    """Each run of the program looks at each file once; in these tests all runs are one."""
    from toolkit.batch import fingerprint

    fingerprint._content.cache_clear()


@pytest.mark.parametrize(
    ("kind", "what"), [("forms", "schemas"), ("templates", "templates"), ("fonts", "fonts")]
)
def test_forms_templates_and_fonts_are_looked_at_themselves(tmp_path, monkeypatch, kind, what):
    from toolkit import resources
    from toolkit.batch import fingerprint

    fingerprint.of_machine.cache_clear()
    fingerprint._content.cache_clear()
    before = dict(fingerprint.of_machine())
    fingerprint.of_machine.cache_clear()
    if what == "fonts":
        monkeypatch.setattr("toolkit.fonts.faces", lambda: ())
    else:
        there = tmp_path / what
        there.mkdir()
        (there / "changed.yaml").write_text("x", encoding="utf-8")
        monkeypatch.setattr(resources, what, lambda: there)
    after = dict(fingerprint.of_machine())
    fingerprint.of_machine.cache_clear()

    assert {part for part in before if before[part] != after[part]} == {kind}


def test_the_manifest_tells_inputs_versions_hashes_times_and_findings(reports, tmp_path):
    folder = reports(a="good", b="bad")
    generate(tmp_path, folder)

    told = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))

    assert told["versions"]["nianbao"]
    assert told["versions"]["weasyprint"]
    built, failed = told["reports"]["a.yaml"], told["reports"]["b.yaml"]
    assert built["input"] == f"{folder}/a.yaml"
    assert built["plugin"] == "poisonous"
    assert len(built["data_sha256"]) == len(built["documents"][0]["sha256"]) == 64
    assert built["seconds"] > 0
    assert built["finished"] >= told["started"]
    assert [f["code"] for f in failed["findings"]] == ["N114"]


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"manifest": 2, "reports": {"full-size-2024.yaml": 1}, "bases": {}}'],
)
def test_a_broken_manifest_counts_as_none(nianbao, tmp_path, content):
    (tmp_path / "manifest.json").write_text(content, encoding="utf-8")

    planned = nianbao("generate", FULL_SIZE, "-f", "html", "-o", tmp_path, "--dry-run")

    assert planned.out == f"{FULL_SIZE}: new\n"


def test_each_report_is_a_line_of_the_manifest_and_any_other_layout_is_read_too(
    nianbao, full_size, tmp_path
):
    files = [full_size(name=f"{name}.yaml") for name in ("b", "a", "名\n称")]
    command = ("generate", *files, "-f", "html", "-o", tmp_path / "out")
    nianbao(*command)
    manifest = tmp_path / "out" / "manifest.json"
    told = json.loads(manifest.read_text(encoding="utf-8"))

    lines = [line for line in manifest.read_text(encoding="utf-8").splitlines() if "input" in line]
    assert len(lines) == len(told["reports"]) == 3
    assert list(told["reports"]) == ["a.yaml", "b.yaml", "名\n称.yaml"]
    for indent in (None, 1, 4):
        manifest.write_text(json.dumps(told, indent=indent), encoding="utf-8")
        assert "0 to build, 3 unchanged." in nianbao(*command, "--dry-run").err


def test_a_part_of_a_batch_leaves_the_rest_of_the_manifest_as_it_is(nianbao, full_size, tmp_path):
    files = [full_size(name=f"{name}.yaml") for name in "abc"]
    command = ("-f", "html", "-o", tmp_path / "out")
    nianbao("generate", *files, *command)
    manifest = tmp_path / "out" / "manifest.json"
    before = json.loads(manifest.read_text(encoding="utf-8"))["reports"]
    appended(files[1])

    nianbao("generate", files[1], *command)

    after = json.loads(manifest.read_text(encoding="utf-8"))["reports"]
    assert {name for name in after if after[name] != before[name]} == {"b.yaml"}
    assert "0 to build, 3 unchanged." in nianbao("generate", *files, *command, "--dry-run").err


def test_a_document_written_since_by_a_run_that_was_killed_is_not_taken_for_the_old_one(
    nianbao, full_size, tmp_path
):
    file = full_size()
    command = ("generate", file, "-f", "html", "-o", tmp_path / "out")
    nianbao(*command)
    page = tmp_path / "out" / f"{file.stem}.html"
    page.touch()
    later = page.stat().st_mtime + 60
    os.utime(page, (later, later))
    assert "1 unchanged" in nianbao(*command, "--dry-run").err  # a copy is no change

    page.write_text(page.read_text(encoding="utf-8").replace("98", "89"), encoding="utf-8")
    os.utime(page, (later, later))

    assert nianbao(*command, "--dry-run").out == f"{file}: document missing or changed\n"


def test_the_record_in_an_output_folder_among_the_data_is_no_data(nianbao, full_size, tmp_path):
    full_size()
    nianbao("generate", tmp_path, "-f", "html", "-o", tmp_path)

    again = nianbao("generate", tmp_path, "-f", "html", "-o", tmp_path)

    assert again.code == 0
    assert "unchanged" in again.err


@pytest.mark.parametrize(
    ("name", "formats", "said"),
    [
        ("年" * 83 + "a.yaml", "html,html-fragment", "(a Chinese character has three). Shorten"),
        ("manifest.json", "html", "this data file would be written over"),
    ],
)
def test_a_name_that_cannot_be_is_refused_before_anything_is_built(
    nianbao, tmp_path, name, formats, said
):
    (tmp_path / name).write_text("{}", encoding="utf-8")

    result = nianbao("generate", FULL_SIZE, tmp_path / name, "-f", formats, "-o", tmp_path)

    assert result.code == 2
    assert said in result.err
    assert "Traceback" not in result.err
    assert [file.name for file in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("pair", [("a.yaml", "A.yml"), ("a.yaml", "a.fragment.yaml")])
def test_names_that_only_look_different_are_refused(nianbao, tmp_path, pair):
    files = [tmp_path / name for name in pair]
    for file in files:
        file.write_text("{}", encoding="utf-8")

    result = nianbao("generate", *files, "-f", "html,html-fragment", "-o", tmp_path / "out")

    assert result.code == 2
    assert "would write the same document" in result.err


def test_a_name_just_short_enough_is_taken(nianbao, full_size, tmp_path):
    file = full_size(name="年" * 83 + ".yaml")

    assert nianbao("generate", file, "-f", "docx", "-o", tmp_path / "out").code == 0
    assert (tmp_path / "out" / ("年" * 83 + ".docx")).is_file()


def test_all_conflicts_are_told_at_once(nianbao, tmp_path):
    files = [tmp_path / name for name in ("a.yaml", "a.yml", "b.yaml", "b.json")]
    for file in files:
        file.write_text("{}", encoding="utf-8")
    (tmp_path / "out" / "b.html").mkdir(parents=True)

    result = nianbao("generate", tmp_path, "-f", "html", "-o", tmp_path / "out")

    assert result.code == 2
    assert result.err.count("would write the same document") == 2
    assert "b.html: a folder stands in its place." in result.err


@pytest.mark.parametrize(
    "option",
    [("--jobs", "two"), ("--jobs", "-1"), ("--timeout", "0"), ("--timeout", "nan"),
     ("--executor", "cloud"), ("--report", "xml=a")],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(nianbao, tmp_path, option):
    result = nianbao("generate", FULL_SIZE, "-o", tmp_path / "out", *option)

    assert result.code == 2
    assert not (tmp_path / "out").exists()


def test_a_limit_that_is_no_number_is_said(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "toolkit.cli.main", "check", str(FULL_SIZE)],
        env={**os.environ, "NIANBAO_MAX_DEPTH": "deep"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert done.stderr == "NIANBAO_MAX_DEPTH=deep: a limit is a whole number above 0.\n"
