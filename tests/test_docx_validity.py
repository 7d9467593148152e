"""Word documents of every bundled example: valid by the schemas, complete, as long as the PDF."""

import re
from pathlib import Path

import pikepdf
import pytest
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from tests import hard_reports, libreoffice
from tests.conftest import FULL_SIZE, ROOT
from toolkit.render.package import deflate, read, write

EXAMPLES = sorted(ROOT.glob("plugins/*/examples/*.yaml"))
TEMPLATES = [*ROOT.glob("templates/*/*.docx"), *ROOT.glob("plugins/*/templates/*/*.docx")]
PROVINCES = sorted({file.parts[-3] for file in EXAMPLES})
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
every_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda file: file.stem)


def document(nianbao, example, folder, *formats):
    """Generate the report of an example; give the path of its Word document."""
    assert nianbao("generate", example, "-f", ",".join(("docx", *formats)), "-o", folder).code == 0
    return folder / f"{example.stem}.docx"


def faults(file):
    """What the validator says, by the rules of the Office whose Word is the newest."""
    return [
        f"{error.part_uri} {error.path}: {error.description}"
        for error in OpenXmlValidator(FileFormat.MICROSOFT_365).validate(file).errors
    ]


@every_example
def test_every_part_is_valid_by_the_schemas(nianbao, example, tmp_path):
    assert faults(document(nianbao, example, tmp_path)) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.parent.name)
def test_every_template_is_valid_by_the_schemas(template):
    assert faults(template) == []


MUTATIONS = {
    "an element out of order": (
        "word/document.xml",
        r"(<w:gridSpan [^>]*/>)(<w:vMerge [^>]*/>)",
        r"\2\1",
    ),
    "an unknown element": ("word/document.xml", r"<w:tblGrid>", "<w:tblRaster/><w:tblGrid>"),
    "an unknown value": ("word/styles.xml", r'w:jc w:val="both"', 'w:jc w:val="beide"'),
    "a number that is none": ("word/styles.xml", r'w:before="20"', 'w:before="zwei"'),
    "an attribute that lacks": ("word/document.xml", r' w:w="11906"', ' w:v="11906"'),
    "a table without a grid": ("word/document.xml", r"<w:tblGrid>.*?</w:tblGrid>", ""),
    "a relationship that leads nowhere": (
        "word/_rels/document.xml.rels",
        r'Target="styles.xml"',
        'Target="gone.xml"',
    ),
}


@pytest.mark.parametrize("fault", MUTATIONS)
def test_the_validator_finds(nianbao, tmp_path, fault):
    part, old, new = MUTATIONS[fault]
    whole = document(nianbao, FULL_SIZE, tmp_path)
    parts = read(whole.read_bytes())
    changed = re.sub(old, new, parts[part].decode(), count=1)
    assert changed != parts[part].decode()

    parts[part] = changed.encode()
    whole.write_bytes(write(deflate(name, data) for name, data in parts.items()))

    assert faults(whole)


_OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "officeDocument": f"{_OFFICE}.wordprocessingml.document.main+xml",
    "styles": f"{_OFFICE}.wordprocessingml.styles+xml",
    "settings": f"{_OFFICE}.wordprocessingml.settings+xml",
    "fontTable": f"{_OFFICE}.wordprocessingml.fontTable+xml",
    "footer": f"{_OFFICE}.wordprocessingml.footer+xml",
    "header": f"{_OFFICE}.wordprocessingml.header+xml",
    "theme": f"{_OFFICE}.theme+xml",
    "extended-properties": f"{_OFFICE}.extended-properties+xml",
    "core-properties": "application/vnd.openxmlformats-package.core-properties+xml",
    "customXmlProps": f"{_OFFICE}.customXmlProperties+xml",
    "customXml": "application/xml",
    "image": "image/png",
}
"""Kind of relationship → content type of its part: ECMA-376-1, 11.3 and 15.2; ECMA-376-2, 11."""


def package_faults(parts):
    """What the validator does not look at: each part by its relationship and its type."""
    types = etree.fromstring(parts["[Content_Types].xml"])
    by_name = {t.get("PartName"): t.get("ContentType") for t in types if t.get("PartName")}
    by_ending = {t.get("Extension"): t.get("ContentType") for t in types if t.get("Extension")}
    reached = {"[Content_Types].xml"}
    for name in (name for name in parts if name.endswith(".rels")):
        reached.add(name)
        relations = list(etree.fromstring(parts[name]))
        ids = [relation.get("Id") for relation in relations]
        if len(set(ids)) < len(ids):
            yield f"{name}: one Id stands twice (ECMA-376-2, 9.3)"
        for relation in relations:
            target = (Path("/") / Path(name).parent.parent / relation.get("Target")).resolve()
            kind = relation.get("Type").rpartition("/")[2]
            if str(target)[1:] not in parts:
                yield f"{name}: {target} is not there"
            announced = by_name.get(str(target), by_ending.get(target.suffix[1:]))
            if announced != TYPES[kind]:
                yield f"{target}: {kind} announced as {announced}"
            reached.add(str(target)[1:])
    yield from (f"{name}: no relationship leads to it" for name in parts.keys() - reached)


