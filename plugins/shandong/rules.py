"""What Shandong's reports tell beyond the national form. Habit, except where sums decide."""

from collections.abc import Iterable

from toolkit import Context, Miss, Severity, Source, rule, text

_HABIT = Source("advice", "山东省各级机关的年度报告第六部分多写此项")


@rule(
    "SD101",
    Severity.NOTE,
    source=_HABIT,
    bad="other_matters: 本年度未收取信息处理费。本年度政务公开工作创新情况：无。",
    good="other_matters: 未收取信息处理费。建议提案办理结果公开：见附表。创新情况：无。",
)
def proposals_told(context: Context) -> Iterable[Miss]:
    """第六部分宜写人大代表建议和政协提案办理结果公开情况。

    山东省的年度报告多在第六部分写这一项。这是习惯，不是规定。
    """
    words = context.passage("other_matters").text
    if "建议" not in words or "提案" not in words:
        yield Miss(
            ("other_matters",),
            text("第六部分没有写建议提案办理结果公开情况。"),
            text("可在第六部分加“人大代表建议和政协提案办理结果公开情况”一项。"),
        )


@rule(
    "SD102",
    Severity.NOTE,
    source=_HABIT,
    bad="other_matters: 未收取信息处理费。建议提案办理结果公开情况：见附表。",
    good="other_matters: 未收取信息处理费。建议提案办理结果公开：见附表。创新情况：无。",
)
def innovation_told(context: Context) -> Iterable[Miss]:
    """第六部分宜写政务公开工作创新情况。

    山东省的年度报告多在第六部分写这一项。这是习惯，不是规定。
    """
    if "创新" not in context.passage("other_matters").text:
        yield Miss(
            ("other_matters",),
            text("第六部分没有写政务公开工作创新情况。"),
            text("可在第六部分加“政务公开工作创新情况”一项。"),
        )


@rule(
    "SD201",
    Severity.WARNING,
    source=Source("arithmetic"),
    bad="""\
form: shandong-2021
other_matters: 未收取信息处理费。建议提案：见附表。创新情况：无。
proposals: {congress: {received: 3, completed: 2, published: 3}}
""",
    good="""\
form: shandong-2021
other_matters: 未收取信息处理费。建议提案：见附表。创新情况：无。
proposals: {congress: {received: 3, completed: 3, published: 2}}
""",
)
def published_at_most_completed(context: Context) -> Iterable[Miss]:
    """公开办理结果的件数不多于办结件数。

    没有办结的建议提案没有结果可以公开。
    """
    for row in ("congress", "conference"):
        done = context.count("proposals", row, "completed")
        shown = context.count("proposals", row, "published")
        if done is not None and shown is not None and shown > done:
            yield Miss(
                ("proposals", row, "published"),
                text("公开办理结果 {shown} 件，多于办结的 {done} 件。", shown=shown, done=done),
                text("核对这一行的两个数。"),
                related=((("proposals", row, "completed"), text("办结件数")),),
            )


RULES = (proposals_told, innovation_told, published_at_most_completed)
