"""The grid of a table whose cells come and go by tags: as many columns as its widest row has.

docxtpl's own counts the rows of tables within a cell as rows of the table around, and forgets
cells that are skipped or stand in content controls; widths are worked out as it does.
"""

from collections.abc import Iterator

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WRAPPERS = (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml")


def with_grids(xml: str) -> etree._Element:
    """Read a part and give each of its tables a grid that fits its rows."""
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    for table in root.iter(f"{_W}tbl"):
        grid = table.find(f"{_W}tblGrid")
        if grid is not None:
            _fit(grid, max(map(_columns, own(table, f"{_W}tr")), default=0))
    return root


def own(holder: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield rows of a table or cells of a row, also those in content controls."""
    for child in holder:
        if child.tag == name:
            yield child
        elif child.tag in _WRAPPERS:
            yield from own(child, name)


def _columns(row: etree._Element) -> int:
    """Count the columns of a row, skipped ones too."""
    skipped = sum(_number(row.find(f"{_W}trPr/{_W}{name}"), 0)
                  for name in ("gridBefore", "gridAfter"))  # fmt: skip
    cells = own(row, f"{_W}tc")
    return skipped + sum(_number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1) for cell in cells)


def _number(node: etree._Element | None, otherwise: int) -> int:
    value = "" if node is None else node.get(f"{_W}val") or ""
    return int(value) if value.isdecimal() else otherwise


def _fit(grid: etree._Element, wanted: int) -> None:
    """Add columns or take the last ones away; the table stays as wide as it was."""
    columns = grid.findall(f"{_W}gridCol")
    widths = [_number_of(column) for column in columns]
    if not wanted or not columns or wanted == len(columns):
        return
    if wanted > len(columns):
        share = sum(widths) / wanted
        for _ in range(wanted - len(columns)):
            columns.append(etree.SubElement(grid, f"{_W}gridCol"))
        widths = [width * len(widths) / wanted for width in widths]
        widths += [share] * (wanted - len(widths))
    else:
        spare = int(sum(widths[wanted:]) / wanted)
        for column in columns[wanted:]:
            grid.remove(column)
        widths = [width + spare for width in widths[:wanted]]
    if any(widths):
        for column, width in zip(columns, widths, strict=False):
            column.set(f"{_W}w", str(int(width)))


def _number_of(column: etree._Element) -> float:
    try:
        return float(column.get(f"{_W}w") or 0)
    except ValueError:
        return 0
