"""For authors of plugins: the conformance kit, and the same for pytest.

Three lines in a test file run it all, a test for each demand::

    from toolkit.testing import PluginChecks
    class TestHainan(PluginChecks):
        plugin = "src/hainan"  # name, or folder beside the test file

The fixtures of `toolkit.testing.pytest_plugin` are there wherever nianbao and pytest are.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.testing.pytest_plugin import PluginChecks

__all__ = ["PluginChecks"]


def __getattr__(name: str) -> object:
    if name == "PluginChecks":  # only here is pytest needed
        from toolkit.testing.pytest_plugin import PluginChecks

        return PluginChecks
    raise AttributeError(name)
