"""The styles official tables ask for: a template that lacks one is given the national one."""

from functools import lru_cache

from lxml import etree

from toolkit import resources
from toolkit.render import package
from toolkit.render.docx.table import STYLES, TABLE_STYLE

PART = "word/styles.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WANTED = (*STYLES, TABLE_STYLE)


def with_styles(document: bytes) -> bytes:
    """Add missing styles to a template; one that has them all stays as it is.

    Without this, Word would set each cell in the running text's 16 pt with its indent, since
    it takes an unknown style for the default one.

    Raises:
        BadZipFile: not a .docx.
        KeyError: it has no styles.
        lxml.etree.XMLSyntaxError: they cannot be read.
    """
    parts = package.read(document)
    root = _parsed(parts[PART])
    known = {style.get(f"{_W}styleId") for style in root.iter(f"{_W}style")}
    missing = [name for name in _WANTED if name not in known]
    if not missing:
        return document
    for name in missing:
        root.append(etree.fromstring(_national()[name]))
    parts[PART] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return package.write(package.deflate(name, data) for name, data in parts.items())


@lru_cache(maxsize=1)
def _national() -> dict[str, bytes]:
    document = (resources.templates() / "national" / "report.docx").read_bytes()
    root = _parsed(package.read(document)[PART])
    found = {style.get(f"{_W}styleId", ""): style for style in root.iter(f"{_W}style")}
    return {name: etree.tostring(found[name]) for name in _WANTED}


def _parsed(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
