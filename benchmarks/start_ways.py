"""Ways of starting a program: ours, and Python that does nothing."""

import subprocess
import sys
from collections.abc import Callable

from benchmarks.measure import Way
from benchmarks.reports import REPORT

BARE = "python -c pass"
HELP = "nianbao --help"
_PROGRAM = "import sys; from toolkit.cli.main import main; sys.exit(main())"


def ways() -> list[Way]:
    """List the commands a person waits for."""
    return [
        Way(BARE, _command("-c", "pass")),
        Way(HELP, _ours("--help")),
        Way("nianbao explain N201", _ours("explain", "N201")),
        Way("nianbao check REPORT", _ours("check", str(REPORT))),
        Way("nianbao generate -f docx", _made("docx"), at_most=10),
        Way("nianbao generate -f pdf", _made("pdf"), at_most=10),
    ]


def _ours(*words: str) -> Callable[[int], object]:
    return _command("-c", _PROGRAM, *words)


def _made(kind: str) -> Callable[[int], object]:
    """Build one report in a new process, as a clerk does."""
    return _ours("generate", str(REPORT), "-f", kind, "-o", "out/benchmark", "--force")


def _command(*words: str) -> Callable[[int], object]:
    return lambda _number: subprocess.run([sys.executable, *words], capture_output=True, check=True)
