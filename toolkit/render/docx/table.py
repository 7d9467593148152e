"""An official table as WordprocessingML: spans, repeated header rows, rows that stay whole."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from toolkit.render.docx.charts import charts_xml
from toolkit.render.docx.xml import Xml, escaped
from toolkit.render.typesetting.labels import fitted, label_lines
from toolkit.view.model import Cell, TableView

WIDTH = 8845
"""Width of a table in twips (1/20 pt): the 156 mm of the type area."""
LANDSCAPE_WIDTH = 12756
"""The same on its side: 225 mm."""
MARGIN = 28
"""Space left and right inside a cell, in twips: half a millimetre."""
TABLE_STYLE = "NianbaoTable"
LABEL, ROW_LABEL, DATA = "NianbaoLabel", "NianbaoRowLabel", "NianbaoCell"
NARROW = "Narrow"
"""Ending of the paragraph styles that are used where columns are narrow (9 pt)."""
STYLES = tuple(name + end for name in (LABEL, ROW_LABEL, DATA) for end in ("", NARROW))
"""Paragraph styles the cells ask for; a template without them is given ours."""

Place = tuple[Cell, bool]
"""A cell in one grid row, and whether it began in a row above."""

Number = tuple[int, int, tuple[int, int, int, str, bool], int]
"""Where a number goes: its row, its place there, its look (width in twips, spans, style, whether
its row is kept with the next), size."""
Frame = tuple[tuple[str, str], tuple[str | Number, ...]]
"""What stands before a table's caption and after it; then its rows, with places for numbers."""

_frames: dict[object, Frame] = {}
"""The tables of a form differ from report to report in their numbers alone."""
_MOST_FRAMES = 256
_CONTINUED = 0
_SIZE, _NARROW_SIZE = 210, 180
_NARROW_COLUMN = 900
"""Columns thinner than this on average (16 mm) take the 9 pt styles."""
_SHORT_LABEL = 12
"""Row labels up to this many characters are centred, as the form's small tables have them."""
_TOGETHER = 6, 3
"""Rows of numbers that stay together at the start and at the end of a table that pages may cut:
with the headers, the first ones take about a third of a page."""
_DIGIT = 0.5
"""Width of a digit in ems, in Times New Roman and in office faces."""


def table_xml(table: TableView) -> Xml:
    """Return the whole ``w:tbl``, followed by the table's charts, if it has any.

    The caption is the table's alternative text. Cells covered by a vertical span are written
    as continued merges, since Word asks for each grid place.
    """
    outline = tuple(
        [
            (c.column, c.colspan, c.rowspan, c.scope, c.numeric or c.text)
            for row in table.rows
            for c in row
        ]
    )
    lengths = tuple(map(len, table.rows))
    key = (
        table.widths,
        table.columns,
        table.header_rows,
        table.landscape,
        table.fit,
        lengths,
        outline,
    )
    frame = _frames.get(key)
    if frame is None:
        if len(_frames) >= _MOST_FRAMES:
            _frames.clear()
        frame = _frames[key] = _frame(table)
    start, pieces = frame
    body = [
        piece
        if isinstance(piece, str)
        else _cell(*piece[2], table.rows[piece[0]][piece[1]].text, piece[3])
        for piece in pieces
    ]
    whole = f"{start[0]}{escaped(table.caption)}{start[1]}{''.join(body)}</w:tbl>"
    if table.charts:
        whole += charts_xml(table.charts)
    if not (table.title or table.notes or table.after):
        return Xml(whole)
    title = _paragraph(table.title, LABEL, "<w:keepNext/>", _HEAVY) if table.title else ""
    notes = "".join(_paragraph(note, ROW_LABEL, look=_SMALL) for note in table.notes)
    after = "".join(_paragraph(item.text, _BODY) for item in table.after)
    return Xml(f"{title}{whole}{notes}{after}")


_BODY = "NianbaoBody"
"""Style of running text, for paragraphs between two tables of a section."""


_HEAVY = '<w:rPr><w:rFonts w:hint="eastAsia" w:eastAsia="黑体"/></w:rPr>'
_SMALL = (
    f'<w:rPr><w:sz w:val="{_NARROW_SIZE // 10}"/><w:szCs w:val="{_NARROW_SIZE // 10}"/></w:rPr>'
)
"""Looks of the line above a table, and of the notes below it."""


def _paragraph(words: str, style: str, more: str = "", look: str = "") -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>'
        f'<w:r>{look}<w:t xml:space="preserve">{escaped(words)}</w:t></w:r></w:p>'
    )


