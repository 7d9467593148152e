"""Values between braces or brackets: which signs separate, open and close them."""

import re
from dataclasses import dataclass, field

from toolkit.sources.slips import wording
from toolkit.sources.slips.signs import (
    BLANKS,
    CLOSING,
    OPENING,
    PAIRS,
    WIDE_COLONS,
    WIDE_COMMAS,
    like_name,
    proper,
)
from toolkit.sources.slips.slip import Edit, Slip, Words

_NEXT_KEY = re.compile(r"""\s*(?:"[^"]*"|'[^']*'|[^\s,:：，；、;{}\[\]]{1,40})\s*[:：﹕︰∶]""")
_ALONE = re.compile(r"\d+\s*(?=[,}])")
_NUMBER = re.compile(r"[-+\d.]+")
_THREE = re.compile(r"\d{3}(?!\d)(?!\s*[:：])")
_WORD_BEFORE_KEY = re.compile(r"(.*\S)(\s+)(\S{1,40})\Z", re.DOTALL)


@dataclass(slots=True)
class _Open:
    """A brace or bracket that is open; ``key`` tells that a name has had its colon."""

    sign: str
    row: int
    column: int
    has_key: bool = False
    start: tuple[int, int] = (0, 0)
    """Where the word that is being read begins."""
    spaced: bool = False
    """Whether a comma in it was followed by a blank."""


