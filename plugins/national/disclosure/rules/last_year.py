"""N6: what is carried over from last year's report."""

from collections.abc import Iterable

from toolkit import Context, Miss, Report, Severity, Source, cell_name, row_name, rule, text

_ARITHMETIC = Source("arithmetic")

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
    previous = context.year_before
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
    previous = context.year_before
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
    previous = context.year_before
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


def _count(report: Report, path: tuple[str, ...]) -> int | None:
    value = report.cells.get(path)
    return value if isinstance(value, int) else None


RULES = (carry_over, documents_in_force, items_before)
