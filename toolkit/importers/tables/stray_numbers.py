"""Numbers of a table that a text dump left among the paragraphs of a narrative."""

from collections.abc import Sequence

from toolkit.forms.model import Form
from toolkit.importers import numbers
from toolkit.importers.blocks import Block, Paragraph
from toolkit.importers.labels import Likeness, key
from toolkit.importers.tables.rows import Labels


def parted(body: Sequence[Block], form: Form) -> tuple[list[Block], list[Paragraph]]:
    """Part a narrative from lines that can only be a table's.

    A program that writes a page as text may put the last column of a table behind the next
    heading. Lines that hold nothing but numbers are no narrative, nor are labels of the form
    that stand among them.

    Returns:
        The narrative, and the lines of tables.
    """
    labels = Labels(form)
    kept: list[Block] = []
    strays: list[Paragraph] = []
    run: list[Paragraph] = []
    for block in [*body, None]:
        if isinstance(block, Paragraph) and block.layouts and _may_be_table(block.text, labels):
            run.append(block)
            continue
        (strays if any(_is_numbers(line.text) for line in run) else kept).extend(run)
        run = []
        if block is not None:
            kept.append(block)
    return kept, strays


def _may_be_table(words: str, labels: Labels) -> bool:
    return _is_numbers(words) or _is_label(words, labels)


def _is_numbers(words: str) -> bool:
    parts = words.split()
    return bool(parts) and all(numbers.read(part).kind == "number" for part in parts)


def _is_label(words: str, labels: Labels) -> bool:
    found = labels.row(words) if key(words) else None
    exact = found is not None and found.likeness is Likeness.EXACT
    return exact or labels.is_exact(words)
