"""Two documents side by side: which cell, which paragraph says something else.

Spaces, line and page breaks do not count, nor where a paragraph is cut in two; words do.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from toolkit.diagnostics import Finding, Position
from toolkit.extract import faults
from toolkit.extract.fields import Fields, squeezed
from toolkit.extract.tables import differences
from toolkit.extract.visible import Visible
from toolkit.importers.blocks import Block, Grid, Paragraph

_ALIKE = 0.5
"""Share of like characters from which on two paragraphs are one that was changed."""
_LOOKED_AT = 600
"""Characters of a paragraph by which its likeness is judged."""
_AROUND = 14
"""Characters shown before and after what differs."""
_LONGEST = 60
Kind = TypeVar("Kind", Paragraph, Grid)
_NUMBER = re.compile(r"\d+")


def compare(wanted: Visible, shown: Visible, fields: Fields) -> tuple[Finding, ...]:
    """Return what a document shows otherwise than it should.

    Args:
        wanted: what the embedded data give when they are printed again.
        shown: the document in question.
        fields: names of what the data hold.

    Returns:
        E103 to E107 in the order of the document; none if the text matches.
    """
    found = [*_blocks(wanted.blocks, shown.blocks, fields), *_margins(wanted, shown)]
    return tuple(sorted(found, key=lambda finding: finding.position.line))


def _blocks(wanted: Sequence[Block], shown: Sequence[Block], fields: Fields) -> Iterator[Finding]:
    end = shown[-1].place if shown else Position("")
    keys = [_key(block) for block in wanted], [_key(block) for block in shown]
    for what, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        here = shown[c].place if c < len(shown) else end
        yield from _tables(_of(Grid, wanted[a:b]), _of(Grid, shown[c:d]), here, fields)
        if what != "equal":
            texts = _of(Paragraph, wanted[a:b]), _of(Paragraph, shown[c:d])
            yield from _texts(*texts, here, fields)


def _key(block: Block) -> str:
    """A paragraph by its text, a table by its first words."""
    if isinstance(block, Paragraph):
        return squeezed(block.text)
    return "table " + next((squeezed(cell.text) for cell in block.cells if cell.text.strip()), "")


def _of(kind: type[Kind], blocks: Sequence[Block]) -> list[Kind]:
    return [block for block in blocks if isinstance(block, kind)]


def _tables(
    wanted: Sequence[Grid], shown: Sequence[Grid], here: Position, fields: Fields
) -> Iterator[Finding]:
    for grid, other in zip(wanted, shown, strict=False):
        yield from differences(grid, other, fields)
    for grid in wanted[len(shown) :]:
        yield faults.no_table(here, grid.cells[0].text if grid.cells else "")
    for grid in shown[len(wanted) :]:
        yield faults.added(grid.place, " ".join(cell.text for cell in grid.cells))


def _texts(
    wanted: Sequence[Paragraph], shown: Sequence[Paragraph], here: Position, fields: Fields
) -> Iterator[Finding]:
    if squeezed("".join(p.text for p in wanted)) == squeezed("".join(p.text for p in shown)):
        return
    pairs = _paired(wanted, shown)
    lone = [p for p in wanted if all(p is not one for one, _ in pairs)]
    new = [p for p in shown if all(p is not other for _, other in pairs)]
    pairs += zip(lone, new, strict=False)
    for one, other in pairs:
        if squeezed(one.text) != squeezed(other.text):
            before, after = _parting(one.text, other.text)
            yield faults.paragraph(other.place, before, after, fields.of_text(one.text))
    for one in lone[len(new) :]:
        yield faults.missing(here, one.text, fields.of_text(one.text))
    for other in new[len(lone) :]:
        yield faults.added(other.place, other.text)


def _paired(
    wanted: Sequence[Paragraph], shown: Sequence[Paragraph]
) -> list[tuple[Paragraph, Paragraph]]:
    """Pair paragraphs that are alike, in order."""
    pairs: list[tuple[Paragraph, Paragraph]] = []
    start = 0
    for one in wanted:
        likeness = [_likeness(one, other) for other in shown[start:]]
        best = max(likeness, default=0.0)
        if best >= _ALIKE:
            start += likeness.index(best)
            pairs.append((one, shown[start]))
            start += 1
    return pairs


def _likeness(one: Paragraph, other: Paragraph) -> float:
    a, b = squeezed(one.text)[:_LOOKED_AT], squeezed(other.text)[:_LOOKED_AT]
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _ALIKE else 0.0


def _parting(one: str, other: str) -> tuple[str, str]:
    """Cut two texts to where they part, with a few characters around."""
    a, b = squeezed(one), squeezed(other)
    least = min(len(a), len(b))
    start = next((i for i in range(least) if a[i] != b[i]), least)
    end = next((i for i in range(least - start) if a[-1 - i] != b[-1 - i]), least - start)
    return _cut(a, start, len(a) - end), _cut(b, start, len(b) - end)


def _cut(words: str, start: int, end: int) -> str:
    first, last = max(0, start - _AROUND), min(len(words), end + _AROUND)
    middle = words[first:last]
    if len(middle) > _LONGEST + 2 * _AROUND:
        middle, last = middle[: _LONGEST + _AROUND], 0
    return ("…" if first else "") + middle + ("…" if last < len(words) else "")


def _margins(wanted: Visible, shown: Visible) -> Iterator[Finding]:
    """Find what somebody wrote into a header, a footer, or over a page."""
    known = {_NUMBER.sub("", squeezed(margin.text)) for margin in wanted.margins}
    labels = squeezed("".join(c.text for grid in _of(Grid, wanted.blocks) for c in grid.cells))
    for margin in shown.margins:
        repeated = all(
            word in labels and not _NUMBER.search(word) for word in margin.text.split()
        )  # the header of a table on its next page
        if not repeated and _NUMBER.sub("", squeezed(margin.text)) not in known:
            yield faults.added(margin.place, margin.text)
