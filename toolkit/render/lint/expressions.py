"""Expressions of templates: what each may be, told by samples, and the faults in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinja2 import nodes
from jinja2.runtime import LoopContext

from toolkit.messages import Text, text
from toolkit.render.lint import reckoning
from toolkit.render.lint.decide import asked_for
from toolkit.render.lint.dotted import dotted
from toolkit.render.lint.filters import filtered, picked_by
from toolkit.render.lint.samples import (
    ANY,
    UNKNOWN,
    Gives,
    Samples,
    Scope,
    has,
    members,
    names_of,
    samples,
)
from toolkit.render.lint.tags import did_you_mean
from toolkit.render.sandbox import Sandbox

DEEPEST = 12
"""How deep templates may include and macros may call each other before reading stops."""
_LOOP = frozenset(name for name in dir(LoopContext) if not name.startswith("_"))
_FILES = frozenset({"stylesheet", "image", "subdoc"})
"""Functions whose first value names a file of the template folders."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in a template, by the file it is in and the line there."""

    code: str
    template: str
    line: int
    message: Text
    remedy: Text | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Macro:
    """A macro that a template may call: its node and where it was written."""

    node: nodes.Macro
    template: str
    scope: Scope


@dataclass(frozen=True, slots=True, eq=False)
class Module:
    """What ``import`` gives: the macros and values of another template."""

    names: Mapping[str, Samples]


class Loop:
    """Stands for ``loop``."""


