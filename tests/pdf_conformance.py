"""Named checks of a PDF after ISO 19005-3 (PDF/A-3a) and ISO 14289-1 (PDF/UA-1).

They stand in for a validator where none can be had. Numbers like 09-004 are those of the
Matterhorn Protocol 1.1; numbers like 6.2.3 are clauses of ISO 19005-3. More of the former are in
`tests.pdf_matterhorn`. What these checks do not look at is not thereby in order.

    python -m tests.pdf_conformance report.pdf

runs them all on any PDF and ends with 1 if there is a fault.
"""

import re
import sys
from collections.abc import Callable, Iterator

import pikepdf

Check = Callable[[pikepdf.Pdf], Iterator[str]]
CHECKS: list[Check] = []


def check(function: Check) -> Check:
    CHECKS.append(function)
    return function


def faults(document: pikepdf.Pdf) -> list[str]:
    """Run all checks; each fault names its check."""
    from tests import pdf_matterhorn  # noqa: F401  it adds its own checks to these

    return [f"{function.__name__}: {fault}" for function in CHECKS for fault in function(document)]


def elements(document: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Walk the structure tree in reading order."""

    def walk(element: pikepdf.Dictionary) -> Iterator[pikepdf.Dictionary]:
        yield element
        for kid in kids(element):
            yield from walk(kid)

    for top in document.Root.StructTreeRoot.K:
        yield from walk(top)


def kids(element: pikepdf.Dictionary) -> list[pikepdf.Dictionary]:
    return [
        kid for kid in element.get("/K", []) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid
    ]


def xmp(document: pikepdf.Pdf) -> str:
    return document.Root.Metadata.read_bytes().decode()


@check
def a_6_1_2_header_and_6_1_3_trailer(document: pikepdf.Pdf) -> Iterator[str]:
    if document.pdf_version != "1.7":
        yield f"version {document.pdf_version}"
    if "/ID" not in document.trailer:
        yield "no file identifier"
    if document.is_encrypted:
        yield "encrypted"


@check
def a_6_2_3_output_intent(document: pikepdf.Pdf) -> Iterator[str]:
    intents = [i for i in document.Root.get("/OutputIntents", []) if i.S == "/GTS_PDFA1"]
    if len(intents) != 1:
        yield f"{len(intents)} output intents"
    elif intents[0].DestOutputProfile.read_bytes()[36:40] != b"acsp":
        yield "the output profile is no ICC profile"


@check
def a_6_2_4_colours_are_those_of_the_output_intent(document: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(document.pages, 1):
        used = {str(operator) for _, operator in pikepdf.parse_content_stream(page)}
        if used & {"k", "K"}:
            yield f"page {number}: CMYK where the output intent is sRGB"
        for name, space in page.Resources.get("/ColorSpace", {}).items():
            if space == "/DeviceCMYK":
                yield f"page {number}: {name} is DeviceCMYK"


@check
def a_6_2_5_graphics_states_have_no_transfer_functions(document: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(document.pages, 1):
        for name, state in page.Resources.get("/ExtGState", {}).items():
            if {"/TR", "/TR2", "/HTP", "/HTO"} & set(state.keys()):
                yield f"page {number}: {name}"


@check
def a_6_2_8_pictures_are_whole_and_not_smoothed(document: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(document.pages, 1):
        for name, item in page.Resources.get("/XObject", {}).items():
            if {"/Alternates", "/OPI"} & set(item.keys()) or item.get("/Interpolate", False):
                yield f"page {number}: {name}"


@check
def a_6_3_2_annotations_are_printed(document: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(document.pages, 1):
        for annotation in page.get("/Annots", []):
            flags = int(annotation.get("/F", 0))
            if annotation.Subtype != "/Popup" and (flags & 0b100010111) != 0b100:
                yield f"page {number}: {annotation.Subtype} has the flags {flags}"


@check
def a_6_2_11_4_fonts_are_embedded(document: pikepdf.Pdf) -> Iterator[str]:
    for font in fonts(document):
        below = font.DescendantFonts[0]
        if not {"/FontFile2", "/FontFile3"} & set(below.FontDescriptor.keys()):
            yield f"{font.BaseFont} is not embedded"


@check
def a_6_2_11_7_every_code_maps_to_unicode(document: pikepdf.Pdf) -> Iterator[str]:
    for font in fonts(document):
        mapped = {int(a, 16) for a in re.findall(rb"<(\w{4})> <\w+>", font.ToUnicode.read_bytes())}
        widths = font.DescendantFonts[0].W
        shown = set()
        for place in range(0, len(widths), 2):
            shown |= set(range(int(widths[place]), int(widths[place]) + len(widths[place + 1])))
        if missing := shown - mapped - {0}:
            yield f"{font.BaseFont}: no Unicode for glyphs {sorted(missing)[:5]}"


def fonts(document: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    seen = set()
    for page in document.pages:
        for _name, font in page.Resources.get("/Font", {}).items():
            if font.objgen not in seen:
                seen.add(font.objgen)
                yield font


@check
def a_6_6_2_metadata_stream(document: pikepdf.Pdf) -> Iterator[str]:
    if "/Filter" in document.Root.Metadata:
        yield "the metadata stream is filtered"
    said = xmp(document)
    for needed in ("<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"):
        if needed not in said:
            yield f"no {needed}"
    if said.count("<rdf:RDF") != 1:
        yield "not just one rdf:RDF"
    if "pdfaExtension:schemas" not in said:
        yield "the pdfuaid schema is not described (6.6.2.3.3)"
    info, title = document.docinfo, re.search(r'x-default">(.*?)<', said)
    if not title or str(info["/Title"]) not in title[1].replace("&lt;", "<").replace("&amp;", "&"):
        yield "the titles differ"


@check
def a_6_7_2_marked_and_6_7_4_language(document: pikepdf.Pdf) -> Iterator[str]:
    if document.Root.MarkInfo.get("/Marked") is not True:
        yield "not marked"
    if str(document.Root.get("/Lang", "")) != "zh-CN":
        yield "no language"


@check
def a_6_8_embedded_files_are_associated(document: pikepdf.Pdf) -> Iterator[str]:
    embedded = document.Root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", [])
    files = list(embedded)[1::2]
    associated = {entry.objgen for entry in document.Root.get("/AF", [])}
    for entry in files:
        if entry.objgen not in associated:
            yield f"{entry.UF} is not in AF"
        if "/AFRelationship" not in entry or "/Desc" not in entry or "/F" not in entry:
            yield f"{entry.UF} lacks F, AFRelationship or Desc"
        if "/Subtype" not in entry.EF.F or "/ModDate" not in entry.EF.F.Params:
            yield f"{entry.UF} lacks MIME type or date"


@check
def a_6_5_and_6_6_no_actions_scripts_or_transparent_tricks(document: pikepdf.Pdf) -> Iterator[str]:
    for key in ("/OpenAction", "/AA", "/AcroForm", "/OCProperties"):
        if key in document.Root:
            yield f"{key} in the catalogue"
    for number, page in enumerate(document.pages, 1):
        if "/AA" in page:
            yield f"/AA on page {number}"


@check
def ua_01_003_and_01_005_all_content_is_tagged_or_artefact(document: pikepdf.Pdf) -> Iterator[str]:
    painting = {"Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "b", "Do", "sh"}
    for number, page in enumerate(document.pages, 1):
        open_marks: list[str] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BMC", "BDC"):
                open_marks.append(str(operands[0]))
            elif name == "EMC":
                open_marks.pop()
            elif name in painting and not open_marks:
                yield f"page {number}: {name} outside of marked content"
        if open_marks:
            yield f"page {number}: marked content left open"


@check
def ua_01_004_artefacts_are_not_in_the_tree_and_content_is(document: pikepdf.Pdf) -> Iterator[str]:
    held = set()
    for element in elements(document):
        for kid in element.get("/K", []):
            if isinstance(kid, int):
                held.add((element.Pg.objgen, int(kid)))
    for number, page in enumerate(document.pages, 1):
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) != "BDC" or "/MCID" not in operands[1]:
                continue
            if (page.objgen, int(operands[1].MCID)) not in held:
                yield f"page {number}: content {operands[1].MCID} hangs in the air"


@check
def ua_06_001_metadata_07_001_title_shown(document: pikepdf.Pdf) -> Iterator[str]:
    if "dc:title" not in xmp(document):
        yield "no dc:title"
    if document.Root.ViewerPreferences.get("/DisplayDocTitle") is not True:
        yield "the title is not shown"


@check
def ua_09_004_tables_lists_are_well_nested(document: pikepdf.Pdf) -> Iterator[str]:
    allowed = {
        "/Table": {"/THead", "/TBody", "/TFoot", "/TR", "/Caption"},
        "/THead": {"/TR"},
        "/TBody": {"/TR"},
        "/TR": {"/TH", "/TD"},
    }
    for element in elements(document):
        for kid in kids(element):
            if str(kid.S) not in allowed.get(str(element.S), {str(kid.S)}):
                yield f"{kid.S} in {element.S}"
            if kid.P.objgen != element.objgen:
                yield f"{kid.S} names another parent than {element.S}"


@check
def ua_14_003_headings_skip_no_level(document: pikepdf.Pdf) -> Iterator[str]:
    before = 0
    for element in elements(document):
        if found := re.fullmatch(r"/H(\d)", str(element.S)):
            level = int(found[1])
            if level > before + 1:
                yield f"H{level} after H{before}"
            before = level
    if not before:
        yield "no headings"


@check
def ua_15_003_header_cells_have_a_scope_and_cells_name_them(document: pikepdf.Pdf) -> Iterator[str]:
    for table in (element for element in elements(document) if element.S == "/Table"):
        rows = [row for part in kids(table) for row in kids(part)]
        cells = [cell for row in rows for cell in kids(row)]
        names = [str(cell.ID) for cell in cells if cell.S == "/TH"]
        if len(names) != len(set(names)):
            yield "two header cells have one ID"
        for cell in cells:
            if cell.S == "/TH" and "/Scope" not in cell.A:
                yield "a TH without Scope"
            if not {str(name) for name in cell.A.get("/Headers", [])} <= set(names):
                yield "Headers name a cell that is not there"
            if cell.S == "/TD" and not cell.A.get("/Headers"):
                yield "a TD without Headers"


@check
def ua_15_tables_are_regular(document: pikepdf.Pdf) -> Iterator[str]:
    for table in (element for element in elements(document) if element.S == "/Table"):
        rows = [row for part in kids(table) for row in kids(part)]
        taken: set[tuple[int, int]] = set()
        for at, row in enumerate(rows):
            for cell in kids(row):
                column = next(c for c in range(99) if (at, c) not in taken)
                for down in range(int(cell.A.get("/RowSpan", 1))):
                    for right in range(int(cell.A.get("/ColSpan", 1))):
                        taken.add((at + down, column + right))
        columns = max(column for _, column in taken) + 1
        if len(taken) != columns * len(rows):
            yield f"{len(taken)} places in a grid of {len(rows)} x {columns}"


@check
def ua_20_and_28_no_loose_annotations(document: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(document.pages, 1):
        if "/Annots" in page and page.get("/Tabs") != "/S":
            yield f"page {number}: annotations without tab order"


@check
def ua_id_tree_knows_every_id(document: pikepdf.Pdf) -> Iterator[str]:
    ids = {str(element.ID) for element in elements(document) if "/ID" in element}
    listed: set[str] = set()
    tree = document.Root.StructTreeRoot.get("/IDTree", pikepdf.Dictionary(Kids=[]))
    for leaf in tree.Kids:
        listed |= {str(name) for name in list(leaf.Names)[::2]}
    if ids != listed:
        yield f"{len(ids)} ids, {len(listed)} listed"


if __name__ == "__main__":
    from tests import pdf_conformance  # the module itself, where the checks are registered

    with pikepdf.open(sys.argv[1]) as opened:
        found = pdf_conformance.faults(opened)
    print(*found, f"{len(pdf_conformance.CHECKS)} checks, {len(found)} faults", sep="\n")
    sys.exit(bool(found))
