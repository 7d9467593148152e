"""Which plugin a published report is for, told from its office, else from its own tables."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from toolkit.diagnostics import Finding
from toolkit.forms import Form
from toolkit.importers import Reading, faults, read_document, recognise
from toolkit.registry.registry import Plugin, Registry


def read(
    file: Path,
    registry: Registry,
    wanted: str = "",
    form: str = "",
    known: Mapping[tuple[str, ...], object] | None = None,
) -> tuple[Reading, Plugin | None]:
    """Read a published report by the forms of its plugin.

    Args:
        file: the report.
        registry: the plugins there are.
        wanted: name of the plugin, if the reader knows it.
        form: id of the form, if the labels do not tell.
        known: see `toolkit.importers.import_report`.

    Returns:
        The reading and its plugin: the one that is wanted, else that of the office's region,
        else the one whose own form has the labels of the report; a finding (I020) says why.
        None if nothing tells.
    """
    document = read_document(file)
    if wanted:
        plugin = registry.get(wanted)
        forms = _by_id(*registry.forms, *plugin.forms)
        return recognise(document, forms, form, known), plugin
    every = [found for found in registry.all() if isinstance(found, Plugin) and found.province]
    forms = _by_id(*registry.forms, *(own for found in every for own in found.forms))
    reading = recognise(document, forms, form, known)
    near, region = _of_region(reading, registry)
    if near is not None:
        if reading.form.id not in _by_id(*near.forms):
            reading = recognise(document, _by_id(*near.forms), form, known)
        return _told(reading, faults.plugin_of_region(document.file, near.name, region)), near
    if reading.form.id in _by_id(*registry.forms):
        return reading, None
    owners = [found for found in every if reading.form.id in _by_id(*found.forms)]
    if len(owners) != 1:
        return reading, None
    found = faults.plugin_of_form(document.file, owners[0].name, reading.form.id)
    return _told(reading, found), owners[0]


def _by_id(*forms: Form) -> dict[str, Form]:
    return {form.id: form for form in forms}


def _of_region(reading: Reading, registry: Registry) -> tuple[Plugin | None, str]:
    """Return the plugin whose province's name begins the region, or the office's full name."""
    for name in ("region", "name"):
        taken = reading.values.get(("organization", name))
        plugin = registry.for_region(str(taken.value)) if taken else None
        if plugin is not None and plugin.province is not None:
            return plugin, plugin.province.name
    return None, ""


def _told(reading: Reading, found: Finding) -> Reading:
    return replace(reading, findings=(found, *reading.findings))
