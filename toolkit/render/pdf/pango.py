"""Which Pango lays out the pages."""

from weasyprint.text.ffi import pango


def pango_version() -> str:
    """Version of the system library; importing this module fails where there is none."""
    number = int(pango.pango_version())
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
