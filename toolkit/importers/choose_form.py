"""Which form a report follows, by the labels that stand in it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from toolkit.forms.model import Form, Item
from toolkit.importers import faults
from toolkit.importers.blocks import Block, Grid, Paragraph
from toolkit.importers.labels import key
from toolkit.importers.reading import Notes
from toolkit.importers.tables.columns import labels, names

_VALUES = re.compile(r"(?:\s+[-+]?[\d,.]+)+\s*$")
_LINES = 5
"""A label may be broken over so many lines."""
_NARROW = 30
"""Characters; a longer line is no piece of a label."""
_CUTS = re.compile(r"[|｜\t]|[ \u3000]{2,}")


def choose_form(blocks: Sequence[Block], forms: Mapping[str, Form], year: int | None) -> Form:
    """Choose the form whose labels are there, and few of whose are not.

    Labels that all forms share decide nothing; of a form and one that adds to it, the larger is
    taken where what it adds is there. Without any telling label the form in force in
    the year is taken, or the latest.
    """
    pieces = _pieces(blocks)
    own = {name: set(_labels(form)) for name, form in forms.items()}
    shared = set.intersection(*own.values())

    def score(name: str) -> tuple[float, bool, int, int]:
        telling = own[name] - shared
        there = len(telling & pieces)
        share = there / len(telling) if telling else 0.0
        form = forms[name]
        in_force = year is not None and form.in_force(year)
        return (round(share, 6), in_force, form.years[0], there)

    return forms[max(own, key=score)]


def report_mixture(
    blocks: Sequence[Block], form: Form, forms: Mapping[str, Form], notes: Notes
) -> None:
    """Report labels that are another form's alone."""
    known = {key(name) for item in _items(form) for name in names(item)} | set(_labels(form))
    pieces = _pieces(blocks)
    for other in forms.values():
        strange = _labels(other)
        found = [label for k, label in strange.items() if k in pieces and k not in known]
        if other.id != form.id and found:
            place = blocks[0].place
            notes.findings.append(faults.mixed_forms(place, form.id, other.id, "、".join(found)))


def _labels(form: Form) -> dict[str, str]:
    captions = {key(table.caption): table.caption for table in form.tables if table.caption}
    return {key(item.label): item.label for item in _items(form) if item.label} | captions


def _items(form: Form) -> Iterator[Item]:
    for table in form.tables:
        yield from labels(table)
        for top in table.rows:
            for chain in top.chains():
                yield from chain


def _joined(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield what stands in lines that follow each other; a label may be broken over some."""
    lines = [
        _VALUES.sub("", block.text) if isinstance(block, Paragraph) else "" for block in blocks
    ]
    for start, line in enumerate(lines):
        if len(line) <= _NARROW:
            yield from accumulate(lines[start : start + _LINES])


def _pieces(blocks: Sequence[Block]) -> set[str]:
    texts: list[str] = []
    for block in blocks:
        if isinstance(block, Grid):
            texts.extend(cell.text for cell in block.cells)
        else:
            texts.extend((block.text, *_CUTS.split(block.text)))
    texts.extend(_joined(blocks))
    return {key(words) for words in texts if len(words) <= 200}
