"""北京市: one opening for the whole city, and 组织领导 in section one.

What is habit and what is laid down stands in README.md.
"""

from collections.abc import Iterable
from pathlib import Path

from toolkit import Context, Miss, Province, Report, Severity, Source, hookimpl, rule, text

HERE = Path(__file__).parent


def opening(report: Report) -> str:
    """Write the city's opening, unless the data file says ``customary_opening: false``."""
    if report.get("customary_opening") is False:
        return ""
    return (
        "依据《中华人民共和国政府信息公开条例》（以下简称《政府信息公开条例》）"
        "第五十条规定，编制本报告。"
    )


@rule(
    "BJ101",
    Severity.NOTE,
    source=Source("advice", "北京市多数区和街道的年度报告有此一节"),
    bad="overview: （一）主动公开。（二）依申请公开。（三）政府信息管理。（四）平台建设。",
    good="overview: （一）组织领导。（二）主动公开。（三）依申请公开。（四）政府信息管理。",
)
def leadership(context: Context) -> Iterable[Miss]:
    """第一部分宜有“组织领导”一节。

    北京市各区、街道的年度报告多在第一部分先写“（一）组织领导”。这是习惯，不是规定。
    """
    if "组织领导" not in context.passage("overview").text:
        yield Miss(
            ("overview",),
            text("第一部分没有写组织领导。"),
            text("可在第一部分加“（一）组织领导”一节。"),
        )


@hookimpl
def province() -> Province:
    """The national form behind the city's opening."""
    return Province(
        code="11",
        name="北京市",
        opening=opening,
        rules=(leadership,),
        examples=tuple(sorted((HERE / "examples").glob("*.yaml"))),
    )
