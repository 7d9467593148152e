"""Provinces and prefecture-level cities by their full names, from `schemas/regions.txt`."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from toolkit import resources

_SUFFIX = re.compile(r"(?:省|市|(?:维吾尔|壮族|回族)?自治区|特别行政区)$")


@lru_cache(maxsize=1)
def provinces() -> Mapping[str, str]:
    """Return the official names of the provinces, each with its two digits of GB/T 2260."""
    pairs = (line.split() for line in _lines("[provinces]"))
    return MappingProxyType({name: code for code, name in pairs})


def usual(name: str) -> str:
    """Return a province's name without 省, 市 or 自治区, as people say it."""
    return _SUFFIX.sub("", name)


@lru_cache(maxsize=1)
def prefectures() -> frozenset[str]:
    """Return the names of the prefecture-level cities."""
    return frozenset(name for line in _lines("[prefectures]") for name in line.split())


def _lines(part: str) -> list[str]:
    words = (resources.schemas() / "regions.txt").read_text(encoding="utf-8")
    inside = words.partition(f"\n{part}\n")[2].partition("\n[")[0]
    return [line for line in inside.splitlines() if line.strip()]
