"""The Jinja2 environment of all templates: sandboxed, escaping, strict about names."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from jinja2 import StrictUndefined
from jinja2.exceptions import UndefinedError
from jinja2.runtime import Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from toolkit.view.model import Cell, Names, Paragraph, SectionView, TableView

_PLAIN = (Paragraph, SectionView, TableView, Cell)


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


class Sandbox(ImmutableSandboxedEnvironment):
    """Runs templates of plugins: no private attributes, no changing of values, no silence.

    ``a.b`` on `Names` finds the item before any method, so that a form id such as
    ``items`` or ``values`` is reachable.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(autoescape=True, undefined=_Missing, **options)

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
