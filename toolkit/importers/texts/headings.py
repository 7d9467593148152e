"""Which section each block of a document belongs to, by the headings of the form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from toolkit.forms.model import Form, Section
from toolkit.importers import faults
from toolkit.importers.blocks import Block, Cell, Grid, Paragraph
from toolkit.importers.labels import Likeness, half_width, key, likeness
from toolkit.importers.reading import Notes
from toolkit.notation.numerals import ordinal

_LONGEST = 45
_CERTAIN = 2
"""With so many headings their common container is known."""
_AFTER = " \t\n:："


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the document: a section with its heading, or (None) what stands before all."""

    section: Section | None
    heading: Paragraph | None
    blocks: tuple[Block, ...]
    again: bool = False
    """Whether the section stood before: a page may hold its report twice."""


def split(blocks: Sequence[Block], form: Form, notes: Notes) -> list[Part]:
    """Cut a document at the headings of its sections.

    Headings that form a table of contents are no headings; of several equal ones the first
    counts. A heading may stand in a row of its own in a table.
    """
    flat = [piece for block in blocks for piece in _opened(block, form)]
    flat = _once(_rejoined(flat, form), form)
    chosen, repeated = _chosen(flat, form)
    parts = [Part(None, None, tuple(flat[: min(chosen, default=len(flat))]))]
    starts = sorted({*chosen, *repeated})
    for start, end in pairwise([*starts, len(flat)]):
        again = start not in chosen
        section, level = repeated[start] if again else chosen[start]
        heading = flat[start]
        if isinstance(heading, Paragraph):
            parts.append(Part(section, heading, tuple(flat[start + 1 : end]), again))
            if level is Likeness.NEAR:
                found = faults.near_heading(
                    heading.place, heading.text, section.heading, (section.id,)
                )
                notes.findings.append(found)
    return parts


def _rejoined(flat: Sequence[Block], form: Form) -> list[Block]:
    """Join a heading that is broken over two lines, where only both together are one."""
    kept: list[Block] = []
    for block in flat:
        last = kept[-1] if kept else None
        if isinstance(last, Paragraph) and isinstance(block, Paragraph):
            both = last.text + block.text
            alone = max(_level(last.text, form), _level(block.text, form))
            if alone is Likeness.NONE and _level(both, form) is Likeness.EXACT:
                kept[-1] = replace(last, text=both)
                continue
        kept.append(block)
    return kept


def _once(flat: Sequence[Block], form: Form) -> list[Block]:
    """Drop a heading that follows itself, as the hidden caption of a table does."""
    kept: list[Block] = []
    for block in flat:
        last = kept[-1] if kept else None
        pair = (last, block)
        words = [key(one.text) for one in pair if isinstance(one, Paragraph)]
        if len(words) > 1 and words[0] == words[1] and _level(words[1], form):
            continue
        kept.append(block)
    return kept


def _opened(block: Block, form: Form) -> Iterator[Block]:
    """Take headings out of grids and off the text that runs on behind them."""
    if isinstance(block, Paragraph):
        yield from _unglued(block, form)
        return
    rows = list(block.rows())
    start = 0
    for index, row in enumerate(rows):
        words = [cell for cell in row if key(cell.text)]
        lines = words[0].text.split("\n") if len(words) == 1 else [""]
        if _level(lines[0], form) is Likeness.EXACT:
            yield from _rows(block, start, index)
            for line in lines:
                yield Paragraph(line.strip(), words[0].place, trail=block.trail)
            start = index + 1
    yield from _rows(block, start, len(rows))


def _rows(grid: Grid, start: int, end: int) -> Iterator[Grid]:
    cells = tuple(cell for cell in grid.cells if start <= cell.row < end)
    if not cells:
        return
    if start == 0 and end == grid.height:
        yield grid
        return
    moved = tuple(_moved(cell, start, end) for cell in cells)
    breaks = tuple(row - start for row in grid.breaks if start < row < end)
    yield Grid(moved, cells[0].place, grid.trail, breaks)


def _moved(cell: Cell, start: int, end: int) -> Cell:
    return replace(cell, row=cell.row - start, rowspan=min(cell.rowspan, end - cell.row))


