"""What stands behind a colon on its line: which beginnings and signs a value may not have."""

import re
from dataclasses import dataclass

from toolkit.sources.slips import wording
from toolkit.sources.slips.signs import BARS, QUOTES, like_name, proper, quoted, without_remark
from toolkit.sources.slips.slip import Edit, Slip, Words

_ROUND = "(（【"
_FIRST = "@`%*&!>|,]}"
_REFERENCE = re.compile(r"[&*!][A-Za-z0-9!]")
"""An anchor, an alias or a tag, which have a finding of their own."""
_ESCAPE = re.compile(r"\\(?![0abtnvfre \"/\\N_LPx]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\t).?")
_SEVERAL = re.compile(r"\S{1,40}: *[^,，:：]*(?:[,，] *\S{1,40}: *[^,，:：]*)+\Z")


@dataclass(frozen=True, slots=True)
class Value:
    """A value on its line; row and column count from 0."""

    words: str
    row: int
    column: int

    def slip(self, words: Words, at: int, old: str, new: str) -> Slip:
        """Make a slip at an offset in the value."""
        column = self.column + at + 1
        return Slip(self.row + 1, column, words, (Edit(self.row + 1, column, old, new),),
                    max(1, len(old)))  # fmt: skip

    def rewritten(self, words: Words, at: int, new: str) -> Slip:
        """Make a slip at an offset that is mended by writing the whole value anew."""
        edit = Edit(self.row + 1, self.column + 1, self.words, new)
        return Slip(self.row + 1, self.column + at + 1, words, (edit,))


def plain(value: Value, *, failing: bool) -> Slip | None:
    """Look at a value without quotes.

    Args:
        value: without the remark behind it.
        failing: YAML refuses the file, so that signs with a meaning may be why.
    """
    words = value.words
    if words in BARS and words:
        return value.slip(wording.bar(words), 0, words, "|")
    if not failing or not words:
        return None
    if words[0] == "|" and not words.startswith(("||", "|-", "|+")):
        return value.rewritten(wording.after_bar(), 0, "|")
    if words[0] in _ROUND and words[-1] in ")）】" and _SEVERAL.match(words[1:-1]):
        return value.rewritten(wording.bracket(words[0], "{"), 0, "{" + words[1:-1] + "}")
    if words[0] in _FIRST and not _REFERENCE.match(words):
        return value.rewritten(wording.first_sign(words[0]), 0, quoted(words))
    at = next((m.start() for m in re.finditer(r":(?=\s|$)", words)), -1)
    if at < 0:
        return None
    if words[0] in QUOTES and words[-1] in QUOTES:
        right = QUOTES[words[0]]
        return value.rewritten(wording.quote_mark(words[0], right), 0, quoted(words[1:-1]))
    if _SEVERAL.match(words):
        return value.rewritten(wording.no_braces(), 0, "{" + words + "}")
    return value.rewritten(wording.colon_inside(), at, quoted(words))


def in_quotes(value: Value, lines: list[str], indent: int) -> tuple[list[Slip], int]:
    """Look at a value that begins with a quotation mark.

    Args:
        value: from the mark to the end of its line.
        lines: the whole file.
        indent: that of the line.

    Returns:
        The slips, and the row the value ends in.
    """
    sign = value.words[0]
    end = _closing(value.words, 1, sign)
    if end >= 0:
        return list(_closed(value, end)), value.row
    row = value.row + 1
    while row < len(lines):
        body = lines[row].strip()
        head = proper(body)
        if head and like_name(head["key"]) and _indent(lines[row]) <= indent:
            break
        if _closing(lines[row], 0, sign) >= 0:
            return [], row
        row += 1
    return [_unclosed(value, sign)], value.row


def _closing(words: str, start: int, sign: str) -> int:
    """Find where a quotation mark closes; -1 if not in these words."""
    pattern = r'(?:[^"\\]|\\.)*"' if sign == '"' else r"(?:[^']|'')*'(?!')"
    match = re.compile(pattern).match(words, start)
    return match.end() if match else -1


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _closed(value: Value, end: int) -> list[Slip]:
    inside, after = value.words[:end], value.words[end:]
    left = without_remark(after).strip() if after[:1] in ("", " ", "\t") else after.strip()
    if left:
        whole = without_remark(value.words)
        return [Value(whole, value.row, value.column).rewritten(
            wording.after_quote(), end, quoted(whole))]  # fmt: skip
    if inside[0] != '"':
        return []
    wrong = [m for m in _ESCAPE.finditer(inside) if m.start()]
    return [value.slip(wording.backslash(m[0]), m.start(), "\\", "\\\\") for m in wrong]


def _unclosed(value: Value, sign: str) -> Slip:
    words = without_remark(value.words)
    last = words[-1:]
    if len(words) > 1 and QUOTES.get(last) == sign:
        return value.slip(wording.quote_mark(last, sign), len(words) - 1, last, sign)
    edit = Edit(value.row + 1, value.column + len(words) + 1, "", sign)
    return Slip(value.row + 1, value.column + 1, wording.quote_open(sign), (edit,))
