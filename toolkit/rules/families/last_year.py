"""N6: beside last year's report."""

import re
from collections.abc import Iterable, Iterator

from toolkit.diagnostics import Severity
from toolkit.forms import Path
from toolkit.messages import text
from toolkit.report import Report
from toolkit.rules.context import Context
from toolkit.rules.names import cell_name, row_name
from toolkit.rules.reading.passage import Passage
from toolkit.rules.rule import Miss, Source, rule

_ARITHMETIC = Source("arithmetic")
_COPIED_SHARE = 0.6
_LEAST_SENTENCES = 3
_LEAST_LENGTH = 10
_NOT_WORDS = re.compile(r"[\W\d_]+")

_LAST = "previous: {applications: {new: {natural_person: 2}, carried_forward: {natural_person: 2}}"


@rule(
    "N601",
    Severity.WARNING,
    source=_ARITHMETIC,
    bad=f"{_LAST}}}\napplications: {{carried_over: {{natural_person: 1}}, results: {{granted:"
    " {natural_person: 1}}}",
    good=f"{_LAST}}}\napplications: {{carried_over: {{natural_person: 2}}, results: {{granted:"
    " {natural_person: 2}}}",
)
def carry_over(context: Context) -> Iterable[Miss]:
    """What is carried over is what last year's report carried forward.

    Item two of section three, column by column, is item four of last year's report. Where the
    numbers were corrected since, the text should say so.
    """
    previous = _year_before(context)
    if previous is None:
        return
    for cell in context.report.form.cells:
        if cell.path[:2] != ("applications", "carried_over"):
            continue
        now = context.count(*cell.path)
        then = _count(previous, ("applications", "carried_forward", cell.path[-1]))
        worked_out = cell.derived and cell.path not in context.report.stated
        if now is not None and then is not None and now != then and not worked_out:
            yield Miss(
                cell.path,
                text(
                    "{cell} is {now}, but last year's report carried {then} forward.",
                    cell=cell_name(cell),
                    now=now,
                    then=then,
                ),
                text("Write {then}, or explain the difference in the text.", then=then),
            )


_SAME = """
  problems_and_improvements: |
    公开的时效有待提高，个别信息更新不及时。
    解读形式较为单一，图解和视频所占比例不高。
    下一步将明确发布时限，由专人每周核对一次。
"""


@rule(
    "N602",
    Severity.WARNING,
    source=Source("law", "国办公开办函〔2021〕30号，（四）明确责任（“内容雷同、敷衍塞责”）"),
    bad=f"previous:{_SAME}{_SAME[1:].replace(chr(10) + '  ', chr(10))[2:]}",
    good=f"previous:{_SAME}",
)
def copied_text(context: Context) -> Iterable[Miss]:
    """The text is not last year's.

    The notice names reports that are alike from year to year (内容雷同、敷衍塞责) among those an
    office has to answer for. Sentences are compared without numbers and punctuation; customary
    openings are left out.
    """
    previous = _year_before(context)
    if previous is None:
        return
    for section, before in previous.narratives.items():
        passage = context.passage(section)
        old = {core for core, _ in _sentences(Passage((section,), before))}
        mine = list(_sentences(passage))
        copied = [(core, at) for core, at in mine if core in old]
        if len(mine) >= _LEAST_SENTENCES and len(copied) >= _COPIED_SHARE * len(mine):
            yield Miss(
                passage.path,
                text(
                    "{n} of {all} sentences are those of last year's report ({share} %); the first"
                    " is “{first}”.",
                    n=len(copied),
                    all=len(mine),
                    share=round(100 * len(copied) / len(mine)),
                    first=copied[0][0][:20],
                ),
                text("Tell what happened in {year}.", year=context.report.year),
                at=copied[0][1],
                length=len(copied[0][0]),
            )


def _sentences(passage: Passage) -> Iterator[tuple[str, int]]:
    """Give each longer sentence without numbers and punctuation, and where it begins."""
    for sentence in passage.sentences():
        core = _NOT_WORDS.sub("", sentence.text)
        if len(core) >= _LEAST_LENGTH:
            yield core, sentence.at


_FEW = "applications: {new: {natural_person: 2}, results: {granted: {natural_person: 2}}}"


@rule(
    "N603",
    Severity.WARNING,
    source=Source("advice"),
    bad=f"previous: {{{_FEW}}}\n{_FEW}",
    good=f"previous: {{{_FEW}}}\n{_FEW.replace('2}', '3}')}",
)
def same_numbers(context: Context) -> Iterable[Miss]:
    """The tables are not last year's.

    Numbers that are all the same as last year's, and not all 0, are nearly always a file in
    which only the year was changed.
    """
    previous = _year_before(context)
    if previous is None:
        return
    before, cells = previous.cells, context.report.cells
    shared = [path for path in cells if path in before]
    counts = [cells[path] for path in shared]
    if any(value != 0 for value in counts) and all(cells[p] == before[p] for p in shared):
        yield Miss(
            ("applications",),
            text("All {n} numbers are those of last year's report.", n=len(shared)),
            text("Put in the numbers of {year}.", year=context.report.year),
        )


