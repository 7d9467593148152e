"""N7, first part: slips of the pen that a reader sees at once."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from toolkit.diagnostics import Severity
from toolkit.messages import plural, text
from toolkit.rules.context import Context
from toolkit.rules.passage import Passage
from toolkit.rules.rule import Miss, Source, rule

_ADVICE = Source("advice")

_PLACEHOLDER = re.compile(
    r"(?<![A-Za-z0-9./_\-])(?:20)?[xX×✕]{2,}(?![A-Za-z0-9./_\-])|[×✕]+(?=[年月日号件个]|\s*(?:区|县|市|局))"
    r"|某某|待(?:补充|填写|填报|完善后补|定稿)|[（(\[【](?:此处|请|待|需)[^）)\]】\n]{0,20}?(?:填|补充|插入|核实|修改)[^）)\]】\n]{0,10}[）)\]】]"
    r"|_{3,}|＿{2,}|\*{3,}|\?{3,}|？{3,}|TODO|TBD|[□■]{2,}|\{\{|\}\}|【\s*】|（\s{2,}）|(?<=[\u4e00-\u9fff])[ \u3000]{3,}(?=[件万元个年月日])"
)
_DOUBLED = re.compile(r"(?P<words>[\u4e00-\u9fff]{2,10})(?P=words)")
_LEGITIMATE = frozenset(
    "公开 服务 管理 报告 研究 讨论 学习 商量 考虑 申请 信息 政务 机关 单位 中心 社会 检查 监督 工作 等等 统计 审查".split()
)
_SLIP = re.compile(
    r"(?:可以?通过){2}|可以可以|(?<!目)的的(?![士确])|了了(?![解如结])|(?:进行){2}|年度年度|(?<=\d)年年(?!度|初|底|末|检|会|报)"
)
_ENDS_DOUBLED = re.compile(r"[，,]{2,}|。{2}(?!。)|[；;]{2,}|、{2,}|[，、；][。，、；]|。[，、；]")

_HAN = (
    r"[\u4e00-\u9fff\u3001\u3002\u300a\u300b\u201c\u201d\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]"
)
HALF_WIDTH = re.compile(
    rf"(?<={_HAN})[,;:?!](?={_HAN}|\s*$|\n)|(?<={_HAN})[,;:?!](?=\d)", re.MULTILINE
)
"""Half-width punctuation after a Chinese character and before another, a number or a line's end."""

FULL_WIDTH = re.compile(r"[０-９]+")

_OPENING = {
    "（": "）",
    "(": "）",
    "《": "》",
    "〈": "〉",
    "“": "”",
    "‘": "’",
    "【": "】",
    "〔": "〕",
    "[": "】",
}
_CLOSING = {
    "）": "（",
    ")": "（",
    "》": "《",
    "〉": "〈",
    "”": "“",
    "’": "‘",
    "】": "【",
    "〕": "〔",
    "]": "【",
}
_SAME = {")": "）", "]": "】"}
_ENUMERATION = re.compile(
    r"(?:^|[\s。；;，,：:、])(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])$"
)


@rule(
    "N701",
    Severity.WARNING,
    source=_ADVICE,
    bad="opening: 全年主动公开信息XX条，办理建议××件。",
    good="opening: 全年主动公开信息12条，网址为www.xxgk.gov.cn/xx/。",
)
def placeholders(context: Context) -> Iterable[Miss]:
    """Nothing is left to be filled in.

    XX, ××, 待补充, rows of underscores and bracketed hints are what a model text has where the
    office's own words belong.
    """
    for passage, match in context.search(_PLACEHOLDER):
        yield Miss.of(
            passage,
            match,
            text("“{phrase}” looks like a place to be filled in.", phrase=match[0].strip()),
            text("Fill it in, or delete it."),
        )


@rule(
    "N702",
    Severity.WARNING,
    source=_ADVICE,
    bad="opening: 本报告可通过可以通过区政府网站查阅。",
    good="opening: 本报告可通过区政府网站查阅，以便民为目的的服务平台持续完善。",
)
def doubled_words(context: Context) -> Iterable[Miss]:
    """No words stand twice in a row.

    Copying and correcting leaves words twice: 可通过可以通过, 进一步进一步.
    """
    for passage in context.passages:
        for match in _doubled(passage.text):
            yield Miss.of(
                passage,
                match,
                text("“{phrase}” says a word twice.", phrase=match[0]),
                text("Delete one of the two."),
            )


def _doubled(words: str) -> Iterator[re.Match[str]]:
    seen: set[int] = set()
    for match in _SLIP.finditer(words):
        seen.update(range(match.start(), match.end()))
        yield match
    for match in _DOUBLED.finditer(words):
        said = match["words"]
        numeral = said[0] in "一二三四五六七八九十百千两零逐"
        same = len(set(said)) == 1
        terms = {said, said[1:] + said[:1]}  # 政务服务服务: the match may begin within a term
        if not (numeral or same or terms & _LEGITIMATE or match.start() in seen):
            yield match


