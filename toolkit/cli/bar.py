"""What a terminal shows of a batch: a bar while it runs, a table of what failed at its end."""

from collections.abc import Iterable

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskProgressColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text as Words

from toolkit.messages import text


class _Rate(ProgressColumn):
    """Reports a second, over the last half minute."""

    def render(self, task: Task) -> Words:
        """Show the rate, once there is one."""
        speed = task.finished_speed or task.speed
        return Words(str(text("{rate:.1f}/s", rate=speed)) if speed else "")


def bar() -> Progress:
    """Make a bar on standard error; lines printed meanwhile scroll above it."""
    return Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(),
        _Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        redirect_stdout=False,
    )


def table(title: str, rows: Iterable[tuple[str, str]]) -> None:
    """Print a table of reports and what is said of each, on standard error."""
    shown = Table(title=title, title_justify="left", title_style="bold")
    shown.add_column(str(text("Report")), overflow="fold")
    shown.add_column(str(text("Why")), overflow="fold")
    for file, why in rows:
        shown.add_row(Words(file), Words(why))
    Console(stderr=True).print(shown)
