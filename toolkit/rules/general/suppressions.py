"""N1, last part: what a file suppresses, and rules that could not be run."""

from toolkit.diagnostics import Severity
from toolkit.rules.rule import found_by_reading


@found_by_reading(
    "N130",
    Severity.NOTE,
    bad="other_matters: 无\nsuppress: [{code: N404, reason: 收费情况由区财政局统一公布}]\n",
    good="suppress: []\n",
)
def suppressed() -> None:
    """What the file suppresses is listed with its reason.

    A suppression names a code and why the finding may stay, and may be limited to a field by
    “path”. Readers of the check see both; nothing is hidden in silence.
    """


@found_by_reading("N131", Severity.ERROR, bad="suppress: [{code: N404}]\n", good="suppress: []\n")
def broken_suppression() -> None:
    """A suppression names a rule that can be suppressed, and a reason.

    Faults that keep a file from being read cannot be suppressed.
    """


@found_by_reading(
    "N132",
    Severity.NOTE,
    bad="suppress: [{code: N404, reason: 收费情况由区财政局统一公布}]\n",
    good="suppress: []\n",
)
def unused_suppression() -> None:
    """Every suppression is needed.

    One that meets nothing is left over from a fault that was mended; the next fault of its kind
    would go by unseen.
    """


@found_by_reading("N190", Severity.WARNING, bad="", good="")
def rule_failed() -> None:
    """Every rule could be run.

    A rule, perhaps a plugin's, raised an error on this report. The finding names it; all other
    rules were run. It is a fault of the rule, not of the report, so no example can show it.
    """


RULES = (suppressed, broken_suppression, unused_suppression, rule_failed)
