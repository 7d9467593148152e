"""PDF: its associated files (ISO 32000-2, 14.13), read within limits."""

import io
import zlib
from hashlib import md5
from typing import Any

import pikepdf

from toolkit.diagnostics import Position
from toolkit.extract import faults, pdf_tags
from toolkit.importers.faults import too_large
from toolkit.importers.formats import pdf_limits
from toolkit.importers.formats.pdf import broken
from toolkit.limits import limits, variable
from toolkit.render.request import Attachment

_MOST_FILES = 100
_FAULTS = (
    pikepdf.PdfError,
    pikepdf.PasswordError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RuntimeError,
)


def embedded(data: bytes, file: str) -> tuple[Attachment, ...]:
    """Return the files inside, those it is associated with first.

    Raises:
        SourceError: it is broken or encrypted, or unpacks beyond a limit (I001); a file
            inside does not have the checksum noted beside it (E102).
    """
    pdf_limits.weigh(data, file)
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            if document.is_encrypted:
                raise broken(file)
            if pdf_tags.tags(document, pdf_tags.MOST_TAGS) > pdf_tags.MOST_TAGS:
                raise broken(file)
            found = [_file(one, file) for one in _specifications(document)]
    except _FAULTS:
        raise broken(file) from None
    return tuple(found)


def _specifications(document: pikepdf.Pdf) -> list[Any]:
    associated = list(document.Root.get("/AF", []))
    listed = [one.obj for one in document.attachments.values()]
    seen = {one.objgen for one in associated if one.is_indirect}
    every = [*associated, *(one for one in listed if one.objgen not in seen)]
    return every[:_MOST_FILES]


def _file(specification: Any, file: str) -> Attachment:
    stream = specification.EF.get("/UF", specification.EF.get("/F"))
    name = str(specification.get("/UF", specification.get("/F", "")))
    data = _unpacked(stream, file)
    noted = stream.get("/Params", {}).get("/CheckSum")
    if noted is not None and bytes(noted) != md5(data, usedforsecurity=False).digest():
        raise faults.damaged(Position(file), name)
    return Attachment(
        name=name,
        data=data,
        mime=str(stream.get("/Subtype", ""))[1:],
        relationship=str(specification.get("/AFRelationship", "/Unspecified"))[1:],
        description=str(specification.get("/Desc", "")),
    )


def _unpacked(stream: Any, file: str) -> bytes:
    """Unpack one embedded file: stored as it is, or deflated once, as every program does."""
    packed = stream.read_raw_bytes()
    kind = stream.get("/Filter")
    if isinstance(kind, pikepdf.Array) and len(kind) <= 1:
        kind = kind[0] if len(kind) else None
    if kind is None:
        return bytes(packed)
    if kind != "/FlateDecode" or stream.get("/DecodeParms") is not None:
        raise broken(file)
    packer = zlib.decompressobj()
    try:
        data = packer.decompress(packed, limits().input_bytes)
    except zlib.error:
        raise broken(file) from None
    if packer.unconsumed_tail:
        raise too_large(Position(file), variable("input_bytes"))
    return data
