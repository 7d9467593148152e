"""Reading documents back: paragraphs and table cells of DOCX, PDF and HTML."""

import importlib
import re
from dataclasses import dataclass
from functools import cached_property
from html import unescape

from toolkit.importers.blocks import Block, Grid
from toolkit.importers.read import SUFFIXES

_DROPPED = re.compile(r"<(style|script|head)\b.*?</\1>", re.DOTALL)


@dataclass(frozen=True)
class Made:
    """A document that was made. ``format`` is docx, pdf, html …, ``data`` the whole file."""

    format: str
    data: bytes

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Paragraphs and tables in reading order."""
        suffix = ".html" if self.format.startswith("html") else f".{self.format}"
        reader = importlib.import_module(f"toolkit.importers.formats.{SUFFIXES[suffix]}")
        blocks: tuple[Block, ...] = reader.read(self.data, f"made{suffix}").blocks
        return blocks

    @property
    def paragraphs(self) -> list[str]:
        """Text of the paragraphs, headings among them; tables left out."""
        return [block.text for block in self.blocks if not isinstance(block, Grid)]

    @property
    def tables(self) -> list[list[list[str]]]:
        """Tables → rows → texts; a cell that spans several places is in each of them."""
        return [_cells(block) for block in self.blocks if isinstance(block, Grid)]

    @property
    def text(self) -> str:
        """Everything, a line for each paragraph and each cell."""
        cells = (cell for table in self.tables for row in table for cell in row)
        return "\n".join((*self.paragraphs, *cells))


def _cells(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row for _ in cell.columns] for row in grid.rows()]


def words_of(format_: str, data: bytes) -> str:
    """All words of a document, quickly: for looking whether something is in it."""
    if format_.startswith("html"):
        return unescape(re.sub(r"<[^>]*>", " ", _DROPPED.sub(" ", data.decode())))
    if format_ == "docx":
        package = importlib.import_module("toolkit.render.package").read(data)
        parts = [xml.decode() for name, xml in package.items() if _TEXT.match(name)]
        joined = re.sub(r"</w:(?:p|tc)>", " ", " ".join(parts))
        return unescape(re.sub(r"<[^>]*>", "", joined))
    return Made(format_, data).text


_TEXT = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml\Z")
