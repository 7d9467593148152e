"""``{%- … -%}`` in Word: docxtpl joins paragraphs by it, and takes all between the texts away.

Beside words of the same text it means what it means in Jinja2: blanks go, words stay. In a tag
with a letter, which takes its whole paragraph, row or cell away, it means nothing.
"""

import re
from collections.abc import Iterator

_INSIDE_OPENING = re.compile(r"(?<={)(?:<[^>]*>)+(?=[{%#])|(?<=[%}#])(?:<[^>]*>)+(?=})", re.DOTALL)
_TAG = re.compile(r"{%(?:(?!%}).)*|{#(?:(?!#}).)*|{{(?:(?!}}).)*", re.DOTALL)
_LETTERED = re.compile(
    r"\{([{%#])(tr|tc|p|r)(?:-\s*|\s+)((?:(?!\{[{%#]|[}%#]\}).)*?)-?([}%#])\}", re.DOTALL
)
_BETWEEN_TEXTS = re.compile(r"</w:t>.*?<w:t(?: [^>]*)?>", re.DOTALL)
_WORDS_BEFORE = re.compile(r"(?<=[^<>\s])[ \t]*\{%-(?=\s)")
_WORDS_BEHIND = re.compile(r"-%\}[ \t]*(?=[^<>\s])(?!\{[%{])")
_GAP_BEFORE = re.compile(r"</w:t>((?:(?!</w:t>).)*?)(\{%-.*?%\})", re.DOTALL)
_GAP_BEHIND = re.compile(
    r"(\{%(?:(?!%\}).)*-%\})((?:(?!<w:t[ >]|\{%|\{\{).)*?)<w:t[^>]*?>", re.DOTALL
)
_CONTENT = re.compile(
    r"<(?:w:(drawing|pict|object|br|tab|sym|fldChar|fldSimple|sectPr|footnoteReference|tc|tbl)"
    r"|m:(oMath))\b"
)


def kept(xml: str) -> str:
    """Write a part so that docxtpl deletes no words beside such a tag."""
    if "{" not in xml:
        return xml
    whole = joined(xml)
    lettered = _LETTERED.sub(r"{\1\2 \3\4}", whole)
    if "{%-" not in lettered and "-%}" not in lettered:
        return xml if lettered == whole else lettered
    whole = lettered
    return _WORDS_BEHIND.sub("%}", _WORDS_BEFORE.sub("{%", whole))


def joined(xml: str) -> str:
    """Join the pieces that Word keeps a tag in, as docxtpl does."""
    xml = _INSIDE_OPENING.sub("", xml)
    return _TAG.sub(lambda match: _BETWEEN_TEXTS.sub("", match[0]), xml)


def losses(xml: str) -> Iterator[tuple[str, str]]:
    """Yield each tag that takes more away than the end of a paragraph: the tag, the element."""
    whole = kept(xml)
    for pattern, gap, tag in ((_GAP_BEFORE, 1, 2), (_GAP_BEHIND, 2, 1)):
        for match in pattern.finditer(whole):
            content = _CONTENT.search(match[gap])
            if content is not None:
                yield match[tag], content[1] or content[2]
