"""A document as it was read → what it says in the terms of a form. The story of the import."""

import re
from collections.abc import Iterator, Mapping, Sequence

from toolkit.diagnostics import Position
from toolkit.forms.model import Form, Section, Table
from toolkit.importers import faults
from toolkit.importers.blocks import Block, Document, Grid, Paragraph
from toolkit.importers.choose_form import choose_form, report_mixture
from toolkit.importers.labels import key
from toolkit.importers.reading import Notes, Reading, Taken, Unplaced
from toolkit.importers.tables.grids import GridReader
from toolkit.importers.tables.stray_numbers import parted
from toolkit.importers.tables.unruled_tables import LooseReader
from toolkit.importers.texts import title_block
from toolkit.importers.texts.contact import read_contact
from toolkit.importers.texts.headings import Part, around, split
from toolkit.importers.texts.page_furniture import is_caption, is_furniture
from toolkit.importers.texts.rejoined_lines import line_width, unwrapped

_FIGURE = re.compile(r"图\s*[\d一二三四五六七八九十]{1,3}[\s:：.．、][^。；]{2,60}")
"""The caption of a picture, in a section that has no text of its own."""
_NAMED = 3
"""So many missing cells are named; of more, only the number is told."""


def recognise(
    document: Document,
    forms: Mapping[str, Form],
    form: str = "",
    known: Mapping[tuple[str, ...], object] | None = None,
) -> Reading:
    """Find out what a document says.

    Args:
        document: paragraphs and grids in reading order.
        forms: the forms it may follow.
        form: id of the form, when the reader knows better than the labels.
        known: values the reader gives himself (year, office …); they replace what is found.
    """
    given = dict(known or {})
    year = given.get(("year",))
    chosen = (
        forms[form]
        if form
        else choose_form(document.blocks, forms, year if isinstance(year, int) else None)
    )
    notes = Notes(chosen, findings=list(document.findings))
    for path, value in given.items():
        notes.value(path, value, Position(document.file), str(value))
    report_mixture(document.blocks, chosen, forms, notes)
    blocks = [block for block in document.blocks if not _is_caption(block)]
    parts, outside = around(split(blocks, chosen, notes))
    _outside([*filter(_is_caption, document.blocks), *outside], notes)
    width = line_width(_prose(parts))
    title = _title(parts, notes)
    _sections(parts, notes, width)
    _around(parts, title, notes, width)
    for path, value in given.items():
        notes.value(path, value, Position(document.file), str(value))
    _missing(parts, document, notes)
    findings = sorted(dict.fromkeys(notes.findings), key=lambda found: found.order)
    findings = [found for found in findings if found.path not in given]
    return Reading(
        document,
        chosen,
        notes.values,
        tuple(notes.unplaced),
        tuple(findings),
        tuple(notes.left_out),
    )


def _prose(parts: Sequence[Part]) -> Iterator[Block]:
    """Yield what stands in the narratives."""
    for part in parts:
        if part.section is None or part.section.kind == "narrative":
            yield from part.blocks


