"""What the national pages offer to those that extend them: macros and blocks, by name."""

from collections.abc import Iterator

from jinja2 import nodes

from toolkit import resources
from toolkit.render.html.templates import environment_of, source


def macros(name: str) -> Iterator[str]:
    """Yield each macro of a page of ``templates/`` with its arguments: ``table(it, layout)``."""
    for macro in _parsed(name).find_all(nodes.Macro):
        yield f"{macro.name}({', '.join(argument.name for argument in macro.args)})"


def blocks(name: str) -> Iterator[str]:
    """Return the names of the blocks of a page of ``templates/``."""
    return (block.name for block in _parsed(name).find_all(nodes.Block))


def _parsed(name: str) -> nodes.Template:
    environment = environment_of((resources.templates(),))
    return environment.parse(source(environment, name))
