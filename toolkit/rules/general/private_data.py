"""N7, last part: data about persons, which a public report must not carry."""

import re
from collections.abc import Iterable
from datetime import date

from toolkit.diagnostics import Severity
from toolkit.messages import text
from toolkit.rules.context import Context
from toolkit.rules.passage import around
from toolkit.rules.rule import Miss, Source, rule

_ADVICE = Source("advice", text("a report is read by everybody, and stays on the net"))

_IDENTITY = re.compile(r"(?<![0-9A-Za-z_/.\-])(?P<number>[1-9]\d{16}[\dXx])(?![0-9A-Za-z_/])")
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z_/.\-])(?:\+?86[- ]?)?1[3-9]\d(?P<gap>[- ]?)\d{4}(?P=gap)\d{4}(?![0-9A-Za-z_/])"
)
_BANK = re.compile(r"(?<![0-9A-Za-z_/.\-])(?:62|60)\d{14,17}(?![0-9A-Za-z_/])")
_ACCOUNT = re.compile(r"账[号户]|帐[号户]|卡号|银行")
_REGIONS = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54"
    " 61 62 63 64 65 71 81 82".split()
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


@rule(
    "N721",
    Severity.ERROR,
    source=_ADVICE,
    bad="opening: 申请人身份证号11010519491231002X，已依法答复。",
    good="opening: 流水号110105194912310021的申请已依法答复。",
)
def identity_number(context: Context) -> Iterable[Miss]:
    """No identity number of a person stands in the report.

    Reported are numbers of 18 places with a region, a date of birth and the right check digit
    (GB 11643); a serial number that only looks alike is not.
    """
    for passage, match in context.search(_IDENTITY):
        if _is_identity(match["number"].upper()):
            yield Miss.of(
                passage,
                match,
                text("An identity number of a person stands here."),
                text("Delete it."),
            )


def _is_identity(number: str) -> bool:
    if number[:2] not in _REGIONS:
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return 1880 < born.year < 2100 and _CHECK_DIGITS[total % 11] == number[17]


@rule(
    "N722",
    Severity.WARNING,
    source=_ADVICE,
    bad="opening: 如有疑问请联系张先生，电话13800138000。",
    good="opening: 如有疑问请联系本机关办公室，电话0464-8261234。",
)
def mobile_number(context: Context) -> Iterable[Miss]:
    """No mobile number stands in a text.

    A number of an office belongs under “contact”; a mobile number is nearly always a person's.
    """
    for passage, match in context.search(_MOBILE):
        yield Miss.of(
            passage,
            match,
            text("A mobile number stands here."),
            text("Give the telephone of the office under “contact”, and delete this one."),
        )


@rule(
    "N723",
    Severity.WARNING,
    source=_ADVICE,
    bad="opening: 信息处理费缴入账号6222021234567890123。",
    good="opening: 信息处理费按收费通知载明的方式缴入国库。",
)
def bank_account(context: Context) -> Iterable[Miss]:
    """No number of a bank card stands in a text.

    A card number beside the word account (账号、卡号) belongs in the notice to the applicant.
    """
    for passage, match in context.search(_BANK):
        if _ACCOUNT.search(around(match, 16)):
            yield Miss.of(
                passage,
                match,
                text("The number of a bank card stands here."),
                text("Delete it."),
            )


RULES = (identity_number, mobile_number, bank_account)
