"""Labels of groups of rows stand in narrow columns, and break between words."""

import re
from functools import lru_cache

_PARTS = re.compile(r"(（.{1,3}）|[一二三四五六七八九十]+、)?(本年度)?(.*)", re.DOTALL)


@lru_cache(maxsize=1024)
def label_lines(label: str) -> tuple[str, ...]:
    """Break a label after its number: （三）不予公开 → （三）, 不予公开.

    本年度 is a line of its own, or a column of four characters would cut 办理 in two. Joined,
    the lines are the label.
    """
    found = _PARTS.match(label)
    parts = found.groups() if found else (label,)
    return tuple(part for part in parts if part)


def pairs(label: str, fits: int) -> tuple[str, ...]:
    """Break the label of a narrow column between words, which are of two characters there.

    Args:
        label: such as 社会公益组织; one of another make is left whole.
        fits: how many characters a line takes.
    """
    if len(label) <= fits or len(label) % 2 or not label.isalpha():
        return (label,)
    step = max(2, fits - fits % 2)
    return tuple(label[start : start + step] for start in range(0, len(label), step))
