"""Title, office, year, region and date: what stands around the six sections."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from toolkit.forms import titles
from toolkit.forms.model import Form
from toolkit.importers import faults
from toolkit.importers.blocks import Block, Paragraph
from toolkit.importers.labels import half_width
from toolkit.importers.reading import Notes
from toolkit.notation.dates import read_date

_ORGANS = "局|委|委员会|办公室|政府|厅|办事处|管委会|中心|院|处|站|所|队|大队|支队"
_IN_TEXT = re.compile(
    rf"(20\d\d)年(?:度)?([\u4e00-\u9fff]{{2,30}}?(?:{_ORGANS}))(?:政务|政府信息|政府门户|认真|严格|全面|坚持|深入|按照|贯彻)"
)
_YEAR_IN_TEXT = re.compile(r"(20\d\d)年度")
_ORGAN_AT_START = re.compile(rf"^([\u4e00-\u9fff]{{2,30}}?(?:{_ORGANS}))(?:20\d\d年)")
_REGION = re.compile(
    r"^((?:[\u4e00-\u9fff]{2,8}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,10}?(?:市|自治州|地区|盟))?"
    r"(?:[\u4e00-\u9fff]{1,10}?(?:县|区|旗|市))?)"
)
_DATE = re.compile(r"(20\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_HAN_DATE = re.compile(
    r"(二[〇○零oO0]二?[〇○零一二三四五六七八九]{1,2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_PUBLISHED = re.compile(
    r"(?:发布|公开|生成|印发|成文)(?:日期|时间)\s*[::]?\s*(20\d\d\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2})"
)
_ZERO = str.maketrans("oO0", "〇〇〇")
"""What scans read for 〇."""
_PLACE_ONLY = re.compile(r"[\u4e00-\u9fff]{2,20}(?:省|市|县|区|州|旗|盟|镇|乡|人民政府|委员会)")
_LONGEST_TITLE = 100
_LONGEST_OFFICE = 40


def read_title(head: Sequence[Block], form: Form, notes: Notes) -> Paragraph | None:
    """Take office, year and title from the title line; give the last paragraph it stands in."""
    lines = [block for block in head if isinstance(block, Paragraph)]
    found = [parts for parts in _candidates(lines) if _title(_joined(parts), form)]
    if not found:
        return None
    parts = next((p for p in found if p[-1].title), found[0])
    words = _joined(parts)
    match = _title(words, form)
    if match is None:
        return None
    place, office = parts[0].place, match["office"].strip()
    notes.text(("organization", "name"), office, place)
    notes.value(("year",), int(match["year"]), place, words)
    if form.title.format(organization=office, year=match["year"]) != words:
        notes.text(("title",), words, place)
    return parts[-1]


def _candidates(lines: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    """Yield single lines, then two and three together, since a title may be broken.

    A line that ends like a place belongs to the office named in the next.
    """
    for length in (1, 2, 3):
        for start in range(len(lines) - length + 1):
            parts = list(lines[start : start + length])
            if start and _PLACE_ONLY.fullmatch(_tidy(lines[start - 1].text)):
                parts.insert(0, lines[start - 1])
            yield parts


def _joined(parts: Sequence[Paragraph]) -> str:
    return "".join(_tidy(part.text) for part in parts)


def _tidy(words: str) -> str:
    return re.sub(r"\s+", "", words)


def _title(words: str, form: Form) -> re.Match[str] | None:
    """Read a line by the titles of the form, office and year in either order."""
    if len(words) > _LONGEST_TITLE:
        return None
    plain = half_width(words)
    known = tuple(_tidy(half_width(title)) for title in (form.title, *form.title_variants))
    read = (pattern.fullmatch(plain) for pattern in titles.patterns(known))
    match = next((found for found in read if found), None)
    if (
        match is None
        or len(match["office"]) > _LONGEST_OFFICE
        or re.search(r"[。,;:《]", match["office"])
    ):
        return None
    return match


def infer(texts: Sequence[Paragraph], form: Form, notes: Notes) -> None:
    """Where no title stood, take office and year from the running text, and say so."""
    for line in texts:
        match = _IN_TEXT.search(line.text)
        if match is not None:
            _inferred(notes, ("year",), int(match[1]), line)
            _inferred(notes, ("organization", "name"), match[2], line)
    for line in texts:
        if (match := _YEAR_IN_TEXT.search(line.text)) is not None:
            _inferred(notes, ("year",), int(match[1]), line)
    for path in (("year",), ("organization", "name")):
        if path not in notes.values:
            notes.findings.append(faults.not_found(texts[0].place, _label(form, path), path))


def _label(form: Form, path: tuple[str, ...]) -> str:
    found = form.key(path)
    return found.label if found else ".".join(path)


def _inferred(notes: Notes, path: tuple[str, ...], value: object, line: Paragraph) -> None:
    if path not in notes.values:
        notes.value(path, value, line.place, str(value))
        label = _label(notes.form, path)
        notes.findings.append(faults.inferred(line.place, label, value, path))


def read_region(notes: Notes) -> None:
    """Take the region from the office's full name, if that begins with one of two levels."""
    office = notes.values.get(("organization", "name"))
    match = _REGION.match(str(office.value)) if office else None
    if office and match and len(re.findall("[省市县区旗州盟]", match[1])) > 1:
        notes.text(("organization", "region"), match[1], office.place)


def read_signature(body: list[Block], notes: Notes) -> list[Block]:
    """Take date and office from the end of the last section; give the section without them."""
    lines = [index for index, block in enumerate(body) if isinstance(block, Paragraph)][-4:]
    for index in lines:
        block = body[index]
        words = _tidy(half_width(block.text)) if isinstance(block, Paragraph) else ""
        found = find_date(words)
        office = notes.values.get(("organization", "name"))
        rest = _without_date(words)
        if found is None or (rest and not (office and str(office.value) in rest)):
            continue
        notes.text(("issued",), found.isoformat(), block.place)
        signed = index - 1 in lines and _is_office(body[index - 1], office and office.value)
        return [b for n, b in enumerate(body) if n != index and not (signed and n == index - 1)]
    return body


def _is_office(block: Block, office: object) -> bool:
    words = _tidy(half_width(block.text)) if isinstance(block, Paragraph) else ""
    ending = re.fullmatch(rf"[\u4e00-\u9fff]{{2,40}}(?:{_ORGANS})", words) is not None
    return bool(words) and (words == office or ending)


def _without_date(words: str) -> str:
    return _HAN_DATE.sub("", _DATE.sub("", words))


def read_published(head: Sequence[Block], notes: Notes) -> None:
    """Take the date of publication from the lines around the title, if no signature gave one."""
    if ("issued",) in notes.values:
        return
    for block in head:
        if isinstance(block, Paragraph) and (match := _PUBLISHED.search(half_width(block.text))):
            found = find_date(match[1])
            if found:
                notes.text(("issued",), found.isoformat(), block.place)
                return


def find_date(words: str) -> date | None:
    """Find a date in a line: ``2023年1月20日``, ``2023-01-20``, ``二〇二三年一月二十日``."""
    if match := _DATE.search(words):
        return read_date("-".join(match.groups()))
    spoken = _HAN_DATE.search(words)
    return read_date(spoken[0].translate(_ZERO)) if spoken else None
