"""How many tags a PDF has, found out before they are read.

A tag that several tags hold is read several times, so that forty tags can stand for a thousand
thousand million.
"""

import pikepdf

MOST_TAGS = 200_000
"""Structure elements; a report has a few thousand."""
_IN_RINGS = -1


def tags(document: pikepdf.Pdf, most: int) -> int:
    """Count the structure elements of a PDF as a reader meets them.

    An element that stands at several places counts at each. Counting ends beyond ``most``;
    elements that hold themselves count as more than ``most``.
    """
    root = document.Root.get("/StructTreeRoot")
    known: dict[tuple[int, int], int] = {}
    open_elements = [root] if root is not None else []
    while open_elements:
        element = open_elements[-1]
        known.setdefault(element.objgen, _IN_RINGS)
        children = _children(element)
        waiting = [child for child in children if child.objgen not in known]
        if waiting:
            open_elements += waiting
            continue
        sizes = [known[child.objgen] for child in children]
        if _IN_RINGS in sizes or sum(sizes) >= most:
            return most + 1
        known[element.objgen] = 1 + sum(sizes)
        open_elements.pop()
    return known[root.objgen] if root is not None else 0


def _children(element: pikepdf.Object) -> list[pikepdf.Dictionary]:
    """Give the indirect elements below one, through those that stand in it directly."""
    if not isinstance(element, pikepdf.Dictionary):
        return []
    below = element.get("/K")
    found = []
    for one in list(below) if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(one, pikepdf.Dictionary):
            found += [one] if one.is_indirect else _children(one)
    return found
