"""Words that look otherwise than the text around them: docxtpl's RichText, as the schema has it."""

import re
from collections.abc import Mapping
from typing import Any

from docxtpl import RichText

from toolkit.messages import Text, text
from toolkit.render.docx.slots import Misplaced
from toolkit.render.docx.xml import clean, escaped

_ORDER = "rStyle rFonts b bCs i iCs strike color sz szCs highlight u shd vertAlign rtl lang".split()
"""Of the properties RichText writes, as CT_RPr has them (ISO/IEC 29500-1, A.1)."""
_PROPERTIES = re.compile(r"<w:rPr>(.*?)</w:rPr>")
_PROPERTY = re.compile(r"<w:(\w+)[^>]*/>")
_COLOUR = re.compile(r"#?[0-9A-Fa-f]{6}\Z")
_HIGHLIGHTS = frozenset(
    "black blue cyan green magenta red yellow white darkBlue darkCyan darkGreen darkMagenta "
    "darkRed darkYellow darkGray lightGray none".split()
)
_KNOWN = frozenset(
    "style color highlight size subscript superscript bold italic underline strike font rtl "
    "lang".split()
)


def look(words: object, **properties: Any) -> RichText:
    """Change how words look, by the properties that docxtpl's RichText has.

    Raises:
        Misplaced: a property is none, or its value would make the file unreadable for Word.
    """
    for name, value in properties.items():
        _see(name, value)
    return schema_ordered(RichText(clean(str(words)), **_escaped(properties)))


def schema_ordered(rich: RichText) -> RichText:
    """Put the properties of runs into the order of the schema."""
    rich.xml = _PROPERTIES.sub(_sorted, rich.xml)
    return rich


def _see(name: str, value: object) -> None:
    if name not in _KNOWN:
        raise Misplaced(
            text("look() has no “{name}”", name=name),
            text("There are: {names}.", names=", ".join(sorted(_KNOWN))),
        )
    words = str(value)
    good = {
        "color": bool(_COLOUR.match(words)),
        "highlight": words in _HIGHLIGHTS or bool(_COLOUR.match(words)),
        "size": words.isdecimal() and int(words) > 0,
    }
    if value and not good.get(name, True):
        raise Misplaced(_WRONG(name, words), _VALUES)


def _WRONG(name: str, value: str) -> Text:  # noqa: N802  a wording, made where it is needed
    return text("look() cannot take “{value}” as {name}", value=value, name=name)


_VALUES = text(
    "Write a colour as 'C00000', a size in half points (21 is 10.5 pt), a highlight as a colour "
    "or as 'yellow'."
)


def _escaped(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Escape what docxtpl writes into attributes as it is."""
    return {
        name: escaped(value) if isinstance(value, str) else value
        for name, value in properties.items()
    }


def _sorted(match: re.Match[str]) -> str:
    found = {one[1]: one[0] for one in _PROPERTY.finditer(match[1])}
    if (shade := found.pop("shd", None)) is not None:
        fill = shade.split('"')[1]
        name = "highlight" if fill in _HIGHLIGHTS else "shd"
        rest = f'w:val="{fill}"' if name == "highlight" else f'w:val="clear" w:fill="{fill}"'
        found[name] = f"<w:{name} {rest}/>"
    return f"<w:rPr>{''.join(found[name] for name in _ORDER if name in found)}</w:rPr>"
