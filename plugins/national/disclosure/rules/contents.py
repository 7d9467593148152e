"""N4: what each section must tell of."""

import re
from collections.abc import Iterable
from functools import lru_cache

from toolkit import Context, Form, Miss, Severity, Source, Text, load_forms, rule, text

_NOTICE = Source("law", "国办公开办函〔2021〕30号，（一）总体情况")
_ARTICLE_50 = Source("law", "《中华人民共和国政府信息公开条例》第五十条")

_ASPECTS = {
    "proactive_disclosure": re.compile(r"主动公开|公开内容|公开重点|重点领域|信息发布"),
    "disclosure_on_request": re.compile(r"依申请|申请公开|公开申请|申请办理"),
    "information_management": re.compile(
        r"信息(?:资源)?(?:的)?(?:规范化?|动态|日常)?管理|保密审查|信息审[核查]|审[核查](?:机制|制度)|三审三校"
        r"|规范性文件(?:管理|清理)|全生命周期|公开目录|公开指南|公开属性"
    ),
    "platforms": re.compile(r"平台|网站|公众号|专栏|新媒体|门户|公报|微博|载体"),
    "supervision": re.compile(r"监督|保障|考核|评议|培训|检查|督查|督导|督促|追究|问责"),
}
_HEADED = {
    "proactive_disclosure": re.compile(r"主动公开|公开内容|公开重点|重点"),
    "disclosure_on_request": re.compile(r"依申请|申请公开|公开申请|申请"),
    "information_management": re.compile(r"信息.{0,6}管理|管理"),
    "platforms": re.compile(r"平台|网站|媒体|载体|渠道|阵地"),
    "supervision": re.compile(r"监督|保障|考核|评议|培训|队伍"),
}
_HEADING = re.compile(
    r"^[ \u3000]*(?:[（(][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+[、是]|\d+[.、．])\s*([^。\n]{2,40})",
    re.MULTILINE,
)

_TITLE = re.compile(r"(?:政府信息公开工作)?存在的?(?:主要)?问题(?:及|和|与)改进(?:情况|措施)")
_WANTING = re.compile(r"(?:有待|尚待|亟待|仍需|还需|尚需|需要?|应当?|不够|缺乏)[^,，。；;]{0,14}")
_PROBLEM = re.compile(
    r"问题|不足|短板|薄弱|差距|有待|尚待|亟待|不够|欠缺|困难|不[强高深全细](?![于受])|滞后|不及时|有限|仍需|还需|单一|偏[低少弱]|缺乏|不平衡|不到位"
)
_IMPROVEMENT = re.compile(
    r"改进|整改|措施|下一步|下步|今后|接下来|为此|我们将|[局委办府厅处]将|本机关将|将(?:进一步|继续|重点|着力|从|不断|加|认真|严|按|围|持续|以|切)"
    r"|一是|已(?:经)?(?:完成|建立|得到|解决|开展|增)|通过|组织|开展|加强|加大|完善|强化|健全|提升|提高|优化|规范|丰富|拓宽|落实"
)
_FEE = re.compile(r"信息处理费|处理费")
_ACCOUNTABILITY = (
    (text("work assessment (工作考核)"), re.compile(r"考核|考评|测评|绩效")),
    (text("public evaluation (社会评议)"), re.compile(r"评议|评估|满意度|测评|评价")),
    (text("accountability (责任追究)"), re.compile(r"追究|问责|追责|责任落实")),
)


@rule(
    "N401",
    Severity.WARNING,
    source=_NOTICE,
    bad="overview: 2023年本机关主动公开信息30条，依申请公开渠道畅通，做好政务网站维护，加强监督保障。",
    good="overview: 主动公开信息30条；依申请公开渠道畅通；政府信息管理规范；平台建设有序；监督保障有力。",
)
def five_aspects(context: Context) -> Iterable[Miss]:
    """Section one tells of the five aspects.

    The notice asks for a summary of how the office carries out the regulations, mainly in five
    aspects: proactive disclosure, disclosure on request, management of information, platforms,
    supervision and support (主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障). How the
    headings are worded does not matter.
    """
    passage = context.passage("overview")
    section = _form_of_the_year(context).section("overview")
    missing = [c.label for c in section.content if not _tells(passage.text, c.id)]
    if missing:
        yield Miss(
            passage.path,
            text("Section one does not tell of: {aspects}.", aspects="、".join(missing)),
            text("Add a paragraph on each; where there was nothing, say so."),
        )


