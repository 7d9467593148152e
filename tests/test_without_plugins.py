"""Any folder of plugins/ may be deleted, and what does not need it goes on working."""

import pytest

from tests.conftest import ROOT
from toolkit import resources
from toolkit.batch import build_one

PLUGINS = ROOT / "plugins"
NAMES = sorted(folder.parent.name for folder in PLUGINS.glob("*/__init__.py"))
FOREIGN = ROOT / "tests" / "foreign"
EXAMPLE = FOREIGN / "library" / "examples" / "shili-library-2023.yaml"


@pytest.fixture
def without(tmp_path, monkeypatch):
    """Let the bundled plugins be all but one: ``without("national")``."""

    def delete(name):
        rest = tmp_path / "plugins"
        rest.mkdir()
        for other in NAMES:
            if other != name:
                (rest / other).symlink_to(PLUGINS / other)
        monkeypatch.setattr(resources, "plugins", lambda: rest)
        return [other for other in NAMES if other != name]

    build_one.registry.cache_clear()  # a process finds its plugins once
    yield delete
    build_one.registry.cache_clear()


@pytest.mark.parametrize("name", NAMES)
def test_the_other_plugins_are_there_and_sound(without, nianbao, name):
    rest = without(name)

    listed = nianbao("plugins")

    assert listed.code == 0, listed.all
    assert [other for other in rest if other in listed.out] == rest
    assert name not in listed.out.split()


@pytest.mark.parametrize("name", NAMES)
def test_a_report_of_another_kind_is_made_all_the_same(without, nianbao, tmp_path, name):
    without(name)

    made = nianbao("generate", EXAMPLE, "--plugin-dir", FOREIGN, "-f", "html", "-o", tmp_path)

    assert made.code == 0, made.all
    assert "No findings." in made.err or "0 errors, 0 warnings, 0 notes" in made.err


@pytest.mark.parametrize("name", [name for name in NAMES if name != "national"])
def test_reports_of_the_other_provinces_are_made(without, nianbao, tmp_path, name):
    rest = [other for other in without(name) if other != "national"]
    files = [min((PLUGINS / other / "examples").glob("*-2024.yaml")) for other in rest]

    made = nianbao("generate", *files, "-f", "html", "-o", tmp_path)

    assert made.code == 0, made.all


def test_without_the_national_kinds_a_report_is_still_made_and_it_is_told(
    without, nianbao, tmp_path
):
    without("national")
    file = PLUGINS / "heilongjiang" / "examples" / "full-size-2024.yaml"

    made = nianbao("generate", file, "-f", "html", "-o", tmp_path)

    assert made.code == 0, made.all
    assert "N126" in made.err
    assert "N402" not in made.err
