"""Files that travel inside a .docx: one custom XML part, which Word and WPS keep on saving."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Sequence
from html import unescape

from toolkit.render.docx.xml import escaped
from toolkit.render.request import Attachment

NAMESPACE = "urn:nianbao:attachments:1"
"""Of the ``files`` element."""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STORE = "{6E69616E-6261-4F20-8000-646174610001}"
"""Id of the data store item; the same in every document, since each document has one."""
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


def visible_text(document: str) -> str:
    """Return the text of ``word/document.xml``, runs joined."""
    return unescape("".join(_TEXT.findall(document)))


def visible_digest(words: str) -> str:
    """Return the SHA-256 of a text without its spaces.

    Word breaks runs differently at each saving; the letters and their order stay.
    """
    return hashlib.sha256("".join(words.split()).encode("utf-8", "replace")).hexdigest()


def parts(files: Sequence[Attachment], document: str, number: int) -> dict[str, bytes]:
    """Make the custom XML part, its properties and its relationship, by part name.

    ``number`` is the first that no ``customXml/item{number}.xml`` of the template has.
    """
    entries = "".join(
        f'<file name="{escaped(file.name)}" mime="{escaped(file.mime)}"'
        f' relationship="{escaped(file.relationship)}"'
        f' description="{escaped(file.description)}"'
        f' sha256="{hashlib.sha256(file.data).hexdigest()}">{b64encode(file.data).decode()}</file>'
        for file in files
    )
    digest = visible_digest(visible_text(document))
    item = f'{_HEAD}<files xmlns="{NAMESPACE}" visible="{digest}">{entries}</files>'
    properties = (
        f'{_HEAD}<ds:datastoreItem ds:itemID="{_STORE}" xmlns:ds="{_OFFICE}/customXml">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    relations = (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/customXmlProps"'
        f' Target="itemProps{number}.xml"/></Relationships>'
    )
    return {
        f"customXml/item{number}.xml": item.encode(),
        f"customXml/itemProps{number}.xml": properties.encode(),
        f"customXml/_rels/item{number}.xml.rels": relations.encode(),
    }


_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def announced(types: bytes, relations: bytes, number: int) -> tuple[bytes, bytes]:
    """Name the custom XML part in ``[Content_Types].xml`` and in the document's relationships."""
    override = (
        f'<Override PartName="/customXml/itemProps{number}.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/>'
    )
    relation = (
        f'<Relationship Id="nianbao{number}" Type="{_OFFICE}/relationships/customXml"'
        f' Target="../customXml/item{number}.xml"/>'
    )
    return (
        types.replace(b"</Types>", override.encode() + b"</Types>"),
        relations.replace(b"</Relationships>", relation.encode() + b"</Relationships>"),
    )


def free_number(names: Sequence[str]) -> int:
    """Find the first number that no custom XML part of a template has."""
    taken = set(names)
    number = 1
    while {f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"} & taken:
        number += 1
    return number
