"""What is seen while reports are built: a bar on a terminal, plain lines elsewhere."""

import sys
from contextlib import ExitStack
from types import TracebackType
from typing import Any

from toolkit.batch.task import UNCHANGED, Outcome
from toolkit.cli import findings


class Progress:
    """Shows each outcome as it comes; the bar is there for several reports on a terminal."""

    def __init__(self, count: int) -> None:
        self._count, self._done = count, 0
        self._stack = ExitStack()
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> "Progress":
        if self._count > 1 and sys.stderr.isatty():
            from toolkit.cli.bar import bar  # rich is not loaded for pipes and single reports

            self._bar = self._stack.enter_context(bar())
            self._task = self._bar.add_task("", total=self._count)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def step(self, outcome: Outcome) -> None:
        """Show what came of one report."""
        self._done += 1
        if self._bar is not None:
            self._bar.update(self._task, advance=1)
        if self._count > 1 and outcome.status == UNCHANGED:
            return
        findings.show_outcome(outcome)
