"""Which rules are asked for: codes, or how codes begin."""

import difflib
from collections.abc import Iterable, Iterator, Sequence

from toolkit.diagnostics.codes import CODES
from toolkit.errors import UsageError
from toolkit.messages import text
from toolkit.rules.rule import Rule


def fits(code: str, select: Sequence[str], ignore: Sequence[str]) -> bool:
    """Whether a code is selected (or nothing is) and not ignored."""
    wanted = not select or code.startswith(_upper(select))
    return wanted and not (ignore and code.startswith(_upper(ignore)))


def chosen(rules: Iterable[Rule], select: Sequence[str], ignore: Sequence[str]) -> Iterator[Rule]:
    """Return the rules asked for."""
    return (rule for rule in rules if fits(rule.code, select, ignore))


def verify(names: Iterable[str], rules: Sequence[Rule]) -> None:
    """Refuse a name no code begins with, rather than check nothing in silence.

    Raises:
        UsageError: with the nearest codes.
    """
    codes = [*(rule.code for rule in rules), *CODES]
    for name in names:
        if not name or not any(code.startswith(name.upper()) for code in codes):
            near = difflib.get_close_matches(name.upper(), codes, n=3, cutoff=0.5) or _families(
                codes
            )
            raise UsageError(
                text(
                    "No rule has the code “{code}”; near ones: {near}.",
                    code=name,
                    near=", ".join(near),
                )
            )


def _upper(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name.upper() for name in names)


def _families(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(code[:-2] for code in codes))
