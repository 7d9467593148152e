"""Goes through a data file line by line, leaving out the texts below a bar."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from toolkit.sources.slips import values, wording
from toolkit.sources.slips.flow import Flow
from toolkit.sources.slips.signs import (
    BLANKS,
    BLOCK,
    DASHES,
    HEAD,
    OPENING,
    SHARPS,
    is_identifier,
    like_name,
    proper,
    quoted,
    without_remark,
)
from toolkit.sources.slips.slip import Edit, Slip, Words
from toolkit.sources.slips.values import Value

_LEAD = re.compile(f"[{BLANKS}]*")
_DASH = re.compile(r"-(?=[^\s\-\d.])")
_ASSIGNED = re.compile(r"(?P<key>[^\s=＝;；,，、。]{1,40})\s*[=＝;；,，、。]\s*(?P<rest>\S.*)\Z")
_SPACED = re.compile(r"(?P<key>[^\s=＝,，。]{1,40})[ \t]+(?P<rest>\S.*)\Z")

_FEW = 10
"""How many signs of what is too many are shown."""

Known = Callable[[str], bool]
"""Whether a word is a name that some form knows."""


def find(content: str, known: Known | None = None, *, failing: bool = True) -> list[Slip]:
    """Find the slips of a file.

    Args:
        content: the text, with line feeds.
        known: tells the names of the forms from other words.
        failing: YAML refuses the text; else only what it would read otherwise than meant.
    """
    scanner = _Scanner(content.split("\n"), known or is_identifier, failing)
    row = 0
    while row < len(scanner.lines):
        row = scanner.line(row)
    return sorted(scanner.slips, key=lambda slip: (slip.line, slip.column))


def _is_odd(head: re.Match[str]) -> bool:
    """Whether the first colon after a name is of the wrong width, or has no blank behind it."""
    return head["colon"] != ":" or head["rest"][:1] not in ("", " ", "\t")


@dataclass(slots=True)
class _Scanner:
    """Knows which names are open, and what stands behind the last one."""

    lines: list[str]
    known: Known
    failing: bool
    slips: list[Slip] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    """Indentations of the names that are open."""
    last: str = ""
    """Kind of the last value: ``open`` (none yet), ``plain``, ``text`` or ``closed``."""
    owner: str = ""
    """The last name."""
    dashes: set[int] = field(default_factory=set)

    def line(self, row: int) -> int:
        """Look at one line; return the row to go on with."""
        line = self.lines[row]
        lead = _LEAD.match(line)[0]  # type: ignore[index]  # matches anything
        body = line[len(lead) :]
        if not body or body[0] == "#" or (not lead and body.startswith(("---", "..."))):
            return row + 1
        if body.startswith(("? ", ": ")):  # a rare way to write names, and no slip
            self.last = "closed"
            return row + 1
        if body[0] == "%" and not lead:
            return self._stray(row, 0, 0)
        if body[0] in SHARPS:
            self._add(row, len(lead), wording.remark(body[0]), body[0], "#")
            return row + 1
        indent = len(lead)
        if lead.strip(" "):
            indent = self._odd_blanks(row, lead, body)
        return self._body(row, len(lead), indent, body)

    def _add(self, row: int, column: int, words: Words, old: str, new: str) -> None:
        edit = Edit(row + 1, column + 1, old, new)
        self.slips.append(Slip(row + 1, column + 1, words, (edit,), max(1, len(old))))

    def _odd_blanks(self, row: int, lead: str, body: str) -> int:
        """Mend tabs and full-width blanks before a line; return the indentation meant."""
        at = len(lead) - len(lead.lstrip(" "))
        width = sum(1 if blank == " " else 2 for blank in lead)
        indent = self._meant(width)
        self._add(row, 0, wording.indented_by(lead[at]), lead, " " * indent)
        self.slips[-1] = Slip(row + 1, at + 1, self.slips[-1].words, self.slips[-1].edits)
        return indent

    def _meant(self, width: int) -> int:
        if self.last == "open" and self.levels:
            return self.levels[-1] + 2
        return min(self.levels, key=lambda level: abs(level - width), default=0)

    def _body(self, row: int, column: int, indent: int, body: str) -> int:
        """Look at a line behind its indentation, and behind the dash of a list."""
        dashed = re.match(r"-[ \t]+(?=\S)|-\Z", body)
        if not dashed and self._is_entry(indent, body):
            sign = body[0]
            self._add(row, column, wording.dash(sign), sign, "- " if body[1:2] != " " else "-")
            column, body = column + 1, body[1:]
            skip = len(body) - len(body.lstrip(BLANKS))
            return self._entry(row, column + skip, indent, body[skip:])
        if dashed:
            skip = len(dashed[0])
            return self._entry(row, column + skip, indent, body[skip:], skip)
        return self._named(row, column, indent, body)

    def _is_entry(self, indent: int, body: str) -> bool:
        in_list = indent in self.dashes or (self.last == "open" and bool(self.levels))
        if not in_list or body.startswith("---"):
            return False
        return bool(_DASH.match(body)) or (body[0] in DASHES and self.failing)

    def _entry(self, row: int, column: int, indent: int, body: str, skip: int = 2) -> int:
        self.dashes.add(indent)
        while self.levels and self.levels[-1] > indent:
            self.levels.pop()
        self.last = "open"
        if not body or not proper(body):
            return self._value(row, column, indent, body) if body else row + 1
        self.levels.append(indent + skip)
        return self._named(row, column, indent + skip, body)

    def _named(self, row: int, column: int, indent: int, body: str) -> int:
        goes_on = self.last == "plain" and bool(self.levels) and indent > self.levels[-1]
        match, head = proper(body), HEAD.match(body)
        if match and not (head and _is_odd(head) and self._is_name(head["key"], sure=True)):
            return self._proper(row, column, indent, match)
        if head and self._is_slip(head, goes_on=goes_on):
            return self._colon(row, column, indent, head)
        if goes_on:
            return row + 1
        return self._nameless(row, column, indent, body)

    def _is_name(self, key: str, *, sure: bool) -> bool:
        key = key.strip().strip("\"'")
        return self.known(key) if sure else like_name(key)

    def _is_slip(self, head: re.Match[str], *, goes_on: bool) -> bool:
        """Whether a colon of the wrong width, or one without a blank, follows a name."""
        if head["colon"] == ":" and head["rest"].startswith("//"):
            return False
        in_text = goes_on or self.last in ("open", "text") or not self.failing
        sure = in_text if head["colon"] != ":" else True
        if sure and self.last == "open" and self.failing:
            sure = False
        return self._is_name(head["key"], sure=sure)

    def _colon(self, row: int, column: int, indent: int, head: re.Match[str]) -> int:
        key, sign, rest = head["key"].strip().strip("\"'"), head["colon"], head["rest"]
        at = column + head.start("colon")
        if sign != ":":
            blank = "" if not rest or rest[0] in " \t" else " "
            self._add(row, at, wording.colon(sign, key), sign, f":{blank}")
        elif rest[0] in BLANKS:
            self._add(row, at + 1, wording.no_blank(key, rest[0]), rest[0], " ")
        else:
            self._add(row, at, wording.no_blank(key), ":", ": ")
        self._level(row, column, indent)
        self.owner = key
        return self._behind(row, column + head.start("rest"), self.levels[-1], rest)

    def _proper(self, row: int, column: int, indent: int, match: re.Match[str]) -> int:
        if self.last == "text" and not self._is_name(match["key"], sure=False):
            return self._text_lines(row, self.levels[-1] if self.levels else 0)
        self._level(row, column, indent)
        self.owner = match["key"].strip("\"'")
        return self._behind(row, column + match.start("rest"), self.levels[-1], match["rest"])

    def _level(self, row: int, column: int, indent: int) -> None:
        """Bring the levels to a line's indentation, and tell one that fits none."""
        levels = self.levels
        if not levels or indent == levels[-1]:
            self.levels = levels or [indent]
        elif indent > levels[-1]:
            if self.last == "open":
                levels.append(indent)
            else:
                self._indented(row, column, indent, levels[-1])
        elif indent in levels:
            del levels[levels.index(indent) + 1 :]
        else:
            right = min(levels, key=lambda level: (abs(level - indent), -level))
            self._indented(row, column, indent, right)
            del levels[levels.index(right) + 1 :]

    def _indented(self, row: int, column: int, have: int, right: int) -> None:
        words = wording.indentation(have, right)
        if any(e.line == row + 1 and e.column == 1 for s in self.slips for e in s.edits):
            return
        edit = Edit(row + 1, 1, " " * have, " " * right)
        self.slips.append(Slip(row + 1, column + 1, words, (edit,)))

    def _behind(self, row: int, column: int, indent: int, rest: str) -> int:
        """Look at what stands behind a colon."""
        skip = len(rest) - len(rest.lstrip(" \t"))
        return self._value(row, column + skip, indent, rest[skip:].rstrip())

    def _value(self, row: int, column: int, indent: int, words: str) -> int:
        if not words or words.startswith("#"):
            self.last = "open"
            return row + 1
        if BLOCK.match(words):
            digit = re.search("[1-9]", words.partition("#")[0])
            return self._text(row + 1, indent, indent + int(digit[0]) if digit else 0)
        self.last = "closed"
        if words[0] in "{[" or (words[0] in OPENING and self._is_wide_flow(words)):
            return self._flow(row, column, indent, words)
        if words[0] in "\"'":
            found, end = values.in_quotes(Value(words, row, column), self.lines, indent)
            self.slips.extend(found)
            return end + 1
        self.last = "plain"
        slip = values.plain(Value(without_remark(words), row, column), failing=self.failing)
        if slip is None:
            return row + 1
        self.slips.append(slip)
        if slip.edits[0].new == "|":
            return self._text(row + 1, indent)
        return row + 1

    def _is_wide_flow(self, words: str) -> bool:
        if (words[0] in "【［" and not self.failing) or (words[0] == "【" and ":" in words):
            return False
        return re.search(r"[:：]|^[［【][\d，,\s]*[］】]", words) is not None

    def _flow(self, row: int, column: int, indent: int, words: str) -> int:
        flow = Flow(self.lines, row, column, indent)
        closed = flow.walk()
        end = self.lines[flow.row][flow.column :] if closed else ""
        after = without_remark(end).strip()
        if not after or flow.row != row:
            self.slips.extend(flow.slips)
        elif set(after) <= set("}]｝］,，;；。") or (words[0] in "{｛" and HEAD.match(words[1:])):
            self.slips.extend(flow.slips)
            at = flow.column + end.index(after)
            self._add(flow.row, at, wording.too_many(after[:_FEW]), after, "")
        else:
            whole = Value(without_remark(words), row, column)
            self.slips.append(whole.rewritten(wording.first_sign(words[0]), 0, quoted(whole.words)))
        return flow.row + 1

    def _text(self, row: int, indent: int, least: int = 0) -> int:
        """Go past the lines of a text, indented deeper than its name.

        Args:
            row: the first line below the bar.
            indent: that of the name.
            least: how deep the lines stand, where the bar says so itself.
        """
        self.last, first = "text", row
        while row < len(self.lines):
            line = self.lines[row]
            depth = len(line) - len(line.lstrip(" "))
            if not line.strip() or (least and depth >= least):
                row += 1
            elif depth > indent and not least:
                least = depth
                self._blank_lines(first, row, depth)
            elif depth > indent:
                self._indented(row, depth, depth, least)
                row += 1
            elif self._is_remark_in_text(row, indent):
                self._add(row, 0, wording.ends_text(line.strip()), line[:depth], " " * (indent + 2))
                row += 1
            elif self._is_of_text(line, indent):
                row = self._text_lines(row, indent)
            else:
                return row
        return row

    def _is_remark_in_text(self, row: int, indent: int) -> bool:
        """Whether a remark, or the end of a document, stands among the lines of a text."""
        below = self.lines[row + 1 :]
        rest = (line for line in below if line.strip() and line.lstrip()[0] != "#")
        following = next(rest, "")
        deep = len(following) - len(following.lstrip(" ")) > indent
        line = self.lines[row]
        ends = line.lstrip().startswith("#") or line.startswith(("---", "..."))
        return ends and deep and self.failing

    def _blank_lines(self, first: int, row: int, depth: int) -> None:
        """Report of empty lines above a text with more blanks than its first line."""
        for at in range(first, row):
            if len(self.lines[at]) > depth and not self.lines[at].strip(" ") and self.failing:
                self._add(at, 0, wording.blank_line(), self.lines[at], "")

    def _is_of_text(self, line: str, indent: int) -> bool:
        """Whether a line that is not indented still belongs to the text above."""
        body = line.lstrip(BLANKS)
        if body[0] in "#＃" or line.startswith(("---", "...")):
            return False
        if body.startswith("- ") and indent in self.dashes | {level - 2 for level in self.levels}:
            return not self.dashes
        head, match = HEAD.match(body), proper(body)
        if match and (self.known(match["key"].strip("\"'")) or like_name(match["key"])):
            return False
        return not (head and self._is_name(head["key"], sure=True))

    def _text_lines(self, row: int, indent: int) -> int:
        """Report the lines of a text that are not indented, once for each run of them."""
        first, edits, count = row, [], 0
        while row < len(self.lines):
            line = self.lines[row]
            if line.strip():
                if len(line) - len(line.lstrip(" ")) > indent or not self._is_of_text(line, indent):
                    break
                lead = len(line) - len(line.lstrip(" \t"))
                edits.append(Edit(row + 1, 1, line[:lead], " " * (indent + 2)))
                count += 1
            row += 1
        column = edits[0].old.count("\t") and 1
        words = wording.indented_by("\t") if column else wording.text_line(self.owner, count)
        self.slips.append(Slip(first + 1, column or 1, words, tuple(edits)))
        return row

    def _nameless(self, row: int, column: int, indent: int, body: str) -> int:
        """A line without a name: the first line of a text, or one that belongs nowhere."""
        is_below = self.last == "open" and bool(self.levels) and indent > self.levels[-1]
        if not self.failing:
            return self._below(row, column, body) if is_below else row + 1
        match = _ASSIGNED.match(body) or _SPACED.match(body)
        if match and (self.known(match["key"]) or (is_identifier(match["key"]) and indent == 0)):
            return self._without_colon(row, column, indent, body, match)
        if is_below:
            return self._below(row, column, body)
        if self.known(body):
            self._add(row, column + len(body), wording.no_colon(body), "", ":")
            self._level(row, column, indent)
            self.last, self.owner = "open", body
            return row + 1
        return self._stray(row, column, indent)

    def _without_colon(
        self, row: int, column: int, indent: int, body: str, match: re.Match[str]
    ) -> int:
        """A name with a blank or another sign in place of its colon."""
        key, at = match["key"], column + match.end("key")
        gap = body[match.end("key") : match.start("rest")]
        edit = Edit(row + 1, at + 1, gap, ": ")
        self.slips.append(Slip(row + 1, at + 1, wording.no_colon(key), (edit,)))
        self._level(row, column, indent)
        self.owner = key
        return self._behind(row, column + match.start("rest"), self.levels[-1], match["rest"])

    def _below(self, row: int, column: int, body: str) -> int:
        """The value of a name stands on the line below it."""
        if body[0] in "{[\"'":
            return self._value(row, column, self.levels[-1], body.rstrip())
        self.last = "plain"
        return row + 1

    def _stray(self, row: int, column: int, indent: int) -> int:
        """Lines that belong to the text of the last name, which has no bar."""
        base = self.levels[-1] if self.levels else 0
        if self.last in ("plain", "open") and self.owner:
            first, edits = row, []
            while row < len(self.lines) and (
                not self.lines[row].strip() or self._is_of_text(self.lines[row], base)
            ):
                if self.lines[row].strip():
                    lead = len(self.lines[row]) - len(self.lines[row].lstrip(" \t"))
                    edits.append(Edit(row + 1, 1, self.lines[row][:lead], " " * (base + 2)))
                row += 1
            if edits:
                words = wording.belongs_nowhere(self.owner)
                self.slips.append(Slip(first + 1, column + 1, words, tuple(edits)))
                return row
        edit = Edit(row + 1, column + 1, "", "# ")
        self.slips.append(Slip(row + 1, column + 1, wording.text_line("", 1), (edit,)))
        return max(row, 0) + 1
