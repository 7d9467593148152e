"""What a rule is: a code, a demand with its reason and source, two examples, one function."""

import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from toolkit.diagnostics import Severity
from toolkit.forms import Path
from toolkit.messages import Text, text
from toolkit.rules.context import Context
from toolkit.rules.passage import Passage

Kind = Literal["law", "form", "arithmetic", "advice"]

_CODE = re.compile(r"[A-Z]{1,5}[1-9][0-9]{2}\Z")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a demand comes from.

    ``kind`` is ``"law"`` (a law or an official notice that was read; ``text`` names document,
    number and article), ``"form"`` (printed in the official form), ``"arithmetic"`` (follows
    from what the numbers mean) or ``"advice"`` (this project's own; nobody is bound by it).
    """

    kind: Kind
    text: Text | str = ""

    @property
    def citation(self) -> Text:
        """The source in words that never make advice look like law."""
        if self.kind in ("law", "form"):
            return self.text if isinstance(self.text, Text) else Text(self.text)
        label = text("arithmetic") if self.kind == "arithmetic" else text("house advice, not law")
        return text("{kind}: {text}", kind=label, text=self.text) if self.text else label


@dataclass(frozen=True, slots=True)
class Miss:
    """One place where a report misses a demand, as the rule sees it: no file, no line.

    ``path`` is the value in question. For a phrase in a text, ``at`` is its offset in the text
    that stands at ``path`` and ``length`` its length, both in characters. ``related`` are
    other values that may be at fault, each with a word about it. ``citation`` stands in for
    the rule's own where a finding has a closer source.
    """

    path: Path
    message: Text
    remedy: Text | None = None
    at: int | None = None
    length: int = 0
    related: tuple[tuple[Path, Text], ...] = ()
    citation: Text | None = None

    @classmethod
    def of(cls, passage: Passage, match: re.Match[str], message: Text, remedy: Text) -> "Miss":
        """Return the miss of a phrase: its place is that of the whole match."""
        at, length = match.start(), match.end() - match.start()
        return cls(passage.path, message, remedy, at=at, length=length)


Check = Callable[[Context], Iterable[Miss]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One demand.

    ``bad`` and ``good`` are YAML fragments of a data file, laid over a report without faults:
    the first gives exactly this rule's finding, the second none (`toolkit.rules.examples`).
    ``check`` is None where reading or validation finds the fault. ``kind`` is the kind of
    report that a province's rule is for, empty for all it serves.
    """

    code: str
    severity: Severity
    title: Text
    why: Text
    source: Source
    bad: str
    good: str
    check: Check | None
    suppressible: bool = True
    kind: str = ""

    @property
    def family(self) -> str:
        """``"N2"`` of ``"N203"``."""
        return self.code[:-2]


def rule(
    code: str,
    severity: Severity,
    *,
    source: Source,
    bad: str,
    good: str,
    suppressible: bool = True,
    kind: str = "",
) -> Callable[[Check], Rule]:
    """Make a rule of a function.

    The first line of the function's docstring is the rule's title, the rest says why; both
    are shown to authors. The function only looks: it yields a `Miss` for each fault.

    Raises:
        TypeError: the code is not letters and three digits, or the docstring lacks a reason.
    """

    def make(check: Check) -> Rule:
        title, why = _words(code, check)
        return Rule(code, severity, title, why, source, bad, good, check, suppressible, kind)

    return make


def found_by_reading(
    code: str, severity: Severity, *, bad: str, good: str, source: Source | None = None
) -> Callable[[Callable[[], None]], Rule]:
    """Document a fault that reading or validation finds; the function has a docstring only."""

    def make(function: Callable[[], None]) -> Rule:
        title, why = _words(code, function)
        demand = source or Source("advice")
        loose = severity < Severity.ERROR
        return Rule(code, severity, title, why, demand, bad, good, None, loose)

    return make


def _words(code: str, function: Callable[..., object]) -> tuple[Text, Text]:
    if not _CODE.match(code):
        raise TypeError(f"a code is letters and three digits, such as N201; not {code!r}")
    title, _, why = inspect.cleandoc(function.__doc__ or "").partition("\n\n")
    if not why:
        raise TypeError(f"{code}: the docstring needs a title, a blank line and the reason")
    paragraphs = (" ".join(part.split()) for part in why.split("\n\n"))
    return Text(" ".join(title.split())), Text("\n\n".join(paragraphs))
