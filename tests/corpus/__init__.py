"""Narratives with the findings they must give, and how well the rules do on them."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.kinds import run
from toolkit.sources import Mapping, Scalar, Sequence, read_text

FILE = Path(__file__).parent / "narratives.yaml"


@dataclass(frozen=True)
class Narrative:
    """One case: a data fragment, and the codes it must give, and no others."""

    name: str
    fragment: str
    finds: frozenset[str]

    def found(self) -> set[str]:
        """Check the fragment as a data file."""
        return run(self.fragment).codes()


def narratives() -> tuple[Narrative, ...]:
    """Read the corpus."""
    whole = b"cases:\n" + FILE.read_bytes()
    entry = read_text(whole, FILE.name, ".yaml").root.find("cases")
    assert entry is not None
    assert isinstance(entry.node, Sequence)
    return tuple(_narrative(node) for node in entry.node.items if isinstance(node, Mapping))


def _narrative(node: Mapping) -> Narrative:
    words = {e.key: e.node.raw for e in node if isinstance(e.node, Scalar)}
    lists = {
        e.key: [item.raw for item in e.node.items if isinstance(item, Scalar)]
        for e in node
        if isinstance(e.node, Sequence)
    }
    parts = [f"{words.get('section', 'opening')}: {json.dumps(words['text'], ensure_ascii=False)}"]
    if "report" in words:
        parts.append(words["report"])
    elif "flow" in lists:
        parts.append(_FLOW.format(*lists["flow"]))
    return Narrative(words["name"], "\n".join(parts), frozenset(lists["finds"]))


_FLOW = (
    "applications: {{new: {{natural_person: {}}}, carried_over: {{natural_person: {}}},"
    " results: {{granted: {{natural_person: {}}}}}, carried_forward: {{natural_person: {}}}}}"
)


def scores() -> dict[str, tuple[int, int, int]]:
    """Family → right findings, false alarms, findings missed."""
    right, false, missed = Counter(), Counter(), Counter()
    for narrative in narratives():
        found = narrative.found()
        right.update(code[:-2] for code in found & narrative.finds)
        false.update(code[:-2] for code in found - narrative.finds)
        missed.update(code[:-2] for code in narrative.finds - found)
    families = sorted({*right, *false, *missed})
    return {family: (right[family], false[family], missed[family]) for family in families}
