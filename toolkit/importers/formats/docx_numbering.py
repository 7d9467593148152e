"""The numbers that Word shows before paragraphs and does not write into their text."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from toolkit.importers.formats.archive import Archive
from toolkit.notation.numerals import ordinal

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "ideographDigital",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
    }
)
_MOST = 99

Element = etree._Element


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str


class Numbering:
    """Counts the numbered paragraphs of one document, in order."""

    def __init__(self, archive: Archive) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        root = archive.xml("word/numbering.xml")
        if root is not None:
            self._read(root)
        styles = archive.xml("word/styles.xml")
        self._styles = {} if styles is None else _numbered_styles(styles)

    def _read(self, root: Element) -> None:
        for abstract in root.iter(f"{W}abstractNum"):
            name = abstract.get(f"{W}abstractNumId") or ""
            self._levels[name] = {
                int(level.get(f"{W}ilvl") or 0): _level(level) for level in abstract.iter(f"{W}lvl")
            }
        for number in root.iter(f"{W}num"):
            link = number.find(f"{W}abstractNumId")
            if link is not None:
                self._abstract[number.get(f"{W}numId") or ""] = value(link)

    def of(self, paragraph: Element) -> str:
        """Return the number shown before a paragraph, and count it; nothing if it has none."""
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        number, depth = _numbers(properties)
        if not number and style is not None:
            number, depth = self._styles.get(value(style), ("", 0))
        abstract = self._abstract.get(number, "")
        levels = self._levels.get(abstract, {})
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        return _shown(levels, counts, depth)


def value(element: Element) -> str:
    """Return the ``w:val`` of an element."""
    return element.get(f"{W}val") or ""


def _numbers(properties: Element | None) -> tuple[str, int]:
    if properties is None:
        return "", 0
    number, level = properties.find(f"{W}numId"), properties.find(f"{W}ilvl")
    depth = "" if level is None else value(level)
    return ("" if number is None else value(number)), int(depth) if depth.isdecimal() else 0


def _numbered_styles(styles: Element) -> dict[str, tuple[str, int]]:
    found = {}
    for style in styles.iter(f"{W}style"):
        properties = style.find(f"{W}pPr/{W}numPr")
        if properties is not None:
            found[style.get(f"{W}styleId") or ""] = _numbers(properties)
    return found


def _level(level: Element) -> _Level:
    def of(name: str, otherwise: str) -> str:
        found = level.find(f"{W}{name}")
        return otherwise if found is None else value(found)

    start = of("start", "1")
    return _Level(
        int(start) if start.isdecimal() else 1, of("numFmt", "decimal"), of("lvlText", "")
    )


def _shown(levels: Mapping[int, _Level], counts: Mapping[int, int], depth: int) -> str:
    words = levels[depth].text
    if levels[depth].form in {"bullet", "none"}:
        return ""
    for other, level in levels.items():
        if f"%{other + 1}" in words:
            count = counts.get(other, level.start)
            words = words.replace(f"%{other + 1}", _worded(count, level.form))
    return words


def _worded(count: int, form: str) -> str:
    if form in _CHINESE and 0 < count <= _MOST:
        return ordinal(count)
    if form == "decimalEnclosedCircle" and 0 < count <= 20:
        return chr(0x245F + count)
    if form in {"lowerLetter", "upperLetter"} and 0 < count <= 26:
        letter = chr(ord("a") + count - 1)
        return letter if form == "lowerLetter" else letter.upper()
    return str(count)
