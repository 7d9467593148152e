"""The official forms, as data: schemas/*.yaml read into frozen values."""

from toolkit.forms.kinds import Kind
from toolkit.forms.load import choose, load_forms
from toolkit.forms.model import (
    CellField,
    Comparison,
    Content,
    Equation,
    Form,
    Formula,
    Item,
    Key,
    Path,
    Section,
    Table,
)

__all__ = [
    "CellField",
    "Comparison",
    "Content",
    "Equation",
    "Form",
    "Formula",
    "Item",
    "Key",
    "Kind",
    "Path",
    "Section",
    "Table",
    "choose",
    "load_forms",
]
