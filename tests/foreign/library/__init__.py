"""The yearly reports of public libraries: a kind of report with a form of its own."""

from pathlib import Path

from toolkit import (
    Context,
    Miss,
    Province,
    Report,
    ReportKind,
    Severity,
    Source,
    hookimpl,
    rule,
    text,
)

HERE = Path(__file__).parent


def opening(report: Report) -> str:
    """One sentence on the library itself, from the form's own fields."""
    grade, staff = report.get("grade"), report.get("staff")
    key = report.form.key(("grade",))
    if key is None or not grade:
        return ""
    return f"{report.organization.name}为{key.holds.printed(grade)}，在编{staff}人。"


@rule(
    "LIB101",
    Severity.WARNING,
    source=Source("advice"),
    bad="holdings: {books: {added: 0, withdrawn: 5}}",
    good="holdings: {books: {added: 5, withdrawn: 5}}",
)
def books_replaced(context: Context):
    """剔除图书的，应当有新入藏的图书。

    只剔除不入藏，馆藏逐年减少，须说明原因。
    """
    added = context.count("holdings", "books", "added")
    if added == 0 and context.count("holdings", "books", "withdrawn"):
        yield Miss(("holdings", "books", "added"), text("本年没有新入藏的图书。"))


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
        opening=opening,
        rules=(books_replaced,),
        examples=(HERE / "examples" / "shili-library-2023.yaml",),
    )
