"""The process a plugin is examined in: ``python -m toolkit.testing.child FOLDER``.

``FOLDER/request.json`` says what to examine, ``FOLDER/result.json`` what was found; ``stage``
tells what was being done, in case the plugin ends the process.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from toolkit import render
from toolkit.diagnostics import Finding, Severity
from toolkit.testing import examples, finding_json, functions, rule_examples, speed, templates
from toolkit.testing.audit import Watch
from toolkit.testing.subject import Subject, load, locate

_Part = Callable[[], Iterable[Finding]]


def main(folder: Path) -> None:
    """Examine, and write the result."""
    request = json.loads((folder / "request.json").read_text(encoding="utf-8"))
    folders = [Path(place) for place in request["folders"]]
    candidate = locate(request["plugin"], folders)
    _warm()
    watch = Watch(_home(candidate.place), folder)
    watch.start()
    stage = folder / "stage"
    stage.write_text("province()", encoding="utf-8")
    subject = load(candidate, folders)
    found: list[Finding] = []
    facts: dict[str, object] = {}
    if request["only_make"]:
        found += examples.check(subject, folder, quiet=True)
    else:
        for name, part in _parts(subject, folder, found):
            stage.write_text(name, encoding="utf-8")
            found += part()
        stage.write_text("speed", encoding="utf-8")
        slow, facts = speed.check(subject) if subject.plugin and not _errors(found) else ([], {})
        found += slow
    watch.on = False
    told = [*subject.findings, *watch.findings(), *found]
    result = {"name": subject.name, "file": subject.file, "facts": facts,
              "findings": [finding_json.pack(finding) for finding in told]}  # fmt: skip
    (folder / "result.json").write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")


def _parts(subject: Subject, folder: Path, found: list[Finding]) -> Iterator[tuple[str, _Part]]:
    yield "rules", partial(rule_examples.check, subject)
    yield "opening(), extra()", partial(functions.check, subject)
    yield "templates", partial(templates.check, subject)
    told = any(one.code[:2] in ("P3", "P4") for one in found if one.severity is Severity.ERROR)
    yield "examples", partial(examples.check, subject, folder, templates_told=told)


def _errors(found: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in found)


def _home(place: str) -> Path:
    file = Path(place)
    return file.parent if file.is_absolute() else Path.cwd()


def _warm() -> None:
    """Load the formats before watching, so that a library's own ways are not the plugin's."""
    for name in ("word", "pdf.document", "html.page", "html.fragment"):
        __import__(f"{render.__name__}.{name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    sys.stdout.flush()
    os._exit(0)  # a thread of a plugin that hangs must not keep us
