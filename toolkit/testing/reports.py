"""Reports for the tests of a plugin: an example of its own with a few values changed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit import pipeline
from toolkit.diagnostics import Finding
from toolkit.errors import UsageError
from toolkit.messages import text
from toolkit.pipeline import Checked, Demands
from toolkit.sources import read_text
from toolkit.testing.reading import Made
from toolkit.testing.subject import Subject, load, locate


@dataclass(frozen=True)
class Report:
    """A report that was built and checked."""

    checked: Checked
    subject: Subject

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything the checks say."""
        return self.checked.findings

    @property
    def codes(self) -> set[str]:
        """Codes of the findings."""
        return {finding.code for finding in self.findings}

    def make(self, format_: str) -> Made:
        """Make the document in a format.

        Raises:
            PluginError: a template or a function of the plugin is at fault.
        """
        subject = self.subject
        if subject.registry is None or subject.plugin is None:
            raise ValueError(f"{subject.name} does not load: nianbao plugins check tells why")
        chosen = subject.registry.formats(subject.plugin)[format_]
        return Made(format_, pipeline.render(self.checked, [chosen])[format_])


def report(plugin: str, changes: Mapping[str, object], example: str = "") -> Report:
    """Build a report.

    Args:
        plugin: name or folder of the plugin.
        changes: values by their place, ids parted by dots; None takes a value out.
        example: file name of the example to change; the first if left out.

    Raises:
        UsageError: the plugin has no such example.
    """
    subject = load(locate(plugin))
    if subject.registry is None or subject.province is None:
        raise ValueError("\n".join(f"{f.position}: {f.message}" for f in subject.findings))
    files = [Path(file) for file in subject.province.examples]
    chosen = [file for file in files if not example or file.name == example]
    if not chosen:
        names = ", ".join(file.name for file in files) or "—"
        raise UsageError(text("There is no example “{name}”; there are: {names}.",
                              name=example, names=names))  # fmt: skip
    plain = pipeline.check(chosen[0], subject.registry, Demands(plugin=subject.name))
    if not changes or plain.report is None:
        return Report(plain, subject)
    document = _plain(plain.report.record.document)
    for path, value in changes.items():
        _put(document, path.split("."), value)
    data = json.dumps(document, ensure_ascii=False, indent=1).encode()
    source = read_text(data, f"{chosen[0].stem}.json", ".json")
    demands = Demands(plugin=subject.name)
    return Report(pipeline.check_source(source, subject.registry, demands), subject)


def _plain(value: object) -> dict[str, object]:
    """Write a record as a data file may have it: amounts and marks become text."""
    plain: dict[str, object] = json.loads(json.dumps(value, default=str, ensure_ascii=False))
    return plain


def _put(document: dict[str, object], steps: list[str], value: object) -> None:
    for step in steps[:-1]:
        below = document.setdefault(step, {})
        if not isinstance(below, dict):
            raise ValueError(f"{'.'.join(steps)}: {step} holds no values")
        document = below
    if value is None:
        document.pop(steps[-1], None)
    else:
        document[steps[-1]] = value
