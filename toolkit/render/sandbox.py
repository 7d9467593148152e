"""The Jinja2 environment of all templates: sandboxed, escaping, strict about names, limited."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from jinja2 import StrictUndefined, Template
from jinja2.exceptions import UndefinedError
from jinja2.runtime import Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import soft_str

from toolkit.charts import Chart, Series
from toolkit.isolation.cpu_time import Overrun, within
from toolkit.limits import limits, variable
from toolkit.messages import Text, text
from toolkit.view.figures import Figure
from toolkit.view.model import Cell, ChartView, Names, Paragraph, SectionView, TableView

_PLAIN = (Paragraph, SectionView, TableView, Cell, ChartView, Chart, Series)


class TooMuch(Exception):  # noqa: N818  said of a template, as UnknownName is
    """A template runs longer, or gives more, than a limit allows."""

    def __init__(self, message: Text) -> None:
        super().__init__(message)
        self.message = message


class NoText(Exception):  # noqa: N818  said of a template, as TooMuch is
    """A tag prints what is no text at all: a list, a function, a condition."""

    def __init__(self, message: Text, remedy: Text) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


SEVERAL = text("this is no text but holds several values")
PRINT_ONE = text("Print one of its values; repeat over a list with for, ask a condition with if.")


def no_text(value: object) -> Text | None:
    """Return why Python would be printed in place of text; ``None`` for texts and numbers."""
    if value is None:
        return text("there is no value here, and “None” would be printed")
    if isinstance(value, bool):
        return text("this is a condition, and “{value}” would be printed", value=value)
    if isinstance(value, str | int | float | Decimal | Undefined) or hasattr(value, "__html__"):
        return None
    if callable(value):
        return text("this is a function, which is called with brackets behind its name")
    return SEVERAL


class UnknownName(UndefinedError):  # noqa: N818  Jinja2 has the shorter name already
    """A template used a name that is not there: ``name`` of ``holder``.

    ``holder`` is the value that lacks it, or ``None`` for a name that stands alone.
    """

    def __init__(self, holder: object, name: str, message: str) -> None:
        super().__init__(message)
        self.holder = holder
        self.name = name

    def known(self) -> list[str]:
        """Names the holder does have, if it can tell."""
        if isinstance(self.holder, Mapping):
            return [str(name) for name in self.holder]
        fields = getattr(type(self.holder), "__dataclass_fields__", {})
        return list(fields)


class _Missing(StrictUndefined):
    """Stands for an unknown name, and remembers whose it was until it is used."""

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[Exception] = UndefinedError,
    ) -> None:
        if exc is UndefinedError:
            holder = None if obj is missing else obj
            exc = partial(UnknownName, holder, str(name))  # type: ignore[assignment]
        super().__init__(hint, obj, name, exc)  # type: ignore[arg-type]


class _Limited(Template):
    """A template that ends: within its time, and with no more text than is allowed."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Fill it.

        Raises:
            TooMuch: a limit is passed.
        """
        try:
            with within(limits().template_seconds):
                made = super().render(*args, **kwargs)
        except Overrun as error:
            raise _too_long().with_traceback(error.__traceback__) from error
        allow(len(made))
        return made


def allow(characters: int) -> None:
    """Raise TooMuch for more text than a template may give."""
    allowed = limits().template_characters
    if characters > allowed:
        message = text(
            "it gives more than {limit} characters; {variable} allows more",
            limit=allowed,
            variable=variable("template_characters"),
        )
        raise TooMuch(message)


def _too_long() -> TooMuch:
    message = text(
        "it runs longer than {seconds} seconds; {variable} gives more",
        seconds=limits().template_seconds,
        variable=variable("template_seconds"),
    )
    return TooMuch(message)


def _as_text(value: object) -> str:
    return str(value) if isinstance(value, Figure) else soft_str(value)


_LARGEST_POWER = 1_000
"""Of an exponent: a larger one could compute for hours without being interrupted."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Runs templates of plugins: no private attributes, no changing of values, no silence.

    ``a.b`` on `Names` finds the item before any method, so that a form id such as
    ``items`` or ``values`` is reachable.
    """

    template_class = _Limited
    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, **options: Any) -> None:
        super().__init__(autoescape=True, undefined=_Missing, **options)
        self.filters["string"] = _as_text

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply, unless that would give more than a template may."""
        if operator == "**" and isinstance(right, int) and abs(right) > _LARGEST_POWER:
            message = text("an exponent may be at most {limit}", limit=_LARGEST_POWER)
            raise TooMuch(message)
        for many, times in ((left, right), (right, left)):
            if operator == "*" and isinstance(times, int) and hasattr(many, "__len__"):
                allow(len(many) * times)
        return super().call_binop(context, operator, left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Find ``obj.attribute``."""
        if isinstance(obj, Names):
            try:
                return obj[attribute]
            except KeyError:
                pass
        elif type(obj) in _PLAIN and attribute in obj.__dataclass_fields__:
            return getattr(obj, attribute)  # the usual case, without the sandbox's slow look
        return super().getattr(obj, attribute)


def is_missing(value: object) -> bool:
    """Whether a name looked up in a template was not there."""
    return isinstance(value, Undefined)