def _unglued(paragraph: Paragraph, form: Form) -> Iterator[Paragraph]:
    words = paragraph.text.strip()
    for section in form.sections:
        length = len(section.heading)
        same = key(words[:length]) == key(section.heading)
        if same and len(words) > length and words[length] in _AFTER:
            yield replace(paragraph, text=words[:length])
            if rest := words[length:].lstrip(_AFTER):
                yield replace(paragraph, text=rest)
            return
    yield paragraph


def _level(words: str, form: Form) -> Likeness:
    return max(_fits(words, section, n)[0] for n, section in enumerate(form.sections))


def _fits(words: str, section: Section, number: int) -> tuple[Likeness, float]:
    """Return how well a paragraph fits a section's heading; likeness alone needs its number too."""
    if len(words) > _LONGEST or not key(words):
        return Likeness.NONE, 0.0
    bare = section.heading.partition("、")[2]
    level, degree = likeness(words, (section.heading,))
    if level is not Likeness.EXACT:
        numbered = (f"{ordinal(number + 1)}、{name}" for name in section.variants)
        if likeness(words, numbered)[0] is Likeness.EXACT:
            return Likeness.EXACT, 1.0
        level, degree = likeness(words, (bare, *section.variants))
    if level is Likeness.EXACT and key(words) != key(section.heading):
        level = Likeness.LOOSE
    if level is Likeness.NEAR and not _numbered(words, number):
        return Likeness.NONE, 0.0
    return level, degree


def _numbered(words: str, number: int) -> bool:
    plain = half_width(words).strip()
    mark = ordinal(number + 1)
    return plain.startswith(mark) and plain[len(mark) :][:1] in {"、", ".", ",", ":", " "}


Choice = dict[int, tuple[Section, Likeness]]


def _chosen(flat: Sequence[Block], form: Form) -> tuple[Choice, Choice]:
    """Choose one paragraph for each section, index → section; and exact ones that come again."""
    candidates: dict[str, list[tuple[int, Likeness]]] = {}
    for index, block in enumerate(flat):
        if not isinstance(block, Paragraph):
            continue
        fits = [(*_fits(block.text, s, n), s.id) for n, s in enumerate(form.sections)]
        level, _, name = max(fits)
        if level is not Likeness.NONE:
            candidates.setdefault(name, []).append((index, level))
    every = {index for found in candidates.values() for index, _ in found}
    exact = any(level is Likeness.EXACT for found in candidates.values() for _, level in found)
    chosen: Choice = {}
    repeated: Choice = {}
    for section in form.sections:
        found = _usable(candidates.get(section.id, []), flat, exact)
        if found:
            best = max(level for _, level in found)
            places = [index for index, level in found if level is best]
            bodies = [index for index in places if not _in_contents(index, every, section)]
            index = (bodies or places[-1:])[0]
            chosen[index] = (section, best)
            if best is Likeness.EXACT:
                repeated |= {later: (section, best) for later in places if later > index}
    return chosen, repeated


def _usable(
    found: list[tuple[int, Likeness]], flat: Sequence[Block], exact: bool
) -> list[tuple[int, Likeness]]:
    """Drop sub-headings such as “（一）主动公开政府信息情况” where proper headings stand."""
    proper = exact or any(not _is_sub(flat[index]) for index, _ in found)
    return [
        (index, level)
        for index, level in found
        if not (proper and level is Likeness.LOOSE and _is_sub(flat[index]))
    ]


def _is_sub(block: Block) -> bool:
    plain = half_width(block.text).strip() if isinstance(block, Paragraph) else ""
    return plain[:1] == "(" or plain[:1].isdigit()


def _in_contents(index: int, every: set[int], section: Section) -> bool:
    """Whether the next heading follows at once, as in a table of contents."""
    return index + 1 in every or (index - 1 in every and section.kind == "narrative")


def around(parts: Sequence[Part]) -> tuple[list[Part], list[Block]]:
    """Take off the last part what stands outside the container of all headings.

    Returns:
        The parts, the last one shortened, and what was taken off.
    """
    trails = [part.heading.trail for part in parts if part.heading]
    if len(trails) < _CERTAIN:
        return list(parts), []
    common = trails[0]
    for trail in trails[1:]:
        same = [a for a, b in zip(common, trail, strict=False) if a == b]
        common = common[: len(same)]
    last = parts[-1]
    inside = [block for block in last.blocks if block.trail[: len(common)] == common]
    outside = [block for block in last.blocks if block.trail[: len(common)] != common]
    return [*parts[:-1], replace(last, blocks=tuple(inside))], outside
