"""What a supervisor would send back: rules over a whole report, and the findings they give."""

from toolkit.rules.catalogue import NATIONAL, known
from toolkit.rules.context import Context
from toolkit.rules.engine import check
from toolkit.rules.reading.passage import Passage
from toolkit.rules.rule import Miss, Rule, Source, found_by_reading, rule

__all__ = [
    "NATIONAL",
    "Context",
    "Miss",
    "Passage",
    "Rule",
    "Source",
    "check",
    "found_by_reading",
    "known",
    "rule",
]
