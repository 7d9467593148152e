"""黑龙江省: the annual report as its offices publish it.

No notice of the province on the form of the report has been found; what is here is habit, read
off published reports (README.md says which). The national form holds in everything else.
"""

from pathlib import Path

from toolkit import Province, Report, hookimpl

HERE = Path(__file__).parent


def opening(report: Report) -> str:
    """Write the customary paragraph before section one, where the data file asks for it."""
    if report.get("customary_opening") is not True:
        return ""
    notice = f"《{report.form.name}》（{report.form.notice}）"
    sentences = [
        f"依据《中华人民共和国政府信息公开条例》（国务院令第711号）、{notice}"
        "和省、市有关政府信息公开工作的部署要求编制本报告。",
        f"报告所列数据的统计期限为{report.year}年1月1日至12月31日。",
    ]
    if report.website:
        sentences.append(f"本报告可在政府门户网站政府信息公开专栏查阅，网址为{report.website}。")
    if report.contact:
        sentences.append(f"如有疑问，请联系{report.organization.name}（{_contact(report)}）。")
    return "".join(sentences)


def _contact(report: Report) -> str:
    labels = {
        "office": "联系部门",
        "address": "地址",
        "postal_code": "邮编",
        "telephone": "电话",
        "fax": "传真",
        "email": "电子邮箱",
    }
    given = ((label, report.contact.get(key)) for key, label in labels.items())
    return "，".join(f"{label}：{value}" for label, value in given if value)


@hookimpl
def province() -> Province:
    """The national form with Heilongjiang's opening, and both official forms for old reports."""
    return Province(
        code="23",
        name="黑龙江省",
        folder=HERE / "templates",
        templates={"docx": "heilongjiang/report.docx", "html": "heilongjiang/report.html"},
        opening=opening,
        examples=tuple(sorted((HERE / "examples").glob("*.yaml"))),
    )
