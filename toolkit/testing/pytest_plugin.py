"""For pytest: the conformance kit as tests, and fixtures to build reports and read documents.

pytest finds it by itself wherever nianbao is installed. Which plugin is meant is said by
``plugin`` of the test class, by ``PLUGIN`` of the module, or by ``nianbao_plugin`` in pytest's
own settings: a name, or a folder as seen from the test file.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import pytest

from toolkit.diagnostics import Finding
from toolkit.diagnostics.plugin_codes import DEMANDS
from toolkit.testing.check import Result, check

Build = Callable[..., "Any"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let pytest's settings name the plugin."""
    parser.addini("nianbao_plugin", "plugin under test: a name, or a folder", default="")


@pytest.fixture
def nianbao_plugin(request: pytest.FixtureRequest) -> str:
    """The plugin under test: its name, or its folder as a whole path."""
    named = (
        getattr(request.cls, "plugin", "")
        or getattr(request.module, "PLUGIN", "")
        or request.config.getini("nianbao_plugin")
    )
    if not named:
        pytest.fail("which plugin? say plugin = … in the class, or PLUGIN = … in the module")
    folder = request.path.parent / named
    return str(folder.resolve()) if folder.is_dir() else named


@pytest.fixture
def build_report(nianbao_plugin: str) -> Build:
    """Build a report of the plugin under test from one of its examples, with changes.

    ``build_report({"applications.new.natural_person": 5}, example="full-size-2024.yaml")``
    gives a `toolkit.testing.reports.Report`: its ``codes``, its ``findings``, and
    ``make("docx")``, whose ``tables`` and ``paragraphs`` can be looked at.
    """
    from toolkit.testing.reports import Report, report

    def build(changes: Mapping[str, object] | None = None, example: str = "") -> Report:
        return report(nianbao_plugin, changes or {}, example)

    return build


@lru_cache(maxsize=8)
def _examined(plugin: str) -> Result:
    return check(plugin)


class PluginChecks:
    """One test for each demand on a plugin; say ``plugin = "name or folder"``."""

    plugin = ""

    @pytest.mark.parametrize("code", DEMANDS)
    def test_demand(self, code: str, nianbao_plugin: str) -> None:
        """The demand is kept; what breaks it is told with its place."""
        broken = _examined(nianbao_plugin).of(code)
        if broken:
            pytest.fail("\n".join([str(DEMANDS[code].title), *map(_told, broken)]), pytrace=False)


def _told(finding: Finding) -> str:
    remedy = f"\n  = {finding.remedy}" if finding.remedy else ""
    return f"{finding.position}: {finding.code} {finding.message}{remedy}"
