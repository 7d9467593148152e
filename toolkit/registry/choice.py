"""Which plugin and which form a data file is for, told from the file itself."""

from collections.abc import Sequence

from toolkit.diagnostics import Finding, Severity
from toolkit.errors import PluginError, UsageError
from toolkit.forms import Form, choose
from toolkit.messages import text
from toolkit.registry.registry import Plugin, Registry
from toolkit.sources import Mapping, Scalar, Source


def plugin_for(source: Source, registry: Registry, wanted: str = "") -> Plugin:
    """The plugin that is asked for, else the one the file names, else that of its region.

    Raises:
        UsageError: none is named and none fits, or there is none of that name.
        PluginError: it cannot be used.
    """
    name = wanted or _word(source.root, "plugin", "省份模板", "模板", "插件")
    if name:
        plugin = registry.get(name)
        if plugin.province is None:
            message = text("serves no province; it only offers formats")
            raise PluginError(name, message, plugin.place)
        return plugin
    organization = source.root.find("organization", "行政机关", "机关", "单位")
    region = ""
    if organization and isinstance(organization.node, Mapping):
        region = _word(organization.node, "region", "行政区", "行政区划", "地区")
    fitting = registry.for_region(region) if region else None
    if fitting:
        return fitting
    message = text(
        "{file} names no plugin: add “plugin: NAME” to it or give -p NAME. There are: {names}.",
        file=source.file,
        names=", ".join(registry.names),
    )
    raise UsageError(message)


def form_for(source: Source, served: Sequence[Form]) -> tuple[Form, list[Finding]]:
    """The form the file names, else the one for its year, else the newest."""
    newest = max(served, key=lambda form: form.years[0])
    named = source.root.find("form", "格式")
    if named and isinstance(named.node, Scalar) and named.node.raw:
        wanted = named.node.raw
        for form in served:
            if form.id == wanted:
                return form, []
        return newest, [_unknown_form(named.node, named.key, wanted, served)]
    year = source.root.find("year", "年度", "报告年度", "年份")
    if year and isinstance(year.node, Scalar) and type(year.node.value) is int:
        return choose(served, year.node.value) or newest, []
    return newest, []


def _unknown_form(node: Scalar, key: str, wanted: str, served: Sequence[Form]) -> Finding:
    return Finding(
        "N122",
        Severity.ERROR,
        node.position,
        ("form",),
        key,
        text("There is no form “{form}” here.", form=wanted),
        text("Choose one of: {choices}.", choices=", ".join(form.id for form in served)),
        length=node.length,
    )


def _word(node: Mapping, *keys: str) -> str:
    entry = node.find(*keys)
    if entry and isinstance(entry.node, Scalar) and entry.node.value is not None:
        return entry.node.raw.strip()
    return ""
