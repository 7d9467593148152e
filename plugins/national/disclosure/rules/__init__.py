"""The rules of the disclosure report, in the order of their codes."""

from toolkit import Rule

from . import contents, counts, deadline, earlier_years, fees, last_year, notice, outline

RULES: tuple[Rule, ...] = (
    *notice.RULES,
    *contents.RULES,
    *outline.RULES,
    *counts.RULES,
    *last_year.RULES,
    *earlier_years.RULES,
    *fees.RULES,
    *deadline.RULES,
)
