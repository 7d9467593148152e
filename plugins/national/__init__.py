"""The reports that the whole country makes, and the plain manner of making them.

A province without a plugin of its own is served by this one; a province that has one takes
from here what its own does not say.
"""

from toolkit import Province, ReportKind, hookimpl

from .disclosure import KIND as DISCLOSURE


@hookimpl
def report_kinds() -> tuple[ReportKind, ...]:
    """The report on open government information."""
    return (DISCLOSURE,)


@hookimpl
def province() -> Province:
    """The national templates and nothing else; 00 stands for the whole country."""
    return Province(code="00", name="全国")
