"""PDF: the HTML template with its print style, laid out by WeasyPrint."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from string import printable
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.urls import FatalURLFetchingError

from toolkit.errors import TemplateError
from toolkit.messages import text
from toolkit.render.jinja import Page, environment_of, fill, source
from toolkit.render.pdf_archive import archive, press
from toolkit.render.pdf_breaks import ChineseLines
from toolkit.render.pdf_fetch import OwnFilesOnly
from toolkit.render.pdf_fonts import DocumentFonts, as_text, font_face_rules, font_files
from toolkit.render.pdf_lines import fill_lines
from toolkit.render.pdf_tags import mend
from toolkit.render.request import RenderRequest

OPTIONS = {"pdf_version": "1.7", "pdf_tags": True, "pdf_identifier": True}


def render(request: RenderRequest) -> bytes:
    """Make the PDF. Equal requests give equal bytes.

    Raises:
        TemplateError: the template is absent, broken, uses an unknown name, or asks for
            something outside its own folder.
    """
    page = fill(request, "print")
    fonts = font_files(_characters(request, page))
    fetcher = OwnFilesOnly(request.folders, fonts)
    try:
        with _collector_at_rest():
            return _write(as_text(page.html), page.styles, request, fetcher, font_face_rules(fonts))
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


def _characters(request: RenderRequest, page: Page) -> frozenset[str]:
    """Collect what may be printed: the page, what style sheets add to it, page numbers."""
    environment = environment_of(request.folders)
    sheets = (source(environment, name) for name in page.styles)
    return frozenset().union(printable, page.html, *sheets)


def _write(
    html: str, styles: tuple[str, ...], request: RenderRequest, fetcher: OwnFilesOnly, faces: str
) -> bytes:
    config = ChineseLines()
    sheets = [CSS(string=faces, font_config=config, url_fetcher=fetcher)]
    sheets += [_sheet(request.folders, name) for name in styles]
    base = (request.folders[0] / request.template).as_uri()
    page = HTML(string=html, base_url=base, url_fetcher=fetcher)
    document = page.render(font_config=config, stylesheets=sheets, **OPTIONS)
    fill_lines(document)
    document.fonts = DocumentFonts()
    made: bytes = document.write_pdf(finisher=partial(_finish, request), **OPTIONS)
    return made


@lru_cache(maxsize=64)
def _sheet(folders: tuple[Path, ...], name: str) -> CSS:
    """Parse a style sheet once for all documents that use these template folders."""
    css = source(environment_of(folders), name)
    return CSS(string=css, base_url=folders[0].as_uri(), url_fetcher=OwnFilesOnly(folders, {}))


def _finish(request: RenderRequest, document: Any, pdf: Any) -> None:
    """Finish the file before it is written; WeasyPrint calls it."""
    mend(document, pdf)
    archive(pdf, request)
    press(pdf)
