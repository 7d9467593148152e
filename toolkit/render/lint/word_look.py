"""How a Word template looks and what it carries along: styles, fonts, comments, links."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from lxml import etree

from toolkit.diagnostics import Finding
from toolkit.diagnostics.plugin_codes import miss
from toolkit.messages import text
from toolkit.render import package
from toolkit.render.docx.error_location import standing
from toolkit.render.docx.table import STYLES, TABLE_STYLE
from toolkit.render.lint.tags import placed
from toolkit.render.lint.word_tags import W, parse

_USES = (f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml\Z")
_OFFICE_FONTS = re.compile(
    r"方正|FZ|小标宋|黑体|SimHei|仿宋|FangSong|楷体|KaiTi|宋体|SimSun|等线|DengXian|微软雅黑|YaHei"
    r"|华文|ST[A-Z]|Times New Roman|Calibri|Cambria|Arial|Courier|Symbol|Wingdings"
    r"|Noto |Fandol|Source Han|思源|Liberation|文泉|WenQuanYi",
    re.IGNORECASE,
)
"""Faces that offices have with Word, WPS or Linux, or that come with nianbao."""


def look(raw: Mapping[str, bytes], file: str) -> Iterator[Finding]:
    """Find styles that are not defined, fonts nobody has, comments, changes, links outside."""
    styles = parse(raw["word/styles.xml"])
    known = {str(style.get(f"{W}styleId")) for style in styles.iter(f"{W}style")}
    for name, xml in raw.items():
        if _PARTS.match(name):
            root = parse(xml)
            yield from _styles(root, name, known, file)
        if name.endswith(".rels"):
            yield from _outside(xml, name, file)
    yield from _fonts(raw, file)
    if (
        "word/comments.xml" in raw
        and parse(raw["word/comments.xml"]).find(f"{W}comment") is not None
    ):
        message = text("the template has comments, which would be in every report")
        yield miss("P312", file, message, text("Delete them in Word (Review › Delete all)."))


def _styles(root: etree._Element, part: str, known: set[str], file: str) -> Iterator[Finding]:
    given = {*known, *STYLES, TABLE_STYLE}  # those of official tables are added when missing
    seen: set[str] = set()
    for use in root.iter(*_USES):
        style = str(use.get(f"{W}val"))
        if style in given or style in seen:
            continue
        seen.add(style)
        paragraph = next(use.iterancestors(f"{W}p", f"{W}tbl"), None)
        if paragraph is not None and paragraph.tag == f"{W}tbl":
            paragraph = paragraph.find(f".//{W}p")
        message = text("the style “{style}” is not defined", style=style)
        where = None if paragraph is None else standing(part, paragraph)
        near = get_close_matches(style, sorted(known), 1, 0.8)
        remedy = (
            text("Define it, or choose another; did you mean “{near}”?", near=near[0])
            if near
            else text("Define it in Word, or choose another style.")
        )
        yield miss("P501", file, placed(where, message), remedy)


def changes(data: bytes, file: str) -> Iterator[Finding]:
    """Find tracked changes in a file as it was saved; they are accepted before it is filled."""
    for name, xml in package.read(data).items():
        if name.startswith("word/") and name.endswith(".xml") and _CHANGE.search(xml):
            yield from _changes(parse(xml), name, file)


_CHANGE = re.compile(rb"[<:](?:ins|del|moveFrom|moveTo)\s")


def _changes(root: etree._Element, part: str, file: str) -> Iterator[Finding]:
    marks = ("ins", "del", "moveFrom", "moveTo")
    change = next(root.iter(*(f"{W}{name}" for name in marks)), None)
    if change is None:
        return
    paragraph = next(change.iterancestors(f"{W}p"), None)
    where = None if paragraph is None else standing(part, paragraph)
    message = text("the template has tracked changes")
    remedy = text("Accept them in Word (Review › Accept all), and stop tracking.")
    yield miss("P312", file, placed(where, message), remedy)


def _outside(xml: bytes, part: str, file: str) -> Iterator[Finding]:
    for relation in parse(xml):
        kind = str(relation.get("Type")).rpartition("/")[2]
        if relation.get("TargetMode") == "External" and kind != "hyperlink":
            message = text(
                "{part} asks for {target}, which is outside the file",
                part=part,
                target=relation.get("Target"),
            )
            remedy = text("Put the picture into the file; unlink the attached template.")
            yield miss("P503", file, message, remedy)


def _fonts(raw: Mapping[str, bytes], file: str) -> Iterator[Finding]:
    used: dict[str, str] = {}
    for part in raw:
        if part == "word/styles.xml" or _PARTS.match(part):
            for fonts in parse(raw[part]).iter(f"{W}rFonts"):
                for end in ("ascii", "hAnsi", "eastAsia"):
                    used.setdefault(fonts.get(f"{W}{end}") or "", part)
    for font in sorted(font for font in used if font and not _OFFICE_FONTS.search(font)):
        message = text("the font “{font}” is not among those offices have", font=font)
        remedy = text("Where it is missing Word takes another; choose 仿宋, 黑体, 楷体 or 宋体.")
        yield miss("P502", file, message, remedy)
