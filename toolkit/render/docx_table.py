"""An official table as WordprocessingML: spans, repeated header rows, rows that stay whole."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from toolkit.render.docx_escape import Xml, escaped
from toolkit.view.model import Cell, TableView

WIDTH = 8845
"""Width of a table in twips (1/20 pt): the 156 mm of the type area."""
MARGIN = 28
"""Space left and right inside a cell, in twips: half a millimetre."""
TABLE_STYLE = "NianbaoTable"
LABEL, ROW_LABEL, DATA = "NianbaoLabel", "NianbaoRowLabel", "NianbaoCell"
NARROW = "Narrow"
"""Ending of the paragraph styles that are used where columns are narrow (9 pt)."""
STYLES = tuple(name + end for name in (LABEL, ROW_LABEL, DATA) for end in ("", NARROW))
"""Paragraph styles the cells ask for; a template without them is given ours."""

_NARROW_COLUMN = 700
"""Columns thinner than this on average (12 mm) take the 9 pt styles."""
_SHORT_LABEL = 12
"""Row labels up to this many characters are centred, as the form's small tables have them."""
_DIGIT = 0.56
"""Width of a digit in ems: half in the faces of the styles, more in those that stand in."""


def table_xml(table: TableView) -> Xml:
    """Give the whole ``w:tbl``, followed by nothing.

    The caption is the table's alternative text. Cells covered by a vertical span are written
    as continued merges, since Word asks for each grid place.
    """
    widths = _twips(table.widths)
    narrow = sum(widths) / max(1, table.columns) < _NARROW_COLUMN
    styles = _styles(table, narrow)
    rows = "".join(
        _row(cells, index < table.header_rows, widths, styles, narrow)
        for index, cells in enumerate(_filled(table))
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return Xml(
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/><w:tblW w:w="{sum(widths)}"'
        ' w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
        ' w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escaped(table.caption)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _twips(shares: Sequence[float]) -> list[int]:
    """Divide `WIDTH` by the shares; edges are rounded, so that the widths add up to it."""
    edges = [0]
    reached = 0.0
    for share in shares:
        reached += share
        edges.append(round(WIDTH * reached))
    return [right - left for left, right in pairwise(edges)]


def _styles(table: TableView, narrow: bool) -> dict[str, str]:
    """Choose the paragraph style by a cell's scope: ``""`` for data."""
    end = NARROW if narrow else ""
    longest = max(
        (len(cell.text) for row in table.rows for cell in row if cell.scope.startswith("row")),
        default=0,
    )
    row = LABEL if longest <= _SHORT_LABEL else ROW_LABEL
    return {
        "": DATA + end,
        "col": LABEL + end,
        "colgroup": LABEL + end,
        "row": row + end,
        "rowgroup": LABEL + end,
    }


def _filled(table: TableView) -> Iterator[list[tuple[Cell, bool]]]:
    """Give each grid row's cells from left to right; ``True`` marks one begun in a row above."""
    open_spans: dict[int, tuple[Cell, int]] = {}
    for index, row in enumerate(table.rows):
        cells = [(cell, False) for cell in row]
        cells += [(cell, True) for cell, last in open_spans.values() if last >= index]
        cells.sort(key=lambda entry: entry[0].column)
        yield cells
        for cell in row:
            if cell.rowspan > 1:
                open_spans[cell.column] = cell, index + cell.rowspan - 1


def _row(
    cells: list[tuple[Cell, bool]],
    header: bool,
    widths: list[int],
    styles: dict[str, str],
    narrow: bool,
) -> str:
    repeat = "<w:tblHeader/>" if header else ""
    body = "".join(_cell(cell, below, widths, styles, narrow) for cell, below in cells)
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{body}</w:tr>"


def _cell(
    cell: Cell, continued: bool, widths: list[int], styles: dict[str, str], narrow: bool
) -> str:
    width = sum(widths[cell.column : cell.column + cell.colspan])
    span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    merge = ""
    if continued:
        merge = "<w:vMerge/>"
    elif cell.rowspan > 1:
        merge = '<w:vMerge w:val="restart"/>'
    run = "" if continued or not cell.text else _run(cell, width, narrow)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{styles[cell.scope]}"/></w:pPr>{run}</w:p></w:tc>'
    )


def _run(cell: Cell, width: int, narrow: bool) -> str:
    """Write the text; a number wider than its cell is condensed, never broken over lines."""
    condensed = ""
    if cell.numeric:
        size = 180 if narrow else 210
        needed = len(cell.text) * _DIGIT * size
        room = width - 2 * MARGIN
        if needed > room:
            condensed = f'<w:rPr><w:w w:val="{max(50, int(100 * room / needed))}"/></w:rPr>'
    return f"<w:r>{condensed}<w:t>{escaped(cell.text)}</w:t></w:r>"
