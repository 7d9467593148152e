"""A Word file as an author saved it → one that can be filled: by content, not by its name.

Word for the web names its main part otherwise, other programs write other prefixes or UTF-16,
templates (.dotx) say that they are some: all that is put right here. What is no .docx at all is
refused with what to do about it.
"""

import re
from collections.abc import Iterator
from zipfile import BadZipFile

from lxml import etree

from toolkit.messages import Text, text
from toolkit.render import package
from toolkit.render.docx.revisions import accepted

BODY = "word/document.xml"
TYPES = "[Content_Types].xml"
_ROOT = "_rels/.rels"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PREFIXES = {
    "w": _W,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
_TEXTS = re.compile(
    r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments|styles|numbering)\.xml\Z"
)
_STRICT = b"http://purl.oclc.org/ooxml/"
_MAIN_TYPE = re.compile(
    rb"application/vnd\.(openxmlformats-officedocument\.wordprocessingml\.template"
    rb"|ms-word\.(document\.macroEnabled|template\.macroEnabledTemplate))\.main\+xml"
)
_DOCUMENT_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHERS = (
    (b"{\\rtf", text("an RTF file")),
    (b"%PDF", text("a PDF file")),
    (b"\x89PNG", text("a picture")),
    (b"\xff\xd8\xff", text("a picture")),
)
_PAGE = re.compile(rb"\s*(?:<!DOCTYPE html|<html|<\?xml[^>]*\?>\s*<html|MIME-Version:)", re.I)
_FLAT = re.compile(rb"\s*<\?xml.{0,400}?<(?:pkg:package|w:wordDocument)\b", re.S)
_BY_TYPE = (
    (b"opendocument.text", text("an OpenDocument text (.odt)")),
    (b"opendocument", text("an OpenDocument file")),
    (b"spreadsheetml", text("a workbook (.xlsx)")),
    (b"presentationml", text("slides (.pptx)")),
)


class Unfit(ValueError):  # noqa: N818  said of a file, as TooMuch is of a template
    """A file that cannot be a template: what it is, and what to do."""

    def __init__(self, message: Text, remedy: Text) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


def opened(data: bytes, name: str) -> bytes:
    """Return the file as a .docx with everything where it usually is; usual files as they are.

    Raises:
        Unfit: it is no Word document that can be filled.
    """
    parts = _parts(data, name)
    changed = dict(parts)
    _as_document(changed, name)
    for part in [part for part in changed if _TEXTS.match(part)]:
        changed[part] = _usual(changed[part])
    if changed == parts:
        return data
    return package.write(package.deflate(part, content) for part, content in changed.items())


def _parts(data: bytes, name: str) -> dict[str, bytes]:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        message = text("{file} is encrypted, or an old .doc or .wps", file=name)
        remedy = text("Take the password away, or save it in Word or WPS as .docx.")
        raise Unfit(message, remedy)
    kind = _other_kind(data)
    if kind is not None:
        raise _other(name, kind)
    try:
        parts = package.read(data)
    except (BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError) as error:
        raise Unfit(_no_word(name), save_again(error)) from error
    told = parts.get("mimetype", b"") + parts.get(TYPES, b"")
    kind = next((kind for mark, kind in _BY_TYPE if mark in told), None)
    if kind is not None and b"wordprocessingml" not in told:
        raise _other(name, kind)
    if any(part.lower().endswith("vbaproject.bin") for part in parts):
        message = text("{file} has macros, which would travel into every report", file=name)
        raise Unfit(message, text("Save it as .docx, which holds none."))
    return parts


def _other_kind(data: bytes) -> Text | None:
    for mark, kind in _OTHERS:
        if data.startswith(mark):
            return kind
    if _PAGE.match(data[:400]):
        return text("a web page")
    return text("a Word document saved as XML") if _FLAT.match(data[:600]) else None


