"""The one door to the insides of WeasyPrint and pydyf.

Whatever is not in the documentation of the two libraries is named here and nowhere else. Each
thing that is done with it is a use, with the parts it stands on; before a document is made the
parts are looked up and their parameters compared with those known. A use one of whose parts is
absent or takes other parameters is left out, and WeasyPrint does it its own way. Functions are
replaced while a document is made and put back after it.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pkgutil import resolve_name
from threading import RLock
from types import MappingProxyType
from typing import Any

LINES, SPLITS, TAGS, FONTS, QUICK = "lines", "splits", "tags", "fonts", "quick"
_VALUE = "="
"""For a part that is no function: it has only to be there."""

_PAGE = {"weasyprint.document.Page": "page_box"}
USES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        LINES: {
            "weasyprint.layout.inline.split_first_line": (
                "text style context max_width justification_spacing is_line_start minimum"
            ),
            "weasyprint.layout.inline.justify_line": "context line extra_width",
            "weasyprint.text.line_break.Layout": "style justification_spacing max_width",
            "weasyprint.text.line_break.Layout.set_text": "self text justify",
            "weasyprint.text.line_break.Layout.get_first_line": "self",
            "weasyprint.text.line_break.Layout.deactivate": "self",
            "weasyprint.text.line_break.line_size": "line style",
            "weasyprint.text.ffi.FROM_UNITS": _VALUE,
            "weasyprint.text.ffi.ffi": _VALUE,
            "weasyprint.text.ffi.pango": _VALUE,
            **_PAGE,
        },
        SPLITS: {
            "weasyprint.layout.block.table_layout": (
                "context table bottom_space skip_stack containing_block page_is_empty "
                "absolute_boxes fixed_boxes"
            ),
        },
        TAGS: {**_PAGE, "pydyf.PDF.page_references": _VALUE},
        FONTS: {"weasyprint.pdf.fonts.Font.subset": "self to_unicode hinting"},
        QUICK: {
            "weasyprint.layout.block.block_container_layout": (
                "context box bottom_space skip_stack page_is_empty absolute_boxes fixed_boxes "
                "adjoining_margins first_letter_style first_line_style discard max_lines"
            ),
            "weasyprint.layout.table.resolve_percentages": "box containing_block",
            "weasyprint.layout.block.resolve_percentages": "box containing_block",
            "weasyprint.layout.inline.resolve_percentages": "box containing_block",
            "weasyprint.draw.draw_collapsed_borders": "stream table",
            "weasyprint.draw.draw_text": "stream textbox offset_x text_overflow block_ellipsis",
            "weasyprint.css.StyleFor": (
                "html sheets presentational_hints font_config target_collector"
            ),
            "weasyprint.css.ComputedStyle": (
                "parent_style cascaded pseudo_type root_style base_url font_config "
                "initial_page_sizes"
            ),
            "weasyprint.css.InitialStyle": "font_config",
            "weasyprint.css.declaration_precedence": "origin importance",
            "weasyprint.css.find_style_attributes": "tree presentational_hints base_url",
            "weasyprint.css.preprocess_declarations": "base_url declarations prelude",
            "weasyprint.css.counters.CounterStyle": _VALUE,
            "weasyprint.css.targets.TargetCollector": "",
            "weasyprint.document.Document": (
                "pages metadata url_fetcher font_config color_profiles output_intent"
            ),
            "weasyprint.document.DocumentMetadata": _VALUE,
            "weasyprint.formatting_structure.boxes": _VALUE,
            "weasyprint.formatting_structure.build.build_formatting_structure": (
                "element_tree style_for get_image_from_uri base_url target_collector "
                "counter_style footnotes"
            ),
            "weasyprint.html.get_html_metadata": "html",
            "weasyprint.images.get_image_from_uri": _VALUE,
            "weasyprint.layout.LayoutContext": (
                "style_for get_image_from_uri font_config counter_style target_collector"
            ),
            "weasyprint.layout.layout_document": "html root_box context max_loops",
            "weasyprint.HTML._ua_stylesheets": "self forms",
            "weasyprint.HTML._ua_counter_style": "self",
            "cssselect2.ElementWrapper.from_html_root": "root content_language",
            "pydyf._to_bytes": "item",
            **_PAGE,
        },
    }
)
"""Use → part by its dotted name → the names of its parameters."""

_PLACES = {
    name.rpartition(".")[2]: name
    for parts in USES.values()
    for name in parts
    if not name.startswith("weasyprint.HTML.")
}
_ONE_AT_A_TIME = RLock()
"""The functions replaced, and the fonts of the document being made, are those of the process."""


def __getattr__(name: str) -> Any:
    """Return a part by the last word of its name, for the modules of the uses it belongs to."""
    if name not in _PLACES:
        raise AttributeError(name)
    return resolve_name(_PLACES[name])


def unlike(use: str) -> tuple[str, ...]:
    """Return the parts of a use that are absent or take other parameters than those known."""
    parts = tuple((name, _part(name), known) for name, known in USES[use].items())
    return _unlike(parts)


@lru_cache(maxsize=32)
def _unlike(parts: tuple[tuple[str, object, str], ...]) -> tuple[str, ...]:
    return tuple(name for name, part, known in parts if not _is_known(part, known))


def absent() -> str:
    """Return why WeasyPrint does not load on this machine; empty where it does."""
    try:
        resolve_name("weasyprint.urls.FatalURLFetchingError")  # not in 67 and before
    except (AttributeError, ImportError, OSError) as error:  # OSError: there is no Pango
        return f"{type(error).__name__}: {error}".partition("\n")[0]
    return ""


def _part(name: str) -> object:
    """Look a part up; None if it is absent. A static method is given as it is called."""
    try:
        return resolve_name(name)
    except (ImportError, AttributeError, OSError):
        return None


def _is_known(part: object, known: str) -> bool:
    if part is None or known == _VALUE:
        return part is not None
    if not callable(part):
        return False
    try:
        parameters = inspect.signature(part).parameters
    except (TypeError, ValueError):
        return False
    return " ".join(parameters) == known


@contextmanager
def replaced(functions: Mapping[str, Callable[[Any], Any]]) -> Iterator[None]:
    """Put wrapped functions in the places of the libraries' own, and the own ones back.

    Args:
        functions: dotted name → what makes the replacement of the ordinary function.
    """
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
            for owner, function, ordinary in reversed(before):
                setattr(owner, function, ordinary)


def page_box(page: Any) -> Any:
    """Return the box of a laid-out page, with all boxes in it."""
    return page._page_box


def everywhere() -> list[Any]:
    """Return the style sheets that hold for every page, WeasyPrint's own."""
    return list(resolve_name("weasyprint.HTML")._ua_stylesheets(None))


