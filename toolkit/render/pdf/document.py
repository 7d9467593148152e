"""PDF: the HTML template with its print style, laid out by WeasyPrint."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from string import printable
from typing import Any

from weasyprint import CSS
from weasyprint.urls import FatalURLFetchingError

from toolkit.errors import TemplateError
from toolkit.fonts import ROLES
from toolkit.messages import text
from toolkit.render.charts.pictures import drawings
from toolkit.render.html.templates import Page, environment_of, fill, source
from toolkit.render.pdf.archive import archive
from toolkit.render.pdf.fetch import OwnFilesOnly
from toolkit.render.pdf.fonts import (
    DocumentFonts,
    as_text,
    by_role,
    font_face_rules,
    font_files,
    letters_of_sheet,
    role_families,
)
from toolkit.render.pdf.justification import fill_lines
from toolkit.render.pdf.line_breaking import ChineseLines
from toolkit.render.pdf.quick.layout import Texts, lay_out, paint
from toolkit.render.pdf.quick.object_writer import press
from toolkit.render.pdf.quick.parse import page_of
from toolkit.render.pdf.structure import mend
from toolkit.render.pdf.table_splits import table_layout as _splits  # noqa: F401  takes its place
from toolkit.render.request import RenderRequest

OPTIONS = {"pdf_version": "1.7", "pdf_tags": True, "pdf_identifier": True}
_NUMERALS = "〇一二三四五六七八九十百千"
"""What counters may print, besides ASCII."""


def render(request: RenderRequest) -> bytes:
    """Make the PDF. Equal requests give equal bytes.

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
    base = (request.folders[0] / request.template).as_uri()
    fetcher = OwnFilesOnly(request.folders, {}, drawings(request.view))
    parsed = page_of(as_text(page.html), base, fetcher)
    sheets = [role_families(), *(_sheet(request.folders, name) for name in page.styles)]
    document = lay_out(parsed, sheets, partial(_fonts, page, request), OPTIONS)
    fill_lines(document)
    document.fonts = DocumentFonts()
    return paint(document, partial(_finish, request), OPTIONS)


def _fonts(page: Page, request: RenderRequest, texts: Texts | None) -> ChineseLines:
    """Cut the faces to what the document sets in them, and hand them to Fontconfig.

    What style sheets add to a page, and page numbers, may come in any face.
    """
    sheets = (_sheet(request.folders, name)[1] for name in page.styles)
    anywhere = frozenset(printable + _NUMERALS).union(*map(letters_of_sheet, sheets))
    letters = by_role(texts) if texts else dict.fromkeys(ROLES, frozenset(page.html))
    files = font_files({role: anywhere | own for role, own in letters.items()})
    config = ChineseLines()
    fetcher = OwnFilesOnly(request.folders, files)
    CSS(string=font_face_rules(files), font_config=config, url_fetcher=fetcher)
    return config


@lru_cache(maxsize=64)
def _sheet(folders: tuple[Path, ...], name: str) -> tuple[CSS, str]:
    """Parse a style sheet once for all documents that use these template folders."""
    css = source(environment_of(folders), name)
    base, fetcher = folders[0].as_uri(), OwnFilesOnly(folders, {})
    return CSS(string=css, base_url=base, url_fetcher=fetcher), css


def _finish(request: RenderRequest, document: Any, pdf: Any) -> None:
    """Finish the file before it is written; WeasyPrint calls it."""
    mend(document, pdf)
    archive(pdf, request)
    press(pdf)
