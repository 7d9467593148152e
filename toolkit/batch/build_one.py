"""Building one report of a batch: in this process, in a worker, on another machine."""

import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from toolkit import output, pipeline
from toolkit.batch import fingerprint
from toolkit.batch.task import BUILT, FAILED, Document, Outcome, Task, failed
from toolkit.errors import NianbaoError, PluginError, UsageError
from toolkit.limits import variable
from toolkit.messages import Text, text
from toolkit.pipeline import Checked
from toolkit.province import Format
from toolkit.registry import Registry
from toolkit.render.pdf import releases


@lru_cache(maxsize=8)
def registry(folders: tuple[Path, ...]) -> Registry:
    """Find the plugins once a process; they stay loaded for all its reports."""
    return Registry(folders)


def build(task: Task) -> Outcome:
    """Make and write one report. Nothing a report or a plugin does is raised."""
    outcome, documents = produce(task)
    if outcome.status != BUILT:
        return outcome
    try:
        output.write_all(documents)
    except NianbaoError as error:
        return failed(task, error.message, exit_code=error.exit_code)
    return outcome


def produce(task: Task) -> tuple[Outcome, dict[Path, bytes]]:
    """Make one report without writing it; gives its documents by where they belong."""
    began = time.perf_counter()
    try:
        outcome, documents = _produce(task)
    except PluginError as error:
        place = f" ({error.place})" if error.place else ""
        blame = f"{error.plugin}{place}"
        return failed(task, error.message, blame, error.exit_code), {}
    except NianbaoError as error:
        return failed(task, error.message, exit_code=error.exit_code), {}
    except MemoryError:
        return failed(task, _no_memory()), {}
    except SystemExit:
        return failed(task, text("Something tried to end the program.")), {}
    return replace(outcome, seconds=round(time.perf_counter() - began, 4)), documents


def _no_memory() -> Text:
    return text(
        "There was not enough memory for this report; {variable} allows more, fewer --jobs "
        "leave more.",
        variable=variable("worker_bytes"),
    )


def _produce(task: Task) -> tuple[Outcome, dict[Path, bytes]]:
    plugins = registry(task.plugin_folders)
    checked = pipeline.check(task.file, plugins, task.demands, part=task.part)
    formats: list[Format] = []
    if checked.plugin is not None and not checked.has_errors:
        formats = _formats(plugins.formats(checked.plugin), task.formats)
        checked = pipeline.fit(checked, formats)
    outcome = Outcome(
        file=task.shown,
        status=FAILED if checked.has_errors else BUILT,
        findings=checked.findings,
        text=checked.text if checked.findings else "",
        exit_code=1 if checked.has_errors else 0,
    )
    if checked.has_errors or checked.plugin is None:
        return outcome, {}
    made = pipeline.render(checked, formats)
    targets = {task.target(f): (f, made[f.name]) for f in formats}
    documents = tuple(_document(f, path, data) for path, (f, data) in targets.items())
    outcome = replace(
        outcome,
        documents=documents,
        plugin=checked.plugin.name,
        data_sha256=_data_hash(checked),
        key=task.keys.get(checked.plugin.name, ""),
        remark=_remark(formats),
        beside=fingerprint.beside(checked.plugin, plugins.places[checked.plugin.name]),
    )
    return outcome, {path: data for path, (_, data) in targets.items()}


def _remark(formats: Iterable[Format]) -> Text | None:
    """Return how PDFs were made, where that was not the usual way."""
    if all(form.name != "pdf" for form in formats) or releases.is_quick():
        return None
    return text("PDF: pages are laid out {way}.", way=releases.layout())


def _formats(known: Mapping[str, Format], wanted: tuple[str, ...]) -> list[Format]:
    refuse_unknown(wanted, known)
    return [known[name] for name in dict.fromkeys(wanted)]


def refuse_unknown(wanted: Iterable[str], known: Collection[str]) -> None:
    """Raise a UsageError for the first format wanted that is not known."""
    for name in wanted:
        if name not in known:
            raise UsageError(_no_format(name, known))


_MEANT = {
    "docx": ("word", "doc", "wps"),
    "html": ("web", "htm", "webpage"),
    "text": ("txt", "plain"),
    "workbook": ("excel", "xlsx", "xls", "et", "ods", "spreadsheet"),
}
"""Format → what people call it; a workbook is made by a command of its own."""


def _no_format(name: str, known: Collection[str]) -> Text:
    message = text(
        "There is no format “{name}”; there are: {names}.", name=name, names=", ".join(known)
    )
    bare = name.lower().lstrip(".")
    meant = next((real for real, names in _MEANT.items() if bare in names), bare)
    if meant == "workbook":
        hint = text("A spreadsheet is made by: nianbao workbook DATA -o NAME.xlsx")
    elif meant in known:
        hint = text("Write: -f {name}", name=meant)
    else:
        return message
    return text("{fault} {remedy}", fault=message, remedy=hint)


def _document(form: Format, path: Path, data: bytes) -> Document:
    return Document(form.name, str(path), len(data), sha256(data).hexdigest())


def _data_hash(checked: Checked) -> str:
    return sha256(checked.source.data).hexdigest() if checked.source else ""
