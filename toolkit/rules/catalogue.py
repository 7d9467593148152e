"""All national rules, in the order of their codes."""

from collections.abc import Iterable

from toolkit.rules.families import (
    contents,
    counts,
    dates,
    earlier_years,
    fees,
    form_and_year,
    last_year,
    outline,
    pasting,
    private_data,
    structure,
    sums,
    suppressions,
    titles_and_names,
    wording,
)
from toolkit.rules.rule import Rule

NATIONAL: tuple[Rule, ...] = (
    *structure.RULES,
    *suppressions.RULES,
    *sums.RULES,
    *form_and_year.RULES,
    *contents.RULES,
    *outline.RULES,
    *counts.RULES,
    *last_year.RULES,
    *earlier_years.RULES,
    *wording.RULES,
    *pasting.RULES,
    *titles_and_names.RULES,
    *private_data.RULES,
    *fees.RULES,
    *dates.RULES,
)


def known(rules: Iterable[Rule] = NATIONAL) -> dict[str, Rule]:
    """Give rules by code.

    Raises:
        ValueError: two rules have one code. Plugins use letters of their own, so seeing it
            means that one took another's.
    """
    by_code: dict[str, Rule] = {}
    for rule in rules:
        if rule.code in by_code:
            raise ValueError(f"two rules have the code {rule.code}")
        by_code[rule.code] = rule
    return by_code
