"""Lays a page out and paints it with WeasyPrint, keeping what documents have in common.

A batch of reports has one set of style sheets and, but for numbers and texts, one page. What
follows from those alone is worked out once: `pdf_styles` keeps styles, `pdf_cells` the lines of
table cells; `pdf_borders` and `pdf_bytes` write with fewer steps. They take the places of some
functions inside WeasyPrint while it works for us, and only of releases whose insides are known:
with another one a page is made WeasyPrint's own way, to the same look, in twice the time, and
`doctor` and the summary of a run say so.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from pkgutil import resolve_name
from threading import RLock
from typing import Any

import weasyprint
from weasyprint.css.counters import CounterStyle
from weasyprint.css.targets import TargetCollector
from weasyprint.document import Document, DocumentMetadata, Page
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.html import get_html_metadata
from weasyprint.images import get_image_from_uri
from weasyprint.layout import LayoutContext, layout_document
from weasyprint.text.fonts import FontConfiguration

from toolkit.render.pdf.quick.borders import joined_borders
from toolkit.render.pdf.quick.cells import cell_layout, percentages
from toolkit.render.pdf.quick.object_writer import operand, page_references
from toolkit.render.pdf.quick.styles import Memory, Styles, lasting
from toolkit.render.pdf.quick.texts import repeated_texts
from toolkit.render.pdf.releases import is_quick

_LAYOUT: dict[str, Callable[[Any], Any]] = {
    "weasyprint.layout.block.block_container_layout": cell_layout,
    "weasyprint.layout.table.resolve_percentages": percentages,
    "weasyprint.layout.block.resolve_percentages": percentages,
    "weasyprint.layout.inline.resolve_percentages": percentages,
}
_PAINTING: dict[str, Callable[[Any], Any]] = {
    "weasyprint.draw.draw_collapsed_borders": joined_borders,
    "weasyprint.draw.draw_text": repeated_texts,
    "pydyf._to_bytes": lambda _ordinary: operand,
    "pydyf.PDF.page_references": lambda _ordinary: page_references,
}
REPLACED = (*_LAYOUT, *_PAINTING)
"""Functions that are other ones while a page is made."""

_ONE_AT_A_TIME = RLock()
"""The functions replaced, and the fonts of the document being made, are those of the process."""

Texts = Mapping[tuple[str, ...], frozenset[str]]
"""Font families in order → the characters set in them."""


class _CurrentFonts:
    """Stands in lasting styles for the font configuration of the document being made."""

    config: FontConfiguration

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        """Be taken for what it stands for: `pdf_breaks` asks whose document this is."""
        return type(self.config)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.config, name)


def lay_out(
    page: weasyprint.HTML,
    sheets: Sequence[tuple[weasyprint.CSS, str]],
    fonts: Callable[[Texts | None], FontConfiguration],
    options: Mapping[str, Any],
) -> Document:
    """Lay a page out.

    Args:
        page: the parsed page.
        sheets: parsed style sheets, each with its text.
        fonts: asked for the fonts of the document, once the characters of each list of
            families are known; with None where they are not, and all fonts need all.
        options: as for ``weasyprint.HTML.render``.
    """
    parsed = tuple(sheet for sheet, _text in sheets)
    if not (is_quick() and _is_plain(tuple(text for _sheet, text in sheets), page)):
        document: Document = page.render(font_config=fonts(None), stylesheets=parsed, **options)
        return document
    with _replaced(_LAYOUT):
        return _quickly(page, _memory(parsed, page.base_url), fonts, options)


def paint(document: Document, finisher: Callable[..., None], options: Mapping[str, Any]) -> bytes:
    """Write a laid-out document as a PDF; ``finisher`` gets it and pydyf's PDF at the end."""
    with _replaced(_PAINTING if is_quick() else {}):
        made: bytes = document.write_pdf(finisher=finisher, **options)
        return made


def _is_plain(sheets: tuple[str, ...], page: weasyprint.HTML) -> bool:
    own = next(page.etree_element.iter("style"), next(page.etree_element.iter("link"), None))
    return own is None and lasting(sheets)


@lru_cache(maxsize=16)
def _memory(sheets: tuple[Any, ...], base_url: str) -> Memory:
    """Keep what pages with these sheets, and addresses relative to one place, have in common."""
    everywhere = [(sheet, "user agent", None) for sheet in weasyprint.HTML._ua_stylesheets(None)]
    return Memory([*everywhere, *((sheet, "user", None) for sheet in sheets)], _CurrentFonts())


def _quickly(
    page: weasyprint.HTML,
    memory: Memory,
    fonts: Callable[[Texts], FontConfiguration],
    options: Mapping[str, Any],
) -> Document:
    """Do what ``weasyprint.Document._render`` does, with styles from the memory."""
    counters = CounterStyle()
    for style in page._ua_counter_style():
        counters.update(style)
    targets = TargetCollector()
    styles = Styles(page, memory, targets)
    config = memory.fonts.config = fonts(styles.texts())
    images = partial(
        get_image_from_uri,
        cache={},
        url_fetcher=page.url_fetcher,
        options={**weasyprint.DEFAULT_OPTIONS, **options},
    )
    context = LayoutContext(styles, images, config, counters, targets)
    root = page.etree_element
    box = build_formatting_structure(
        root, styles, images, page.base_url, targets, counters, context.footnotes
    )
    pages = [Page(laid) for laid in layout_document(page, box, context)]
    about = DocumentMetadata(**get_html_metadata(page))
    document = Document(pages, about, page.url_fetcher, config, {}, None)
    document._html = page
    return document


@contextmanager
def _replaced(functions: Mapping[str, Callable[[Any], Any]]) -> Iterator[None]:
    """Put wrapped functions in the places of WeasyPrint's own, for a while."""
    before = []
    with _ONE_AT_A_TIME:
        try:
            for name, wrap in functions.items():
                room, _, function = name.rpartition(".")
                owner = resolve_name(room)
                ordinary = getattr(owner, function)
                before.append((owner, function, ordinary))
                setattr(owner, function, wrap(ordinary))
            yield
        finally:
            for owner, function, ordinary in before:
                setattr(owner, function, ordinary)
