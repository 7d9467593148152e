"""Chinese numerals, digit by digit (二〇二六) and by place (一百二十三)."""

_DIGITS = "〇一二三四五六七八九"
_VALUES = {sign: value for value, sign in enumerate(_DIGITS)} | {"零": 0, "○": 0}
"""○ (U+25CB) is what many keyboards give for 〇."""
_PLACES = ((1000, "千"), (100, "百"), (10, "十"))


def digits(word: str) -> int | None:
    """Read digit by digit: 二〇二六 is 2026; None for anything else."""
    if not word or any(sign not in _VALUES for sign in word):
        return None
    return int("".join(str(_VALUES[sign]) for sign in word))


def number(word: str) -> int | None:
    """Read a number below 100,000,000 in words, if it is written as it is spoken."""
    plain = word.replace("〇", "零").replace("两", "二")
    if plain in ("零", ""):
        return 0 if plain else None
    wan, mark, rest = plain.partition("万")
    high = _value(wan) if mark else 0
    low = _value(rest if mark else plain)
    if high is None or low is None:
        return None
    value = high * 10_000 + low
    return value if plain in (in_words(value), ordinal(value)) else None


def _value(word: str) -> int | None:
    """Read below 10,000; whether it is well formed is seen when it is written again."""
    total, digit = 0, 0
    for sign in word:
        place = next((value for value, name in _PLACES if name == sign), 0)
        if place:
            total, digit = total + (digit or 1) * place, 0
        elif sign in _VALUES:
            digit = _VALUES[sign]
        else:
            return None
    return total + digit


def in_digits(value: int) -> str:
    """Write digit by digit: 2023 is 二〇二三."""
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def ordinal(value: int) -> str:
    """Write a number from 1 to 99,999,999 as lists are numbered: 10 is 十, 21 is 二十一."""
    words = in_words(value)
    return words.removeprefix("一") if words.startswith("一十") else words


def in_words(value: int) -> str:
    """Write a number from 1 to 99,999,999 in words: 105 is 一百零五."""
    high, low = divmod(value, 10_000)
    if not high:
        return _in_words(low)
    zero = "零" if 0 < low < 1000 else ""
    return f"{_in_words(high)}万{zero}{_in_words(low)}"


def _in_words(value: int) -> str:
    """Write below 10,000; 10 to 19 are 一十… here."""
    words, waiting = "", False
    for place, name in _PLACES:
        digit, value = divmod(value, place)
        if digit:
            words += f"{'零' if waiting else ''}{_DIGITS[digit]}{name}"
            waiting = False
        else:
            waiting = bool(words)
    return words + (f"{'零' if waiting else ''}{_DIGITS[value]}" if value else "")
