"""Every limit on what comes from outside, in one place; each can be raised by the environment.

``NIANBAO_MAX_INPUT_BYTES=8000000 nianbao check …`` raises the first one; the others likewise.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds. Each attribute ``x`` is set by the variable ``NIANBAO_MAX_X``."""

    input_bytes: int = 4 * 1024 * 1024
    """Size of one data file, in bytes."""
    depth: int = 40
    """How deep mappings and lists may nest in a data file."""
    values: int = 100_000
    """How many keys and values a data file may hold."""
    text_characters: int = 200_000
    """Length of one text in a report, in characters."""
    archive_bytes: int = 200 * 1024 * 1024
    """Size of an XLSX, DOCX or ODS when unpacked, in bytes."""
    archive_entries: int = 2_000
    """How many files an XLSX, DOCX or ODS may hold."""
    archive_ratio: int = 200
    """How many times larger than packed an archive may unpack."""
    import_bytes: int = 60 * 1024 * 1024
    """Size of a published report that is imported, in bytes."""
    import_seconds: int = 60
    """How long the reading of one published report may take, in seconds."""
    import_pages: int = 300
    """How many pages a PDF that is imported may have."""
    plugin_seconds: int = 10
    """How long a plugin may take to load, in seconds."""
    rules_seconds: int = 10
    """How long all rules may take over one report, in seconds of computing; one of them six
    times as long by the clock."""
    template_seconds: int = 20
    """How long one template may run, in seconds of computing."""
    template_characters: int = 50_000_000
    """How much text one template may give, and one ``*`` in it, in characters."""
    report_seconds: int = 120
    """How long one report may take, in seconds; ``--timeout`` says otherwise."""
    worker_bytes: int = 4 * 1024 * 1024 * 1024
    """Address space of a process that builds reports, in bytes."""


@lru_cache(maxsize=1)
def limits() -> Limits:
    """Return the limits in force in this process."""
    given = {f.name: os.environ.get(variable(f.name), "") for f in fields(Limits)}
    return Limits(**{name: int(value) for name, value in given.items() if _is_limit(value)})


def misread(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the variables whose value is no limit: not a whole number above 0."""
    given = {variable(f.name): environment.get(variable(f.name), "") for f in fields(Limits)}
    return {name: value for name, value in given.items() if value and not _is_limit(value)}


def _is_limit(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < 19 and int(value) > 0


def variable(name: str) -> str:
    """Name the environment variable that sets a limit."""
    return f"NIANBAO_MAX_{name.upper()}"
