"""Every exception raised on purpose, each with the exit code it ends the program with."""

from collections.abc import Iterable

from toolkit.diagnostics import Finding, Severity
from toolkit.messages import Text, plural, text

TRACEBACK = "NIANBAO_TRACEBACK"
"""Environment variable: with it a fault of the program itself ends in Python's own words."""


class NianbaoError(Exception):
    """Base of all expected failures; the command line prints it and exits with its code."""

    exit_code = 2

    def __init__(self, message: Text) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class UsageError(NianbaoError):
    """The command was called in a way that cannot work: a wrong name, a missing file."""


class SourceError(NianbaoError):
    """A data file cannot be read at all; carries the findings that say where and why.

    ``text`` is what could be read of it, for showing the lines in question.
    """

    exit_code = 1

    def __init__(self, findings: Iterable[Finding], text: str = "") -> None:
        self.findings = tuple(findings)
        self.text = text
        super().__init__(self.findings[0].message)


class InvalidReport(NianbaoError):  # noqa: N818  as EnvironmentFault
    """A data file has errors, so no document is made of it; carries all findings."""

    exit_code = 1

    def __init__(self, file: str, findings: Iterable[Finding]) -> None:
        self.file = file
        self.findings = tuple(findings)
        errors = sum(finding.severity is Severity.ERROR for finding in self.findings)
        super().__init__(
            plural("{file} has {n} error.", "{file} has {n} errors.", errors, file=file)
        )


class FormError(NianbaoError):
    """A form definition (a file of ours or of a plugin) is not valid."""


class PluginError(NianbaoError):
    """A plugin broke its contract. Names the plugin and, where known, its file and line."""

    exit_code = 1

    def __init__(self, plugin: str, message: Text, place: str = "") -> None:
        super().__init__(message)
        self.plugin = plugin
        self.place = place


class TemplateError(PluginError):
    """A template cannot be read or filled: an unknown name, a broken tag, a missing file."""


class OutputError(NianbaoError):
    """A result cannot be written; the old file, if any, is untouched."""

    exit_code = 1


class EnvironmentFault(NianbaoError):  # noqa: N818  EnvironmentError is taken by Python
    """Something this machine lacks: a library, a font. The message says what to install."""


class ProgramFault(NianbaoError):  # noqa: N818  as EnvironmentFault
    """A fault of nianbao itself or of a library under it: no plugin and no data is to blame."""


def program_fault(error: BaseException) -> ProgramFault:
    """Word a fault that nobody thought of, with its place, so that it can be mended."""
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    place = f"{step.tb_frame.f_code.co_filename}:{step.tb_lineno}" if step else ""
    return ProgramFault(
        text(
            "This is a fault of nianbao itself, at {place}: {problem}. Nothing half-written was "
            "left. {variable}=1 tells more; please report it.",
            place=place,
            problem=f"{type(error).__name__}: {error}",
            variable=TRACEBACK,
        )
    )