@dataclass(slots=True)
class Flow:
    """Walks from an opening sign to where it closes; rows and columns count from 0."""

    lines: list[str]
    row: int
    column: int
    indent: int
    slips: list[Slip] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)

    def walk(self) -> bool:
        """Go on until everything is closed; False when the text ends before."""
        while self.row < len(self.lines):
            line = self.lines[self.row]
            while self.column < len(line):
                self._sign(line, line[self.column])
                if not self._open:
                    return True
            if not self._next_row():
                return False
        return False

    def _next_row(self) -> bool:
        """Go to the next line; not where it begins with a name of its own."""
        follows = next(
            (r for r in range(self.row + 1, len(self.lines)) if self.lines[r].strip()), 0
        )
        body = self.lines[follows].lstrip(" ") if follows else ""
        is_outside = len(self.lines[follows]) - len(body) <= self.indent
        if not follows or (is_outside and body[0] not in "}]"):
            self._unclosed()
            return False
        if self._open[-1].sign == "{" and is_outside and proper(body):
            self._unclosed()
            return False
        self.row, self.column = follows, 0
        return True

    def _unclosed(self) -> None:
        first = self._open[0]
        closing = "".join(PAIRS[one.sign] for one in reversed(self._open))
        line = self.lines[self.row].rstrip()
        match = re.search(r"\s+#", line)
        end = match.start() if match else len(line)
        edit = Edit(self.row + 1, end + 1, "", closing)
        words = wording.unclosed(first.sign, PAIRS[first.sign])
        self.slips.append(Slip(first.row + 1, first.column + 1, words, (edit,)))
        self._open.clear()

    def _slip(self, words: Words, column: int, old: str, new: str) -> None:
        edit = Edit(self.row + 1, column + 1, old, new)
        self.slips.append(Slip(self.row + 1, column + 1, words, (edit,), max(1, len(old))))

    def _sign(self, line: str, sign: str) -> None:
        at_start = not self._open or not self._word(line).strip(BLANKS)
        if sign in PAIRS or (sign in OPENING and at_start):
            self._opens(sign)
        elif sign in PAIRS.values() or (sign in CLOSING and self._open):
            self._closes(sign)
        elif sign in "\"'" and at_start:
            self._quote(line, sign)
            return
        elif sign == "#" and self.column and line[self.column - 1] in " \t":
            self.column = len(line)
            return
        elif sign == ",":
            self._comma(line)
        elif sign in WIDE_COMMAS:
            self._wide_comma(line, sign)
        elif sign == ":" or sign in WIDE_COLONS:
            self._colon(line, sign)
        self.column += 1

    def _word(self, line: str) -> str:
        top = self._open[-1]
        return line[top.start[1] if top.start[0] == self.row else 0 : self.column]

    def _begin_word(self, top: _Open, column: int, *, has_key: bool) -> None:
        top.start, top.has_key = (self.row, column), has_key

    def _opens(self, sign: str) -> None:
        right = OPENING.get(sign, sign)
        if sign != right:
            self._slip(wording.bracket(sign, right), self.column, sign, right)
        self._open.append(_Open(right, self.row, self.column, start=(self.row, self.column + 1)))

    def _closes(self, sign: str) -> None:
        top = self._open.pop()
        right = PAIRS[top.sign]
        if sign != right:
            self._slip(wording.bracket(sign, right), self.column, sign, right)
        if self._open:
            self._begin_word(self._open[-1], self.column + 1, has_key=self._open[-1].has_key)

    def _quote(self, line: str, sign: str) -> None:
        end = line.find(sign, self.column + 1)
        if end < 0:
            rest = re.match(r"[^,，}\]]*", line[self.column + 1 :])
            end = self.column + 1 + (rest.end() if rest else 0)
            edit = Edit(self.row + 1, end + 1, "", sign)
            words = wording.quote_open(sign)
            self.slips.append(Slip(self.row + 1, self.column + 1, words, (edit,)))
            end -= 1
        self.column = end + 1

    def _comma(self, line: str) -> None:
        top, word = self._open[-1], self._word(line).strip()
        after = line[self.column + 1 :]
        if not word and self._before(line) in ",{[":
            self._slip(wording.two_commas(), self.column, ",", "")
        elif self._is_thousands(line, word, top, after):
            whole = re.match(r"[\d,]+", line[self.column - len(word) :])
            written = whole[0].rstrip(",") if whole else word
            words = wording.thousands(written, written.replace(",", ""))
            self._slip(words, self.column, ",", "")
            return
        elif top.sign == "{" and top.has_key and _ALONE.match(after) and word.isdecimal():
            self._slip(wording.comma_inside(), self.column, ",", "")
            return
        top.spaced = top.spaced or after[:1] == " "
        self._begin_word(top, self.column + 1, has_key=False)

    def _before(self, line: str) -> str:
        return line[: self.column].rstrip()[-1:] or " "

    def _is_thousands(self, line: str, word: str, top: _Open, after: str) -> bool:
        if not _THREE.match(after) or not re.fullmatch(r"\d{1,3}(,\d{3})*", word):
            return False
        if top.sign == "{":
            return top.has_key
        return top.spaced or ", " in after.partition("]")[0]

    def _wide_comma(self, line: str, sign: str) -> None:
        top, after = self._open[-1], line[self.column + 1 :]
        word = self._word(line).strip()
        if top.sign == "{":
            separates = bool(_NEXT_KEY.match(after)) or not after.strip(BLANKS).strip("}｝")
        else:
            separates = bool(_NUMBER.fullmatch(word) and re.match(r"\s*[-+\d]", after))
        if separates and word:
            closes = after.lstrip()[:1] in ("}", "｝") and bool(after.strip())
            self._slip(wording.separator(sign), self.column, sign, "" if closes else ", ")
            self._begin_word(top, self.column + 1, has_key=False)
        elif top.sign == "{" and separates:
            self._slip(wording.too_many(sign), self.column, sign, "")

    def _colon(self, line: str, sign: str) -> None:
        top, word = self._open[-1], self._word(line).strip(BLANKS)
        following = line[self.column + 1 : self.column + 2]
        if top.sign != "{" or not word:
            return
        if top.has_key:
            self._second_colon(line, sign, following)
            return
        name = word.strip("\"'")
        if not like_name(name) or line[self.column + 1 : self.column + 3] == "//":
            return
        if sign != ":":
            blank = "" if following == " " else " "
            self._slip(wording.colon(sign, name), self.column, sign, f":{blank}")
        elif following and following not in " \t,}]" and word[0] not in "\"'":
            self._after_colon(name, following)
        self._begin_word(top, self.column + 1, has_key=True)

    def _after_colon(self, name: str, following: str) -> None:
        if following in BLANKS:
            self._slip(wording.no_blank(name, following), self.column + 1, following, " ")
            return
        edit = Edit(self.row + 1, self.column + 2, "", " ")
        words = wording.no_blank(name)
        self.slips.append(Slip(self.row + 1, self.column + 1, words, (edit,)))

    def _second_colon(self, line: str, sign: str, following: str) -> None:
        """A colon in a value: the comma before its name is missing."""
        match = _WORD_BEFORE_KEY.match(self._word(line))
        top, word = self._open[-1], self._word(line)
        if match is None and top.start[0] < self.row and sign == ":" and following in ("", " "):
            column = len(word) - len(word.lstrip())
            edit = Edit(self.row + 1, column + 1, "", ", ")
            words = wording.no_comma(word.strip())
            self.slips.append(Slip(self.row + 1, column + 1, words, (edit,)))
            return
        if match is None or (sign == ":" and following not in ("", " ")):
            return
        if sign != ":" and not re.fullmatch(r"\s*[-\d.,]+", match[1]):
            return
        column = self.column - len(match[3])
        edit = Edit(self.row + 1, column - len(match[2]) + 1, match[2], ", ")
        words = wording.no_comma(match[3])
        self.slips.append(Slip(self.row + 1, column + 1, words, (edit,), len(match[3])))
        if sign != ":":
            self._slip(wording.colon(sign, match[3]), self.column, sign, ": ")
