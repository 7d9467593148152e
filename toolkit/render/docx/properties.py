"""Properties of a .docx (title, subject …): filled from tags, dated by the request."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from jinja2 import Template
from lxml import etree

from toolkit.render.docx.tags import TAG, environment
from toolkit.render.docx.xml import escaped

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


_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<cp:coreProperties xmlns:cp="{_CP}" xmlns:dc="{_DC}"'
    ' xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)
_DATE = '<dcterms:{0} xsi:type="dcterms:W3CDTF">{1:%Y-%m-%dT%H:%M:%S}Z</dcterms:{0}>'


@dataclass(frozen=True, slots=True)
class Properties:
    """The texts of ``docProps/core.xml`` of a template, compiled as one; each may hold tags."""

    template: Template

    def fill(self, names: Mapping[str, Any], moment: datetime) -> str:
        """Write the part. Who saved it last and how often is of no concern to a reader."""
        texts = self.template.render(names)
        dates = _dates(moment)
        return f"{_HEAD}{texts}{dates}</cp:coreProperties>"


@lru_cache(maxsize=64)
def _dates(moment: datetime) -> str:
    utc = moment.astimezone(UTC)
    return _DATE.format("created", utc) + _DATE.format("modified", utc)


def read(core: bytes) -> Properties:
    """Read a template's properties; a template without them has none."""
    if not core:
        return Properties(environment().from_string(""))
    root = etree.fromstring(core, etree.XMLParser(resolve_entities=False, no_network=True))
    found = ((tag, root.findtext(name) or "") for tag, name in _FIELDS)
    source = "".join(f"<{tag}>{_escaped_around(text)}</{tag}>" for tag, text in found if text)
    return Properties(environment().from_string(source))


def _escaped_around(text: str) -> str:
    """Escape what stands around tags; what tags give is escaped when it is printed."""
    pieces = TAG.split(text)
    pieces[::2] = map(escaped, pieces[::2])
    return "".join(pieces)
