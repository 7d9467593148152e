"""What a text says about counts that stand in the tables as well.

Only what can be tied to one cell or sum is taken as a claim. Parts (by channel, by subject),
comparisons, other years, estimates and the numbers of other bodies are passed over: a number
not understood is not a fault.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit import Context, Passage, half_width

from . import patterns
from .numbers import Count, counts

RECEIVED, CARRIED_OVER, CARRIED_FORWARD, CARRIED = "received", "over", "forward", "carried"
HANDLED, REVIEW, LITIGATION, BOTH = "handled", "review", "litigation", "both"

LONGEST_SENTENCE, LONGEST_CLAUSE = 1_000, 200
"""Characters before a count that are read; in longer ones no one could say what it counts."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One count in a text.

    ``kind`` says what of; ``at`` and ``length`` where, in characters of the whole text.
    ``scope`` is ``"with"`` or ``"without"`` when the text says whether applications carried
    over are counted, else ``""``. ``paragraph`` numbers the paragraph.
    """

    kind: str
    value: int
    path: tuple[str, ...]
    at: int
    length: int
    phrase: str
    paragraph: int
    scope: str = ""


def claims(passage: Passage, year: int, *, government: bool) -> Iterator[Claim]:
    """Find the claims of one text.

    Args:
        passage: the text.
        year: the year reported on; what is said of another year is passed over.
        government: whether the body reports for its whole area, so that 全市 means the tables.
    """
    for number, paragraph in enumerate(passage.paragraphs()):
        words = patterns.CITIZENS.sub(lambda match: "□" * len(match[0]), half_width(paragraph.text))
        reader = _Reader(words, year, government=government)
        for kind, value, start, end, scope in reader.read():
            yield Claim(
                kind,
                value,
                passage.path,
                paragraph.at + start,
                end - start,
                paragraph.text[start:end],
                number,
                scope,
            )


Found = tuple[str, int, int, int, str]
"""Kind, value, start, end, scope."""


class _Reader:
    """One paragraph, made half-width."""

    def __init__(self, words: str, year: int, *, government: bool) -> None:
        self._words = words
        self._year = year
        self._government = government
        subjects = list(patterns.SUBJECT.finditer(words))
        self._kinds = [match.lastgroup or "" for match in subjects]
        self._subjects = [match.start() for match in subjects]
        self._sentences = [0, *(match.end() for match in re.finditer("[。！？;\n]", words))]

    def read(self) -> list[Found]:
        found = [claim for count in counts(self._words) if (claim := self._claim(count))]
        found.extend(self._none())
        return self._single(found)

    def _claim(self, count: Count) -> Found | None:
        begin = self._sentence(count.start)
        if count.start - begin > LONGEST_SENTENCE:
            return None
        before = self._words[begin : count.start]
        clause = re.split(r"[,:(、]", before)[-1]
        if len(clause) > LONGEST_CLAUSE:
            return None
        after = re.split(r"[,。;:()、\n]", self._words[count.end : count.end + 40])[0]
        kind = self._kind(count, before, clause, after)
        if not kind or self._unusable(before, clause, after):
            return None
        return kind, count.value, count.start, count.end, self._scope(count.end, clause, before)

    def _unusable(self, before: str, clause: str, after: str) -> bool:
        if (
            patterns.COMPARED.search(clause)
            or patterns.ESTIMATE.search(clause)
            or patterns.ESTIMATE_AFTER.search(after)
        ):
            return True
        if patterns.LONG_SPAN.search(before):
            return True
        if patterns.WIDER.search(before) and not (
            self._government and patterns.WIDER_ALL.search(before)
        ):
            return True
        years = [
            int(m[1])
            for m in patterns.YEAR.finditer(before)
            if not self._is_carrying(before, m.end())
        ]
        if years and years[-1] != self._year:
            return True
        return bool(patterns.LAST_YEAR.search(clause))

    @staticmethod
    def _is_carrying(before: str, end: int) -> bool:
        """Whether a year only says from or to where applications are carried."""
        return bool(
            re.match(r"(?:度)?(?:结转|转结|顺延|遗留|继续|办理|未办)", before[end:])
        ) or bool(re.search(r"(?:至|到|入|转)20\d\d\s*年$", before[:end]))

    def _kind(self, count: Count, before: str, clause: str, after: str) -> str:
        subject = self._subject(count.start, clause)
        if re.match(r"\s*(?:的)?[^,。;]{0,8}行政(?:复议|诉讼)", after) and "复议" not in clause:
            subject = "review" if "行政复议" in after else "litigation"
            return self._review(subject, before, clause, "")
        if subject == "application":
            return self._application(before, clause, after)
        if subject in ("review", "litigation"):
            return self._review(subject, before, clause, after)
        if not subject and re.match(r"\s*(?:的)?(?:政府信息公开|信息公开|依申请公开)", after):
            return (
                RECEIVED
                if patterns.RECEIVE.search(clause) and not patterns.PART.search(clause)
                else ""
            )
        return ""

    def _subject(self, at: int, clause: str) -> str:
        """What the paragraph speaks of at a place: the last subject named before it."""
        after = self._words[at : at + 24].split("。")[0].split(",")[0]
        if re.match(
            r"[\d,零〇一二两三四五六七八九十百千]+\s*[件宗起份条](?:的)?(?:政府信息公开|信息公开|依申请公开)",
            after,
        ):
            return "application"
        last = bisect_left(self._subjects, at) - 1
        return self._kinds[last] if last >= 0 else ""

    def _application(self, before: str, clause: str, after: str) -> str:
        carried = self._carried(clause, after)
        if carried:
            return carried
        for kind, pattern in patterns.RESULTS:
            if pattern.search(clause):
                several = sum(1 for _, other in patterns.RESULTS if other.search(clause)) > 1
                return "" if several or patterns.PART.search(clause) else kind
        for kind, pattern in patterns.APPLICANTS:
            if pattern.search(clause.strip()):
                return kind
        if patterns.PART.search(clause) or patterns.PART.search(after):
            return ""
        return self._whole(before, clause)

    def _whole(self, before: str, clause: str) -> str:
        answer = patterns.ANSWER.search(clause)
        if answer and not patterns.NOT_YET.search(clause):
            return HANDLED if _only_object(clause[answer.end() :]) else ""
        receive = patterns.RECEIVE.search(clause)
        if receive and "其中" not in before and "未" not in clause[: receive.start()][-2:]:
            return RECEIVED if _only_object(clause[receive.end() :]) else ""
        handle = patterns.HANDLE_OR_RECEIVE.search(clause)
        if handle and "其中" not in before and _only_object(clause[handle.end() :]):
            return "dealt"
        return ""

    def _carried(self, clause: str, after: str) -> str:
        """Whether the count is one of applications carried from or to another year."""
        for words in (
            clause,
            after
            if re.match(r"\s*(?:申请)?(?:均|将|已|需|为|系|是|因|顺|结|转|延|属)", after)
            else "",
        ):
            for kind, pattern, other in (
                (CARRIED_OVER, patterns.OVER, self._year - 1),
                (CARRIED_FORWARD, patterns.FORWARD, self._year + 1),
            ):
                if match := pattern.search(words):
                    year = match["year"]
                    return kind if year is None or int(year) == other else ""
            if words and patterns.CARRIED.search(words):
                return CARRIED
        return ""

    def _review(self, subject: str, before: str, clause: str, after: str) -> str:
        heading = self._words[:40]
        if not patterns.ABOUT_DISCLOSURE.search(before) and not patterns.ABOUT_DISCLOSURE.search(
            heading
        ):
            return ""
        if (
            patterns.OUTCOMES.search(clause)
            or patterns.OUTCOMES.search(after)
            or patterns.COURT.search(clause)
        ):
            return ""
        named = before[-24:]
        if re.search(r"各\s*$", clause):
            return "each"
        if "直接起诉" in clause or "复议后" in clause or "复议后" in before[-12:]:
            return ""
        joined = re.search(
            r"复议(?:申请|案件)?(?:[、和及与或]|以及|或者)\s*(?:提起|被提起)?(?:行政)?诉讼", named
        )
        if joined:
            return BOTH
        return REVIEW if subject == "review" else LITIGATION

    @staticmethod
    def _scope_word(words: str) -> str:
        if re.search(
            r"(?:不含|不包括|除去|不计|未含|除)[^,。;]{0,4}(?:上年|上一年|去年|20\d\d年)?[^,。;]{0,3}结转",
            words,
        ):
            return "without"
        if re.search(
            r"(?:含|包括|其中)[^,。;]{0,4}(?:上年|上一年|去年|20\d\d年)[^,。;]{0,3}结转", words
        ):
            return "with"
        return ""

    def _scope(self, end: int, clause: str, before: str) -> str:
        after = re.match(r"\s*\(([^)]*)\)", self._words[end : end + 40])
        if after:
            return self._scope_word(after[1])
        following = self._words[end : end + 24].split("。")[0]
        if following.startswith((",其中上年", ",含上年", ",包括上年", ",其中含上年")):
            return self._scope_word(following[1:])
        return self._scope_word(before) if "除去" in before else ""

    def _none(self) -> Iterator[Found]:
        for match in patterns.NONE_RECEIVED.finditer(self._words):
            if not self._elsewhere(match.start()) and not re.match(
                r"[^,。;]{0,6}(?:复议|诉讼|投诉|举报)", self._words[match.end() : match.end() + 10]
            ):
                yield RECEIVED, 0, match.start(), match.end(), ""
        about = patterns.ABOUT_DISCLOSURE.search(self._words)
        for match in patterns.NONE_REVIEWED.finditer(self._words):
            review, litigation = match["review"], match["litigation"]
            if not (review or litigation) or self._elsewhere(match.start()):
                continue
            if about is None or about.end() > match.end():
                continue
            kind = BOTH if review and litigation else REVIEW if review else LITIGATION
            if not patterns.OUTCOMES.match(self._words, match.end()):
                yield kind, 0, match.start(), match.end(), ""

    def _elsewhere(self, at: int) -> bool:
        """Whether a sentence up to here speaks of another year or of other bodies."""
        begin = self._sentence(at)
        before = self._words[begin:at]
        return at - begin > LONGEST_SENTENCE or self._unusable(before, before, "")

    def _single(self, found: list[Found]) -> list[Found]:
        """Drop counts that one sentence gives twice: they are parts of something."""
        times = Counter((claim[0], self._sentence(claim[2])) for claim in found)
        return [claim for claim in found if times[claim[0], self._sentence(claim[2])] == 1]

    def _sentence(self, at: int) -> int:
        """Where the sentence begins that a place is in."""
        return self._sentences[bisect_right(self._sentences, at) - 1]


def _only_object(words: str) -> bool:
    """Whether between a verb and its count stands nothing but the applications themselves."""
    return bool(
        re.fullmatch(
            r"\s*(?:了|的|到|并|和|处理|办理|受理|答复|登记|共计?|总计|合计|总[数量]|数量?|有|为|各类|书面|有效|公民|□|"
            r"提出|提交|本年|全年|年度|新|政府信息依?申请公开|政府信息公开|依申请公开|信息公开|公开政府信息|申请公开|政府信息|信息|"
            r"申请|事项|申请件|:|\s)*",
            words,
        )
    )


def claims_of(context: Context) -> tuple[Claim, ...]:
    """Return what the texts of a report say about counts of its tables, in order."""
    return context.once(_claims_of)


def _claims_of(context: Context) -> tuple[Claim, ...]:
    government, year = context.is_government, context.report.year
    return tuple(c for p in context.passages for c in claims(p, year, government=government))
