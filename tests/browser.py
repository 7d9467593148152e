"""A real browser without a window, and what the tests of pages ask it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PROGRAMS = ("chromium", "google-chrome", "chromium-browser")
CRITERIA = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
"""WCAG 2.2, levels A and AA, in the words of axe."""


@contextmanager
def browser() -> Iterator[Browser]:
    """Start Chromium; `.ci/system-packages test` installs it."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    assert program, "no Chromium: run .ci/system-packages test"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        try:
            yield started
        finally:
            started.close()


@contextmanager
def opened(
    started: Browser, file: Path, width: int, height: int = 900, **context: Any
) -> Iterator[Page]:
    """Open a page in a window of CSS pixels; it may fetch nothing but itself."""
    page = started.new_page(viewport={"width": width, "height": height}, **context)
    page.route("**/*", lambda route: route.continue_() if is_own(route, file) else route.abort())
    try:
        page.goto(file.as_uri())
        yield page
    finally:
        page.close()


def is_own(route: Any, file: Path) -> bool:
    return route.request.url.partition("#")[0] == file.as_uri()


def faults(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA, one line a fault."""
    only = {"runOnly": {"type": "tag", "values": list(CRITERIA)}}
    found = Axe().run(page, options=only).response
    assert len(found["passes"]) > 5  # it did look
    return [f"{v['id']}: {v['help']} {v['nodes'][0]['target']}" for v in found["violations"]]
