"""海南省, as another distribution offers it: a form, a page, a rule and a format of its own."""

from pathlib import Path

from toolkit import Format, Province, Report, hookimpl

from .rules import RULES

HERE = Path(__file__).parent


def opening(report: Report) -> str:
    """Write the paragraph before section one, where the data file gives none."""
    if report.get("customary_opening") is False:
        return ""
    return (
        f"根据《中华人民共和国政府信息公开条例》和《{report.form.name}》编制本报告。"
        f"本报告所列数据的统计期限为{report.year}年1月1日至12月31日。"
    )


@hookimpl
def province() -> Province:
    """Say what differs from the national form; what is not said here is the national one."""
    return Province(
        code="46",
        name="海南省",
        folder=HERE / "templates",
        templates={"docx": "hainan/report.docx", "html": "hainan/report.html"},
        forms=("national-2019", "national-2021", "hainan-2021"),
        form_files=(HERE / "forms" / "hainan-2021.yaml",),
        opening=opening,
        rules=RULES,
        examples=tuple(sorted((HERE / "examples").glob("*.yaml"))),
    )


@hookimpl
def formats() -> tuple[Format, ...]:
    """Offer the report as plain text, too."""
    return (Format("txt", ".txt", "text/plain", f"{__name__}.plain", "national/report.html"),)
