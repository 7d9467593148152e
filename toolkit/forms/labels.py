"""Labels as people type them: full or half width, with or without blanks and line breaks."""

import re
import unicodedata
from functools import lru_cache

_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "、": ",", "﹑": ","})
_BLANK = re.compile(r"[\s\u200b\ufeff]+")


@lru_cache(maxsize=4096)
def normal(label: str) -> str:
    """Bring a label to one spelling, for comparing only; it is never printed.

    Width, blanks, line breaks and kinds of quotation marks do not count, and the list comma
    “、” (which scans turn into “，”) is as good as a comma.
    """
    folded = unicodedata.normalize("NFKC", label).translate(_QUOTES)
    return _BLANK.sub("", folded).replace("。", ".")


def bare(label: str) -> str:
    """Drop the number before a label: ``（一）予以公开`` → ``予以公开``."""
    head, mark, rest = label.partition("、")
    if mark and len(head) <= 3 and rest:
        return rest
    head, mark, rest = label.partition("）")
    if mark and head.startswith("（") and len(head) <= 4 and rest:
        return rest
    head, mark, rest = label.partition(".")
    return rest if mark and head.isdigit() else label
