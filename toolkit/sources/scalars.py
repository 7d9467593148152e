"""What a plain word in a data file means: the YAML 1.2 core schema, with exact decimals.

YAML 1.1 would read ``no`` as False, ``012`` as ten and ``1:30`` as ninety; a report means
none of these.
"""

import re
from decimal import Decimal

_INTEGER = re.compile(r"[-+]?[0-9]{1,400}\Z")
_DECIMAL = re.compile(r"[-+]?(?:[0-9]{1,400}\.[0-9]{0,400}|\.[0-9]{1,400})\Z")
_EXPONENT = re.compile(r"[-+]?[0-9]{1,20}(?:\.[0-9]{0,20})?[eE][-+]?[0-9]{1,3}\Z")
_WORDS: dict[str, object] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN", "NaN"), float("nan")),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "Infinity"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF", "-Infinity"), float("-inf")),
}


def meaning(word: str) -> object:
    """Return the value of an unquoted word; what is no number, truth value or null is text."""
    if word in _WORDS:
        return _WORDS[word]
    if _INTEGER.match(word):
        return int(word)
    if _DECIMAL.match(word) or _EXPONENT.match(word):
        return Decimal(word)
    return word
