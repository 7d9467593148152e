"""Safe repairs in a data file: what can be mended without asking, and nothing else.

Each repair replaces a few characters where they stand, so comments, order and layout of the
file stay as they are.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from toolkit.forms import Form, Path
from toolkit.report import Report
from toolkit.rules.general.wording import FULL_WIDTH, HALF_WIDTH
from toolkit.rules.passage import Passage
from toolkit.rules.sum_faults import broken_sums
from toolkit.sources import Source, slips
from toolkit.sources.locate import Locator
from toolkit.validation import Record

_WIDE = str.maketrans(",;:?!", "，；：？！")
_PLAIN = {code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF1A)}
_QUOTED = (('"', '"'), ("'", "'"))
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """One replacement: ``at`` is an offset in the text of the file."""

    at: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """A mended file: its text, its bytes with the old line ends, and what was replaced."""

    text: str
    data: bytes
    edits: tuple[Edit, ...]


def repair(record: Record, form: Form, source: Source, report: Report | None = None) -> Repaired:
    """Mend what is safe to mend, whatever else is wrong with the file.

    Half-width punctuation between Chinese characters, full-width digits in texts, numbers that
    are not written plainly, and a stated total that alone explains several broken sums. A total
    that only one sum speaks of is left alone, since its parts may be at fault as well; without a
    report no sum is looked at. A spreadsheet and a file that is not UTF-8 come back as they were.
    """
    if not source.text or not _is_utf8(source.data):
        return Repaired(source.text, source.data, ())
    locator = Locator(source.text)
    totals = _totals(report, locator) if report else ()
    found = [*_in_texts(record, form, locator), *_in_numbers(record, locator), *totals]
    edits = tuple(sorted({e for e in found if source.text.startswith(e.old, e.at)}))
    text = source.text
    for edit in reversed(edits):
        text = text[: edit.at] + edit.new + text[edit.at + len(edit.old) :]
    return Repaired(text, as_bytes(text, source.data) if edits else source.data, edits)


def without_slips(text: str, known: Callable[[str], bool]) -> str:
    """Return a YAML text with the slips mended that are a sign of the wrong width, no more."""
    found = [slip for slip in slips.find(text, known) if slip.is_safe]
    return slips.mended(text, found)[0] if found else text


def _in_texts(record: Record, form: Form, locator: Locator) -> Iterator[Edit]:
    for passage in _passages(record, form):
        start = record.place(passage.path).value
        for at, character in _characters(passage):
            offset = locator.offset(start, passage.text, at)
            if offset is not None:
                yield Edit(offset, character, character.translate(_WIDE).translate(_PLAIN))


def _passages(record: Record, form: Form) -> Iterator[Passage]:
    for key in form.keys:
        value = record.at((key.id,)) if key.holds.shape == "text" else None
        words = "\n\n".join(map(str, value)) if isinstance(value, list) else value
        if isinstance(words, str) and words.strip():
            yield Passage((key.id,), words)


def _characters(passage: Passage) -> Iterator[tuple[int, str]]:
    for pattern in (HALF_WIDTH, FULL_WIDTH):
        for match in pattern.finditer(passage.text):
            for at in range(match.start(), match.end()):
                yield at, passage.text[at]


def _in_numbers(record: Record, locator: Locator) -> Iterator[Edit]:
    for path in record.loose:
        value = record.at(path)
        if isinstance(value, int | Decimal):
            plain = f"{value:f}" if isinstance(value, Decimal) else str(value)
            yield from _scalar(record, locator, path, plain)


def _totals(report: Report, locator: Locator) -> Iterator[Edit]:
    for group in broken_sums(report):
        if len(group.cells) != 1 or len(group.broken) < 2:
            continue
        path, value = group.cells[0]
        if report.form.cell_at[path].derived and path in report.stated:
            yield from _scalar(report.record, locator, path, str(value))


def _scalar(record: Record, locator: Locator, path: Path, new: str) -> Iterator[Edit]:
    """Replace a whole value, with the quotes around it."""
    place = record.place(path)
    offset = locator.offset(place.value, place.raw, 0)
    if offset is None or not place.raw:
        return
    end = offset + len(place.raw)
    quotes = (locator.content[offset - 1 : offset], locator.content[end : end + 1])
    around = quotes[0] if quotes in _QUOTED else ""
    yield Edit(offset - len(around), f"{around}{place.raw}{around}", new)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def as_bytes(text: str, before: bytes) -> bytes:
    """Encode with the byte order mark and the line ends the file had."""
    ends = b"\r\n" if b"\r\n" in before else b"\r" if b"\r" in before else b"\n"
    data = text.encode("utf-8").replace(b"\n", ends)
    return _MARK + data if before.startswith(_MARK) else data
