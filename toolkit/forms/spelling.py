"""How the names of fields are spelled in a new data file: English ids, or official labels."""

import json
import re
from collections.abc import Sequence

from toolkit.forms.labels import bare, normal
from toolkit.forms.model import Key

ENGLISH, CHINESE = "en", "zh"
SPELLINGS = (ENGLISH, CHINESE)
_PLAIN = re.compile(r"[\w（）《》〈〉、·—]+\Z")
"""A name that YAML reads without quotation marks."""


def spelled(key: Key, siblings: Sequence[Key], spelling: str) -> str:
    """Return the name of a field; the id where its label would stand for another one as well."""
    if spelling != CHINESE or not key.label:
        return key.id
    for word in (bare(key.label), key.label):
        if sum(_means(other, word) for other in siblings) == 1:
            return word if _PLAIN.match(word) else json.dumps(word, ensure_ascii=False)
    return key.id


def _means(key: Key, word: str) -> bool:
    names = (key.id, key.label, bare(key.label), *key.variants)
    return normal(word) in {normal(name) for name in names}
