"""Word documents: the files in their custom XML part, and what stands in the page's margins.

Word, WPS and LibreOffice keep a custom XML part when they save a document again as .docx.
"""

import hashlib
import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterator

from lxml import etree

from toolkit.diagnostics import Position
from toolkit.extract import faults
from toolkit.importers.blocks import Paragraph
from toolkit.importers.formats.archive import Archive
from toolkit.render.docx.attachments import NAMESPACE, visible_digest
from toolkit.render.docx.opened import BODY, Unfit, opened
from toolkit.render.request import Attachment

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CARRIER = re.compile(r"customXml/[^/]+\.xml")
_MARGIN = re.compile(r"word/((?:header|footer)\d*)\.xml")


def embedded(data: bytes, file: str) -> tuple[tuple[Attachment, ...], bool | None]:
    """Return the files inside, and whether the text is still the one they came with.

    Raises:
        SourceError: I001, E102.
    """
    archive = _opened(data, file)
    for name in filter(_CARRIER.fullmatch, archive.names()):
        root = archive.xml(name)
        if root is not None and root.tag == f"{{{NAMESPACE}}}files":
            files = tuple(_file(node, file) for node in root.iterchildren(f"{{{NAMESPACE}}}file"))
            return files, root.get("visible") == _digest(archive)
    return (), None


def margins(data: bytes, file: str) -> tuple[Paragraph, ...]:
    """Return the text of every header and footer; the number of a page is not part of it."""
    return tuple(_margins(_opened(data, file), file))


def _opened(data: bytes, file: str) -> Archive:
    """Open a document, whatever its main part is called."""
    archive = Archive(data, file)
    body = archive.xml(BODY) if BODY in archive.names() else None
    if body is not None and body.tag == f"{_W}document":
        return archive
    if not any(name.startswith("word/") for name in archive.names()):
        raise archive.broken()
    try:
        return Archive(opened(data, file), file)
    except Unfit as error:
        raise archive.refused(error.message, error.remedy) from None


def _margins(archive: Archive, file: str) -> Iterator[Paragraph]:
    for name in archive.names():
        found = _MARGIN.fullmatch(name)
        root = archive.xml(name) if found else None
        if found and root is not None:
            for node in root.iter(f"{_W}p"):
                words = "".join(t.text or "" for t in node.iter(f"{_W}t"))
                if words.strip():
                    yield Paragraph(words, Position(file, 1, 1, "document", found[1]))


def _digest(archive: Archive) -> str:
    body = archive.xml(BODY)
    assert body is not None  # noqa: S101  its name is in the archive
    return visible_digest("".join(node.text or "" for node in body.iter(f"{_W}t")))


def _file(node: etree._Element, file: str) -> Attachment:
    name = node.get("name", "")
    try:
        data = b64decode(node.text or "")
    except NotBase64:
        raise faults.damaged(Position(file), name) from None
    if hashlib.sha256(data).hexdigest() != node.get("sha256"):
        raise faults.damaged(Position(file), name)
    return Attachment(
        name=name,
        data=data,
        mime=node.get("mime", ""),
        relationship=node.get("relationship", "Unspecified"),
        description=node.get("description", ""),
    )