def _other(name: str, kind: Text) -> Unfit:
    message = text("{file} is not a Word document (.docx) but {kind}", file=name, kind=kind)
    return Unfit(message, text("Save it again as .docx in Word or WPS."))


def _no_word(name: str) -> Text:
    return text("{file} is not a Word document (.docx)", file=name)


def save_again(error: object) -> Text:
    """Advise to save a file anew."""
    return text("Save it again as .docx in Word or WPS ({problem}).", problem=error)


def _as_document(parts: dict[str, bytes], name: str) -> None:
    """Name the main part as usual, and say that the file is a document."""
    main = _main(parts, name)
    if _STRICT in parts[main] or _STRICT in parts.get(_ROOT, b""):
        message = text("{file} is a Strict Open XML document", file=name)
        remedy = text("Save it in Word as “Word Document (.docx)”, not as “Strict”.")
        raise Unfit(message, remedy)
    if main != BODY:
        _rename(parts, main)
    parts[TYPES] = _MAIN_TYPE.sub(_DOCUMENT_TYPE, parts[TYPES])


def _main(parts: dict[str, bytes], name: str) -> str:
    """Find the main part through the relationships of the package."""
    if TYPES not in parts:
        raise Unfit(_no_word(name), save_again(TYPES))
    try:
        relations = etree.fromstring(parts.get(_ROOT, b"<none/>"), _parser())
    except etree.XMLSyntaxError as error:
        raise Unfit(_no_word(name), save_again(error)) from error
    for relation in relations:
        if str(relation.get("Type")).endswith("/officeDocument"):
            main = str(relation.get("Target")).lstrip("/")
            usual = main.startswith("word/") and main.count("/") == 1
            if main in parts and (main == BODY or (usual and BODY not in parts)):
                return main
    raise Unfit(_no_word(name), save_again(BODY))


def _rename(parts: dict[str, bytes], main: str) -> None:
    base = main.removeprefix("word/")
    moved = {main: BODY, f"word/_rels/{base}.rels": "word/_rels/document.xml.rels"}
    renamed = {moved.get(part, part): content for part, content in parts.items()}
    parts.clear()
    parts.update(renamed)
    for part in (TYPES, _ROOT):
        parts[part] = parts[part].replace(main.encode(), BODY.encode())


def _usual(xml: bytes) -> bytes:
    """Write a part in UTF-8 with the usual prefixes, tracked changes accepted."""
    head = xml[:200]
    is_utf8 = not head.startswith((b"\xff\xfe", b"\xfe\xff")) and not re.search(
        rb"""encoding=["'](?!utf-8)""", head, re.I
    )
    usual = f'xmlns:w="{_W}"'.encode() in xml and xml.count(f'"{_W}"'.encode()) == 1
    usual &= b"{{" not in xml or b"xmlns:r=" in xml  # which links that tags print have
    if is_utf8 and usual and not re.search(rb"<w:(?:ins|del|moveFrom|moveTo)\b", xml):
        return xml
    try:
        root = accepted(_with_prefixes(etree.fromstring(xml, _parser())))
    except etree.XMLSyntaxError:
        return xml  # is told when the part is read
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _with_prefixes(root: etree._Element) -> etree._Element:
    """Write the usual prefixes: docxtpl reads the part as text."""
    known = {prefix: uri for prefix, uri in _names(root) if uri not in _PREFIXES.values()}
    known |= _PREFIXES
    anew = etree.Element(root.tag, nsmap=known)
    for name, value in root.attrib.items():
        anew.set(name, value)
    anew.text = root.text
    anew.extend(list(root))
    etree.cleanup_namespaces(anew, top_nsmap=known, keep_ns_prefixes=list(known))
    return anew


def _names(root: etree._Element) -> Iterator[tuple[str, str]]:
    for node in root.iter(etree.Element):
        for prefix, uri in node.nsmap.items():
            if prefix is not None or uri in _PREFIXES.values():
                yield prefix or "", uri


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)
