"""What a claim can mean in terms of the tables: its readings, each with its number.

“收到 N 件” means the new applications in some reports and those carried over as well in
others; a claim is wrong only if it fits none of its readings.
"""

from collections.abc import Callable

from toolkit import Context, Text, text

from .claims import Claim

Reading = tuple[Text, int | None]
"""What is counted, and how many the tables have; None where a cell is blank."""

_NEW = text("new")
_ALL = text("new and carried over")
_RESULTS = text("results in all")
_THIS_YEAR = text("results without those carried over")
_OVER = text("carried over from last year")
_FORWARD = text("carried forward to next year")

_LEGAL = ("business", "research", "public_interest", "legal_service", "other")


def readings(context: Context, claim: Claim) -> tuple[Reading, ...]:
    """Return the readings of a claim; none where it is of no known kind."""
    make = _KINDS.get(claim.kind)
    if make is None:
        return _result(context, claim.kind)
    return make(context, claim)


def _received(context: Context, claim: Claim) -> tuple[Reading, ...]:
    new, over = _cell(context, "new"), _cell(context, "carried_over")
    alone, together = (_NEW, new), (_ALL, _plus(new, over))
    if claim.scope == "without":
        return (alone,)
    if claim.scope == "with":
        return (together,)
    return alone, together


def _dealt(context: Context, claim: Claim) -> tuple[Reading, ...]:
    """“处理 N 件” may be what came in or what was finished."""
    return (*_received(context, claim), (_RESULTS, _cell(context, "results", "total")))


def _handled(context: Context, claim: Claim) -> tuple[Reading, ...]:
    total, over = _cell(context, "results", "total"), _cell(context, "carried_over")
    without = None if total is None or over is None else total - over
    whole = (_RESULTS, total)
    if claim.scope == "with":
        return (whole,)
    return whole, (_THIS_YEAR, without)


def _carried_over(context: Context, claim: Claim) -> tuple[Reading, ...]:
    return ((_OVER, _cell(context, "carried_over")),)


def _carried_forward(context: Context, claim: Claim) -> tuple[Reading, ...]:
    return ((_FORWARD, _cell(context, "carried_forward")),)


def _carried(context: Context, claim: Claim) -> tuple[Reading, ...]:
    return (*_carried_forward(context, claim), *_carried_over(context, claim))


def _natural(context: Context, claim: Claim) -> tuple[Reading, ...]:
    return _by_applicant(context, ("natural_person",))


def _legal(context: Context, claim: Claim) -> tuple[Reading, ...]:
    return _by_applicant(context, _LEGAL)


def _by_applicant(context: Context, columns: tuple[str, ...]) -> tuple[Reading, ...]:
    def over(row: tuple[str, ...]) -> int | None:
        return _plus(*(context.count("applications", *row, column) for column in columns))

    new, carried = over(("new",)), over(("carried_over",))
    return (
        (_NEW, new),
        (_ALL, _plus(new, carried)),
        (_RESULTS, over(("results", "total"))),
    )


def _result(context: Context, kind: str) -> tuple[Reading, ...]:
    """One kind of result, with all rows under it; granted may count the partly granted in."""
    own = _plus(*_rows(context, kind))
    if own is None and not _rows(context, kind):
        return ()
    label = text("in the table")
    if kind != "granted":
        return ((label, own),)
    partly = _plus(*_rows(context, "partially_granted"))
    return (label, own), (text("with those granted in part"), _plus(own, partly))


def _rows(context: Context, kind: str) -> list[int | None]:
    """The totals of all rows of section three under one result."""
    head = ("applications", "results", kind)
    cells = context.report.cells
    return [context.count(*p) for p in cells if p[:3] == head and p[-1] == "total"]


def _review(context: Context, claim: Claim) -> tuple[Reading, ...]:
    return ((text("reviews"), _reviews(context)),)


def _litigation(context: Context, claim: Claim) -> tuple[Reading, ...]:
    return ((text("lawsuits"), _lawsuits(context)),)


def _both(context: Context, claim: Claim) -> tuple[Reading, ...]:
    return ((text("reviews and lawsuits"), _plus(_reviews(context), _lawsuits(context))),)


def _reviews(context: Context) -> int | None:
    return context.count("review_and_litigation", "administrative_reconsideration", "total")


def _lawsuits(context: Context) -> int | None:
    head = ("review_and_litigation", "administrative_litigation")
    return _plus(
        context.count(*head, "direct", "total"),
        context.count(*head, "after_reconsideration", "total"),
    )


def _cell(context: Context, *row: str) -> int | None:
    return context.count("applications", *row, "total")


def _plus(*counts: int | None) -> int | None:
    """Add; unknown if any is unknown, or if there is nothing to add."""
    known = [count for count in counts if count is not None]
    return sum(known) if counts and len(known) == len(counts) else None


_KINDS: dict[str, Callable[[Context, Claim], tuple[Reading, ...]]] = {
    "received": _received,
    "dealt": _dealt,
    "handled": _handled,
    "over": _carried_over,
    "forward": _carried_forward,
    "carried": _carried,
    "natural": _natural,
    "legal": _legal,
    "review": _review,
    "litigation": _litigation,
    "both": _both,
}
