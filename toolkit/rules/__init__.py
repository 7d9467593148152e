"""What a supervisor would send back: rules over a whole report, and the findings they give."""

from toolkit.rules.catalogue import GENERAL, known
from toolkit.rules.context import Context
from toolkit.rules.engine import asked_for, check
from toolkit.rules.names import cell_name, is_label, item_name, row_name
from toolkit.rules.passage import Passage, around, half_width
from toolkit.rules.rule import Miss, Rule, Source, found_by_reading, rule
from toolkit.rules.suppressions import UNUSED

__all__ = [
    "GENERAL",
    "UNUSED",
    "Context",
    "Miss",
    "Passage",
    "Rule",
    "Source",
    "around",
    "asked_for",
    "cell_name",
    "check",
    "found_by_reading",
    "half_width",
    "is_label",
    "item_name",
    "known",
    "row_name",
    "rule",
]
