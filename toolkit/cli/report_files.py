"""``--report``: findings for a program, into a file or onto standard output."""

import sys
from collections.abc import Sequence
from pathlib import Path

from toolkit import output
from toolkit.batch.task import Outcome
from toolkit.diagnostics import Finding
from toolkit.diagnostics.printers import FORMATS, printer
from toolkit.errors import UsageError
from toolkit.messages import text


class ReportFiles:
    """Collects findings for ``junit=FILE``, ``sarif=FILE`` …; without a file, they are printed."""

    def __init__(self, wanted: Sequence[str]) -> None:
        self._wanted = [word.partition("=")[::2] for word in wanted]
        for kind, _ in self._wanted:
            if kind not in FORMATS:
                message = text(
                    "--report knows no “{kind}”; it knows: {kinds}.",
                    kind=kind,
                    kinds=", ".join(FORMATS),
                )
                raise UsageError(message)
        self._printers = {kind: printer(kind) for kind, _ in self._wanted}
        self._findings: list[Finding] = []
        self._sources: dict[str, str] = {}

    def take(self, outcome: Outcome) -> None:
        """Take the findings of one report."""
        if self._wanted:
            self._findings.extend(outcome.findings)
            self._sources[outcome.file] = outcome.text

    def write(self) -> None:
        """Write or print what was collected."""
        for kind, file in self._wanted:
            printed = self._printers[kind](self._findings, self._sources)
            if file:
                output.write(Path(file), printed.encode())
            else:
                sys.stdout.write(printed)
