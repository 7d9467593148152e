"""N3: the notice the form comes from, and the labels of its tables."""

import re
from collections.abc import Iterable

from toolkit import Context, Miss, Severity, Source, is_label, rule, text

_NOTICES = Source(
    "law",
    "国办公开办函〔2019〕60号（格式试行）；国办公开办函〔2021〕30号（现行格式，2021年9月26日）",
)
_CITED = re.compile(r"国办公开办函\s*[〔\[【（(]\s*(20\d\d)\s*[〕\]】）)]\s*(\d+)\s*号")
_NUMBERS = frozenset({("2019", "60"), ("2021", "30")})
_FOREIGN = {
    ("2021", "30"): re.compile(
        r"本年新制作数量|本年新公开数量|对外公开总数量|本年增/减|第二十条第（九）项|其他对外管理服务事项"
    ),
    ("2019", "60"): re.compile(
        r"本年制发件数|本年废止件数|现行有效件数|本年处理决定数量|本年收费金额"
    ),
}


@rule(
    "N302",
    Severity.WARNING,
    source=Source("form", text("the labels of the tables of section two")),
    bad="""
proactive_disclosure:
  article_20_1: {normative_documents: null, 规范性文件: {issued: 1, repealed: 0, in_force: 1}}
""",
    good="""
proactive_disclosure:
  article_20_1: {normative_documents: null, 行政规范性文件: {issued: 1, repealed: 0, in_force: 1}}
""",
)
def own_labels(context: Context) -> Iterable[Miss]:
    """Rows and columns bear the labels of their own form.

    The forms of 2019 and 2021 name rows differently (规范性文件, 行政规范性文件) and count different
    things. A label of the other form, or one of the office's own making, is understood, but
    the numbers under it may have been counted by the other form as well.
    """
    form = context.report.form
    for path, place in context.report.record.places.items():
        key = form.key(path) if len(path) > 1 and path[0] == "proactive_disclosure" else None
        if key is None or (path not in form.cell_at and not key.keys):
            continue
        name = place.names[-1]
        if name != key.id and not is_label(name, key.label):
            yield Miss(
                path,
                text(
                    "“{name}” is not a label of this form; it says “{label}”.",
                    name=name,
                    label=key.label,
                ),
                text("Check that the numbers are those this form asks for, and write its label."),
            )


@rule(
    "N303",
    Severity.WARNING,
    source=_NOTICES,
    bad="opening: 根据国办公开办函〔2019〕60号要求编制本报告。",
    good="opening: 根据国办公开办函〔2021〕30号要求编制本报告。",
)
def notice_cited(context: Context) -> Iterable[Miss]:
    """The notice the text cites is the one in force for the year.

    An opening taken over from the report for 2020 still cites the notice of 2019, which the
    notice of 2021 revised.
    """
    own = _number(context.report.form.notice)
    if own not in _NUMBERS:
        return
    for passage in context.passages:
        for match in _CITED.finditer(passage.text):
            if _number(match[0]) in _NUMBERS and _number(match[0]) != own:
                yield Miss(
                    passage.path,
                    text("“{cited}” is not the notice this form comes from.", cited=match[0]),
                    text(
                        "The form used here is that of {notice}.", notice=context.report.form.notice
                    ),
                    at=match.start(),
                    length=len(match[0]),
                )


@rule(
    "N304",
    Severity.WARNING,
    source=Source("form", text("the labels of the tables of section two")),
    bad="opening: 本年新制作数量为3件，对外公开总数量为8件。",
    good="opening: 本年制发件数为3件，现行有效件数为8件。",
)
def labels_in_text(context: Context) -> Iterable[Miss]:
    """The text speaks of the columns its own form has.

    Columns of the other form in a text show that it was taken over from another year.
    """
    foreign = _FOREIGN.get(_number(context.report.form.notice))
    if foreign is None:
        return
    for passage in context.passages:
        for match in foreign.finditer(passage.text):
            yield Miss(
                passage.path,
                text("“{label}” is a label of the other national form.", label=match[0]),
                text("Use the labels of the form this report is on."),
                at=match.start(),
                length=len(match[0]),
            )


def _number(notice: str) -> tuple[str, str]:
    match = _CITED.search(notice)
    return (match[1], match[2]) if match else ("", "")


RULES = (own_labels, notice_cited, labels_in_text)
