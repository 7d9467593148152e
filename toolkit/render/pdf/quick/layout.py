"""Lays a page out and paints it with WeasyPrint, keeping what documents have in common.

A batch of reports has one set of style sheets and, but for numbers and texts, one page. What
follows from those alone is worked out once: `styles` keeps styles, `cells` the lines of
table cells; `borders` and `object_writer` write with fewer steps. They take the places of some
functions inside WeasyPrint while it works for us, and only of releases whose insides are known:
with another one this room is not even loaded; see `toolkit.render.pdf.releases`.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from toolkit.render.pdf import weasyprint as door
from toolkit.render.pdf.quick.borders import joined_borders
from toolkit.render.pdf.quick.cells import cell_layout, percentages
from toolkit.render.pdf.quick.object_writer import operand, page_references
from toolkit.render.pdf.quick.styles import Memory, Styles, lasting
from toolkit.render.pdf.quick.texts import repeated_texts
from toolkit.render.pdf.weasyprint import (
    CounterStyle,
    Document,
    DocumentMetadata,
    LayoutContext,
    Page,
    TargetCollector,
    build_formatting_structure,
    get_html_metadata,
    get_image_from_uri,
    layout_document,
)

LAYOUT: dict[str, Callable[[Any], Any]] = {
    "weasyprint.layout.block.block_container_layout": cell_layout,
    "weasyprint.layout.table.resolve_percentages": percentages,
    "weasyprint.layout.block.resolve_percentages": percentages,
    "weasyprint.layout.inline.resolve_percentages": percentages,
}
PAINTING: dict[str, Callable[[Any], Any]] = {
    "weasyprint.draw.draw_collapsed_borders": joined_borders,
    "weasyprint.draw.draw_text": repeated_texts,
    "pydyf._to_bytes": lambda _ordinary: operand,
    "pydyf.PDF.page_references": lambda _ordinary: page_references,
}
Texts = Mapping[tuple[str, ...], frozenset[str]]
"""Font families in order → the characters set in them."""


class _CurrentFonts:
    """Stands in lasting styles for the font configuration of the document being made."""

    config: FontConfiguration

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        """Be taken for what it stands for: `line_breaking` asks whose document this is."""
        return type(self.config)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.config, name)


def lay_out(
    page: weasyprint.HTML,
    sheets: Sequence[tuple[weasyprint.CSS, str]],
    fonts: Callable[[Texts], FontConfiguration],
    options: Mapping[str, Any],
) -> Document:
    """Lay out a page for which `is_plain` holds, with the functions of `LAYOUT` replaced.

    Args:
        page: the parsed page.
        sheets: parsed style sheets, each with its text.
        fonts: asked for the fonts of the document, once the characters of each list of
            families are known.
        options: as for ``weasyprint.HTML.render``.
    """
    parsed = tuple(sheet for sheet, _text in sheets)
    return _quickly(page, _memory(parsed, page.base_url), fonts, options)


def is_plain(sheets: Sequence[tuple[weasyprint.CSS, str]], page: weasyprint.HTML) -> bool:
    """Check that styles follow from these sheets and from the places of elements alone."""
    own = next(page.etree_element.iter("style"), next(page.etree_element.iter("link"), None))
    return own is None and lasting(tuple(text for _sheet, text in sheets))


@lru_cache(maxsize=16)
def _memory(sheets: tuple[Any, ...], base_url: str) -> Memory:
    """Keep what pages with these sheets, and addresses relative to one place, have in common."""
    everywhere = [(sheet, "user agent", None) for sheet in door.everywhere()]
    return Memory([*everywhere, *((sheet, "user", None) for sheet in sheets)], _CurrentFonts())


def _quickly(
    page: weasyprint.HTML,
    memory: Memory,
    fonts: Callable[[Texts], FontConfiguration],
    options: Mapping[str, Any],
) -> Document:
    """Do what ``weasyprint.Document._render`` does, with styles from the memory."""
    counters = CounterStyle()
    for style in door.counter_styles(page):
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
    door.bind(document, page)
    return document