@rule(
    "N703",
    Severity.WARNING,
    source=_ADVICE,
    bad="opening: 加强组织领导，，落实责任。",
    good="opening: 加强组织领导，落实责任……",
)
def doubled_punctuation(context: Context) -> Iterable[Miss]:
    """No two marks of punctuation stand where one belongs.

    Two commas, or a comma before a full stop, are left where words were deleted.
    """
    for passage, match in context.search(_ENDS_DOUBLED):
        yield Miss.of(
            passage,
            match,
            text("“{marks}”: one mark too many.", marks=match[0]),
            text("Keep the one that is meant."),
        )


@rule(
    "N704",
    Severity.NOTE,
    source=_ADVICE,
    bad="opening: 加强组织领导,落实责任。",
    good="opening: 加强组织领导，落实责任，全年12,345件，网址http://a.cn。",
)
def half_width_punctuation(context: Context) -> Iterable[Miss]:
    """Between Chinese characters punctuation is full-width.

    Half-width commas come from an input method in the wrong state or from a scan. They are set
    too close in print. Said once for each text; “nianbao check --fix” mends them.
    """
    for passage in context.passages:
        found = list(HALF_WIDTH.finditer(passage.text))
        if found:
            yield Miss.of(
                passage,
                found[0],
                plural(
                    "{n} half-width mark stands between Chinese characters: “{first}”.",
                    "{n} half-width marks stand between Chinese characters, the first “{first}”.",
                    len(found),
                    first=found[0][0],
                ),
                text("Write ，；：？！ in full width."),
            )


@rule(
    "N705",
    Severity.NOTE,
    source=_ADVICE,
    bad="opening: 全年主动公开信息１２条。",
    good="opening: 全年主动公开信息12条。",
)
def full_width_digits(context: Context) -> Iterable[Miss]:
    """Digits in a text are half-width.

    Full-width digits are set wide apart and are not found by a search for the number.
    """
    for passage in context.passages:
        found = list(FULL_WIDTH.finditer(passage.text))
        if found:
            yield Miss.of(
                passage,
                found[0],
                plural(
                    "{n} number is in full-width digits: “{first}”.",
                    "{n} numbers are in full-width digits, the first “{first}”.",
                    len(found),
                    first=found[0][0],
                ),
                text("Write plain digits."),
            )


@rule(
    "N706",
    Severity.WARNING,
    source=_ADVICE,
    bad="opening: 依据《中华人民共和国政府信息公开条例（以下简称《条例》）编制。",
    good="opening: 依据《中华人民共和国政府信息公开条例》（以下简称《条例》）编制：1)总体情况；2)其他。",
)
def brackets_pair(context: Context) -> Iterable[Miss]:
    """Brackets and quotation marks pair.

    Where one is missing, a title or a remark runs on into the text. Full and half width count
    as the same; numbers such as 1) at the beginning of an item are not brackets.
    """
    for passage in context.passages:
        for mark, at in _unpaired(passage):
            yield Miss(
                passage.path,
                text("“{mark}” has no partner.", mark=mark),
                text("Add the other one, or delete this one."),
                at=at,
                length=1,
            )


def _unpaired(passage: Passage) -> Iterator[tuple[str, int]]:
    """Find marks without a partner, paragraph by paragraph."""
    for paragraph in passage.paragraphs():
        words, waiting = paragraph.text, list[tuple[str, int]]()
        wanted = Counter[str]()  # closing marks that those waiting want
        for at, mark in enumerate(words):
            if mark in _OPENING:
                waiting.append((mark, at))
                wanted[_OPENING[mark]] += 1
            elif mark in _CLOSING:
                if wanted[_SAME.get(mark, mark)]:
                    while (last := _OPENING[waiting[-1][0]]) != _SAME.get(mark, mark):
                        lost, where = waiting.pop()
                        wanted[last] -= 1
                        yield lost, paragraph.at + where
                    waiting.pop()
                    wanted[last] -= 1
                elif not _numbers_an_item(words, at):
                    yield mark, paragraph.at + at
        for lost, where in waiting:
            yield lost, paragraph.at + where


def _numbers_an_item(words: str, at: int) -> bool:
    near = words[max(0, at - 5) : at]  # longer than any such number, so that ^ is the beginning
    return words[at] in ")）" and bool(_ENUMERATION.search(near))


RULES = (
    placeholders,
    doubled_words,
    doubled_punctuation,
    half_width_punctuation,
    full_width_digits,
    brackets_pair,
)
