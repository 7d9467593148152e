"""Getting back what travels inside a .docx, and whether somebody changed the text since."""

import hashlib
from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass
from zipfile import BadZipFile

from lxml import etree

from toolkit.render import docx_package
from toolkit.render.docx_attachments import NAMESPACE, visible_digest
from toolkit.render.request import Attachment

_BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Embedded:
    """What a .docx carried. ``unchanged``: the text is still the one it was made with."""

    files: tuple[Attachment, ...]
    unchanged: bool


def extract(document: bytes) -> Embedded:
    """Read the files that travel inside a .docx of ours.

    Args:
        document: the .docx, perhaps saved again by Word, WPS or LibreOffice.

    Returns:
        The files byte for byte, in the order they were put in; none if it carries none.

    Raises:
        ValueError: not a .docx, or a file in it does not have the SHA-256 noted beside it.
    """
    try:
        parts = docx_package.read(document)
        body = _parsed(parts[_BODY])
    except (BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise ValueError(f"not a Word document: {error}") from error
    for name, data in parts.items():
        if name.startswith("customXml/item") and NAMESPACE.encode() in data:
            root = _parsed(data)
            if root.tag == f"{{{NAMESPACE}}}files":
                text = "".join(node.text or "" for node in body.iter(f"{_W}t"))
                files = tuple(_file(node) for node in root)
                return Embedded(files, root.get("visible") == visible_digest(text))
    return Embedded((), unchanged=False)


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(data, parser)


def _file(node: etree._Element) -> Attachment:
    name = node.get("name", "")
    try:
        data = b64decode(node.text or "")
    except NotBase64 as error:
        raise ValueError(f"{name}: damaged") from error
    if hashlib.sha256(data).hexdigest() != node.get("sha256"):
        raise ValueError(f"{name}: does not have the SHA-256 noted beside it")
    return Attachment(
        name=name,
        data=data,
        mime=node.get("mime", ""),
        relationship=node.get("relationship", "Unspecified"),
        description=node.get("description", ""),
    )
