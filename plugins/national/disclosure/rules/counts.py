"""N5: what the texts say beside what the tables say.

“收到” means the new applications in some reports, and those carried over as well in others.
A number is reported only if it fits no reading, and then all readings are named.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from toolkit import Context, Miss, Severity, Source, Text, rule, text

from ..reading.claims import Claim, claims_of
from ..reading.readings import Reading, readings

_TABLE = """
applications:
  new: {natural_person: 10, business: 2}
  carried_over: {natural_person: 3}
  results:
    granted: {natural_person: 8}
    partially_granted: {natural_person: 1}
    refused: {process_information: {business: 2}}
    unavailable: {not_held: {natural_person: 2}}
  carried_forward: {natural_person: 2}
review_and_litigation:
  administrative_reconsideration: {upheld: 2}
  administrative_litigation: {direct: {upheld: 1}, after_reconsideration: {pending: 1}}
"""


def _example(sentence: str) -> str:
    return f"opening: {sentence}\n{_TABLE}"


_COUNTED = Source("arithmetic", text("the text and the tables count the same things"))


def _misses(context: Context, *kinds: str) -> Iterator[Miss]:
    for claim in claims_of(context):
        if claim.kind not in kinds:
            continue
        found = readings(context, claim)
        known = [reading for reading in found if reading[1] is not None]
        if known and len(known) == len(found) and claim.value not in [n for _, n in known]:
            yield _miss(claim, known)


def _miss(claim: Claim, known: list[Reading]) -> Miss:
    return Miss(
        claim.path,
        text(
            "“{phrase}” does not fit the table: {readings}.",
            phrase=claim.phrase,
            readings=_said(known),
        ),
        text("Correct the text or the table; say so if the text counts something else."),
        at=claim.at,
        length=claim.length,
    )


def _said(known: list[Reading]) -> Text:
    first, number = known[0]
    if len(known) == 1:
        return text("{number} ({what})", number=number, what=first)
    rest = _said(known[1:])
    return text("{number} ({what}) or {rest}", number=number, what=first, rest=rest)


@rule(
    "N501",
    Severity.WARNING,
    source=_COUNTED,
    bad=_example("全年共收到政府信息公开申请14件。"),
    good=_example("全年共收到政府信息公开申请15件。"),
)
def received(context: Context) -> Iterable[Miss]:
    """The applications the text says were received are those of the table.

    “收到”, “受理” and “接收” count the new applications in some reports and those carried over
    from last year as well in others. Both readings are accepted unless the text itself says
    which is meant; a number that fits neither was not brought up to date.
    """
    return _misses(context, "received", "dealt")


@rule(
    "N502",
    Severity.WARNING,
    source=_COUNTED,
    bad=_example("收到政府信息公开申请12件，上年结转4件。"),
    good=_example("收到政府信息公开申请12件，上年结转3件。"),
)
def carried_over(context: Context) -> Iterable[Miss]:
    """The applications the text says were carried over from last year are those of the table.

    The number stands in item two of section three (上年结转政府信息公开申请数量).
    """
    return _misses(context, "over")


@rule(
    "N503",
    Severity.WARNING,
    source=_COUNTED,
    bad=_example("收到政府信息公开申请12件，结转下年度1件。"),
    good=_example("收到政府信息公开申请12件，结转下年度2件。"),
)
def carried_forward(context: Context) -> Iterable[Miss]:
    """The applications the text says go on next year are those of the table.

    The number stands in item four of section three (结转下年度继续办理). Where the text says
    “结转” without a year, the number carried over from last year is accepted as well.
    """
    return _misses(context, "forward", "carried")


@rule(
    "N504",
    Severity.WARNING,
    source=_COUNTED,
    bad=_example("收到政府信息公开申请12件，办结11件。"),
    good=_example("收到政府信息公开申请12件，办结13件。"),
)
def handled(context: Context) -> Iterable[Miss]:
    """The applications the text says were finished are those of the table.

    The number is the total of results in section three, with or without the applications
    carried over from last year.
    """
    return _misses(context, "handled")


@rule(
    "N505",
    Severity.WARNING,
    source=_COUNTED,
    bad=_example("依申请公开方面，予以公开7件。"),
    good=_example("依申请公开方面，予以公开8件。"),
)
def granted(context: Context) -> Iterable[Miss]:
    """The applications the text says were granted are those of the table.

    Granted (予以公开) and granted in part (部分公开) are two rows; the first may be told with the
    second counted in.
    """
    return _misses(context, "granted", "partially_granted")


@rule(
    "N506",
    Severity.WARNING,
    source=_COUNTED,
    bad=_example("依申请公开方面，不予公开3件。"),
    good=_example("依申请公开方面，不予公开2件。"),
)
def refused(context: Context) -> Iterable[Miss]:
    """The applications the text says were refused are those of the table.

    The number is the sum of the eight rows under （三）不予公开.
    """
    return _misses(context, "refused")


@rule(
    "N507",
    Severity.WARNING,
    source=_COUNTED,
    bad=_example("依申请公开方面，无法提供1件。"),
    good=_example("依申请公开方面，无法提供2件。"),
)
def not_provided(context: Context) -> Iterable[Miss]:
    """The applications the text says ended otherwise are those of the table.

    无法提供, 不予处理 and 其他处理 are the sums of the rows under （四）, （五） and （六）.
    Applications withdrawn by the applicant are counted under （六） in real reports.
    """
    return _misses(context, "unavailable", "not_processed", "other")


@rule(
    "N508",
    Severity.WARNING,
    source=_COUNTED,
    bad=_example("收到政府信息公开申请12件，其中自然人申请9件。"),
    good=_example("收到政府信息公开申请12件，其中自然人申请10件。"),
)
def applicants(context: Context) -> Iterable[Miss]:
    """The applicants the text tells of are those of the table.

    Natural persons are the first column of section three, legal persons and other organizations
    the next five.
    """
    return _misses(context, "natural", "legal")


@rule(
    "N509",
    Severity.WARNING,
    source=_COUNTED,
    bad=_example("因政府信息公开被申请行政复议3件。"),
    good=_example("因政府信息公开被申请行政复议2件。"),
)
def reviews(context: Context) -> Iterable[Miss]:
    """The administrative reviews the text tells of are those of section four.

    Only reviews about the disclosure of information count; reviews an office decides upon as its
    business are another matter and are not compared.
    """
    return _misses(context, "review", "both")


@rule(
    "N510",
    Severity.WARNING,
    source=_COUNTED,
    bad=_example("因政府信息公开被提起行政诉讼1件。"),
    good=_example("因政府信息公开被提起行政诉讼2件。"),
)
def lawsuits(context: Context) -> Iterable[Miss]:
    """The lawsuits the text tells of are those of section four.

    The number is the sum of the two totals: suits without a review before, and after one
    （未经复议直接起诉、复议后起诉）.
    """
    return _misses(context, "litigation")


@rule(
    "N511",
    Severity.WARNING,
    source=Source("arithmetic"),
    bad=_example("收到政府信息公开申请15件，上年结转3件，办结10件，结转下年度2件。"),
    good=_example("收到政府信息公开申请12件，上年结转3件，办结13件，结转下年度2件。"),
)
def balance_in_text(context: Context) -> Iterable[Miss]:
    """The numbers of one paragraph balance among themselves.

    Where a paragraph tells how many applications were received, carried over, finished and
    carried forward, the first two make as many as the last two, or the first alone does where
    it counts those carried over in. Each number may fit the table in one reading and the
    paragraph still mix two ways of counting.
    """
    for paragraph in _paragraphs(claims_of(context)):
        told = {kind: [c for c in paragraph if c.kind == kind] for kind in _FLOW}
        if any(len(claims) != 1 for claims in told.values()):
            continue
        came, over, done, left = (told[kind][0] for kind in _FLOW)
        out = done.value + left.value
        fits = all(_fits(context, claim) for claim in (came, over, done, left))
        if fits and out not in (came.value + over.value, came.value):
            yield Miss(
                done.path,
                text(
                    "{came} received and {over} carried over make {sum}, but {done} finished and"
                    " {left} carried forward make {out}.",
                    came=came.value,
                    over=over.value,
                    sum=came.value + over.value,
                    done=done.value,
                    left=left.value,
                    out=out,
                ),
                text("Compare the four numbers with section three."),
                at=done.at,
                length=done.length,
            )


_FLOW = ("received", "over", "handled", "forward")


def _fits(context: Context, claim: Claim) -> bool:
    """Whether a claim agrees with the table; if not, that is a finding of its own."""
    numbers = [number for _, number in readings(context, claim)]
    return claim.value in numbers or None in numbers


def _paragraphs(claims: Iterable[Claim]) -> Iterator[list[Claim]]:
    for _, members in groupby(claims, key=lambda claim: (claim.path, claim.paragraph)):
        yield list(members)


RULES = (
    received,
    carried_over,
    carried_forward,
    handled,
    granted,
    refused,
    not_provided,
    applicants,
    reviews,
    lawsuits,
    balance_in_text,
)