def _form_of_the_year(context: Context) -> Form:
    """The form the report should be on: one on the wrong form is not let off its contents."""
    form = context.report.form
    if form.in_force(context.report.year):
        return form
    year = context.report.year
    fitting = (f for f in _official_forms() if f.kind == form.kind and f.in_force(year))
    return next(fitting, form)


@lru_cache(maxsize=1)
def _official_forms() -> tuple[Form, ...]:
    return tuple(load_forms().values())


def _tells(words: str, aspect: str) -> bool:
    """Look at the headings where there are some for most aspects, else at the whole text."""
    if aspect not in _ASPECTS:
        return True
    heads = [match[1][:16] for match in _HEADING.finditer(words)]
    headed = {name for name, pattern in _HEADED.items() if any(pattern.search(h) for h in heads)}
    if len(headed) >= 3:
        return aspect in headed
    return bool(_ASPECTS[aspect].search(words))


@rule(
    "N402",
    Severity.WARNING,
    source=_ARTICLE_50,
    bad="problems_and_improvements: 下一步，我局将继续加强业务培训，丰富公开形式。",
    good="problems_and_improvements: 公开的时效有待提高。下一步，我局将继续加强业务培训。",
)
def problems_told(context: Context) -> Iterable[Miss]:
    """Section five names problems.

    The regulations ask for the main problems and for how they are being mended; a report that
    only promises leaves out the first half.
    """
    passage = context.passage("problems_and_improvements")
    if not _PROBLEM.search(_TITLE.sub("", passage.text)):
        yield Miss(
            passage.path,
            text("Section five names no problem."),
            text("Name the main problems of the year before the improvements."),
        )


@rule(
    "N403",
    Severity.WARNING,
    source=_ARTICLE_50,
    bad="problems_and_improvements: 存在的主要问题是公开的时效有待提高，解读形式较为单一。",
    good="problems_and_improvements: 公开的时效有待提高。针对这一问题，明确了发布时限。下一步将加强培训。",
)
def improvements_told(context: Context) -> Iterable[Miss]:
    """Section five tells of improvements.

    The regulations ask for the main problems and for how they are being mended; a list of
    problems alone is the first half.
    """
    passage = context.passage("problems_and_improvements")
    words = _WANTING.sub("", _TITLE.sub("", passage.text))
    if not _IMPROVEMENT.search(words):
        yield Miss(
            passage.path,
            text("Section five tells of no improvement."),
            text("Say for each problem what was done or will be done."),
        )


@rule(
    "N404",
    Severity.WARNING,
    source=Source("advice", text("most published reports tell of it in section six")),
    bad="other_matters: 无",
    good="other_matters: 本年度没有收取信息处理费，无其他需要报告的事项。",
)
def information_fee_told(context: Context) -> Iterable[Miss]:
    """Section six says whether fees for processing information (信息处理费) were taken.

    Published reports say how many notices of fees were sent, for how much, and how much was
    taken, or that nothing was. Readers look for the sentence in section six.
    """
    if not any(_FEE.search(passage.text) for passage in context.passages):
        yield Miss(
            ("other_matters",),
            text("The report does not say whether information processing fees were taken."),
            text("Add it; where there were none: “本年度未收取信息处理费”."),
        )


@rule(
    "N405",
    Severity.WARNING,
    source=Source("law", "《中华人民共和国政府信息公开条例》第五十条第（四）项"),
    bad="organization: {name: 桃山区人民政府, kind: government}",
    good="""
organization: {name: 桃山区人民政府, kind: government}
opening: 将政府信息公开纳入工作考核，开展社会评议，全年未发生责任追究情形。
""",
)
def accountability_told(context: Context) -> Iterable[Miss]:
    """A government tells of assessment, public evaluation and accountability.

    The reports of people's governments at every level also give the results of work assessment,
    public evaluation and accountability (工作考核、社会评议和责任追究结果情况). Departments need not.
    """
    if not context.is_government:
        return
    words = "\n".join(passage.text for passage in context.passages)
    missing = [label for label, pattern in _ACCOUNTABILITY if not pattern.search(words)]
    if missing:
        yield Miss(
            ("overview",),
            text("A government's report also tells of: {items}.", items=_joined(missing)),
            text(
                "Add the results to section one, under supervision; where there were none, say so."
            ),
        )


def _joined(items: list[Text]) -> Text:
    if len(items) == 1:
        return items[0]
    return text("{first}; {rest}", first=items[0], rest=_joined(items[1:]))


RULES = (
    five_aspects,
    problems_told,
    improvements_told,
    information_fee_told,
    accountability_told,
)
