"""The reports that are timed: the full-size example, with other numbers and texts each time."""

import random
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from itertools import count
from pathlib import Path

from toolkit import pipeline, resources
from toolkit.registry import Registry
from toolkit.render.request import RenderRequest
from toolkit.view.model import Cell, Paragraph, SectionView, TableView, View

REPORT = Path("plugins/heilongjiang/examples/full-size-2024.yaml")
Words = Callable[[int], str]
"""Number of a place, from 0 → what is printed there."""

_COMMON = [chr(code) for code in range(0x4E00, 0x5600)]
"""So many characters of texts change that fonts must be cut anew for each report."""


@lru_cache(maxsize=1)
def example() -> View:
    """Lay the example out, by the national templates."""
    return pipeline.view(pipeline.check(REPORT, Registry([]), pipeline.Demands()))


@lru_cache(maxsize=8)
def view(number: int) -> View:
    """Give the report of a number: its cells, and one in eleven characters, are its own."""
    chance = random.Random(number)  # noqa: S311  the same each time is what is wanted

    def changed(text: str) -> str:
        letters = list(text)
        for place in range(8, len(letters), 11):
            if "\u4e00" <= letters[place] <= "\u9fff":
                letters[place] = chance.choice(_COMMON)
        return "".join(letters)

    texts = [paragraph.text for part in example().sections for paragraph in part.paragraphs]
    return filled(lambda _place: str(chance.randrange(300)), lambda place: changed(texts[place]))


def filled(cell: Words, words: Words) -> View:
    """Put a text into each cell with a number and each paragraph of a section."""
    cells, places = count(), count()

    def shown(place: Cell) -> Cell:
        return replace(place, text=cell(next(cells))) if place.numeric else place

    def table(one: TableView) -> TableView:
        return replace(one, rows=tuple(tuple(map(shown, row)) for row in one.rows))

    def paragraph(one: Paragraph) -> Paragraph:
        return replace(one, text=words(next(places)))

    def section(one: SectionView) -> SectionView:
        return replace(
            one,
            paragraphs=tuple(map(paragraph, one.paragraphs)),
            tables=tuple(map(table, one.tables)),
        )

    return replace(example(), sections=tuple(map(section, example().sections)))


def contents(shown: View) -> tuple[list[str], list[str]]:
    """Give the texts of cells with numbers, and those of paragraphs, in order."""
    cells = [
        cell.text
        for part in shown.sections
        for table in part.tables
        for row in table.rows
        for cell in row
        if cell.numeric
    ]
    return cells, [paragraph.text for part in shown.sections for paragraph in part.paragraphs]


def request(number: int, template: str) -> RenderRequest:
    """Ask for the report of a number from a national template."""
    folder = resources.templates()
    return RenderRequest(view(number), (folder,), template, "benchmark")
