"""Checks of a PDF against ISO 14289-1 (PDF/UA-1), numbered as the Matterhorn Protocol 1.1 does.

Each stands for one or two failure conditions that a machine can see. They are registered with
those of `tests.pdf_conformance`; `tests.test_pdf_conformance` breaks a PDF for each of them.
Failure conditions of things our PDFs never have (forms, media, reference XObjects, Ruby,
formulas) are checked by the absence of the thing.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator

import pikepdf
from fontTools.ttLib import TTFont

from tests.pdf_conformance import check, elements, fonts, kids, xmp

STANDARD = set(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3"
    " H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry"
    " Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form".split()
)
"""Structure types of ISO 32000-1, 14.8.4."""


def named(document: pikepdf.Pdf, *types: str) -> Iterator[pikepdf.Dictionary]:
    return (element for element in elements(document) if str(element.S)[1:] in types)


def shown(document: pikepdf.Pdf) -> dict[tuple[int, int], set[int]]:
    """Collect the codes that each font shows on the pages."""
    codes: dict[tuple[int, int], set[int]] = {}
    for page in document.pages:
        known = page.Resources.get("/Font", {})
        font = None
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Tf":
                font = known[str(operands[0])].objgen
            elif str(operator) in ("Tj", "TJ") and font:
                pieces = operands[0] if str(operator) == "TJ" else operands
                for piece in pieces:
                    if isinstance(piece, pikepdf.String):
                        data = bytes(piece)
                        found = {
                            int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2)
                        }
                        codes.setdefault(font, set()).update(found)
    return codes


def widths(font: pikepdf.Dictionary) -> dict[int, float]:
    """Read the W array of a composite font."""
    listed = font.DescendantFonts[0].W
    return {
        int(listed[place]) + offset: float(width)
        for place in range(0, len(listed), 2)
        for offset, width in enumerate(listed[place + 1])
    }


def program(font: pikepdf.Dictionary) -> TTFont:
    """Open the embedded font."""
    descriptor = font.DescendantFonts[0].FontDescriptor
    key = next(key for key in ("/FontFile2", "/FontFile3") if key in descriptor)
    return TTFont(io.BytesIO(descriptor[key].read_bytes()))


@check
def ua_01_003_no_artefact_inside_tagged_content(document: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(document.pages, 1):
        open_marks: list[bool] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) in ("BMC", "BDC"):
                artefact = operands[0] == "/Artifact"
                if artefact and any(not mark for mark in open_marks):
                    yield f"page {number}: an artefact inside tagged content"
                if not artefact and any(open_marks):
                    yield f"page {number}: tagged content inside an artefact (01-004)"
                open_marks.append(artefact)
            elif str(operator) == "EMC":
                open_marks.pop()


@check
def ua_01_007_no_suspects(document: pikepdf.Pdf) -> Iterator[str]:
    if document.Root.MarkInfo.get("/Suspects", False):
        yield "Suspects is true"


@check
def ua_02_001_structure_types_are_standard(document: pikepdf.Pdf) -> Iterator[str]:
    if mapped := [
        key for key in document.Root.StructTreeRoot.get("/RoleMap", {}) if key[1:] in STANDARD
    ]:
        yield f"standard types are mapped to others (02-004): {mapped}"
    if strange := {str(element.S)[1:] for element in elements(document)} - STANDARD:
        yield f"not standard, and not mapped: {strange}"


@check
def ua_06_002_says_that_it_is_pdf_ua(document: pikepdf.Pdf) -> Iterator[str]:
    if not re.search(r"<pdfuaid:part>1</pdfuaid:part>", xmp(document)):
        yield "no pdfuaid:part 1"


@check
def ua_09_005_lists_are_well_nested(document: pikepdf.Pdf) -> Iterator[str]:
    for element in named(document, "L", "LI"):
        allowed = {"L": {"L", "LI", "Caption"}, "LI": {"Lbl", "LBody"}}[str(element.S)[1:]]
        if wrong := [str(kid.S) for kid in kids(element) if str(kid.S)[1:] not in allowed]:
            yield f"{wrong} in {element.S}"


@check
def ua_10_001_every_code_shown_has_unicode(document: pikepdf.Pdf) -> Iterator[str]:
    codes = shown(document)
    for font in fonts(document):
        said = font.ToUnicode.read_bytes() if "/ToUnicode" in font else b""
        mapped = {int(a, 16): b for a, b in re.findall(rb"<(\w{4})> <(\w+)>", said)}
        if lacking := codes.get(font.objgen, set()) - mapped.keys():
            yield f"{font.BaseFont}: no Unicode for {sorted(lacking)[:5]}"
        values = {value.lower() for value in mapped.values()}
        if values & {b"0000", b"feff", b"fffe"}:
            yield f"{font.BaseFont}: U+0000, U+FEFF or U+FFFE (31-028, 31-029)"


@check
def ua_11_006_language_of_document_is_known(document: pikepdf.Pdf) -> Iterator[str]:
    if not re.fullmatch(r"[a-z]{2,3}(-\w+)*", str(document.Root.get("/Lang", ""))):
        yield "no language of the document, so none of its texts, bookmarks and alternatives"


@check
def ua_13_004_figures_have_alternative_text(document: pikepdf.Pdf) -> Iterator[str]:
    for figure in named(document, "Figure", "Formula"):
        if not str(figure.get("/Alt", "")).strip() and "/ActualText" not in figure:
            yield f"a {figure.S} without Alt or ActualText"


@check
def ua_14_002_the_first_heading_is_h1(document: pikepdf.Pdf) -> Iterator[str]:
    first = next(named(document, "H1", "H2", "H3", "H4", "H5", "H6"), None)
    if first is not None and first.S != "/H1":
        yield f"the first heading is {first.S}"


@check
def ua_14_007_headings_are_numbered_throughout(document: pikepdf.Pdf) -> Iterator[str]:
    if next(named(document, "H"), None) is not None:
        yield "H beside numbered headings"


@check
def ua_15_003_header_cells_of_many_levels_are_told_by_ids(document: pikepdf.Pdf) -> Iterator[str]:
    """A cell under three levels of headers names them all: its Headers are a chain of ids."""
    for table in named(document, "Table"):
        rows = [row for part in kids(table) for row in kids(part)] or kids(table)
        heads = [row for row in rows if all(cell.S == "/TH" for cell in kids(row))]
        if len(heads) < 3 or not any(cell.S == "/TD" for row in rows for cell in kids(row)):
            continue
        for cell in (cell for row in rows for cell in kids(row) if cell.S == "/TD"):
            if len(cell.A.get("/Headers", [])) < 2:
                yield "a cell under several levels of headers names fewer than two"


@check
def ua_19_003_notes_have_ids(document: pikepdf.Pdf) -> Iterator[str]:
    ids = Counter(str(note.get("/ID", "")) for note in named(document, "Note"))
    if "" in ids or any(count > 1 for count in ids.values()):
        yield "a Note without an ID of its own (19-003, 19-004)"


@check
def ua_20_001_no_optional_content(document: pikepdf.Pdf) -> Iterator[str]:
    if "/OCProperties" in document.Root:
        yield "there are layers, whose names and states nobody checked"


@check
def ua_21_001_embedded_files_have_f_and_uf(document: pikepdf.Pdf) -> Iterator[str]:
    for entry in document.Root.get("/AF", []):
        if "/F" not in entry or "/UF" not in entry:
            yield "a file specification without F and UF"


@check
def ua_25_001_no_forms(document: pikepdf.Pdf) -> Iterator[str]:
    if "/AcroForm" in document.Root:
        yield "there is a form (24, 25, 28-005)"


@check
def ua_28_002_annotations_are_tagged_described_and_ordered(document: pikepdf.Pdf) -> Iterator[str]:
    held = {
        kid.Obj.objgen
        for element in named(document, "Link", "Annot")
        for kid in element.get("/K", [])
        if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid
    }
    for number, page in enumerate(document.pages, 1):
        for annotation in page.get("/Annots", []):
            if annotation.objgen not in held:
                yield f"page {number}: {annotation.Subtype} is in no Link or Annot (28-002, 28-011)"
            if not str(annotation.get("/Contents", "")):
                yield f"page {number}: {annotation.Subtype} without Contents (28-004, 28-012)"
        if "/Annots" in page and page.get("/Tabs") != "/S":
            yield f"page {number}: Tabs is not S (28-008, 28-009)"


@check
def ua_30_002_no_form_xobject_with_marks_is_used_twice(document: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(document.pages, 1):
        for name, item in page.Resources.get("/XObject", {}).items():
            if "/Ref" in item:
                yield f"page {number}: {name} is a reference XObject (30-001)"
            if item.get("/Subtype") == "/Form" and "/StructParents" in item:
                yield f"page {number}: {name} has marks of its own"


@check
def ua_31_001_composite_fonts_agree_with_their_cmap(document: pikepdf.Pdf) -> Iterator[str]:
    for font in fonts(document):
        if font.Encoding != "/Identity-H":
            yield f"{font.BaseFont}: encoding is not Identity-H (31-001 to 31-003, 31-006)"
        below = font.DescendantFonts[0]
        if below.Subtype == "/CIDFontType2" and below.get("/CIDToGIDMap") != "/Identity":
            yield f"{font.BaseFont}: no CIDToGIDMap (31-004, 31-005)"


@check
def ua_31_011_embedded_fonts_have_the_glyphs_shown(document: pikepdf.Pdf) -> Iterator[str]:
    codes = shown(document)
    for font in fonts(document):
        opened, used = program(font), codes.get(font.objgen, set())
        if used and max(used) >= len(opened.getGlyphOrder()):
            yield f"{font.BaseFont}: glyph {max(used)} is not there"
        if 0 in used:
            yield f"{font.BaseFont}: .notdef is shown (31-030)"


@check
def ua_31_016_widths_are_those_of_the_embedded_font(document: pikepdf.Pdf) -> Iterator[str]:
    for font in fonts(document):
        opened = program(font)
        order, em = opened.getGlyphOrder(), opened["head"].unitsPerEm
        for code, width in widths(font).items():
            own = opened["hmtx"][order[code]][0] * 1000 / em
            if code and abs(own - width) > 1:
                yield f"{font.BaseFont}: glyph {code} is {own} wide, not {width}"
            if code and "CFF " in opened and abs(_outline_width(opened, order[code]) - own) > 1:
                yield f"{font.BaseFont}: the outline of glyph {code} says another width"


def _outline_width(font: TTFont, name: str) -> float:
    outline = font["CFF "].cff[0].CharStrings[name]
    outline.draw(_Nowhere())
    return outline.width * 1000 / font["head"].unitsPerEm


class _Nowhere:
    """A pen that draws nothing; drawing makes fontTools read the width."""

    def __getattr__(self, _step: str):
        return lambda *_points: None
