"""Cut a long title into lines of like length that break between words.

GB/T 9704-2012, 7.3.1: a title of several lines keeps words whole, is symmetrical and of fitting
lengths. Neither WeasyPrint nor Word balances lines by itself.
"""

import re
from functools import lru_cache
from itertools import accumulate, pairwise

FULL_LINE = 20
"""Characters of 二号 (22 pt) that fit into 156 mm."""

_TAIL = re.compile(r"(20\d\d年(?:度)?)|(政府信息公开)|(工作)|(年度报告)")
_UNITS = "省市县区州盟旗乡镇局委办厅处院会室"
_FREE, _CHEAP, _DEAR = 0.0, 4.0, 60.0


@lru_cache(maxsize=256)
def title_lines(title: str, width: int = FULL_LINE) -> tuple[str, ...]:
    """Break a title into as few lines as will hold it, as equal as its words allow.

    One line more is taken if fewer words are torn that way.

    Args:
        title: the whole title on one line.
        width: full-width characters that fit on a line, at least 2.

    Returns:
        The lines; joined they are the title, letter for letter. None is wider than ``width``.
    """
    total = _width(title)
    count = max(1, -int(-total // width))
    while True:
        lines = _balance(title, count, width)
        if lines:
            more = _balance(title, count + 1, width) if _torn(lines) else ()
            return more if more and _torn(more) < _torn(lines) else lines
        count += 1


def _torn(lines: tuple[str, ...]) -> int:
    """Count the breaks inside words."""
    costs = _break_costs("".join(lines))
    return sum(place not in costs for place in accumulate(map(len, lines)))


def _width(text: str) -> float:
    """Measure in full-width characters; digits of title faces are a little over half as wide."""
    return sum(0.6 if char < "\u0100" else 1.0 for char in text)


def _balance(title: str, count: int, width: int) -> tuple[str, ...]:
    """Find the best breaks for just ``count`` lines; empty if they cannot hold the title."""
    if count == 1:
        return (title,) if _width(title) <= width else ()
    ideal = _width(title) / count
    costs = _break_costs(title)
    edges = [0.0, *accumulate(_width(char) for char in title)]
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, -1)}]
    for _ in range(count):
        reached: dict[int, tuple[float, int]] = {}
        for start, (spent, _back) in best[-1].items():
            for end in range(start + 1, len(title) + 1):
                wide = edges[end] - edges[start]
                if wide > width:
                    break
                cost = spent + (wide - ideal) ** 2 + costs.get(end, _DEAR)
                if end not in reached or cost < reached[end][0]:
                    reached[end] = (cost, start)
        best.append(reached)
    if len(title) not in best[-1]:
        return ()
    return _walk_back(title, best)


def _walk_back(title: str, best: list[dict[int, tuple[float, int]]]) -> tuple[str, ...]:
    ends = [len(title)]
    for reached in reversed(best[1:]):
        ends.append(reached[ends[-1]][1])
    return tuple(title[a:b] for a, b in pairwise(reversed(ends)))


def _break_costs(title: str) -> dict[int, float]:
    """Return how ill a break is at each place: free around 2022年, dear in words."""
    costs = {len(title): _FREE}
    for place, char in enumerate(title[:-1], 1):
        if char in _UNITS and not title.startswith("公室", place):
            costs[place] = _CHEAP
    for match in _TAIL.finditer(title):
        costs[match.start()] = _FREE if match.group(1) or match.group(2) else _CHEAP
        costs[match.end()] = _FREE if match.group(1) else _CHEAP
    return costs
