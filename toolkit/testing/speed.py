"""How fast a plugin's documents are made, beside those of the national templates."""

import gc
import time
from collections.abc import Callable
from dataclasses import replace

from toolkit import pipeline
from toolkit.diagnostics import Finding
from toolkit.diagnostics.plugin_codes import miss
from toolkit.messages import text
from toolkit.province import Province
from toolkit.registry import Plugin
from toolkit.render.docx import document
from toolkit.testing.sample_reports import specimen, year_of
from toolkit.testing.subject import One, Subject
from toolkit.testing.templates import folder_of

_TIMES = 7


def check(subject: Subject) -> tuple[list[Finding], dict[str, object]]:
    """Return a note where Word goes the ordinary way, and facts: that way, a ratio a format.

    A ratio is measured and differs from run to run, so that it is shown and never a finding.
    """
    province, plugin = subject.province, subject.plugin
    if province is None or plugin is None or subject.registry is None:
        return [], {}
    found: list[Finding] = []
    facts: dict[str, object] = {"docx way": "fast"}
    template = province.templates.get("docx")
    reason = document.ordinary_way(folder_of(subject) / template, plugin.name) if template else None
    if reason is not None:
        facts["docx way"] = "ordinary"
        message = text("Word documents are filled the ordinary way: {reason}", reason=reason)
        remedy = text("Put pictures into the template itself, where they need not change.")
        found.append(miss("P901", str(folder_of(subject) / str(template)), message, remedy))
    for name in ("docx", "html"):
        facts[f"{name} ratio"] = round(_ratio(plugin, province, name), 2)
    return found, facts


def _ratio(plugin: Plugin, province: Province, name: str) -> float:
    """Compare computing times, taken in turn, the least of each: a busy machine changes neither."""
    plain = Province(
        code=province.code, name=province.name, forms=province.forms,
        form_files=province.form_files,
    )  # fmt: skip
    own, national = _work(plugin, name), _work(replace(plugin, province=plain), name)
    own(), national()  # the first time compiles
    gc.collect()
    gc.disable()
    try:
        pairs = [(_seconds(own), _seconds(national)) for _ in range(_TIMES)]
    finally:
        gc.enable()
    return min(one for one, _ in pairs) / max(min(other for _, other in pairs), 1e-6)


def _work(plugin: Plugin, name: str) -> Callable[[], object]:
    form = max(plugin.forms, key=lambda form: form.years[0])
    made = specimen(plugin, form, year_of(form), whole=True)
    formats = [One(plugin).formats(plugin)[name]]
    return lambda: pipeline.render(made, formats)


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
