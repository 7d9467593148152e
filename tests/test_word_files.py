"""Word files as other programs save them: filled, checked, extracted, or refused in a sentence."""

import re
import zipfile
from io import BytesIO

import pytest

from tests.conftest import FULL_SIZE
from tests.test_docx_validity import faults
from tests.test_plugin_kit_word import adds
from tests.test_word_templates import VIEW, author, errors, refusal, request, text_of
from toolkit.extract.carried import carried
from toolkit.render.docx import document as docx
from toolkit.render.package import deflate, read, write

__all__ = ["author"]

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
BODY = "word/document.xml"


def saved_by_the_web(parts):
    """Word for the web calls the main part document2.xml."""
    made = {}
    for name, data in parts.items():
        for old, new in (("document.xml", "document2.xml"),):
            name = name.replace(f"word/{old}", f"word/{new}").replace(
                f"word/_rels/{old}", f"word/_rels/{new}"
            )
        made[name] = data
    for name in ("[Content_Types].xml", "_rels/.rels"):
        made[name] = made[name].replace(b"word/document.xml", b"word/document2.xml")
    return made


def with_absolute_target(parts):
    relations = parts["_rels/.rels"].replace(b'"word/document.xml"', b'"/word/document.xml"')
    return saved_by_the_web({**parts, "_rels/.rels": relations})


def of_type(kind):
    def change(parts):
        types = parts["[Content_Types].xml"].replace(MAIN.encode(), kind.encode())
        return {**parts, "[Content_Types].xml": types}

    return change


def with_prefix(prefix):
    def change(parts):
        xml = parts[BODY].decode()
        for name in ("w", "r"):
            new = prefix if name == "w" else f"rel{prefix}"
            xml = re.sub(rf"(</?|\s){name}:(?=\w)", rf"\g<1>{new}:", xml)
            xml = xml.replace(f"xmlns:{name}=", f"xmlns:{new}=")
        return {**parts, BODY: xml.encode()}

    return change


def without_prefix(parts):
    """The elements in the default namespace; attributes need a prefix."""
    xml = re.sub(r"<(/?)w:", r"<\1", parts[BODY].decode())
    uri = re.search(r'xmlns:w="([^"]*)"', xml)[1]
    return {**parts, BODY: xml.replace("xmlns:w=", f'xmlns="{uri}" xmlns:w=', 1).encode()}


def in_utf16(parts):
    xml = re.sub(r"<\?xml[^>]*\?>", "", parts[BODY].decode())
    return {**parts, BODY: ('<?xml version="1.0" encoding="UTF-16"?>' + xml).encode("utf-16")}


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
WAYS = {
    "word for the web": saved_by_the_web,
    "an absolute target": with_absolute_target,
    "a template": of_type(f"{_WORD}.template.main+xml"),
    "docm without macros": of_type("application/vnd.ms-word.document.macroEnabled.main+xml"),
    "dotm": of_type("application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
    "another prefix": with_prefix("ns0"),
    "no prefix": without_prefix,
    "UTF-16": in_utf16,
}


def rewrite(file, change):
    parts = change(read(file.read_bytes()))
    file.write_bytes(write(deflate(name, data) for name, data in parts.items()))


@pytest.mark.parametrize("way", WAYS)
def test_a_template_saved_another_way_gives_the_same_document(author, tmp_path, way):
    author.word(adds("{{ title }}", "{{ year }}年"))
    plain = text_of(author)
    rewrite(author.templates / "report.docx", WAYS[way])

    assert errors(author) == []
    assert text_of(author) == plain
    made = tmp_path / "made.docx"
    made.write_bytes(docx.render(request(author)))
    assert faults(made) == []


@pytest.mark.parametrize("way", WAYS)
def test_a_document_saved_another_way_is_extracted(nianbao, tmp_path, way):
    assert nianbao("generate", FULL_SIZE, "-f", "docx", "-o", tmp_path).code == 0
    made = tmp_path / f"{FULL_SIZE.stem}.docx"
    rewrite(made, WAYS[way])

    inside = carried(made.read_bytes(), "made.docx")

    assert inside.data.data == FULL_SIZE.read_bytes()
    assert inside.unchanged
    assert nianbao("extract", made, "-o", tmp_path / "out").code == 0


def strict(parts):
    old = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    new = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    return {name: data.replace(old, new) for name, data in parts.items()}


def zipped(**parts):
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


OTHERS = {
    "an old .doc": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "encrypted, or an old .doc or .wps"),
    "RTF": (rb"{\rtf1\ansi hello}", "but an RTF file"),
    "a web page": (b"<html><body>x</body></html>", "but a web page"),
    "a web page of Word": (b"MIME-Version: 1.0\nContent-Type: multipart", "but a web page"),
    "XML": (b'<?xml version="1.0"?><pkg:package xmlns:pkg="x"/>', "saved as XML"),
    "PDF": (b"%PDF-1.7", "but a PDF file"),
    "ODT": (zipped(mimetype="application/vnd.oasis.opendocument.text"), r"\(\.odt\)"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "but a picture"),
    "no main part": (zipped(**{"[Content_Types].xml": "<Types/>"}), "is not a Word document"),
    "nothing": (b"", "is not a Word document"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_another_kind_of_file_is_refused_with_what_to_do(author, name):
    data, message = OTHERS[name]
    (author.templates / "report.docx").write_bytes(data)

    for said in (refusal(author, VIEW), "\n".join(errors(author))):
        assert re.search(message, said), said
        assert ".docx in Word or WPS" in said or "as .docx" in said


def test_a_strict_document_is_refused_with_what_to_do(author):
    author.word(adds("{{ title }}"))
    rewrite(author.templates / "report.docx", strict)

    for said in (refusal(author), "\n".join(errors(author))):
        assert "is a Strict Open XML document" in said
        assert "Word Document (.docx)" in said
