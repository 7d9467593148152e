"""N9: dates and deadlines."""

import re
from collections.abc import Iterable

from toolkit.diagnostics import Severity
from toolkit.messages import text
from toolkit.rules.context import Context
from toolkit.rules.rule import Miss, Source, rule

_PERIOD = re.compile(
    r"(?:自|从)?(?P<y1>20\d\d)\s*年\s*(?P<m1>\d{1,2})\s*月\s*(?P<d1>\d{1,2})\s*日\s*(?:起)?\s*(?:至|到|—|－|-|~)+\s*"
    r"(?:(?P<y2>20\d\d)\s*年)?\s*(?P<m2>\d{1,2})\s*月\s*(?P<d2>\d{1,2})\s*日"
)
_STATISTICS = re.compile(r"统计|数据|期限|时限|起止|报告期")


@rule(
    "N902",
    Severity.WARNING,
    source=Source("advice"),
    bad="issued: 2023-12-20",
    good="issued: 2024-01-05",
)
def after_the_year(context: Context) -> Iterable[Miss]:
    """The report is dated after the year it tells of.

    It covers the year to 31 December; a date before that is last year's, or the year is wrong.
    """
    report = context.report
    if report.issued and report.issued.year <= report.year:
        yield Miss(
            ("issued",),
            text("{issued} is not after {year}.", issued=str(report.issued), year=report.year),
            text("Write the day of publication, in {year}.", year=report.year + 1),
        )


@rule(
    "N903",
    Severity.WARNING,
    source=Source("advice"),
    bad="today: 2023-11-20",
    good="today: 2024-01-20",
)
def year_is_over(context: Context) -> Iterable[Miss]:
    """The year reported on is over.

    A report for a year that still runs has a wrong year, or numbers that will change.
    """
    year = context.report.year
    if context.today and context.today.year <= year:
        yield Miss(
            ("year",),
            text("{year} is not over on {today}.", year=year, today=str(context.today)),
            text("Check the year; the report for {year} is made after it.", year=year),
        )


@rule(
    "N904",
    Severity.WARNING,
    source=Source("advice"),
    bad="opening: 本报告所列数据的统计期限为2022年1月1日至2022年12月31日。",
    good="opening: 本报告所列数据的统计期限为2023年1月1日至12月31日。",
)
def whole_year(context: Context) -> Iterable[Miss]:
    """The numbers are those of the year reported on, from 1 January to 31 December.

    The sentence on the period is taken over from last year more often than any other.
    """
    year = context.report.year
    for passage, match in context.search(_PERIOD):
        around = passage.text[max(0, match.start() - 30) : match.end() + 10]
        if not _STATISTICS.search(around):
            continue
        said = [int(match[k]) for k in ("y1", "m1", "d1")]
        until = [int(match["y2"] or match["y1"]), int(match["m2"]), int(match["d2"])]
        if said != [year, 1, 1] or until != [year, 12, 31]:
            yield Miss.of(
                passage,
                match,
                text("“{period}” is not the year {year}.", period=match[0], year=year),
                text("Write {year}年1月1日至12月31日.", year=year),
            )


RULES = (after_the_year, year_is_over, whole_year)
