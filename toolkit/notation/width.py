"""Full-width letters, digits and signs → the plain ones, and nothing else.

Unicode's own folding (NFKC) would turn 98① into 981 and 18² into 182; here only the full-width
forms of ASCII are brought to ASCII, which no eye reads otherwise.
"""

import unicodedata

_HALF = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}

_NUMERIC = frozenset({"Nd", "Nl", "No"})


def half(word: str) -> str:
    """Return a word with half-width letters, digits, signs and blanks."""
    return word.translate(_HALF)


def odd_digit(word: str) -> str:
    """Return the first sign that stands for a number and is no plain digit: ①, ², ½, Ⅷ, ٣."""
    for sign in half(word):
        if not sign.isascii() and sign != "〇" and unicodedata.category(sign) in _NUMERIC:
            return sign
    return ""
