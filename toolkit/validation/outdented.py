"""Lines that belong below the empty name above them, and are not indented (N111)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from toolkit.diagnostics import Finding
from toolkit.forms import Key
from toolkit.forms.labels import normal
from toolkit.messages import text
from toolkit.sources import Entry, Scalar
from toolkit.sources import Mapping as Group
from toolkit.sources.faults import fault


def adopted(node: Group, by_name: Mapping[str, Key], findings: list[Finding]) -> Iterator[Entry]:
    """Yield the entries of a group, those that are not indented below the name they belong to.

    Args:
        node: the group as written.
        by_name: every name that may stand in it.
        findings: gets a finding for each run of such lines, at the first of them.
    """
    waiting: Entry | None = None
    below: list[Entry] = []
    for entry in node:
        key = by_name.get(normal(entry.key))
        if waiting is not None and key is None and _has(by_name, waiting, entry):
            below.append(entry)
            continue
        if waiting is not None:
            yield _filled(waiting, below, findings)
        waiting, below = None, []
        if key is not None and key.keys and _is_empty(entry):
            waiting = entry
        else:
            yield entry
    if waiting is not None:
        yield _filled(waiting, below, findings)


def _has(by_name: Mapping[str, Key], waiting: Entry, entry: Entry) -> bool:
    keys = by_name[normal(waiting.key)].keys
    spellings = (s for key in keys for s in (key.id, normal(key.label), *map(normal, key.variants)))
    return normal(entry.key) in set(spellings)


def _is_empty(entry: Entry) -> bool:
    return isinstance(entry.node, Scalar) and entry.node.value is None and not entry.position.cell


def _filled(waiting: Entry, below: list[Entry], findings: list[Finding]) -> Entry:
    if not below:
        return waiting
    first = below[0]
    message = text("“{name}” belongs below “{group}”, and is not indented.",
                   name=first.key, group=waiting.key)  # fmt: skip
    if below[1:]:
        message = text(
            "{n} lines from “{name}” on belong below “{group}”, and are not indented.",
            name=first.key, group=waiting.key, n=len(below),
        )  # fmt: skip
    remedy = text("Put two more blanks before each of these lines, and before what is below it.")
    found = fault("N111", first.position, message, remedy, length=len(first.key))
    findings.append(found)
    return replace(waiting, node=Group(tuple(below), first.position))
