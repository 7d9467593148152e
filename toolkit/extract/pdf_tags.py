"""The tags of a PDF before they are read: how many there are, and those whose page is gone.

A tag that several tags hold is read several times, so that forty tags can stand for a thousand
thousand million.
"""

import io

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


def without_lost_pages(data: bytes) -> bytes:
    """Return a PDF whose tags name no page that was taken out of it; as it is if none does.

    A tag that begins on such a page may go on upon the next one, and a reader that looks for
    the page would leave all of it out.

    A broken one is given back as it is too, for its reader to refuse.
    """
    try:
        return _without_lost_pages(data)
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError, RuntimeError):
        return data


def _without_lost_pages(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as document:
        pages = {page.objgen for page in document.pages}
        lost = [
            element
            for element in document.objects
            if isinstance(element, pikepdf.Dictionary)
            and "/S" in element
            and "/P" in element
            and isinstance(element.get("/Pg"), pikepdf.Dictionary)
            and element.Pg.objgen not in pages
        ]
        for element in lost:
            del element.Pg
            below = element.get("/K")
            if not isinstance(below, pikepdf.Array):
                below = pikepdf.Array([] if below is None else [below])
            element.K = pikepdf.Array([one for one in below if not isinstance(one, int)])
        if not lost:
            return data
        made = io.BytesIO()
        document.save(made)
        return made.getvalue()


def _children(element: pikepdf.Object) -> list[pikepdf.Dictionary]:
    """Return the indirect elements below one, through those that stand in it directly."""
    if not isinstance(element, pikepdf.Dictionary):
        return []
    below = element.get("/K")
    found = []
    for one in list(below) if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(one, pikepdf.Dictionary):
            found += [one] if one.is_indirect else _children(one)
    return found
