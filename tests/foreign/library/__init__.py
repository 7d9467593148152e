"""The yearly reports of public libraries: a kind of report with a form of its own."""

from pathlib import Path

from toolkit import Province, ReportKind, hookimpl

HERE = Path(__file__).parent


@hookimpl
def report_kinds() -> tuple[ReportKind, ...]:
    """One kind of report, with no rules but the general ones."""
    return (ReportKind(id="library", name="公共图书馆服务年报"),)


@hookimpl
def province() -> Province:
    """A made-up province that makes these reports only."""
    return Province(
        code="99",
        name="示例省",
        kinds=("library",),
        forms=("library-2020",),
        form_files=(HERE / "forms" / "library-2020.yaml",),
        examples=(HERE / "examples" / "shili-library-2023.yaml",),
    )
