"""Numbers as templates have them: they print as the form prints them, and can be reckoned with."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from math import ceil, floor, trunc
from numbers import Number
from operator import add, eq, floordiv, ge, gt, le, lt, mod, mul, sub, truediv
from typing import Any

from toolkit.messages import Text, text

_PLACES = 12
"""Decimal places that a quotient keeps at most."""
Known = int | Decimal
_NUMERIC_FORMATS = frozenset("bcdeEfFgGnoxX%,")


class NotANumber(TypeError):  # noqa: N818  said of a template, as TooMuch is
    """A template reckons with what is no number."""

    def __init__(self, message: Text) -> None:
        super().__init__(message)
        self.message = message


def _reckoning(
    operator: Callable[[Any, Any], Any], *, turned: bool = False
) -> Callable[["Figure", object], object]:
    def reckon(self: "Figure", other: object) -> object:
        there = known(other)
        if there is NotImplemented:
            return NotImplemented
        if there is None or self.number is None:
            return figure("", None)  # nobody knows the sum, as in the totals of a form
        left, right = _exact(self.number, operator), _exact(there, operator)
        left, right = (right, left) if turned else (left, right)
        if operator in _DIVIDING and not right:
            raise NotANumber(text("a number is divided by 0; ask by if whether there is one"))
        return _result(operator(left, right))

    return reckon


def _comparing(operator: Callable[[Any, Any], Any]) -> Callable[["Figure", object], object]:
    def compare(self: "Figure", other: object) -> object:
        there = known(other)
        if there is NotImplemented:
            return NotImplemented
        return self.number is not None and there is not None and operator(self.number, there)

    return compare


class Figure(str):
    """The printed text of a number; a blank cell has none, is false, and makes sums blank.

    Text is compared with text as it is printed (``year == "2024"``), a number with its value.
    """

    __slots__ = ("number",)
    number: Known | None

    __add__ = _reckoning(add)  # type: ignore[assignment]  # str has them otherwise
    __radd__ = _reckoning(add, turned=True)
    __sub__ = _reckoning(sub)
    __rsub__ = _reckoning(sub, turned=True)
    __mul__ = _reckoning(mul)  # type: ignore[assignment]
    __rmul__ = _reckoning(mul, turned=True)  # type: ignore[assignment]
    __truediv__ = _reckoning(truediv)
    __rtruediv__ = _reckoning(truediv, turned=True)
    __floordiv__ = _reckoning(floordiv)
    __rfloordiv__ = _reckoning(floordiv, turned=True)
    __mod__ = _reckoning(mod)  # type: ignore[assignment]
    __lt__ = _comparing(lt)  # type: ignore[assignment]
    __le__ = _comparing(le)  # type: ignore[assignment]
    __gt__ = _comparing(gt)  # type: ignore[assignment]
    __ge__ = _comparing(ge)  # type: ignore[assignment]
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str) and str.__eq__(self, other):
            return True
        try:
            there = known(other)
        except NotANumber:
            return False
        if there is NotImplemented or there is None or self.number is None:
            return False
        return bool(eq(self.number, there))

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __bool__(self) -> bool:
        return bool(self.number)

    def __int__(self) -> int:
        return int(self.number or 0)

    def __index__(self) -> int:
        if not isinstance(self.number, int):
            raise NotANumber(text("“{value}” is no whole number", value=str(self)))
        return self.number

    def __float__(self) -> float:
        return float(self.number or 0)

    def __rmod__(self, other: object) -> object:
        """Take the rest of a division, or fill ``'%s'``."""
        if isinstance(other, str) and not isinstance(other, Figure):
            return other % (self,)
        return _rest(self, other)

    def __neg__(self) -> object:
        return _result(-(self.number or 0))

    def __pos__(self) -> "Figure":
        return self

    def __abs__(self) -> "Figure":
        if self.number is None:
            return figure("", None)
        return _result(self.number if self.number >= 0 else -self.number)

    def __round__(self, places: int = 0) -> object:
        if self.number is None:
            return self
        step = Decimal(1).scaleb(-places)
        return _result(Decimal(self.number).quantize(step, ROUND_HALF_UP))

    def __ceil__(self) -> int:
        return ceil(self.number or 0)

    def __floor__(self) -> int:
        return floor(self.number or 0)

    def __trunc__(self) -> int:
        return trunc(self.number or 0)

    def __format__(self, form: str) -> str:
        if form[-1:] in _NUMERIC_FORMATS and self.number is not None:
            return format(self.number, form)
        return str.__format__(self, form)

    def lower(self) -> "Figure":
        """Stay what it is: sorting and looking for the largest ask for this."""
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return figure, (str(self), self.number)


_rest = _reckoning(mod, turned=True)
Number.register(Figure)


def figure(words: str, number: Known | None) -> Figure:
    """Make the printed text of a number."""
    made = Figure(words)
    made.number = number
    return made


def known(value: object) -> Any:
    """Read a value as a number: ``None`` for a blank one, ``NotImplemented`` for what is none.

    Raises:
        NotANumber: a text that is no number.
    """
    if isinstance(value, Figure):
        return value.number
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, int | Decimal):
        return value
    if not isinstance(value, str):
        return NotImplemented
    try:
        number = Decimal(value) if value.strip() else None
    except InvalidOperation:
        raise NotANumber(
            text("“{value}” is no number; a number and a text are joined by ~", value=value)
        ) from None
    return number if number is None or number.is_finite() else NotImplemented


_DIVIDING = (truediv, floordiv, mod)


def _exact(number: Known, operator: object) -> Known:
    return Decimal(number) if operator is truediv else number


def _result(number: Known) -> "Figure":
    """Print what was worked out: no more places than are needed, no exponent, no ``-0``."""
    if isinstance(number, Decimal):
        if -int(number.as_tuple().exponent) > _PLACES:
            number = Decimal(round(number, _PLACES)).normalize()
        return figure(format(number + 0, "f"), number)
    return figure(str(number), number)
