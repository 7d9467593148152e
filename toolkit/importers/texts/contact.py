"""Whom to ask: the block that stands at the end of some reports."""

import re

from toolkit.forms.model import Key
from toolkit.importers.blocks import Block, Paragraph
from toolkit.importers.labels import half_width, key
from toolkit.importers.reading import Notes

_LINE = re.compile(r"(?P<label>[^::]{2,8}?)\s*[:：]\s*(?P<words>.+)")
_MOST = 8


def read_contact(body: list[Block], notes: Notes) -> list[Block]:
    """Take the block of contact from the end of the last section; give the rest.

    It must have its heading (联系方式), and each line below a label of the form; else it is
    text like any other.
    """
    group = notes.form.key(("contact",))
    starts = [i for i, block in enumerate(body) if group and _is_heading(block, group)]
    if group is None or not starts or not 0 < len(body) - starts[-1] - 1 <= _MOST:
        return body
    found: list[tuple[Key, str, Paragraph]] = []
    for block in body[starts[-1] + 1 :]:
        match = _LINE.fullmatch(block.text) if isinstance(block, Paragraph) else None
        field = _field(match["label"], group) if match else None
        if match is None or field is None or not isinstance(block, Paragraph):
            return body
        found.append((field, match["words"].strip(), block))
    for field, words, block in found:
        notes.text((group.id, field.id), words, block.place)
    return body[: starts[-1]]


def _is_heading(block: Block, group: Key) -> bool:
    words = half_width(block.text) if isinstance(block, Paragraph) else ""
    return bool(words) and len(words) < 2 * _MOST and key(words) == key(group.label)


def _field(label: str, group: Key) -> Key | None:
    mine = key(label)
    fitting = (f for f in group.keys if mine in {key(name) for name in (f.label, *f.variants)})
    return next(fitting, None)
