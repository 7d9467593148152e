"""N8: fees."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from toolkit import Context, Miss, Passage, Severity, Source, around, rule, text

_FEE = ("proactive_disclosure", "article_20_8", "administrative_charges", "amount")
_YUAN = Decimal(10_000)
_LEAST_SHOWN = Decimal("0.005")
_BEYOND_BELIEF = Decimal(1_000_000)
"""万元: ten thousand million yuan in charges; the largest seen in a real report was a third."""

_TAKEN = re.compile(r"(?<!\d)(?P<amount>\d[\d,，]*(?:\.\d+)?)\s*(?P<unit>万元|元)")
_TARIFF = Source("arithmetic", text("the rates of 国办函〔2020〕109号"))


@dataclass(frozen=True, slots=True)
class _Taken:
    """An amount of 信息处理费 taken, as a text says; in yuan."""

    yuan: Decimal
    passage: Passage
    at: int
    length: int


def _taken(context: Context) -> Iterator[_Taken]:
    """Find the fees taken: in a sentence on 信息处理费, not those only asked for."""
    for passage, match in context.search(_TAKEN):
        before = re.split(r"[。；;！？\n]", around(match, 80)[: -len(match[0])])[-1]
        if "信息处理费" not in before or _only_asked(before) or _other_time(before, context):
            continue
        amount = Decimal(match["amount"].replace(",", "").replace("，", ""))
        yuan = amount * _YUAN if match["unit"] == "万元" else amount
        yield _Taken(yuan, passage, match.start(), len(match[0]))


def _only_asked(before: str) -> bool:
    """Whether the amount is of notices sent, of a rate, or of a part."""
    clause = re.split(r"[,，、]", before)[-1]
    asked = re.search(r"通知|应[收缴]|标准|每[件页]|减免|退", clause)
    return bool(asked) and not re.search(r"实[际收]|已收|收取到", clause)


def _other_time(before: str, context: Context) -> bool:
    years = {int(year) for year in re.findall(r"(20\d\d)年", before)}
    return (bool(years) and context.report.year not in years) or "上年" in before


@rule(
    "N801",
    Severity.WARNING,
    source=Source("advice"),
    bad="""
opening: 全年收取信息处理费400元。
proactive_disclosure: {article_20_8: {administrative_charges: {amount: 400}}}
""",
    good="""
opening: 全年收取信息处理费400元。
proactive_disclosure: {article_20_8: {administrative_charges: {amount: 0.04}}}
""",
)
def yuan_for_wan_yuan(context: Context) -> Iterable[Miss]:
    """Charges are given in 万元, not in yuan.

    The column asks for units of ten thousand yuan with decimals. The same figure in the text in
    yuan, or a sum no office takes, shows that yuan were typed.
    """
    amount = _amount(context)
    if amount is None or not amount:
        return
    same = any(taken.yuan == amount for taken in _taken(context))
    if same or amount >= _BEYOND_BELIEF:
        yield Miss(
            _FEE,
            text("{amount} 万元 seems to be an amount in yuan.", amount=str(amount)),
            text("In 万元 it would be {amount}.", amount=_plain(amount / _YUAN)),
        )


@rule(
    "N802",
    Severity.WARNING,
    source=Source("arithmetic", text("fees for processing information are charges of the state")),
    bad="opening: 全年收取信息处理费共计400元。",
    good="""
opening: 全年收取信息处理费共计400元。
proactive_disclosure: {article_20_8: {administrative_charges: {amount: 0.04}}}
""",
)
def fee_in_the_table(context: Context) -> Iterable[Miss]:
    """Fees taken for processing information are among the charges of section two.

    They are a charge of the state like others (国办函〔2020〕109号), so the amount under
    第二十条第（八）项 is at least as large. A sum that two decimals in 万元 do not show may be 0.
    """
    amount = _amount(context)
    if amount is None:
        return
    for taken in _taken(context):
        least = taken.yuan / _YUAN
        if least - amount >= _LEAST_SHOWN:
            yield Miss(
                _FEE,
                text(
                    "The text tells of {yuan} 元 taken, but here stand {amount} 万元.",
                    yuan=_plain(taken.yuan),
                    amount=str(amount),
                ),
                text("Count it in: at least {least} 万元.", least=_plain(least)),
                related=((taken.passage.path, text("the text that tells of the fee")),),
            )


@rule(
    "N803",
    Severity.WARNING,
    source=_TARIFF,
    bad="""
opening: 全年收取信息处理费共计405元。
proactive_disclosure: {article_20_8: {administrative_charges: {amount: 0.05}}}
""",
    good="""
opening: 全年收取信息处理费共计380元。
proactive_disclosure: {article_20_8: {administrative_charges: {amount: 0.04}}}
""",
)
def possible_fee(context: Context) -> Iterable[Miss]:
    """A fee for processing information is a multiple of ten yuan.

    By number the rates are 100 yuan for each application from the 11th to the 30th of a month
    and more beyond; by volume 10, 20 or 40 yuan for each page from the 31st. All are multiples
    of ten, and so is every sum of them.
    """
    for taken in _taken(context):
        if taken.yuan % 10:
            yield Miss(
                taken.passage.path,
                text("{yuan} 元 cannot arise from these rates.", yuan=_plain(taken.yuan)),
                text("Compare the amount with the receipts; all rates are multiples of 10 元."),
                at=taken.at,
                length=taken.length,
            )


def _amount(context: Context) -> Decimal | None:
    """Charges in 万元; None where the form does not ask for them or the cell is blank."""
    path: tuple[str, ...] = _FEE
    value = context.report.cells.get(path)
    return Decimal(value) if isinstance(value, int | Decimal) else None


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


RULES = (yuan_for_wan_yuan, fee_in_the_table, possible_fee)
