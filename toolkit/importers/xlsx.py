"""Excel workbooks, read from their XML; formulas are not worked out, links not followed."""

from collections.abc import Iterator

from lxml import etree

from toolkit.importers.archive import Archive
from toolkit.importers.blocks import Document
from toolkit.importers.sheets import Sheet, blocks, number, place

_M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_P = "{http://schemas.openxmlformats.org/package/2006/relationships}"

Element = etree._Element


def read(data: bytes, file: str) -> Document:
    """Read the visible sheets of an XLSX, in order."""
    archive = Archive(data, file)
    book = archive.xml("xl/workbook.xml")
    if book is None:
        raise archive.broken()
    parts = _parts(archive)
    shared = _shared(archive)
    sheets = [
        _sheet(root, sheet.get("name") or "", shared)
        for sheet in book.iter(f"{_M}sheet")
        if sheet.get("state") in {None, "visible"}
        and (root := archive.xml(parts.get(sheet.get(f"{_R}id") or "", ""))) is not None
    ]
    return Document(file, tuple(blocks(sheets, file)))


def _parts(archive: Archive) -> dict[str, str]:
    root = archive.xml("xl/_rels/workbook.xml.rels")
    if root is None:
        return {}
    targets = {r.get("Id") or "": r.get("Target") or "" for r in root.iter(f"{_P}Relationship")}
    return {
        name: target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        for name, target in targets.items()
    }


def _shared(archive: Archive) -> list[str]:
    root = archive.xml("xl/sharedStrings.xml")
    return [] if root is None else [_text(item) for item in root.iter(f"{_M}si")]


def _text(item: Element) -> str:
    """Join the runs of a text, without its reading aid."""
    runs = item.iter(f"{_M}t")
    return "".join(
        run.text or "" for run in runs if next(run.iterancestors(f"{_M}rPh"), None) is None
    )


def _sheet(root: Element, name: str, shared: list[str]) -> Sheet:
    cells = {}
    for row in root.iter(f"{_M}row"):
        if row.get("hidden") in {"1", "true"}:
            continue
        for cell in row.iter(f"{_M}c"):
            at = place(cell.get("r") or "")
            if at is not None:
                cells[at] = _words(cell, shared)
    return Sheet(name, cells, dict(_merged(root)))


def _words(cell: Element, shared: list[str]) -> str:
    kind = cell.get("t", "n")
    inline = cell.find(f"{_M}is")
    if kind == "inlineStr" and inline is not None:
        return _text(inline)
    stored = cell.findtext(f"{_M}v")
    if stored is None:
        formula = cell.findtext(f"{_M}f")
        return f"={formula}" if formula else ""
    if kind == "s":
        index = int(stored) if stored.isdecimal() else len(shared)
        return shared[index] if index < len(shared) else ""
    return number(stored) if kind == "n" else stored


def _merged(root: Element) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for area in root.iter(f"{_M}mergeCell"):
        first, _, last = (area.get("ref") or "").partition(":")
        start, end = place(first), place(last)
        if start and end:
            yield start, (end[0] - start[0] + 1, end[1] - start[1] + 1)
