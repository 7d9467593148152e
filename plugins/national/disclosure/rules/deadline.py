"""N9: the day by which the report is published."""

import re
from collections.abc import Iterable
from datetime import date

from toolkit import Context, Miss, Severity, Source, rule, text

_ARTICLE_49 = Source("law", "《中华人民共和国政府信息公开条例》第四十九条")


@rule(
    "N901",
    Severity.WARNING,
    source=_ARTICLE_49,
    bad="issued: 2024-02-05",
    good="issued: 2024-01-25",
)
def in_time(context: Context) -> Iterable[Miss]:
    """The report is published in time.

    Departments publish theirs by 31 January of the following year; the report of the government
    itself is published by 31 March. Offices of no kind stated here, and townships, are not
    judged. Many places set an earlier day of their own.
    """
    report = context.report
    last = _deadline(context)
    if last and report.issued and report.issued > last:
        yield Miss(
            ("issued",),
            text("{issued} is after {last}.", issued=str(report.issued), last=str(last)),
            text("Publish by {last}; correct the date if it was typed wrong.", last=str(last)),
        )


def _deadline(context: Context) -> date | None:
    year, kind = context.report.year + 1, context.report.organization.kind
    name = context.report.organization.name
    if re.search(r"[乡镇](?:人民)?政府|街道", name):
        return None
    if context.is_government:
        return date(year, 3, 31)
    return date(year, 1, 31) if kind == "department" else None


RULES = (in_time,)
