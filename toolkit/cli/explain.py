"""nianbao explain: what a check demands, why, and where that is laid down."""

import argparse
from difflib import get_close_matches
from textwrap import indent

from toolkit.cli import context
from toolkit.diagnostics.codes import CODES
from toolkit.errors import UsageError
from toolkit.messages import text
from toolkit.rules import Rule


def run(args: argparse.Namespace) -> int:
    """Report one rule's story, or list all rules."""
    registry = context.registry(args)
    known = {rule.code: rule for rule in registry.every_rule(provinces=False)}
    code = (args.code or "").upper()
    if code in CODES:
        demand = CODES[code]
        print(f"{code}  {demand.title}  ({_WEIGHTS[demand.severity.label]})")
        return 0
    if code not in known:  # a province's own, or none: only now are the plugins needed
        known = {rule.code: rule for rule in registry.every_rule()}
    if not code:
        print("\n".join(_line(rule) for rule in known.values()))
        return 0
    if code not in known:
        near = get_close_matches(code, [*known, *CODES], n=3) or list(known)
        message = text(
            "There is no check {code}; there are: {codes}.", code=code, codes=", ".join(near)
        )
        raise UsageError(message)
    print(_story(known[code]))
    return 0


def _line(rule: Rule) -> str:
    return f"{rule.code}\t{_WEIGHTS[rule.severity.label]}\t{rule.title}"


def _story(rule: Rule) -> str:
    parts = (
        f"{rule.code}  {rule.title}  ({_WEIGHTS[rule.severity.label]})",
        str(rule.why),
        f"{text('Wrong:')}\n{_indented(rule.bad)}" if rule.bad else "",
        f"{text('Right:')}\n{_indented(rule.good)}" if rule.good else "",
        f"{text('Source:')} {rule.source.citation}",
    )
    return "\n\n".join(part for part in parts if part)


def _indented(fragment: str) -> str:
    return indent(fragment.strip("\n"), "    ")


_WEIGHTS = {"error": text("error"), "warning": text("warning"), "note": text("note")}