def counter_styles(page: Any) -> list[Any]:
    """Return the counter styles that hold for every page."""
    return list(page._ua_counter_style())


def bind(document: Any, page: Any) -> None:
    """Report a document which parsed page it was laid out from; it is asked when it is painted."""
    document._html = page


def parsed(root: Any, base_url: str, fetcher: Any) -> Any:
    """Wrap an element tree as the page that ``weasyprint.HTML`` makes of a text."""
    html = resolve_name("weasyprint.HTML")
    page = html.__new__(html)
    page.base_url, page.url_fetcher, page.media_type = base_url, fetcher, "print"
    wrapper = resolve_name("cssselect2.ElementWrapper")
    page.wrapper_element = wrapper.from_html_root(root, content_language=None)
    page.etree_element = root
    return page


def operand(item: Any) -> bytes:
    """Write one value of a PDF the way pydyf does."""
    written: bytes = resolve_name("pydyf")._to_bytes(item)
    return written


@lru_cache(maxsize=1)
def pango() -> Any:
    """Return Pango, with the one function declared that WeasyPrint does not use."""
    foreign = resolve_name("weasyprint.text.ffi")
    foreign.ffi.cdef("PangoAttribute * pango_attr_family_new (const char *family);")
    return foreign.pango


def pango_version() -> str:
    """Return the version of the system library; fails to import where there is none."""
    number = int(resolve_name("weasyprint.text.ffi").pango.pango_version())
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
