"""广东省: the fixed opening that names the six parts.

What is habit and what is laid down stands in README.md.
"""

from pathlib import Path

from toolkit import Province, Report, hookimpl

HERE = Path(__file__).parent

_PARTS = (
    "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、"
    "政府信息公开行政复议及行政诉讼情况、存在的主要问题及改进情况、"
    "其他需要报告的事项等六部分组成。"
)


def opening(report: Report) -> str:
    """Write the fixed opening, unless the data file says ``customary_opening: false``."""
    if report.get("customary_opening") is False:
        return ""
    words = (
        "根据《中华人民共和国政府信息公开条例》（以下简称《条例》）及"
        f"《{report.form.name}》等规定，"
        f"现公布{report.organization.name}{report.year}年政府信息公开工作年度报告。{_PARTS}"
    )
    if report.website:
        words += f"本报告可在政府门户网站（{report.website}）下载电子版。"
    return words


@hookimpl
def province() -> Province:
    """The national form behind Guangdong's opening."""
    return Province(
        code="44",
        name="广东省",
        opening=opening,
        charts=("applications_by_result", "applications_by_year"),
        examples=tuple(sorted((HERE / "examples").glob("*.yaml"))),
    )