@rule(
    "N604",
    Severity.WARNING,
    source=_ARITHMETIC,
    bad="""
previous: {proactive_disclosure: {article_20_1: {normative_documents: {in_force: 5}}}}
proactive_disclosure: {article_20_1: {normative_documents: {issued: 1, in_force: 8}}}
""",
    good="""
previous: {proactive_disclosure: {article_20_1: {normative_documents: {in_force: 5}}}}
proactive_disclosure: {article_20_1: {normative_documents: {issued: 3, in_force: 8}}}
""",
)
def documents_in_force(context: Context) -> Iterable[Miss]:
    """Documents in force follow from last year's, those issued and those repealed.

    Clearing-up, expiry and new ways of counting break the sum in honest reports; then one
    sentence in the text explains it.
    """
    previous = _year_before(context)
    if previous is None:
        return
    for cell in context.report.form.cells:
        if cell.path[-1] != "in_force":
            continue
        then = _count(previous, cell.path)
        row = cell.path[:-1]
        issued, repealed = context.count(*row, "issued"), context.count(*row, "repealed")
        now = context.count(*cell.path)
        if then is None or issued is None or repealed is None or now is None:
            continue
        if now != then + issued - repealed:
            yield Miss(
                cell.path,
                text(
                    "{row}: {then} in force last year + {issued} issued - {repealed} repealed ="
                    " {sum}, but {now} stand here.",
                    row=row_name(cell),
                    then=then,
                    issued=issued,
                    repealed=repealed,
                    sum=then + issued - repealed,
                    now=now,
                ),
                text("Correct the numbers, or explain the difference in the text."),
            )


@rule(
    "N605",
    Severity.WARNING,
    source=Source("advice"),
    bad="previous: {organization: {name: 新兴区商务局}}",
    good="previous: {organization: {name: 桃山区商务局}}",
)
def really_last_year(context: Context) -> Iterable[Miss]:
    """What is taken for last year's report is the same office's, one year before.

    Compared with another office or another year, every other finding of this family is wrong.
    """
    previous, report = context.previous, context.report
    if previous is None:
        return
    name, year = previous.organization.name, previous.year
    if name != report.organization.name or year != report.year - 1:
        yield Miss(
            ("organization", "name"),
            text(
                "The report to compare with is that of {name} for {year}.",
                name=name,
                year=year,
            ),
            text("Name last year's report of the same office."),
        )


@rule(
    "N606",
    Severity.WARNING,
    source=_ARITHMETIC,
    bad="""
form: national-2019
year: 2020
previous:
  proactive_disclosure:
    article_20_5: {administrative_licensing: {previous_items: 5, change: 2}}
proactive_disclosure: {article_20_5: {administrative_licensing: {previous_items: 5}}}
""",
    good="""
form: national-2019
year: 2020
previous:
  proactive_disclosure:
    article_20_5: {administrative_licensing: {previous_items: 5, change: 2}}
proactive_disclosure: {article_20_5: {administrative_licensing: {previous_items: 7}}}
""",
)
def items_before(context: Context) -> Iterable[Miss]:
    """Last year's items are those last year's report ended with.

    In the form of 2019 the items of last year (上一年项目数量) are those in last year's report
    with its change (本年增/减) added.
    """
    previous = _year_before(context)
    if previous is None:
        return
    for cell in context.report.form.cells:
        if cell.path[-1] != "previous_items":
            continue
        now, before = context.count(*cell.path), _count(previous, cell.path)
        change = _count(previous, (*cell.path[:-1], "change"))
        if None not in (now, before, change) and now != (before or 0) + (change or 0):
            yield Miss(
                cell.path,
                text(
                    "{now} items of last year, but last year's report ended with {sum}.",
                    now=now,
                    sum=(before or 0) + (change or 0),
                ),
                text("Correct the number, or explain the difference in the text."),
            )


def _year_before(context: Context) -> Report | None:
    """Return the report to compare with, if it is for the year before (else see N605)."""
    previous = context.previous
    return previous if previous and previous.year == context.report.year - 1 else None


def _count(report: Report, path: Path) -> int | None:
    value = report.cells.get(path)
    return value if isinstance(value, int) else None


RULES = (
    carry_over,
    copied_text,
    same_numbers,
    documents_in_force,
    really_last_year,
    items_before,
)
