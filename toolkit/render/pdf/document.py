"""PDF: the HTML template with its print style, laid out by WeasyPrint."""

import gc
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache, partial
from importlib import import_module
from pathlib import Path
from string import printable
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.urls import FatalURLFetchingError

from toolkit.errors import NianbaoError, TemplateError
from toolkit.fonts import ROLES
from toolkit.messages import text
from toolkit.render.charts.pictures import drawings
from toolkit.render.html.templates import Page, environment_of, fill, source
from toolkit.render.pdf import releases
from toolkit.render.pdf.archive import archive
from toolkit.render.pdf.fetch import OwnFilesOnly
from toolkit.render.pdf.fonts import (
    DocumentFaces,
    DocumentFonts,
    as_text,
    by_role,
    font_face_rules,
    font_files,
    letters_of_sheet,
    role_families,
)
from toolkit.render.pdf.structure import mend
from toolkit.render.pdf.weasyprint import FONTS, LINES, QUICK, SPLITS, TAGS, replaced
from toolkit.render.request import RenderRequest

OPTIONS = {"pdf_version": "1.7", "pdf_tags": True, "pdf_identifier": True}
Texts = Mapping[tuple[str, ...], frozenset[str]]
"""Font families in order → the characters set in them."""
_NUMERALS = "〇一二三四五六七八九十百千"
"""What counters may print, besides ASCII."""


def render(request: RenderRequest) -> bytes:
    """Build the PDF. Equal requests give equal bytes.

    Raises:
        TemplateError: the template is absent, broken, uses an unknown name, or asks for
            something outside its own folder.
    """
    page = fill(request, "print")
    try:
        with _collector_at_rest():
            return _write(page, request)
    except FatalURLFetchingError as error:  # a BaseException: `except Exception` misses it
        problem = text(
            "the page asks for what it may not have: {problem} ({cause})",
            problem=error,
            cause=error.__cause__,
        )
        raise TemplateError(request.plugin, problem, request.template) from error


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Collect no garbage while a document grows: nothing of it can be given up before its end.

    The collector would look through its hundred thousand boxes again and again, for a quarter
    of the time; afterwards it finds them all young and takes them at once.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _write(page: Page, request: RenderRequest) -> bytes:
    """Lay out and write a page; all WeasyPrint's own way where ours fails inside it."""
    uses = releases.uses()
    try:
        return _made(page, request, uses)
    except (NianbaoError, MemoryError):
        raise
    except Exception as error:
        if not uses:
            raise
        try:
            plainly = _made(page, request, frozenset())
        except Exception:
            raise error from None  # not the insides: WeasyPrint itself cannot make this page
        releases.give_up(error)
        return plainly


def _made(page: Page, request: RenderRequest, uses: Collection[str]) -> bytes:
    """Lay out and write a page, with those uses of WeasyPrint's insides."""
    replacements = _replacements(uses)
    with replaced(replacements):
        document = _laid_out(page, request, uses)
    if LINES in uses:
        _room("justification").fill_lines(document)
    if FONTS in uses:
        document.fonts = DocumentFonts()
    with replaced(_room("quick.layout").PAINTING if QUICK in uses else {}):
        made: bytes = document.write_pdf(finisher=partial(_finish, request, uses), **OPTIONS)
    return made


def _room(name: str) -> Any:
    """Import a module that stands on WeasyPrint's insides, once they are known to be there."""
    return import_module(f"toolkit.render.pdf.{name}")


def _replacements(uses: Collection[str]) -> dict[str, Any]:
    """Gather what is replaced while a page is laid out."""
    return {
        **(_room("line_breaking").REPLACED if LINES in uses else {}),
        **(_room("table_splits").REPLACED if SPLITS in uses else {}),
        **(_room("quick.layout").LAYOUT if QUICK in uses else {}),
    }


def _laid_out(page: Page, request: RenderRequest, uses: Collection[str]) -> Any:
    base = (request.folders[0] / request.template).as_uri()
    fetcher = OwnFilesOnly(request.folders, {}, drawings(request.view))
    sheets = [role_families(), *(_sheet(request.folders, name) for name in page.styles)]
    html = as_text(page.html)
    if QUICK in uses:
        quick = _room("quick.layout")
        parsed = _room("quick.parse").page_of(html, base, fetcher)
        if quick.is_plain(sheets, parsed):
            return quick.lay_out(parsed, sheets, partial(_fonts, page, request), OPTIONS)
    else:
        parsed = HTML(string=html, base_url=base, url_fetcher=fetcher)
    own = tuple(sheet for sheet, _text in sheets)
    return parsed.render(font_config=_fonts(page, request, None), stylesheets=own, **OPTIONS)


def _fonts(page: Page, request: RenderRequest, texts: Texts | None) -> DocumentFaces:
    """Cut the faces to what the document sets in them, and hand them to Fontconfig.

    What style sheets add to a page, and page numbers, may come in any face.
    """
    sheets = (_sheet(request.folders, name)[1] for name in page.styles)
    anywhere = frozenset(printable + _NUMERALS).union(*map(letters_of_sheet, sheets))
    letters = by_role(texts) if texts else dict.fromkeys(ROLES, frozenset(page.html))
    files = font_files({role: anywhere | own for role, own in letters.items()})
    config = DocumentFaces()
    fetcher = OwnFilesOnly(request.folders, files)
    CSS(string=font_face_rules(files), font_config=config, url_fetcher=fetcher)
    return config


@lru_cache(maxsize=64)
def _sheet(folders: tuple[Path, ...], name: str) -> tuple[CSS, str]:
    """Parse a style sheet once for all documents that use these template folders."""
    css = source(environment_of(folders), name)
    base, fetcher = folders[0].as_uri(), OwnFilesOnly(folders, {})
    return CSS(string=css, base_url=base, url_fetcher=fetcher), css


def _finish(request: RenderRequest, uses: Collection[str], document: Any, pdf: Any) -> None:
    """Finish the file before it is written; WeasyPrint calls it."""
    if TAGS in uses:
        mend(document, pdf)
    archive(pdf, request)
    if QUICK in uses:
        _room("quick.object_writer").press(pdf)
