"""N7: the right title, year, office and place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from toolkit.diagnostics import Severity
from toolkit.messages import Text, text
from toolkit.rules.context import Context
from toolkit.rules.passage import around
from toolkit.rules.regions import prefectures, provinces
from toolkit.rules.rule import Miss, Source, rule

_ADVICE = Source("advice")

_QUOTED = re.compile(r"《[^》]*》")
_YEAR_LEADS = re.compile(
    r"^[ \u3000]*(?P<year>20\d\d)\s*年(?:度|以来)?\s*(?=[,，]|[\u4e00-\u9fff])", re.MULTILINE
)
_COMPARED = re.compile(
    r"相比|较|同比|上年|去年|环比|[来至到]20\d\d|—|印发|制定|施行|出台|修订|发布的|起|底|末|\d月"
)
_ENDING = re.compile(r"(?:年度)?(?:报告|年报)$")
"""What a report is called at the end of its title."""
_DOUBLED_YEAR = re.compile(r"年度[^，。\n]{0,12}年度报告")
_TITLE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_OURS = re.compile(r"^(?:的)?(?:本|我|全|该|上述|以下|各|了)|(?:本机关|我[局委办府厅处县区市省])")
_VISIT = re.compile(
    r"学习|考察|调研|交流|对口|援|来自|户籍|籍|协作|合作|帮扶|兄弟|先进|经验|会议|举办|召开|召|赴|培训|参加|法院|检察院|路|街|大道|以|等地|跨省|申请人|企业|公司|大学|学院|号$"
)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Phrases that present a report of this kind, by the words of its form's title."""

    year: re.Pattern[str]
    """“2023年…政府信息公开工作年度报告”."""
    bare_year: re.Pattern[str]
    """The same with 年 left out."""
    office: re.Pattern[str]
    """“公布某局2023年…报告”."""


def _patterns(context: Context) -> _Patterns:
    return _presenting(context.report.form.title)


@lru_cache(maxsize=16)
def _presenting(title: str) -> _Patterns:
    name = _name(title)
    return _Patterns(
        re.compile(rf"(?<!\d)(?P<year>20\d\d)\s*年(?:度)?[^，。；、《》\n]{{0,20}}?{name}"),
        re.compile(rf"(?<!\d)20\d\d(?!\s*年)(?=[\u4e00-\u9fff]{{2,30}}?{name})"),
        re.compile(
            r"(?:公布|发布|公开|编制)(?:了)?(?P<office>[\u4e00-\u9fff（）()·]{4,40}?)(?:20\d\d)\s*年(?:度)?"
            rf"{name}"
        ),
    )


def _name(title: str) -> str:
    """Return a pattern of what reports of a form are called, whose 工作 and 年度 may be left out.

    ``{organization}{year}年政府信息公开工作年度报告`` gives that of 政府信息公开工作年度报告.
    """
    words = re.sub(r"\{\w+\}", "", title)
    words = re.escape(re.sub(r"^[年度\s]+", "", words))
    return words.replace("工作", "(?:工作)?(?:的)?", 1).replace("年度", "(?:年度)?", 1)


@rule(
    "N711",
    Severity.WARNING,
    source=_ADVICE,
    bad="title: 桃山区商务局2023年度政府信息公开工作年度报告",
    good="title: 桃山区商务局2023年政府信息公开工作年度报告",
)
def title_wording(context: Context) -> Iterable[Miss]:
    """The title says year and kind of report as the form's title does.

    In real reports 年度 stands twice, 年 or 年度 is left out, or 工作 is. Title and year may change
    places.
    """
    title = context.report.title if context.report.get("title") else ""
    usual = context.report.form.title
    fault = _title_fault(re.sub(r"\s", "", title), usual) if title else None
    if fault:
        usual = usual.format(
            organization=context.report.organization.name, year=context.report.year
        )
        yield Miss(("title",), fault, text("The usual title is “{title}”.", title=usual))