def _is_caption(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.caption


def _sections(parts: Sequence[Part], notes: Notes, width: float) -> None:
    grids, loose = GridReader(notes.form, notes), LooseReader(notes.form, notes)
    for part in parts:
        if part.section is None or part.heading is None:
            continue
        body = _without_captions(part.blocks, notes)
        if part is parts[-1]:
            body = read_contact(_without_furniture(body, notes), notes)
            body = title_block.read_signature(body, notes)
        if part.again:
            _again(part, body, grids, notes)
        elif part.section.kind == "narrative":
            kept, strays = parted(body, notes.form)
            for stray in strays:
                notes.aside(stray.text, stray.place)
            _narrative(part.section, part.heading, unwrapped(kept, width), grids, notes)
        elif part.section.texts or part.section.kind == "parts":
            _parts(part.section, body, grids, loose, notes)
        else:
            _tables(body, grids, loose, notes)


def _parts(
    section: Section, body: Sequence[Block], grids: GridReader, loose: LooseReader, notes: Notes
) -> None:
    """Read tables with what stands between them: captions and notes of the form, and texts."""
    printed = {key(words) for table in section.tables for words in (table.caption, *table.notes)}
    lines = [b for b in body if isinstance(b, Paragraph) and key(b.text) not in printed]
    if not section.texts:
        kept = [b for b in body if isinstance(b, Grid) or b in lines]
        _tables(kept, grids, loose, notes)
        return
    gathered: dict[int, list[Paragraph]] = {}
    seen = 0
    for block in body:
        if isinstance(block, Grid):
            grids.read(block)
            seen += 1
        elif block in lines:
            gathered.setdefault(seen, []).append(block)
    for at, found in gathered.items():
        part = next((t for t in section.texts if t.tables_before == at), None)
        if part is None:
            for line in found:
                notes.aside(line.text, line.place, (section.id,))
        else:
            words = "\n\n".join(line.text for line in found)
            notes.text((section.id, part.id), words, found[0].place)


def _again(part: Part, body: Sequence[Block], grids: GridReader, notes: Notes) -> None:
    """Compare a section that stands in the page once more; what is new in it is kept aside."""
    first = notes.values.get((part.section.id,)) if part.section else None
    known = set(str(first.value if first else "").split("\n\n"))
    for block in body:
        if isinstance(block, Grid):
            grids.read(block)
        elif block.text not in known:
            notes.aside(block.text, block.place)


def _tables(body: Sequence[Block], grids: GridReader, loose: LooseReader, notes: Notes) -> None:
    """Read grids as grids; the lines between them may be a table that lost its lines."""
    lines: list[Paragraph] = []
    for block in body:
        if isinstance(block, Paragraph) and _FIGURE.fullmatch(block.text):
            _outside([block], notes)
            continue
        if isinstance(block, Paragraph):
            lines.append(block)
            continue
        loose.read(lines)
        lines = []
        grids.read(block)
    loose.read(lines)


def _narrative(
    section: Section, heading: Paragraph, body: Sequence[Block], grids: GridReader, notes: Notes
) -> None:
    words: list[str] = []
    for block in (piece for whole in body for piece in _loosened(whole, grids)):
        if isinstance(block, Paragraph):
            words.append(block.text)
        elif grids.is_official(block):
            grids.read(block)
        else:
            words.extend(_as_lines(block))
            notes.findings.append(faults.table_as_text(block.place, (section.id,)))
    notes.text((section.id,), "\n\n".join(words), body[0].place if body else heading.place)


def _loosened(block: Block, grids: GridReader) -> list[Block]:
    """Turn a grid with one filled cell in every row, as in a spreadsheet, into paragraphs."""
    if isinstance(block, Paragraph) or grids.is_official(block):
        return [block]
    rows = [
        [cell for cell in row if cell.row == index and cell.text.strip()]
        for index, row in enumerate(block.rows())
    ]
    if any(len(row) > 1 for row in rows):
        return [block]
    return [
        Paragraph(line.strip(), cell.place, trail=block.trail)
        for row in rows
        for cell in row
        for line in cell.text.split("\n")
        if line.strip()
    ]


def _in_cells(block: Block, grids: GridReader) -> list[Paragraph]:
    """Return the filled cells of a grid, as of a spreadsheet's cover, as paragraphs."""
    if isinstance(block, Paragraph) or grids.is_official(block):
        return []
    return [Paragraph(cell.text, cell.place) for cell in block.cells if cell.text.strip()]


def _as_lines(grid: Grid) -> list[str]:
    rows = [
        " | ".join(" ".join(cell.text.split()) for cell in row if cell.row == index)
        for index, row in enumerate(grid.rows())
    ]
    return [row for row in rows if row.strip(" |")]


def _without_captions(body: Sequence[Block], notes: Notes) -> list[Block]:
    """Leave out what stands under pictures."""
    kept: list[Block] = []
    for block in body:
        if isinstance(block, Paragraph) and is_caption(block.text):
            notes.left_out.append(Unplaced(block.text, block.place))
        else:
            kept.append(block)
    return kept


def _without_furniture(body: list[Block], notes: Notes) -> list[Block]:
    """Leave out what a page prints behind the report: links, counters, the site's owner."""
    for index, block in enumerate(body):
        if isinstance(block, Paragraph) and is_furniture(block.text):
            rest = [b for b in body[index:] if isinstance(b, Paragraph)]
            if len(rest) < len(body) - index:
                continue
            notes.findings.append(faults.left_out(block.place, len(rest), block.text))
            notes.left_out.extend(Unplaced(b.text, b.place) for b in rest)
            return body[:index]
    return body


def _head(parts: Sequence[Part], grids: GridReader) -> list[Block]:
    """Return what stands before the first heading, a grid of single cells as paragraphs."""
    return [piece for block in parts[0].blocks for piece in _loosened(block, grids)]


def _title(parts: Sequence[Part], notes: Notes) -> Paragraph | None:
    """Read the title: the office's name in it is looked for below the report as well."""
    grids = GridReader(notes.form, notes)
    head = _head(parts, grids)
    title = title_block.read_title(head, notes.form, notes)
    if title is not None:
        return title
    cells = [piece for block in head for piece in _in_cells(block, grids)]
    return title_block.read_title(cells, notes.form, notes)


def _around(parts: Sequence[Part], title: Paragraph | None, notes: Notes, width: float) -> None:
    """Read what stands before the first heading."""
    grids = GridReader(notes.form, notes)
    head = _head(parts, grids)
    after = head[head.index(title) + 1 :] if title is not None and title in head else head
    title_block.read_published(head, notes)
    for block in after if len(parts) > 1 else head:
        if isinstance(block, Grid):
            if grids.is_official(block):
                grids.read(block)
            else:
                notes.aside("\n".join(_as_lines(block)), block.place)
    opening = _opening(unwrapped(after, width), parts, notes.form)
    if opening and len(parts) > 1:
        notes.text(("opening",), "\n\n".join(b.text for b in opening), opening[0].place)
    if len(parts) == 1:
        for block in head:
            if isinstance(block, Paragraph) and block is not title:
                notes.aside(block.text, block.place)
    texts = [block for part in parts for block in part.blocks if isinstance(block, Paragraph)]
    if texts:
        title_block.infer(texts, notes.form, notes)
    title_block.read_region(notes)


def _opening(blocks: Sequence[Block], parts: Sequence[Part], form: Form) -> list[Paragraph]:
    """Return what the report says before its first heading, from the first sentence to the last.

    Where the first section's heading is missing its text stands there, short lines too.
    """
    lines = [b for b in blocks if isinstance(b, Paragraph) and not is_furniture(b.text)]
    prose = [index for index, line in enumerate(lines) if _is_prose(line.text)]
    if not prose:
        return []
    whole = any(part.section is form.sections[0] for part in parts)
    first = prose[0] if whole else next(n for n, b in enumerate(lines) if not _is_dated(b.text))
    return lines[first : prose[-1] + 1 if whole else len(lines)]


def _is_prose(words: str) -> bool:
    """Whether a line is a sentence, and no date, counter or link of the page."""
    return not is_furniture(words) and ("。" in words or len(words) > _SENTENCE)


def _is_dated(words: str) -> bool:
    """Whether a line tells the date below a title."""
    return not _is_prose(words) and title_block.find_date(words) is not None


_SENTENCE = 60


def _missing(parts: Sequence[Part], document: Document, notes: Notes) -> None:
    """Report sections and cells the source does not have; a cell is blank then, never 0."""
    there = {part.section.id: part for part in parts if part.section}
    whole = Position(document.file)
    for section in notes.form.sections:
        part = there.get(section.id)
        place = part.heading.place if part and part.heading else whole
        if part is None:
            notes.findings.append(faults.no_section(whole, section.heading, (section.id,)))
        for table in section.tables:
            _missing_cells(table, place, notes)


def _missing_cells(table: Table, place: Position, notes: Notes) -> None:
    if table.added and table.path not in notes.values:
        label = table.caption or table.path[-1]
        notes.findings.append(faults.no_table(place, table.path, label))
    missing = [cell for cell in table.cells if cell.path not in notes.values]
    for cell in missing:
        notes.values[cell.path] = Taken(None, place)
    if missing:
        named = "；".join(cell.label for cell in missing[:_NAMED])
        if len(missing) > _NAMED:
            named += "……"
        found = faults.missing_cells(place, len(missing), table.path, named)
        notes.findings.append(found)


def _outside(blocks: Sequence[Block], notes: Notes) -> None:
    lines = [
        Unplaced(words, block.place)
        for block in blocks
        for words in ([block.text] if isinstance(block, Paragraph) else _as_lines(block))
    ]
    if lines:
        notes.left_out.extend(lines)
        notes.findings.append(faults.left_out(lines[0].place, len(lines), lines[0].words))
