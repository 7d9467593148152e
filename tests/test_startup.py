"""What a command loads before it does its work: heavy libraries only where they are used."""

import subprocess
import sys

import pytest

from tests.conftest import FULL_SIZE

HEAVY = {
    *("weasyprint", "docxtpl", "docx", "openpyxl", "pikepdf", "pdfplumber", "uharfbuzz", "rich"),
    *("matplotlib", "watchfiles", "distributed"),
}
AT_ONCE = HEAVY | {"cerberus", "yaml", "jinja2", "pluggy", "lxml", "dataclasses", "inspect"}
"""What a help page does without, so that it takes at most five times as long as Python itself."""
FORBIDDEN = {
    ("--help",): AT_ONCE,
    ("check", str(FULL_SIZE)): HEAVY | {"jinja2"},
    ("explain", "N201"): HEAVY | {"jinja2"},
    ("plugins",): HEAVY,
    ("schema",): HEAVY,
    ("extract", "--help"): AT_ONCE,
    ("generate", "--help"): AT_ONCE,
}


@pytest.mark.parametrize("command", FORBIDDEN, ids=lambda command: command[0])
def test_a_command_does_not_load_what_it_does_not_use(command):
    program = (
        "import sys, atexit\n"
        "from toolkit.cli.main import main\n"
        "atexit.register(lambda: print('\\nLOADED', *sorted(sys.modules), file=sys.stderr))\n"
        f"sys.exit(main({list(command)!r}))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    loaded = {name.partition(".")[0] for name in done.stderr.rpartition("LOADED")[2].split()}
    assert "toolkit" in loaded
    assert loaded & FORBIDDEN[command] == set()
