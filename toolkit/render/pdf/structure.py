"""Mends the structure tree of a tagged PDF before it is written.

WeasyPrint makes one tree a page: a paragraph or a table that runs on becomes two, repeated
header rows are read again, page numbers hang in the air, and table cells get the headers that
a table without spans would have. Here elements are joined over pages, page furniture becomes
artefacts, and each cell gets the scope and the headers of its HTML.

Source: ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7.1, 7.5 and 7.8.
"""

from functools import cached_property
from typing import Any

import pydyf

from toolkit.render.pdf.weasyprint import page_box

SCOPES = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Row"}
_PT = 0.75
"""Points in a CSS pixel."""
Box = Any
"""A box of WeasyPrint's layout, which has no types."""


def mend(document: Any, pdf: pydyf.PDF) -> None:
    """Mend the tree in place. ``document`` is WeasyPrint's, laid out and painted."""
    bodies = [_body(page_box(page)) for page in document.pages]
    _Tree(pdf).join(bodies)
    headers = _headers_by_box(pdf)
    for body in bodies:
        _label_cells(body, headers)
    tree = _Tree(pdf)
    tree.index_names()
    tree.mend_figures([page.height for page in document.pages])
    tree.free_furniture()


class _Tree:
    """The structure tree as objects of the PDF; ``at`` follows a reference."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self.pdf = pdf
        self.root = self.at(pdf.catalog["StructTreeRoot"])
        self.top = self.at(self.root["K"][0])

    def at(self, reference: bytes) -> Any:
        return self.pdf.objects[int(reference[:-4])]  # b"12 0 R"

    def kids(self, element: Any) -> list[Any]:
        return [self.at(kid) for kid in element["K"] if isinstance(kid, bytes)]

    def join(self, bodies: list[Box]) -> None:
        """Join what runs over from one page to the next, page by page."""
        before: Any = None
        for number, body in enumerate(bodies):
            page = self.pdf.page_references[number]
            tops = [kid for kid in self.kids(self.top) if kid["Pg"] == page]
            boxes = list(body.children)
            if len(tops) != len(boxes) or not tops:  # not the shape we know: leave it
                before = None
                continue
            if before and before[1].element is boxes[0].element:
                self._merge(before[0], before[1], tops[0], boxes[0])
                self.top["K"].remove(tops[0].reference)
                if len(tops) == 1:
                    before = (before[0], boxes[0])
                    continue
            before = (tops[-1], boxes[-1])

    def _merge(self, first: Any, first_box: Box, second: Any, second_box: Box) -> None:
        """Move all of ``second`` to the end of ``first``, joining their meeting ends too."""
        old, new = self.kids(first), self.kids(second)
        old_boxes, new_boxes = _blocks(first_box), _blocks(second_box)
        if len(new_boxes) == len(new) and new_boxes and getattr(new_boxes[0], "is_header", False):
            del new[0], new_boxes[0]  # header rows repeated: read once
        ends_known = len(new_boxes) == len(new) and len(old_boxes) >= 1 and new_boxes and old
        if ends_known and new_boxes[0].element is old_boxes[-1].element:
            self._merge(old[-1], old_boxes[-1], new[0], new_boxes[0])
            del new[0]
        for kid in new:
            kid["P"] = first.reference
            first["K"].append(kid.reference)

    @cached_property
    def elements(self) -> list[Any]:
        """All elements, in no order that matters; asked for when the tree is whole."""
        found = [self.top]
        for element in found:  # grows on the way
            found += [kid for kid in self.kids(element) if "S" in kid]
        return found

    def index_names(self) -> None:
        """List the ids that headers refer to (ISO 32000-1, table 322: IDTree)."""
        named = {kid["ID"].string: kid for kid in self.elements if "ID" in kid}
        if not named:
            return
        names = pydyf.Array()
        for name in sorted(named):
            names.extend([pydyf.String(name), named[name].reference])
        limits = pydyf.Array([pydyf.String(min(named)), pydyf.String(max(named))])
        leaf = pydyf.Dictionary({"Names": names, "Limits": limits})
        self.pdf.add_object(leaf)
        tree = pydyf.Dictionary({"Kids": pydyf.Array([leaf.reference])})
        self.pdf.add_object(tree)
        self.root["IDTree"] = tree.reference

    def mend_figures(self, heights: list[float]) -> None:
        """Put captions into their figures, and boxes of figures into the page's own measure.

        WeasyPrint gives boxes in CSS pixels from the top (ISO 32000-1, table 344: default user
        space). ``heights`` are those of the pages, in CSS pixels.
        """
        for figure in [each for each in self.elements if each.get("S") == "/Figure"]:
            left, top, right, foot = figure["A"]["BBox"]
            high = heights[list(self.pdf.page_references).index(figure["Pg"])]
            box = (left, high - foot, right, high - top)
            figure["A"]["BBox"] = pydyf.Array(round(edge * _PT, 3) for edge in box)
            around = self.at(figure["P"])
            kids = self.kids(around)
            if sum(kid.get("S") == "/Figure" for kid in kids) == 1:
                for caption in (kid for kid in kids if kid.get("S") == "/Caption"):
                    around["K"].remove(caption.reference)
                    figure["K"].append(caption.reference)
                    caption["P"] = figure.reference

    def free_furniture(self) -> None:
        """Turn marked content that no element of the tree holds into artefacts."""
        held = {kid.number for kid in self.elements}
        numbers = self.at(self.root["ParentTree"])["Nums"]
        for page, references in zip(numbers[::2], numbers[1::2], strict=True):
            if not isinstance(references, list):
                continue  # an annotation's own entry
            loose = {
                mark
                for mark, reference in enumerate(references)
                if self.at(reference).number not in held
            }
            for mark in loose:
                references[mark] = "null"
            if loose:
                self._mark_artefacts(page, loose)

    def _mark_artefacts(self, page: int, loose: set[int]) -> None:
        content = self.at(self.at(self.pdf.page_references[page])["Contents"]).stream
        for place, token in enumerate(content):
            if isinstance(token, pydyf.Dictionary) and token.get("MCID") in loose:
                content[place - 1] = "/Artifact"
                content[place] = pydyf.Dictionary({"Type": "/Pagination"})


def blocks(box: Box) -> list[Box]:
    """Return a box and all blocks in it, down to those that hold lines."""
    found = [box]
    for each in found:  # grows on the way
        children = getattr(each, "children", ())
        if children and type(children[0]).__name__ != "LineBox":
            found += children
    return found


def _body(page: Box) -> Box:
    html = next(box for box in page.children if box.element_tag == "html")
    return next(box for box in html.children if box.element_tag == "body")


def _blocks(box: Box) -> list[Box]:
    """Return the block-level boxes that have an element of the tree each; empty for lines."""
    if getattr(box, "is_table_wrapper", False):
        box = box.get_wrapped_table()
    children = list(getattr(box, "children", ()))
    return [] if any(type(child).__name__ == "LineBox" for child in children) else children


def _headers_by_box(pdf: pydyf.PDF) -> dict[int, Any]:
    """Find the element of each header cell by the ``id()`` of its box.

    WeasyPrint before 70 writes that number, which is another one each time, as the element's
    ID, and keeps the element of a data cell only in its box.
    """
    elements = (one for one in pdf.objects if isinstance(one, pydyf.Dictionary) and "ID" in one)
    return {one["ID"].string: one for one in elements if isinstance(one["ID"].string, int)}


def _label_cells(body: Box, headers: dict[int, Any]) -> None:
    """Write the scope, id and headers that its HTML says at every cell of every table."""
    for box in blocks(body):
        element = getattr(box, "mark", None) or headers.get(id(box))
        if element is None:
            continue
        html = box.element.attrib
        attributes = element.setdefault("A", pydyf.Dictionary({"O": "/Table"}))
        attributes.pop("Headers", None)
        for name, places in (("ColSpan", box.colspan), ("RowSpan", box.rowspan)):
            if places != 1:  # WeasyPrint before 70 leaves them out
                attributes[name] = places
        element.pop("ID", None)
        if scope := SCOPES.get(html.get("scope", "")):
            attributes["Scope"] = f"/{scope}"
        if html.get("id"):
            element["ID"] = pydyf.String(html["id"])
        if names := html.get("headers", "").split():
            attributes["Headers"] = pydyf.Array(pydyf.String(name) for name in names)