def _title_fault(title: str, usual: str) -> Text | None:
    ending = _ENDING.search(usual)
    if "{year}" not in usual:
        return None
    if _DOUBLED_YEAR.search(title):
        return text("“年度” stands twice in the title.")
    if re.search(r"20\d\d(?!年)", title):
        return text("“年” is missing after the year in the title.")
    if not _TITLE_YEAR.search(title):
        return text("The title does not say the year.")
    if ending and ending[0] not in title:
        return text("The title does not say “{word}”.", word=ending[0])
    return None


@rule(
    "N712",
    Severity.WARNING,
    source=_ADVICE,
    bad="title: 桃山区商务局2022年政府信息公开工作年度报告",
    good="title: 2023年桃山区商务局政府信息公开工作年度报告",
)
def title_year(context: Context) -> Iterable[Miss]:
    """The title says the year reported on.

    A file copied from last year keeps the old year in the title.
    """
    if not context.report.get("title"):
        return
    years = {int(year) for year in _TITLE_YEAR.findall(context.report.title)}
    if years and context.report.year not in years:
        yield Miss(
            ("title",),
            text(
                "The title says {said}, the report is for {year}.",
                said=max(years),
                year=context.report.year,
            ),
            text("Correct the year in the title, or “year”."),
        )


@rule(
    "N713",
    Severity.WARNING,
    source=_ADVICE,
    bad="title: 新兴区商务局2023年政府信息公开工作年度报告",
    good="title: 七台河市桃山区商务局2023年政府信息公开工作年度报告",
)
def title_office(context: Context) -> Iterable[Miss]:
    """The title names the office that reports.

    A model text taken from another office keeps its name where nobody looks.
    """
    organization = context.report.organization
    if context.report.get("title") and not _is_own(context, context.report.title):
        yield Miss(
            ("title",),
            text("The title does not name “{name}”.", name=organization.name),
            text("Put the name of the office into the title."),
        )


@rule(
    "N714",
    Severity.WARNING,
    source=_ADVICE,
    bad="opening: 现公布新兴区商务局2023年政府信息公开工作年度报告。",
    good="opening: 现公布桃山区商务局2023年政府信息公开工作年度报告。",
)
def office_in_text(context: Context) -> Iterable[Miss]:
    """The text presents the report of the office that reports.

    An opening taken from another office, or from the government a department belongs to,
    presents that body's report.
    """
    for passage, match in context.search(_patterns(context).office):
        office = match["office"]
        if not _OURS.search(office) and not _is_own(context, office) and not _in_quotes(match):
            yield Miss.of(
                passage,
                match,
                text("This presents the report of “{office}”.", office=office),
                text("The office that reports is “{name}”.", name=context.report.organization.name),
            )


def _is_own(context: Context, words: str) -> bool:
    """Whether a name fits the office: its full or short name, or the one within the other."""
    organization = context.report.organization
    words = re.sub(r"\s", "", words)
    for name in (organization.name, organization.short_name):
        if name and (
            name in words or (len(words) >= 4 and words in f"{organization.region}{name}")
        ):
            return True
    core = re.sub(r"^.*[省市县区旗州盟]", "", organization.name)
    return len(core) >= 3 and core in words and not _other_district(context, words)


def _other_district(context: Context, words: str) -> bool:
    """Whether words name a place that is not in the office's own name and region."""
    own = f"{context.report.organization.region}{context.report.organization.name}"
    return any(
        place not in own for place in re.findall(r"[\u4e00-\u9fff]{2,4}?[省市县区旗]", words)
    )


def _in_quotes(match: re.Match[str]) -> bool:
    before = match.string[: match.start("office")]
    return before.rfind("《") > before.rfind("》")


