"""N3: the form, and the year it is for."""

import re
from collections.abc import Iterable

from toolkit.diagnostics import Severity
from toolkit.forms import NUMBERS
from toolkit.forms.labels import normal
from toolkit.messages import Text, text
from toolkit.rules.context import Context
from toolkit.rules.rule import Miss, Source, rule
from toolkit.validation.names import bare

_NOTICES = Source(
    "law",
    "国办公开办函〔2019〕60号（格式试行）；国办公开办函〔2021〕30号（现行格式，2021年9月26日）",
)


@rule(
    "N301",
    Severity.WARNING,
    source=_NOTICES,
    bad="{form: national-2019, year: 2022}",
    good="{form: national-2021, year: 2022}",
)
def form_in_force(context: Context) -> Iterable[Miss]:
    """The report is on the form in force for its year.

    The form of 2019 (on trial) serves the reports for 2019 and 2020; the revised form of 2021
    serves those for 2021 and later. They ask for other numbers in section two, and the later
    one has two more rows in section three, so a report on the wrong form lacks numbers that
    its readers add up.
    """
    form, year = context.report.form, context.report.year
    if not form.in_force(year):
        path = ("form",) if context.report.get("form") else ("year",)
        yield Miss(
            path,
            text(
                "The form of {notice} serves reports {years}, not {year}.",
                notice=form.notice,
                years=_years(*form.years),
                year=year,
            ),
            text(
                "Use the form that is in force for {year}; without “form:” the year decides.",
                year=year,
            ),
        )


def _years(first: int, last: int | None) -> Text:
    if last is None:
        return text("from {first} on", first=first)
    return text("for {first} to {last}", first=first, last=last)


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
        if key is None or (key.kind not in NUMBERS and not key.keys):
            continue
        name = place.names[-1]
        if name != key.id and normal(name) not in {normal(key.label), normal(bare(key.label))}:
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


def _number(notice: str) -> tuple[str, str]:
    match = _CITED.search(notice)
    return (match[1], match[2]) if match else ("", "")


RULES = (form_in_force, own_labels, notice_cited, labels_in_text)
