"""N4: the outline of the report, and texts that could be anybody's."""

import re
from collections.abc import Iterable

from toolkit import Context, Miss, Severity, Source, rule, text

_VAGUE = re.compile(
    r"多数部门|部分(?:部门|地区|单位)|一些(?:部门|地区|单位)|个别(?:部门|地区|单位)|各地各部门"
)
_PARTS = re.compile(
    r"(?P<number>[一二三四五六七八九十\d])\s*(?:个|大)?(?:部分|项内容|方面内容)(?:组成|构成)?"
)
_SIX = frozenset({"六", "6"})


@rule(
    "N406",
    Severity.NOTE,
    source=Source("advice"),
    bad="""
overview: 多数部门主动公开及时，依申请公开规范，政府信息管理有序，平台运行平稳，监督保障到位，一些地区成效明显。
""",
    good="overview: 多数部门主动公开及时，全年36条，依申请公开规范，政府信息管理有序，平台平稳，监督到位。",
)
def something_of_its_own(context: Context) -> Iterable[Miss]:
    """Section one tells something only this office could tell.

    A text without one number and without the office's name, in which “most departments” and
    “some areas” did well, fits every office of the country.
    """
    passage, organization = context.passage("overview"), context.report.organization
    names = [name for name in (organization.name, organization.short_name) if name]
    own = any(name in passage.text for name in names) or re.search(r"\d", passage.text)
    if not own and _VAGUE.search(passage.text):
        yield Miss(
            passage.path,
            text("Section one holds neither a number nor the name of the office."),
            text("Say what this office did, with numbers."),
        )


@rule(
    "N407",
    Severity.WARNING,
    source=Source("form", text("the official form has six sections")),
    bad="opening: 本报告由总体情况、主动公开情况等五部分组成。",
    good="opening: 本报告由总体情况、主动公开情况等六部分组成。",
)
def six_parts(context: Context) -> Iterable[Miss]:
    """The opening counts the sections right.

    Where the opening says of how many parts the report consists, it is six.
    """
    passage = context.passage("opening")
    for match in _PARTS.finditer(passage.text):
        around = passage.text[max(0, match.start() - 60) : match.end()]
        if match["number"] not in _SIX and re.search(r"报告", around) and not _is_law(around):
            yield Miss(
                passage.path,
                text("“{phrase}”: the form has six sections.", phrase=match[0]),
                text("Write 六 (six), and name all of them."),
                at=match.start(),
                length=len(match[0]),
            )


def _is_law(around: str) -> bool:
    return bool(re.search(r"第[一二三四五六七八九十]+条", around[-30:]))


RULES = (something_of_its_own, six_parts)
