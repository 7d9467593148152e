"""Every name of a template looked up beforehand, in all branches, without running it.

A template is read as Jinja2 does; each name stands for samples of what it may be. So a name in
a branch that no example takes is looked up as well, and all that are wrong are told at once.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from jinja2 import nodes
from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError

from toolkit.messages import Text, text
from toolkit.render.lint.decide import asked_for, decided
from toolkit.render.lint.dotted import dotted
from toolkit.render.lint.expressions import DEEPEST, Expressions, Fault, Loop, Macro, Module
from toolkit.render.lint.samples import ANY, UNKNOWN, Samples, Scope, members, names_of, samples
from toolkit.render.lint.tags import did_you_mean
from toolkit.view.model import TableView

Unfit = Callable[[nodes.Output, int, object], tuple[str, Text, Text] | None]


@dataclass
class Reader(Expressions):
    """Reads one template with all it includes.

    ``unfit`` says of what an output prints at a place why it cannot stand there: code, fault and
    remedy, or ``None``. ``load`` gives the source of another template, or raises
    `TemplateNotFound`.
    """

    globals: Scope = field(default_factory=dict)
    unfit: Unfit | None = None
    load: Callable[[str], str] = str
    _overrides: dict[str, list[tuple[str, nodes.Block]]] = field(default_factory=dict)
    _super: list[tuple[str, int]] = field(default_factory=list)

    def read(self, tree: nodes.Template, template: str) -> list[Fault]:
        """Look up every name of a template; the faults, in the order they were met."""
        self._whole(tree, template, dict(self.globals))
        return list(dict.fromkeys(self.faults))

    # templates

    def _whole(self, tree: nodes.Template, template: str, scope: Scope) -> None:
        chain = list(self._chain(tree, template))
        for name, one in chain:
            for block in one.find_all(nodes.Block):
                self._overrides.setdefault(block.name, []).append((name, block))
        for name, one in reversed(chain[:-1]):  # what children set at their top is seen in blocks
            self._in(name, [n for n in one.body if not isinstance(n, nodes.Block)], scope)
        for name, block in ((n, b) for n, t in chain[:-1] for b in t.find_all(nodes.Block)):
            self._known_block(name, block, chain)
        base, one = chain[-1]
        self._in(base, one.body, scope)

    def _chain(self, tree: nodes.Template, template: str) -> Iterator[tuple[str, nodes.Template]]:
        seen = set()
        while True:
            yield template, tree
            seen.add(template)
            extends = next(iter(tree.find_all(nodes.Extends)), None)
            if extends is None or not isinstance(extends.template, nodes.Const):
                return
            parent = str(extends.template.value)
            loaded = self._loaded(parent, template, extends.lineno)
            if loaded is None or parent in seen:
                return
            template, tree = parent, loaded

    def _known_block(
        self, template: str, block: nodes.Block, chain: list[tuple[str, nodes.Template]]
    ) -> None:
        above = chain[[name for name, _ in chain].index(template) + 1 :]
        known = {b.name for _, tree in above for b in tree.find_all(nodes.Block)}
        inner = {b.name for outer in dict(chain)[template].find_all(nodes.Block)
                 for b in outer.find_all(nodes.Block)}  # fmt: skip
        if block.name not in known | inner:
            message = text("the block “{name}” replaces none and is never shown", name=block.name)
            self.faults.append(
                Fault("P403", template, block.lineno, message, did_you_mean(block.name, known))
            )

    def _loaded(self, name: str, template: str, line: int) -> nodes.Template | None:
        try:
            return self.environment.parse(self.load(name))
        except TemplateNotFound:
            message = text("there is no template {name!r}", name=name)
            remedy = text("Name a file below a template folder, such as “national/report.html”.")
            self.faults.append(Fault("P309", template, line, message, remedy))
        except TemplateSyntaxError:
            pass  # told where that template itself is read
        return None

    def _in(self, template: str, body: list[nodes.Node], scope: Scope) -> None:
        before, self._template = self._template, template
        for node in body:  # a macro may call one that stands below it
            if isinstance(node, nodes.Macro):
                scope[node.name] = (Macro(node, template, scope),)
        self._body(body, scope)
        self._template = before

    # statements

    def _body(self, body: Sequence[nodes.Node], scope: Scope) -> None:
        for node in body:
            method = getattr(self, f"_do_{type(node).__name__.lower()}", None)
            if method is not None:
                method(node, scope)
            elif isinstance(node, nodes.Expr):
                self.value(node, scope)

    def _do_output(self, node: nodes.Output, scope: Scope) -> None:
        for place, shown in enumerate(node.nodes):
            if isinstance(shown, nodes.TemplateData):
                continue
            for value in self.value(shown, scope):
                if value is not ANY:
                    self._printed(node, place, value)

    def _printed(self, node: nodes.Output, place: int, value: object) -> None:
        shown = node.nodes[place]
        plain = isinstance(value, str | int | float | Decimal) or hasattr(value, "__html__")
        fault = self.unfit(node, place, value) if self.unfit else None
        if not (plain or value is None or callable(value)):
            if fault is None and self.unfit:
                return
            if fault is None or fault[0] == "P402":
                self._unprintable(shown, value)
                return
        if fault is not None:
            self.miss(fault[0], shown, fault[1], fault[2])

    def _unprintable(self, node: nodes.Expr, value: object) -> None:
        shown = dotted(node)
        if isinstance(value, TableView):
            message = text("“{name}” is a whole table, which cannot stand in a text", name=shown)
            remedy = text(
                "Print it with tables.table({name}), see templates/README.md.", name=shown
            )
            self.miss("P402", node, message, remedy)
            return
        message = text("“{name}” is no text but holds several values", name=shown)
        known = [] if isinstance(value, list | tuple) else names_of(value)[:12]
        remedy = (
            text("Name one of them: {names}.", names=", ".join(f"{shown}.{n}" for n in known))
            if known
            else text("Repeat over it with for, and print what each one has.")
        )
        self.miss("P402", node, message, remedy)

    def _do_if(self, node: nodes.If, scope: Scope) -> None:
        decision = decided(node.test, scope)
        self.value(node.test, scope)
        if decision is not False:
            before, self.guarded = self.guarded, self.guarded | asked_for(node.test)
            self._body(node.body, scope)
            self.guarded = before
        if decision is not True:
            self._body(node.elif_, scope)
            self._body(node.else_, scope)

    def _do_for(self, node: nodes.For, scope: Scope) -> None:
        over = self.value(node.iter, scope)
        inner = {**scope, "loop": (Loop(),)}
        self._bind(node.target, members(over), inner)
        if node.test is not None:
            self.value(node.test, inner)
        self._body(node.body, inner)
        self._body(node.else_, scope)

    def _bind(self, target: nodes.Node, values: Samples, scope: Scope) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = values
        elif isinstance(target, nodes.Tuple):
            for place, one in enumerate(target.items):
                parts = [
                    v[place] if isinstance(v, list | tuple) and len(v) > place else ANY
                    for v in values
                ]
                self._bind(one, samples(parts), scope)

    def _do_assign(self, node: nodes.Assign, scope: Scope) -> None:
        self._bind(node.target, self.value(node.node, scope), scope)

    def _do_assignblock(self, node: nodes.AssignBlock, scope: Scope) -> None:
        self._body(node.body, dict(scope))
        self._bind(node.target, ("",), scope)

    def _do_with(self, node: nodes.With, scope: Scope) -> None:
        inner = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            self._bind(target, self.value(value, scope), inner)
        self._body(node.body, inner)

    def _do_block(self, node: nodes.Block, scope: Scope) -> None:
        if self._depth > DEEPEST:
            return
        ways = self._overrides.get(node.name) or [(self._template, node)]
        template, block = ways[0]
        self._super.append((node.name, 0))
        self._depth += 1
        self._in(template, block.body, dict(scope))
        self._depth -= 1
        self._super.pop()

    def _do_macro(self, node: nodes.Macro, scope: Scope) -> None:
        macro = Macro(node, self._template, scope)
        scope[node.name] = (macro,)
        self.call_macro(macro, [], {})

    def _do_callblock(self, node: nodes.CallBlock, scope: Scope) -> None:
        self.value(node.call, scope)
        self._body(node.body, {**scope, **{a.name: UNKNOWN for a in node.args}})

    def _do_filterblock(self, node: nodes.FilterBlock, scope: Scope) -> None:
        self._body(node.body, dict(scope))

    def _do_scope(self, node: nodes.Scope, scope: Scope) -> None:
        self._body(node.body, dict(scope))

    _do_scopedevalcontextmodifier = _do_scope

    def _do_include(self, node: nodes.Include, scope: Scope) -> None:
        if isinstance(node.template, nodes.Const) and self._depth < DEEPEST:
            name = str(node.template.value)
            tree = None if node.ignore_missing else self._loaded(name, self._template, node.lineno)
            if tree is not None:
                self._depth += 1
                self._in(name, tree.body, dict(scope))
                self._depth -= 1

    def _module(self, node: nodes.Import | nodes.FromImport, scope: Scope) -> Module | None:
        if not isinstance(node.template, nodes.Const) or self._depth > DEEPEST:
            return None
        name = str(node.template.value)
        tree = self._loaded(name, self._template, node.lineno)
        if tree is None:
            return None
        inner = dict(self.globals) if node.with_context else {}
        self._depth += 1
        self._in(name, tree.body, inner)
        self._depth -= 1
        return Module({k: v for k, v in inner.items() if v is not self.globals.get(k)})

    def _do_import(self, node: nodes.Import, scope: Scope) -> None:
        module = self._module(node, scope)
        scope[node.target] = UNKNOWN if module is None else (module,)

    def _do_fromimport(self, node: nodes.FromImport, scope: Scope) -> None:
        module = self._module(node, scope)
        for one in node.names:
            name, target = one if isinstance(one, tuple) else (one, one)
            if module is not None and name not in module.names:
                message = text("there is no macro “{name}” to take in", name=name)
                self.miss("P308", node, message, did_you_mean(name, module.names))
            scope[target] = module.names.get(name, UNKNOWN) if module else UNKNOWN

    def call_macro(self, macro: Macro, given: list[Samples], named: Scope) -> None:
        """Read a macro's body with what it is called with."""
        if self._depth > DEEPEST:
            return
        inner = {**macro.scope, "caller": UNKNOWN, "varargs": UNKNOWN, "kwargs": UNKNOWN}
        for place, argument in enumerate(macro.node.args):
            values = named.get(argument.name) or (given[place] if place < len(given) else UNKNOWN)
            inner[argument.name] = values
        self._depth += 1
        self._in(macro.template, macro.node.body, inner)
        self._depth -= 1

    def call_super(self, scope: Scope) -> None:
        """Read the block that the present one replaces."""
        if not self._super:
            return
        name, level = self._super[-1]
        ways = self._overrides.get(name, [])
        if level + 1 < len(ways):
            template, block = ways[level + 1]
            self._super.append((name, level + 1))
            self._in(template, block.body, dict(scope))
            self._super.pop()