@every_example
def test_every_part_is_reached_and_is_what_it_is_announced_as(nianbao, example, tmp_path):
    assert list(package_faults(read(document(nianbao, example, tmp_path).read_bytes()))) == []


@pytest.mark.parametrize("year", [2020, 2024])
@pytest.mark.parametrize("province", PROVINCES)
def test_every_province_on_either_form_is_valid_whatever_it_has_to_say(
    nianbao, province, year, tmp_path
):
    file = hard_reports.data_file(tmp_path, province, year, pages=1)
    charts = "charts: true\nearlier_years: [{year: 2019, new: 3, results: 4}]\n"
    file.write_text(charts + file.read_text(encoding="utf-8"), encoding="utf-8")

    made = document(nianbao, file, tmp_path)

    parts = read(made.read_bytes())
    assert faults(made) == []
    assert list(package_faults(parts)) == []
    assert {"word/media/nianbao-chart-1.png", "word/media/nianbao-chart-2.png"} <= parts.keys()


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("[Content_Types].xml", b"wordprocessingml.footer", b"wordprocessingml.styles"),
        ("word/_rels/document.xml.rels", b"fontTable.xml", b"gone.xml"),
        ("word/_rels/document.xml.rels", b'"rId3"', b'"rId4"'),
    ],
)
def test_each_fault_of_a_package_is_found(nianbao, tmp_path, part, old, new):
    parts = read(document(nianbao, FULL_SIZE, tmp_path).read_bytes())
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)

    assert list(package_faults(parts))


@every_example
def test_a_document_has_all_that_an_office_and_a_reader_program_look_for(
    nianbao, example, tmp_path
):
    parts = read(document(nianbao, example, tmp_path).read_bytes())
    xml = {name: data.decode() for name, data in parts.items() if not name.endswith(".png")}
    body = etree.fromstring(parts["word/document.xml"])

    styles = {style.get(f"{W}val") for style in body.iter(f"{W}pStyle")}
    assert {"Title", "Heading1"} <= styles
    for level in (1, 2, 3):
        style = re.search(rf'w:styleId="Heading{level}">.*?</w:style>', xml["word/styles.xml"])[0]
        assert f'<w:name w:val="heading {level}"/>' in style
        assert f'<w:outlineLvl w:val="{level - 1}"/>' in style
    tables = list(body.iter(f"{W}tbl"))
    assert len(tables) >= 3
    for table in tables:
        assert table.find(f"{W}tblPr/{W}tblStyle").get(f"{W}val") == "NianbaoTable"
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val")
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in table.iter(f"{W}tr"))
    repeated = [t.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None for t in tables]
    assert repeated == [False] + [True] * (len(tables) - 1)  # the first is four small ones
    assert 'w:eastAsia="zh-CN"' in re.search(r"<w:lang [^>]*>", xml["word/styles.xml"])[0]
    assert "<w:evenAndOddHeaders/>" in xml["word/settings.xml"]
    assert {r.get(f"{W}type") for r in body.iter(f"{W}footerReference")} == {"default", "even"}
    for footer in ("word/footer1.xml", "word/footer2.xml"):
        assert re.search(r"instrText[^>]*> PAGE <", xml[footer])
    for name in ("dc:title", "dc:creator", "dc:language", "dcterms:created"):
        assert re.search(rf"<{name}[ >][^<]", xml["docProps/core.xml"]), name
    assert example.name in xml["customXml/item1.xml"]
    assert not re.search(r"rsid|proofErr|lastModifiedBy|bookmark", "".join(xml.values()))


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """LibreOffice as a function: Word file → what it saves it as."""
    profile = tmp_path_factory.mktemp("profile")

    def convert(file, kind):
        out = file.parent / "office"
        libreoffice.convert([file], kind, out, profile)
        return out / f"{file.stem}.{kind}"

    return convert


@every_example
def test_libreoffice_opens_it_and_prints_as_many_pages_as_the_pdf_has(
    nianbao, example, tmp_path, office
):
    word = document(nianbao, example, tmp_path, "pdf")

    with (
        pikepdf.open(office(word, "pdf")) as printed,
        pikepdf.open(word.with_suffix(".pdf")) as own,
    ):
        assert abs(len(printed.pages) - len(own.pages)) <= 1