def _frame(table: TableView) -> Frame:
    """Write all of a table but its caption and its numbers."""
    edges = _edges(table.widths, LANDSCAPE_WIDTH if table.landscape else WIDTH)
    narrow = bool(table.fit) or edges[-1] / max(1, table.columns) < _NARROW_COLUMN
    styles = _styles(table, narrow)
    size = _NARROW_SIZE if narrow else _SIZE
    pieces: list[str | Number] = []
    (first, last), together = _TOGETHER, table.kept
    for index, cells in enumerate(_filled(table)):
        repeat = "<w:tblHeader/>" if index < table.header_rows else ""
        pieces.append(f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>")
        end = index < table.header_rows + first or index >= len(table.rows) - last
        kept = (table.header_rows > 0 and end) or index in together
        kept &= index < len(table.rows) - 1
        for cell, continued in cells:
            width = edges[cell.column + cell.colspan] - edges[cell.column]
            rowspan = _CONTINUED if continued else cell.rowspan
            look = (width, cell.colspan, rowspan, styles[cell.scope], kept)
            if cell.numeric and not continued:
                pieces.append((index, table.rows[index].index(cell), look, size))
                continue
            words = _words(cell, width, size)
            pieces.append(_cell(*look, words, size if cell.numeric else 0))
        pieces.append("</w:tr>")
    grid = "".join(f'<w:gridCol w:w="{right - left}"/>' for left, right in pairwise(edges))
    start = (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/><w:tblW w:w="{edges[-1]}"'
        ' w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
        ' w:lastColumn="0" w:noHBand="0" w:noVBand="1"/><w:tblCaption w:val="'
    )
    return (start, f'"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'), _joined(pieces)


def _words(cell: Cell, width: int, size: int) -> str:
    """Break a label between its words, where it does not fit its column."""
    if not cell.is_header:
        return cell.text
    parts = label_lines(cell.text) if cell.scope == "rowgroup" else (cell.text,)
    room = (width - 2 * MARGIN) / size
    return "\n".join(line for part in parts for line in fitted(part, room))


def _joined(pieces: list[str | Number]) -> tuple[str | Number, ...]:
    """Join the texts between two numbers into one."""
    joined: list[str | Number] = []
    for piece in pieces:
        if joined and isinstance(piece, str) and isinstance(joined[-1], str):
            joined[-1] += piece
        else:
            joined.append(piece)
    return tuple(joined)


def _edges(shares: Sequence[float], width: int) -> list[int]:
    """Turn shares of a width into the columns' edges in twips, the left one at 0."""
    return [round(width * reached) for reached in accumulate(shares, initial=0.0)]


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
        "rowgroup": DATA + end,  # centred, but not kept with the row below
    }


def _filled(table: TableView) -> Iterator[list[Place]]:
    """Yield each grid row's cells from left to right; ``True`` marks one begun in a row above."""
    below: dict[int, list[Place]] = {}
    for index, row in enumerate(table.rows):
        cells = [(cell, False) for cell in row]
        if index in below:
            cells = sorted(cells + below[index], key=lambda entry: entry[0].column)
        for cell in row:
            for covered in range(index + 1, index + cell.rowspan):
                below.setdefault(covered, []).append((cell, True))
        yield cells


@lru_cache(maxsize=8192)  # most cells of most reports are alike: labels, and small numbers
def _cell(
    width: int, colspan: int, rowspan: int, style: str, kept: bool, words: str, size: int
) -> str:
    """Write one ``w:tc``. ``size`` is that of a number in twips, 0 for other text."""
    span = f'<w:gridSpan w:val="{colspan}"/>' if colspan > 1 else ""
    merge = ""
    if rowspan == _CONTINUED:
        merge, words = "<w:vMerge/>", ""
    elif rowspan > 1:
        merge = '<w:vMerge w:val="restart"/>'
    run = _run(words, width, size) if words else ""
    keep = "<w:keepNext/>" if kept else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>{run}</w:p></w:tc>'
    )


def _run(words: str, width: int, size: int) -> str:
    """Write the text; a number wider than its cell is condensed, never broken over lines."""
    needed = len(words) * _DIGIT * size
    room = width - 2 * MARGIN
    condensed = ""
    if needed > room:
        condensed = f'<w:rPr><w:w w:val="{max(50, int(100 * room / needed))}"/></w:rPr>'
    lines = "</w:t><w:br/><w:t>".join(map(escaped, words.split("\n")))
    return f"<w:r>{condensed}<w:t>{lines}</w:t></w:r>"
