"""Signs that are typed for others, and the shapes of a line."""

import re

WIDE_COLONS = "：﹕︰∶"
BLANKS = " \t\u3000\u00a0\u2002\u2003\u2009\u202f"
WIDE_COMMAS = "，、；;﹐﹔"
BARS = "｜丨︱│∣"
DASHES = "－﹣–—·•●"
SHARPS = "＃﹟"
OPENING = {"｛": "{", "［": "[", "【": "[", "﹛": "{"}
CLOSING = {"｝": "}", "］": "]", "】": "]", "﹜": "}"}
PAIRS = {"{": "}", "[": "]"}
QUOTES = {"“": '"', "”": '"', "„": '"', "＂": '"', "「": '"', "」": '"', "‘": "'", "’": "'",
          "＇": "'"}  # fmt: skip
"""Full-width quotation marks → the half-width one that encloses a value."""

_LONGEST = 40
HEAD = re.compile(
    r"""(?P<key>"(?:[^"\\]|\\.)*"|'[^']*'|[^\s:：﹕︰∶"'{}\[\],#&*!|>%@`｛［][^:：﹕︰∶]*?)"""
    r"(?P<gap>[ \t\u3000\u00a0]*)(?P<colon>[:：﹕︰∶])(?P<rest>.*)\Z"
)
"""A name, the first colon of any width, and what follows."""
_PROPER = re.compile(
    r"""(?P<key>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'{}\[\],#&*!|>%@`](?:[^:#]|:(?=\S)|(?<!\s)#)*?)"""
    r"[ \t]*:(?P<rest>[ \t].*|)\Z"
)
"""A name with a colon as YAML wants it."""
_NO_NAME = re.compile("[，。；！？\n]")
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
BLOCK = re.compile(r"[|>](?:[+-]?[1-9]?|[1-9]?[+-]?)(?:\s+#.*)?\s*\Z")
"""The bar before a text, at the end of its line."""


def proper(body: str) -> re.Match[str] | None:
    """Match a line that begins with a name, a colon and a blank."""
    return _PROPER.match(body)


def like_name(key: str) -> bool:
    """Whether a word can be the name of a field: short, and no sentence."""
    return len(key) <= _LONGEST and not _NO_NAME.search(key) and not key.isdecimal()


def is_identifier(key: str) -> bool:
    """Whether a word looks like an English id."""
    return _IDENTIFIER.match(key) is not None


def without_remark(value: str) -> str:
    """Cut off a remark: a number sign after a blank."""
    match = re.search(r"(?:^|\s)#", value)
    return (value[: match.start()] if match else value).rstrip()


def quoted(value: str) -> str:
    """Put a value in quotation marks."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'