@dataclass
class Expressions:
    """Reads expressions; ``exists`` says whether a file is in the template folders."""

    environment: Sandbox
    exists: Callable[[str], bool] = bool
    faults: list[Fault] = field(default_factory=list)
    guarded: frozenset[str] = frozenset()
    """Paths that an ``if`` around asks for, such as ``extra.motto``."""
    _template: str = ""
    _depth: int = 0

    def value(self, node: nodes.Node | None, scope: Scope) -> Samples:
        """Return samples of an expression, and note the faults in it."""
        if node is None:
            return UNKNOWN
        method: Any = getattr(self, f"_is_{type(node).__name__.lower()}", None)
        if method is not None:
            found: Samples = method(node, scope)
            return found
        for below in node.iter_child_nodes():
            self.value(below, scope)
        return UNKNOWN

    def call_macro(self, macro: Macro, given: list[Samples], named: Scope) -> None:
        """Read a macro's body with what it is called with."""

    def call_super(self, scope: Scope) -> None:
        """Read the block that the present one replaces."""

    def miss(self, code: str, node: nodes.Node, message: Text, remedy: Text | None = None) -> None:
        """Note a fault."""
        self.faults.append(Fault(code, self._template, node.lineno, message, remedy))

    def _is_const(self, node: nodes.Const, scope: Scope) -> Samples:
        return (node.value,)

    def _is_templatedata(self, node: nodes.TemplateData, scope: Scope) -> Samples:
        return (node.data,)

    def _is_name(self, node: nodes.Name, scope: Scope) -> Samples:
        if node.name in scope:
            return scope[node.name]
        if node.name in ("super", "self", "caller", *self.environment.globals):
            return UNKNOWN
        message = text("there is no name “{name}”", name=node.name)
        self.miss("P401", node, message, did_you_mean(node.name, scope))
        return UNKNOWN

    def _is_getattr(self, node: nodes.Getattr, scope: Scope) -> Samples:
        return self._step(node, self.value(node.node, scope), node.attr)

    def _is_getitem(self, node: nodes.Getitem, scope: Scope) -> Samples:
        values = self.value(node.node, scope)
        self.value(node.arg, scope)
        if isinstance(node.arg, nodes.Slice):
            return values
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._step(node, values, node.arg.value)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, int):
            return members(values)
        return UNKNOWN

    def _step(self, node: nodes.Getattr | nodes.Getitem, values: Samples, name: str) -> Samples:
        """Go from values to what each has under a name."""
        found: list[object] = []
        lacking: list[object] = []
        if name.startswith("_"):
            self._forbidden(node, name)
            return UNKNOWN
        for value in values:
            if value is ANY:
                found.append(ANY)
            elif isinstance(value, Module):
                found += value.names.get(name, ())
                lacking += [] if name in value.names else [value]
            elif isinstance(value, Loop):
                found += [ANY] if name in _LOOP else []
                lacking += [] if name in _LOOP else [value]
            elif has(value, name):
                found.append(self.environment.getattr(value, name))
            else:
                lacking.append(value)
        mappings = [value for value in lacking if isinstance(value, Mapping)]
        if lacking and (mappings or not found) and dotted(node) not in self.guarded:
            self._absent(node, name, (mappings or lacking)[0])
        return samples(found) or UNKNOWN

    def _forbidden(self, node: nodes.Expr, name: str) -> None:
        message = text("“{name}” is out of a template's reach", name=dotted(node))
        remedy = text("Names that begin with _ are not for templates; use those of the reference.")
        self.miss("P310", node, message, remedy)

    def _absent(self, node: nodes.Getattr | nodes.Getitem, name: str, value: object) -> None:
        if isinstance(value, Module):
            known, code = list(value.names), "P308"
        elif isinstance(value, Loop):
            known, code = list(_LOOP), "P401"
        else:
            known, code = names_of(value), "P401"
        holder = dotted(node.node)
        if isinstance(value, str | int | float):
            message = text("“{holder}” is text and has no “{name}”", holder=holder, name=name)
            self.miss(code, node, message, text("Print {holder} itself.", holder=holder))
            return
        message = text("“{holder}” has no “{name}”", holder=holder, name=name)
        self.miss(code, node, message, did_you_mean(name, known))

    def _is_call(self, node: nodes.Call, scope: Scope) -> Samples:
        given = [self.value(argument, scope) for argument in node.args]
        named = {one.key: self.value(one.value, scope) for one in node.kwargs}
        if isinstance(node.node, nodes.Name) and node.node.name == "super":
            self.call_super(scope)
            return UNKNOWN
        self._named_file(node, given)
        made: list[object] = []
        for function in self.value(node.node, scope):
            if isinstance(function, Gives):
                made += function.samples
            elif isinstance(function, Macro):
                self._wanting(node, function, {*named})
                self.call_macro(function, given, named)
            elif function is not ANY and not callable(function):
                message = text("“{name}” is no function", name=dotted(node.node))
                remedy = text("Write it without brackets: {name}.", name=dotted(node.node))
                self.miss("P401", node, message, remedy)
        return samples(made) or UNKNOWN

    def _wanting(self, node: nodes.Call, macro: Macro, named: set[str]) -> None:
        """Note what a macro needs and is not given."""
        arguments = [argument.name for argument in macro.node.args]
        needed = arguments[: len(arguments) - len(macro.node.defaults)]
        for name in needed[len(node.args) :]:
            if name not in named and node.dyn_args is None and node.dyn_kwargs is None:
                shown = dotted(node.node)
                message = text("“{name}” is not told {argument}", name=shown, argument=name)
                remedy = text("Write {name}({arguments}).",
                              name=shown, arguments=", ".join(arguments))  # fmt: skip
                self.miss("P308", node, message, remedy)

    def _named_file(self, node: nodes.Call, given: list[Samples]) -> None:
        function = node.node.name if isinstance(node.node, nodes.Name) else ""
        if function not in _FILES or not given or not isinstance(given[0][0], str):
            return
        name = given[0][0]
        if isinstance(node.args[0], nodes.Const) and not self.exists(name):
            message = text("there is no file “{name}” in the template folders", name=name)
            remedy = text("Put it into the plugin's template folder; paths begin there.")
            self.miss("P309", node, message, remedy)

    def _is_filter(self, node: nodes.Filter, scope: Scope) -> Samples:
        if node.name == "default" and isinstance(node.node, nodes.Name | nodes.Getattr):
            values = self._quietly(node.node, scope)
        else:
            values = self.value(node.node, scope)
        for argument in (*node.args, *(one.value for one in node.kwargs)):
            self.value(argument, scope)
        if node.name not in self.environment.filters:
            message = text("there is no filter “{name}”", name=node.name)
            self.miss("P308", node, message, did_you_mean(node.name, self.environment.filters))
            return UNKNOWN
        named = next((one.value for one in node.kwargs if one.key == "attribute"), None)
        word = named or (node.args[0] if node.args and "attr" in node.name else None)
        if isinstance(word, nodes.Const) and isinstance(word.value, str):
            step = nodes.Getattr(node.node, word.value, "load", lineno=node.lineno)
            over = values if node.name == "attr" else members(values)
            picked = self._step(step, over, word.value.partition(".")[0])
            return picked_by(node.name, values, picked)
        return filtered(node.name, values)

    def _is_test(self, node: nodes.Test, scope: Scope) -> Samples:
        quiet = node.name in ("defined", "undefined")
        if quiet:
            self._quietly(node.node, scope)
        else:
            self.value(node.node, scope)
        for argument in node.args:
            self.value(argument, scope)
        if node.name not in self.environment.tests:
            message = text("there is no test “{name}”", name=node.name)
            self.miss("P308", node, message, did_you_mean(node.name, self.environment.tests))
        return (True,)

    def _quietly(self, node: nodes.Node, scope: Scope) -> Samples:
        """Look without noting what is not there."""
        before = list(self.faults)
        values = self.value(node, scope)
        self.faults[:] = before
        return values

    def _is_condexpr(self, node: nodes.CondExpr, scope: Scope) -> Samples:
        self.value(node.test, scope)
        before, self.guarded = self.guarded, self.guarded | asked_for(node.test)
        here = self.value(node.expr1, scope)
        self.guarded = before
        other = self.value(node.expr2, scope) if node.expr2 else ("",)
        return samples((*here, *other))

    def _is_or(self, node: nodes.Or, scope: Scope) -> Samples:
        return samples((*self.value(node.left, scope), *self.value(node.right, scope)))

    _is_and = _is_or  # the same two sides

    def _is_compare(self, node: nodes.Compare, scope: Scope) -> Samples:
        left = self.value(node.expr, scope)
        for operand in node.ops:
            right = self.value(operand.expr, scope)
            fault = reckoning.compared(operand.op, left, right)
            if fault is not None:
                self.miss("P405", node, *fault)
            left = right
        return (True,)

    def _is_add(self, node: nodes.BinExpr, scope: Scope) -> Samples:
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        fault = reckoning.summed(node, left, right)
        if fault is not None:
            self.miss("P405", node, *fault)
        return reckoning.result(left, right) or UNKNOWN

    _is_sub = _is_mul = _is_div = _is_mod = _is_floordiv = _is_add

    def _is_not(self, node: nodes.Not, scope: Scope) -> Samples:
        self.value(node.node, scope)
        return (True,)

    def _is_concat(self, node: nodes.Concat, scope: Scope) -> Samples:
        for one in node.nodes:
            self.value(one, scope)
        return ("",)

    def _is_list(self, node: nodes.List | nodes.Tuple, scope: Scope) -> Samples:
        return ([value for one in node.items for value in self.value(one, scope)],)

    _is_tuple = _is_list
