"""N6: beside last year's report."""

import re
from collections.abc import Iterable, Iterator

from toolkit.diagnostics import Severity
from toolkit.messages import text
from toolkit.rules.context import Context
from toolkit.rules.passage import Passage
from toolkit.rules.rule import Miss, Source, rule

_ARITHMETIC = Source("arithmetic")
_COPIED_SHARE = 0.6
_LEAST_SENTENCES = 3
_LEAST_LENGTH = 10
_NOT_WORDS = re.compile(r"[\W\d_]+")

_SAME = """
  problems_and_improvements: |
    公开的时效有待提高，个别信息更新不及时。
    解读形式较为单一，图解和视频所占比例不高。
    下一步将明确发布时限，由专人每周核对一次。
"""


@rule(
    "N602",
    Severity.WARNING,
    source=Source("advice"),
    bad=f"previous:{_SAME}{_SAME[1:].replace(chr(10) + '  ', chr(10))[2:]}",
    good=f"previous:{_SAME}",
)
def copied_text(context: Context) -> Iterable[Miss]:
    """The text is not last year's.

    A report that is alike from year to year (内容雷同、敷衍塞责) tells nothing of the year. Sentences
    are compared without numbers and punctuation; customary
    openings are left out.
    """
    previous = context.year_before
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
    """Yield each longer sentence without numbers and punctuation, and where it begins."""
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
    previous = context.year_before
    if previous is None:
        return
    before, cells = previous.cells, context.report.cells
    shared = [path for path in cells if path in before]
    counts = [cells[path] for path in shared]
    if any(value != 0 for value in counts) and all(cells[p] == before[p] for p in shared):
        yield Miss(
            shared[0][:1],
            text("All {n} numbers are those of last year's report.", n=len(shared)),
            text("Put in the numbers of {year}.", year=context.report.year),
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


RULES = (copied_text, same_numbers, really_last_year)