@rule(
    "N715",
    Severity.WARNING,
    source=_ADVICE,
    bad="opening: 现公布2022年政府信息公开工作年度报告。",
    good="opening: 现公布2023年政府信息公开工作年度报告，2022年度报告可在网站查阅。",
)
def year_in_text(context: Context) -> Iterable[Miss]:
    """The text presents the report of its own year, and begins with it.

    Last year's number is left in “…年政府信息公开工作年度报告” and at the beginning of paragraphs
    (2022年，我局…). Comparisons with other years and titles in 《》 are passed over.
    """
    year = context.report.year
    for passage, match in context.search(_patterns(context).year):
        said = int(match["year"])
        near = around(match, 14)
        if (
            said != year
            and not _quoted(match)
            and not re.search(r"上年|去年|历年|往年|至|—|查阅", near)
        ):
            yield Miss.of(passage, match, *_year_words(said, year))
    for passage, match in context.search(_YEAR_LEADS):
        said = int(match["year"])
        sentence = re.split(
            r"[。；\n]", match.string[match.start() : match.start() + 120].lstrip()
        )[0]
        stale = said == year - 1 and str(year) not in sentence and not _COMPARED.search(sentence)
        if (
            stale
            and not _patterns(context).year.search(sentence)
            and _last_leads(passage.text, year)
        ):
            yield Miss.of(passage, match, *_year_words(said, year))


def _last_leads(words: str, year: int) -> bool:
    """Whether a text never speaks of its own year: then the other one is left over."""
    return f"{year}年" not in words


def _quoted(match: re.Match[str]) -> bool:
    spans = (m.span() for m in _QUOTED.finditer(match.string))
    return any(start <= match.start() < end for start, end in spans)


def _year_words(said: int, year: int) -> tuple[Text, Text]:
    return (
        text("This speaks of {said}; the report is for {year}.", said=said, year=year),
        text("Correct the year, and check the numbers beside it."),
    )


@rule(
    "N716",
    Severity.WARNING,
    source=_ADVICE,
    bad="opening: 现公布2023桃山区商务局政府信息公开工作年度报告。",
    good="opening: 现公布2023年桃山区商务局政府信息公开工作年度报告。",
)
def year_sign(context: Context) -> Iterable[Miss]:
    """A year is followed by 年.

    “2024鹤岗市…年度报告” was published so: the year was changed and 年 deleted with it.
    """
    for passage, match in context.search(_patterns(context).bare_year):
        yield Miss.of(
            passage,
            match,
            text("“年” is missing after {year}.", year=match[0]),
            text("Write {year}年.", year=match[0]),
        )


@rule(
    "N717",
    Severity.WARNING,
    source=_ADVICE,
    bad="opening: 我局在宜宾市政务公开工作推进中主动公开信息12条。",
    good="opening: 我局赴宜宾市学习政务公开经验，在七台河市政府网站公开信息12条。",
)
def other_place(context: Context) -> Iterable[Miss]:
    """No other place's name is left over.

    A text taken over from another city keeps its name somewhere (a guide of 威海 spoke of 宜宾市).
    Provinces and prefecture-level cities are compared with the office's region; visits,
    training, courts, firms and addresses are passed over. Without a region nothing is compared.
    """
    organization = context.report.organization
    own = f"{organization.region}{organization.name}"
    levels = _levels(own)
    if not levels:
        return
    for passage, match in context.search(_places()):
        place = match[0]
        if place in own or place[:2] in own or not _comparable(place, levels):
            continue
        if not _VISIT.search(around(match, 14, 14)) and not _quoted(match):
            yield Miss.of(
                passage,
                match,
                text("“{place}” is another place than {own}.", place=place, own=own),
                text("Put in the right name, or leave the sentence out."),
            )


@lru_cache(maxsize=1)
def _places() -> re.Pattern[str]:
    names = sorted((*provinces(), *prefectures()), key=len, reverse=True)
    return re.compile("|".join(names))


def _levels(own: str) -> frozenset[str]:
    found = {"province" for name in provinces() if name in own}
    found |= {"prefecture" for name in prefectures() if name in own}
    return frozenset(found)


def _comparable(place: str, levels: frozenset[str]) -> bool:
    """A province is foreign if ours is known; a city only if we are within a city ourselves."""
    return ("province" if place in provinces() else "prefecture") in levels


RULES = (
    title_wording,
    title_year,
    title_office,
    office_in_text,
    year_in_text,
    year_sign,
    other_place,
)
