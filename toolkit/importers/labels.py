"""Comparing what stands in a source with the labels of a form, whatever its width and spaces."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from functools import lru_cache

from toolkit.importers.radicals import meant

_NUMBERING = re.compile(
    r"""^(?:第[一二三四五六七八九十]+(?:部分|章)[、.:]?
        |[(][一二三四五六七八九十\d]{1,3}[)][、.]?
        |[一二三四五六七八九十]{1,3}[、.:]
        |[一二三四五六七八九十]\ +
        |\d{1,2}[、.)](?!\d)
        |[\u2460-\u2473])\s*""",
    re.VERBOSE,
)
_SIMPLIFIED = str.maketrans(
    "萬業個爲為舉鄉於億會體關內決況減辦務動區華單廳歷縣發臺號後員國處復頭實審對屬廢開強當徹總執護報據數無時機權條來構沒現監確祕穩類糾納組織經結繼"
    "續維綜編繳罰範獲補規計認議許訟設訪訴試詢說説請購貫費轉過這進採鎮閉問間項題額複覆製佈鉤隻齣係繫",
    "万业个为为举乡于亿会体关内决况减办务动区华单厅历县发台号后员国处复头实审对属废开强当彻总执护报据数无时机权条来构没现监确秘稳类纠纳组织经结继"
    "续维综编缴罚范获补规计认议许讼设访诉试询说说请购贯费转过这进采镇闭问间项题额复复制布勾只出系系",
)
"""The characters of the forms' labels as pages in traditional script have them."""
_NOTE = re.compile(r"[(][^()]*[)]|[(].*$")
NOTE_MARK = re.compile(r"[\u00b9\u00b2\u00b3\u2070-\u2079]+|(?<=.)[\u2460-\u2473*]$")
"""A mark behind a word or number that refers to a note: a raised number, ① or a star."""
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_FUZZY = 0.8
_MARGIN = 0.08
_SHORTEST_FUZZY = 5
_LONGEST = 150
"""Characters; no label is longer, and long texts are not worth comparing."""


class Likeness(IntEnum):
    """How well a text fits a label; larger is better."""

    NONE = 0
    NEAR = 1
    """Only alike: always reported."""
    LOOSE = 2
    """Equal without numbering or without a note in brackets."""
    EXACT = 3
    """Equal but for width, spaces and punctuation."""


def half_width(text: str) -> str:
    """Turn full-width letters, digits, punctuation and odd spaces into plain ones.

    The characters of labels become simplified ones, since some pages are in traditional script.
    """
    return "".join(_plain(char) for char in meant(text)).translate(_SIMPLIFIED)


def raised(words: str) -> str:
    """Return a raised number as one, so that it does not become part of the number before it.

    Words that are no number are not raised: the answer is empty then.
    """
    number = words.strip()
    return number.translate(_RAISED) if number.isdecimal() and number.isascii() else ""


def _plain(char: str) -> str:
    code = ord(char)
    if 0xFF01 <= code <= 0xFF5E:
        return chr(code - 0xFEE0)
    if char in "\u200b\u200c\u200d\u2060\ufeff\u00ad":
        return ""
    return " " if char.isspace() else char


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """Return what is compared: letters, digits and Han characters alone.

    >>> key("一、本年新收　政府信息公开申请数量") == key("一,本年新收政府信息公开申请数量")
    True
    """
    plain = NOTE_MARK.sub("", half_width(text))
    return "".join(char for char in plain if unicodedata.category(char)[0] in "LN")


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """Return the key without numbering in front."""
    return key(_NUMBERING.sub("", half_width(text).strip()))


@lru_cache(maxsize=8192)
def noteless(text: str) -> str:
    """Return the key without numbering and without notes in brackets."""
    plain = _NUMBERING.sub("", half_width(text).strip())
    return key(_NOTE.sub("", plain)).removesuffix("的")


def likeness(text: str, names: Iterable[str]) -> tuple[Likeness, float]:
    """Return how well a text fits a spelling of a label, and in what degree (0 to 1)."""
    best: tuple[Likeness, float] = (Likeness.NONE, 0.0)
    if len(text) > _LONGEST:
        return best
    for name in names:
        best = max(best, _likeness(text, name))
    return best


@lru_cache(maxsize=65536)
def _likeness(text: str, name: str) -> tuple[Likeness, float]:
    mine, theirs = key(text), key(name)
    if not mine or not theirs:
        return Likeness.NONE, 0.0
    if mine == theirs:
        return Likeness.EXACT, 1.0
    if bare(text) == bare(name) or (noteless(text) and noteless(text) == noteless(name)):
        return Likeness.LOOSE, 0.95
    mine, theirs = noteless(text), noteless(name)
    if min(len(mine), len(theirs)) < _SHORTEST_FUZZY:
        return Likeness.NONE, 0.0
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    if matcher.quick_ratio() < _FUZZY:
        return Likeness.NONE, 0.0
    degree = matcher.ratio()
    return (Likeness.NEAR, degree) if degree >= _FUZZY else (Likeness.NONE, 0.0)


@dataclass(frozen=True, slots=True)
class Match:
    """The choice among several labels: its number in the list, and how well it fits."""

    index: int
    likeness: Likeness


def choose(text: str, candidates: Sequence[Sequence[str]]) -> Match | None:
    """Choose the one candidate that a text means.

    Args:
        text: as it stands in the source.
        candidates: for each label its spellings.

    Returns:
        The best candidate, or None if none fits or two fit equally well: no guess is made.
    """
    scores = sorted(
        ((*likeness(text, names), index) for index, names in enumerate(candidates)), reverse=True
    )
    if not scores or scores[0][0] is Likeness.NONE:
        return None
    level, degree, index = scores[0]
    if len(scores) > 1 and scores[1][0] is level and degree - scores[1][1] < _MARGIN:
        return None
    return Match(index, level)
