"""Properties of a .docx (title, subject …): filled from tags, dated by the request."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from jinja2 import Template
from lxml import etree

from toolkit.render.docx_escape import clean, escaped
from toolkit.render.sandbox import Sandbox

PART = "docProps/core.xml"
_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_FIELDS = (
    ("dc:title", f"{{{_DC}}}title"),
    ("dc:subject", f"{{{_DC}}}subject"),
    ("dc:creator", f"{{{_DC}}}creator"),
    ("cp:keywords", f"{{{_CP}}}keywords"),
    ("dc:description", f"{{{_DC}}}description"),
    ("dc:identifier", f"{{{_DC}}}identifier"),
    ("dc:language", f"{{{_DC}}}language"),
    ("cp:category", f"{{{_CP}}}category"),
)


@dataclass(frozen=True, slots=True)
class Properties:
    """The texts of ``docProps/core.xml`` of a template, by element; each may hold tags."""

    templates: tuple[tuple[str, str, Template], ...]

    def fill(self, names: Mapping[str, Any], moment: datetime) -> str:
        """Write the part. Who saved it last and how often is of no concern to a reader."""
        texts = ((element, template.render(names)) for element, _, template in self.templates)
        lines = "".join(f"<{tag}>{escaped(text)}</{tag}>" for tag, text in texts if text)
        stamp = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<cp:coreProperties xmlns:cp="{_CP}" xmlns:dc="{_DC}"'
            ' xmlns:dcterms="http://purl.org/dc/terms/"'
            ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f'{lines}<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
            f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified>'
            "</cp:coreProperties>"
        )


def read(core: bytes) -> Properties:
    """Read a template's properties; a template without them has none."""
    if not core:
        return Properties(())
    root = etree.fromstring(core, etree.XMLParser(resolve_entities=False, no_network=True))
    plain = Sandbox(finalize=_plain)
    plain.autoescape = False  # the text is escaped once, when the part is written
    found = ((tag, root.findtext(name) or "") for tag, name in _FIELDS)
    return Properties(tuple((tag, text, plain.from_string(text)) for tag, text in found if text))


def _plain(value: object) -> object:
    return clean(value) if isinstance(value, str) else value
