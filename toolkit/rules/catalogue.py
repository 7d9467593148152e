"""The rules that hold for a report on any form, in the order of their codes."""

from collections.abc import Iterable

from toolkit.rules.general import (
    dates,
    form_and_year,
    headings,
    last_year,
    names_and_titles,
    pasting,
    private_data,
    structure,
    sums,
    suppressions,
    wording,
)
from toolkit.rules.rule import Rule

GENERAL: tuple[Rule, ...] = (
    *structure.RULES,
    *suppressions.RULES,
    *sums.RULES,
    *form_and_year.RULES,
    *headings.RULES,
    *last_year.RULES,
    *wording.RULES,
    *pasting.RULES,
    *names_and_titles.RULES,
    *private_data.RULES,
    *dates.RULES,
)


def known(rules: Iterable[Rule] = GENERAL) -> dict[str, Rule]:
    """Return rules by code.

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
