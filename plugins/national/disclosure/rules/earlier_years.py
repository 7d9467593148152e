"""N6 as well: what the data file says of earlier years, for the chart by year."""

from collections.abc import Iterable

from toolkit import Context, Miss, Severity, Source, rule, text

from ..earlier_years import FIELD, earlier_years, faults

_ENTRY = "{year: 2023, new: 369, results: 351}"
_ROWS = {
    "new": ("applications", "new", "total"),
    "results": ("applications", "results", "total", "total"),
}


@rule(
    "N607",
    Severity.ERROR,
    source=Source("advice"),
    bad="earlier_years: [{year: 2022, new: 3}]",
    good="earlier_years: [{year: 2022, new: 3, results: 3}]",
    suppressible=False,
)
def entries_complete(context: Context) -> Iterable[Miss]:
    """An earlier year is told with its year and two whole numbers, once.

    ``new`` are the applications newly received, ``results`` the results in all, both in 件, as
    that year's report has them in section three. The chart by year shows them beside this
    year's. All are before this one, 2008 at the earliest.
    """
    places = context.report.record.places
    for place, name, problem in faults(context.report):
        path = (FIELD, str(place), name)
        yield Miss(
            path if path in places else (FIELD,),
            text("Entry {n}: {problem}", n=place + 1, problem=problem),
            text("Write an entry as “- {entry}”.", entry=_ENTRY),
        )


@rule(
    "N608",
    Severity.WARNING,
    source=Source("arithmetic"),
    bad="""
previous: {applications: {new: {natural_person: 2}, results: {granted: {natural_person: 2}}}}
earlier_years: [{year: 2022, new: 3, results: 2}]
""",
    good="""
previous: {applications: {new: {natural_person: 2}, results: {granted: {natural_person: 2}}}}
earlier_years: [{year: 2022, new: 2, results: 2}]
""",
)
def as_last_year_had_it(context: Context) -> Iterable[Miss]:
    """Last year's numbers in ``earlier_years`` are those of last year's report.

    A chart that shows last year otherwise than its report did tells one of the two wrongly.
    """
    previous = context.previous
    if previous is None or previous.organization.name != context.report.organization.name:
        return
    for entry in earlier_years(context.report):
        if entry.year != previous.year:
            continue
        for name, path in _ROWS.items():
            then, said = previous.cells.get(path), getattr(entry, name)
            if isinstance(then, int) and then != said:
                yield Miss(
                    (FIELD,),
                    text(
                        "{year}, {name}: {said}, but the report for that year has {then}.",
                        year=entry.year,
                        name=name,
                        said=said,
                        then=then,
                    ),
                    text("Write {then}.", then=then),
                )


RULES = (entries_complete, as_last_year_had_it)
