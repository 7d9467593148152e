"""山东省: an opening that tells the six parts, a table of 建议提案 after section six.

What is habit and what is laid down stands in README.md.
"""

from pathlib import Path

from toolkit import Province, Report, hookimpl

from .charts import proposals
from .rules import RULES

HERE = Path(__file__).parent

_PARTS = (
    "内容包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、"
    "政府信息公开行政复议和行政诉讼情况、存在的主要问题及改进情况、"
    "其他需要报告的事项等六个部分。"
)


def opening(report: Report) -> str:
    """Write the customary opening, unless the data file says ``customary_opening: false``."""
    if report.get("customary_opening") is False:
        return ""
    return (
        "本年度报告根据《中华人民共和国政府信息公开条例》和"
        f"《{report.form.name}》（{report.form.notice}）相关要求编制，{_PARTS}"
        f"本年度报告中所列数据统计期限从{report.year}年1月1日到{report.year}年12月31日。"
    )


@hookimpl
def province() -> Province:
    """The national forms and one of Shandong's own, which adds a table."""
    return Province(
        code="37",
        name="山东省",
        forms=("national-2019", "national-2021", "shandong-2021"),
        form_files=(HERE / "forms" / "shandong-2021.yaml",),
        opening=opening,
        rules=RULES,
        charts=("applications_by_result", "applications_by_year", proposals),
        examples=tuple(sorted((HERE / "examples").glob("*.yaml"))),
    )
