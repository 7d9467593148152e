"""What makes a PDF fit for an archive: PDF/A-3a and PDF/UA-1, said and kept.

WeasyPrint has variants for either standard, not for both, and its PDF/A variant leaves a file
open. So it is asked for a plain tagged PDF, and this finisher adds what both standards want
before the file is written.

Source: ISO 19005-3 (PDF/A-3), ISO 14289-1 (PDF/UA-1), ISO 32000-1 (PDF 1.7).
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from hashlib import md5
from importlib.resources import files
from xml.sax.saxutils import escape

import pydyf

from toolkit import __version__
from toolkit.render.request import Attachment, RenderRequest

PRINT = 4
"""The flag of an annotation that is printed (ISO 32000-1, table 165)."""
PRODUCER = f"nianbao {__version__}"
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def archive(pdf: pydyf.PDF, request: RenderRequest) -> None:
    """Add metadata, colour and embedded files to a PDF that is about to be written."""
    _print_annotations(pdf)
    _information(pdf, request)
    _metadata(pdf, request)
    _output_intent(pdf)
    _embed(pdf, request.attachments, request.date)


def _print_annotations(pdf: pydyf.PDF) -> None:
    """Let links and other annotations be printed, as an archive demands (ISO 19005-3, 6.3.2)."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/Annot":
            item["F"] = PRINT


def _information(pdf: pydyf.PDF, request: RenderRequest) -> None:
    """Fill the document information dictionary; it says the same as the metadata stream."""
    date = pydyf.String(_pdf_date(request.date))
    pdf.info.clear()
    pdf.info.update(
        Title=pydyf.String(request.view.title),
        Author=pydyf.String(_author(request)),
        Producer=pydyf.String(PRODUCER),
        CreationDate=date,
        ModDate=date,
    )


def _metadata(pdf: pydyf.PDF, request: RenderRequest) -> None:
    """Write the XMP packet, uncompressed so that any program can find it."""
    packet = _PACKET.format(
        title=escape(request.view.title),
        author=escape(_author(request)),
        date=request.date.isoformat(timespec="seconds"),
        producer=escape(PRODUCER),
    )
    extra = {"Type": "/Metadata", "Subtype": "/XML"}
    stream = pydyf.Stream([packet.encode()], extra, compress=False)
    pdf.add_object(stream)
    pdf.catalog["Metadata"] = stream.reference


def _author(request: RenderRequest) -> str:
    return request.view.signature or str(request.view.organization.get("name", ""))


def _output_intent(pdf: pydyf.PDF) -> None:
    """Report that colours are sRGB (ISO 19005-3, 6.2.3)."""
    profile = pydyf.Stream([_srgb()], pydyf.Dictionary({"N": 3}), compress=True)
    pdf.add_object(profile)
    name = pydyf.String("sRGB IEC61966-2.1")
    intent = {"Type": "/OutputIntent", "S": "/GTS_PDFA1", "DestOutputProfile": profile.reference}
    intent |= {"OutputConditionIdentifier": name, "Info": name}
    pdf.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary(intent)])


@lru_cache(maxsize=1)
def _srgb() -> bytes:
    """Read the profile that WeasyPrint brings along."""
    return (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


def _embed(pdf: pydyf.PDF, attachments: Sequence[Attachment], date: datetime) -> None:
    """Embed files, listed by name and as associated files (ISO 19005-3, 6.8)."""
    if not attachments:
        return
    listed = {file.name: _file(pdf, file, date) for file in attachments}
    names = pydyf.Array()
    for name in sorted(listed, key=lambda name: name.encode("utf-16-be")):
        names.extend([pydyf.String(name), listed[name]])
    tree = pydyf.Dictionary({"Names": names})
    pdf.add_object(tree)
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = tree.reference
    pdf.catalog["AF"] = pydyf.Array(listed.values())


def _file(pdf: pydyf.PDF, file: Attachment, date: datetime) -> bytes:
    """Write one embedded file; return the reference of its specification."""
    stamp = pydyf.String(_pdf_date(date))
    checksum = md5(file.data, usedforsecurity=False).hexdigest()
    parameters = {"Size": len(file.data), "CheckSum": f"<{checksum}>"}
    parameters |= {"CreationDate": stamp, "ModDate": stamp}
    extra = {
        "Type": "/EmbeddedFile",
        "Subtype": "/" + file.mime.replace("/", "#2f").replace("+", "#2b"),
        "Params": pydyf.Dictionary(parameters),
    }
    stream = pydyf.Stream([file.data], pydyf.Dictionary(extra), compress=True)
    pdf.add_object(stream)
    embedded = pydyf.Dictionary({"F": stream.reference, "UF": stream.reference})
    specification = {"Type": "/Filespec", "EF": embedded}
    specification |= {"F": pydyf.String(file.name), "UF": pydyf.String(file.name)}
    specification |= {"AFRelationship": f"/{file.relationship}"}
    specification |= {"Desc": pydyf.String(file.description or file.name)}
    entry = pydyf.Dictionary(specification)
    pdf.add_object(entry)
    reference: bytes = entry.reference
    return reference


def _pdf_date(date: datetime) -> str:
    """Write a date as ISO 32000-1, 7.9.4 wants it: ``D:20230131000000+08'00``."""
    zone = f"{date:%z}"
    return f"D:{date:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:5]}"
