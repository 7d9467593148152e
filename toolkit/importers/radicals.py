"""Characters that a PDF names by the radical they look like → the characters that are meant.

Programs that print a page find a character by its picture; where 文 and the radical ⽂ have one,
the radical may be named. No text means a radical, so each becomes the character (Unicode,
EquivalentUnifiedIdeograph.txt), in the form that mainland China writes.
"""

import unicodedata

_KANGXI = range(0x2F00, 0x2FD6)
_HERE = {"⼾": "户", "⾭": "青", "⼻": "彳", "⿊": "黑"}
"""Where compatibility (NFKC) gives another form than is written here."""
_SUPPLEMENT = (
    "⺌小⺍小⺎兀⺒巳⺓幺⺔彑⺕彐⺛旡⺜日⺝月⺟母⺠民⺧牛⺩王⺪疋⺬示⺮竹⺯糸⺳网⺶羊⺷羊⺸羊⺻聿⺼月⺽臼"
    "⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄"
    "⻪黾⻬齐⻭歯⻮齿⻯竜⻰龙⻱龟⻲亀⻳龟"
)
"""Pairs: a radical, and the character."""
_MEANT = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in _KANGXI},
    **dict(zip(map(ord, _SUPPLEMENT[::2]), _SUPPLEMENT[1::2], strict=True)),
    **{ord(radical): meant for radical, meant in _HERE.items()},
}


def meant(words: str) -> str:
    """Return the words without radicals; as many characters as before.

    >>> meant("⾏政机关⻓期公开")
    '行政机关长期公开'
    """
    return words.translate(_MEANT)
