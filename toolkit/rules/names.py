"""Short names of cells for messages: ``予以公开（自然人）``."""

from toolkit.forms import CellField, Item
from toolkit.forms.labels import bare, normal

_VAGUE = frozenset({"总计", "其他"})


def cell_name(cell: CellField) -> str:
    """Name a cell by its row and column, without the form's numbering."""
    row, column = row_name(cell), column_name(cell)
    return f"{row}（{column}）" if row else column


def row_name(cell: CellField) -> str:
    """Name its row; empty in a table whose only row has no label."""
    return _name(cell.row)


def column_name(cell: CellField) -> str:
    """Name its column, with the group where the label alone would be vague."""
    return _name(cell.column, always=not row_name(cell))


def group_name(cell: CellField) -> str:
    """Name the group of columns a cell stands in, or its column where there is none."""
    return item_name(cell.column[-2]) if len(cell.column) > 1 else column_name(cell)


def _name(chain: tuple[Item, ...], *, always: bool = False) -> str:
    """Return the last label, after that of its group if it says too little alone."""
    label = item_name(chain[-1])
    group = item_name(chain[-2]) if len(chain) > 1 else ""
    if group and group != "申请人情况" and (always or label in _VAGUE):
        return f"{group}·{label}"
    return label


def item_name(item: Item) -> str:
    """Drop number and bracketed explanation: ``（二）部分公开（区分…）`` → ``部分公开``."""
    return bare(item.label).partition("（")[0]


def is_label(name: str, label: str) -> bool:
    """Whether a name is a label of the form, whatever its width and its numbering."""
    return normal(name) in {normal(label), normal(bare(label))}
