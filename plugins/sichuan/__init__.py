"""四川省: an opening after the province's standard, and whom to ask at the end.

What is habit and what is laid down stands in README.md.
"""

from collections.abc import Iterable
from pathlib import Path

from toolkit import Context, Miss, Province, Report, Severity, Source, hookimpl, rule, text

HERE = Path(__file__).parent


def opening(report: Report) -> str:
    """Write the opening, unless the data file says ``customary_opening: false``."""
    if report.get("customary_opening") is False:
        return ""
    return (
        "根据《中华人民共和国政府信息公开条例》（国务院令第711号）、"
        f"《{report.form.name}》（{report.form.notice}）和四川省地方标准"
        "《政府信息公开工作年度报告编制发布规范》（DB51/T 2660—2019）编制本报告。"
        f"统计时间段为{report.year}年1月1日至12月31日。"
    )


@rule(
    "SC101",
    Severity.NOTE,
    source=Source("advice", "四川省各级机关的年度报告多写联系地址、邮编和电话"),
    bad="contact: {address: 示例市示例路1号}",
    good="contact: {address: 示例市示例路1号, telephone: 028-00000000}",
)
def contact_complete(context: Context) -> Iterable[Miss]:
    """联系方式宜有地址和电话。

    四川省的年度报告多写明联系地址、邮编和电话。这是习惯，不是规定。
    """
    given = context.report.contact
    if not given.get("address") or not given.get("telephone"):
        yield Miss(
            ("contact",),
            text("联系方式缺少地址或电话。"),
            text("在 contact 下补写 address 和 telephone。"),
        )


@hookimpl
def province() -> Province:
    """The national form with an opening and a block of contact at the end."""
    return Province(
        code="51",
        name="四川省",
        folder=HERE / "templates",
        templates={
            "docx": "sichuan/report.docx",
            "html": "sichuan/report.html",
            "html-fragment": "sichuan/fragment.html",
            "text": "sichuan/report.txt",
        },
        opening=opening,
        rules=(contact_complete,),
        examples=tuple(sorted((HERE / "examples").glob("*.yaml"))),
    )
