"""A kind of report: what is true of it whatever the province, said as data and functions."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from toolkit.carry import CarryOver
from toolkit.charts import Drawer
from toolkit.rules import Rule, Source

_NO_SOURCES: Mapping[str, Source] = MappingProxyType({})
_NO_EXAMPLE: Mapping[str, object] = MappingProxyType({})
_NO_CHARTS: Mapping[str, Drawer] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ReportKind:
    """One kind of annual report. Its forms are those whose file says ``kind: <id>``."""

    id: str
    """As the forms name it: ``disclosure``."""
    name: str
    """What people call the report: ``政府信息公开工作年度报告``."""
    everywhere: bool = False
    """Whether every province makes it, so that a province serves it without saying so."""
    rules: tuple[Rule, ...] = ()
    """Rules for reports of this kind, after the general ones."""
    sources: Mapping[str, Source] = field(default_factory=lambda: _NO_SOURCES)
    """Code of a general rule → where a law or notice on this kind of report demands the same."""
    example: Mapping[str, object] = field(default_factory=lambda: _NO_EXAMPLE)
    """Parts of a data file without faults, ``{year}`` in its texts: what the examples of rules are
    laid over."""
    charts: Mapping[str, Drawer] = field(default_factory=lambda: _NO_CHARTS)
    """Charts that a province may name, and that ``charts: true`` in a data file switches on."""
    carry_over: CarryOver = field(default_factory=CarryOver)
    """What goes on from last year's report into this year's data file."""

    def cited(self, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        """Return general rules with the sources that this kind of report has for them."""
        return tuple(
            replace(rule, source=self.sources[rule.code]) if rule.code in self.sources else rule
            for rule in rules
        )
