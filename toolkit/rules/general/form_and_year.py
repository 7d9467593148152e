"""N3: the form, and the year it is for."""

from collections.abc import Iterable

from toolkit.diagnostics import Severity
from toolkit.messages import Text, text
from toolkit.rules.context import Context
from toolkit.rules.rule import Miss, Source, rule


@rule(
    "N301",
    Severity.WARNING,
    source=Source("form", text("the years that the form itself is for")),
    bad="{form: national-2019, year: 2022}",
    good="{form: national-2021, year: 2022}",
)
def form_in_force(context: Context) -> Iterable[Miss]:
    """The report is on the form in force for its year.

    Each official form serves the reports of certain years, and a later form asks for other
    numbers, so a report on the wrong form lacks numbers that its readers add up.
    """
    form, year = context.report.form, context.report.year
    if not form.in_force(year):
        path = ("form",) if context.report.get("form") else ("year",)
        yield Miss(
            path,
            text(
                "The form of {notice} serves reports {years}, not {year}.",
                notice=form.notice,
                years=_years(*form.years),
                year=year,
            ),
            text(
                "Use the form that is in force for {year}; without “form:” the year decides.",
                year=year,
            ),
        )


def _years(first: int, last: int | None) -> Text:
    if last is None:
        return text("from {first} on", first=first)
    return text("for {first} to {last}", first=first, last=last)


RULES = (form_in_force,)
