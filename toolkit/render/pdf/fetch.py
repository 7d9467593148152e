"""What WeasyPrint may read while it makes a PDF: the template folders' own files, our fonts."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit
from urllib.request import url2pathname

from weasyprint.urls import URLFetcher, URLFetcherResponse

from toolkit.render.charts.pictures import PICTURE
from toolkit.render.pdf.fonts import ADDRESS


class OwnFilesOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Reads files inside the template folders, the document's fonts and charts; no more.

    `fail_on_errors` makes a missing picture stop the document: WeasyPrint would otherwise log
    a line and print a report without its seal.
    """

    def __init__(
        self,
        folders: tuple[Path, ...],
        fonts: Mapping[str, bytes],
        pictures: Mapping[str, bytes] = MappingProxyType({}),
    ) -> None:
        super().__init__(allowed_protocols=("file",), fail_on_errors=True)
        self._folders = tuple(folder.resolve() for folder in folders)
        self._fonts = fonts
        self._pictures = pictures

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Answer one request, or raise; the base class would go to disk or network."""
        if url.startswith(ADDRESS):
            font = self._fonts[url.removeprefix(ADDRESS)]
            return URLFetcherResponse(url, font, {"Content-Type": "font/ttf"})
        if url.startswith(PICTURE):
            drawn = self._pictures[url.removeprefix(PICTURE)]
            return URLFetcherResponse(url, drawn, {"Content-Type": "image/svg+xml"})
        at = urlsplit(url)
        if at.scheme != "file" or at.netloc:
            raise PermissionError(f"not a file of the template: {url}")
        file = Path(url2pathname(at.path)).resolve()
        if not any(file.is_relative_to(folder) for folder in self._folders):
            raise PermissionError(f"outside the template's folder: {url}")
        return super().fetch(url, headers)
