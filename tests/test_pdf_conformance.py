"""Every check of PDF/A and PDF/UA finds the fault it is for: one broken PDF for each."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tests import pdf_conformance, pdf_matterhorn, views
from tests.test_pdf import DATA, request
from toolkit.render.pdf import document as pdf

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
PAGE = """{% extends "national/report.html" %}{% block before_sections %}
<p><img src="seal.svg" alt="印章"> 见<a href="https://www.example.cn/">网站</a>。</p>
<ul><li>一项</li><li>两项</li></ul>
{% endblock %}"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Make a PDF that has everything: tables, a picture, a link, a list, an embedded file."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "own.html").write_text(PAGE, encoding="utf-8")
    (folder / "seal.svg").write_text(PICTURE, encoding="utf-8")
    view = views.report("（一）主动公开", "“公开”，《办法》。", "㐀𠀀😀")
    return pdf.render(request(view, "own.html", folder, attachments=(DATA,)))


def test_a_pdf_with_everything_passes_every_check(whole):
    with pikepdf.open(io.BytesIO(whole)) as document:
        assert pdf_conformance.faults(document) == []
        types = {str(element.S) for element in pdf_conformance.elements(document)}
    assert {"/Figure", "/Link", "/L", "/Table", "/TH"} <= types


def first(document, *types):
    return next(pdf_matterhorn.named(document, *types))


def font(document, kind="/CIDFontType0"):
    every = pdf_conformance.fonts(document)
    return next(font for font in every if font.DescendantFonts[0].Subtype == kind)


def before(document, data):
    """Put something before what the first page paints."""
    document.pages[0].contents_add(document.make_stream(data), prepend=True)


def say(document, old, new):
    stream = document.Root.Metadata
    stream.write(stream.read_bytes().replace(old, new))


def unicode_of(document, new):
    found = font(document)
    mapped = found.ToUnicode.read_bytes()
    at = mapped.index(b"> <") + 3
    found.ToUnicode.write(mapped[:at] + new + mapped[at + 4 :])


def note(document):
    first(document, "P").S = Name.Note


def annotation(document):
    page = document.pages[0]
    loose = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9])
    page.Annots = Array([document.make_indirect(loose)])


def form_object(document):
    made = document.make_stream(b"")
    made.Subtype, made.StructParents = Name.Form, 99
    document.pages[0].Resources["/XObject"] = Dictionary(X=made)


def picture(document):
    made = document.make_stream(b"\0")
    made.Subtype, made.Interpolate = Name.Image, True
    return made


def not_a_glyph(document):
    name = next(iter(document.pages[0].Resources.Font.keys()))
    before(document, f"/Artifact BMC BT {name} 9 Tf <0000> Tj ET EMC".encode())


def wrong_width(document):
    listed = font(document).DescendantFonts[0].W
    listed[1] = Array([float(width) + 40 for width in listed[1]])


def move_a_row(document):
    table = first(document, "Table")
    table.K[-1].K.append(first(document, "P"))


def cut_a_cell(document):
    row = list(pdf_matterhorn.named(document, "TR"))[-1]
    del row.K[-1]


BROKEN = {
    "a_6_1_2": lambda d: d.trailer.__delitem__("/ID"),
    "a_6_2_3": lambda d: d.Root.__delitem__("/OutputIntents"),
    "a_6_2_4": lambda d: before(d, b"/Artifact BMC 0 0 0 1 k 0 0 9 9 re f EMC"),
    "a_6_2_5": lambda d: d.pages[0].Resources.ExtGState.__setitem__("/X", Dictionary(TR=Name.X)),
    "a_6_2_8": lambda d: d.pages[0].Resources.XObject.__setitem__("/X", picture(d)),
    "a_6_3_2": lambda d: annotation(d),
    "a_6_2_11_4": lambda d: font(d).DescendantFonts[0].FontDescriptor.__delitem__("/FontFile3"),
    "a_6_2_11_7": lambda d: font(d).ToUnicode.write(b""),
    "a_6_6_2": lambda d: say(d, b"<pdfaid:part>3<", b"<pdfaid:part>2<"),
    "a_6_7_2": lambda d: d.Root.MarkInfo.__setitem__("/Marked", False),
    "a_6_8": lambda d: d.Root.__delitem__("/AF"),
    "a_6_5": lambda d: d.Root.__setitem__("/OpenAction", Dictionary(S=Name.JavaScript)),
    "ua_01_003_and_01_005": lambda d: before(d, b"0 0 9 9 re f"),
    "ua_01_003_no": lambda d: before(d, b"/P <</MCID 0>> BDC /Artifact BMC EMC EMC"),
    "ua_01_004": lambda d: before(d, b"/P <</MCID 999>> BDC EMC"),
    "ua_01_007": lambda d: d.Root.MarkInfo.__setitem__("/Suspects", True),
    "ua_02_001": lambda d: setattr(first(d, "P"), "S", Name.Absatz),
    "ua_06_001": lambda d: d.Root.ViewerPreferences.__setitem__("/DisplayDocTitle", False),
    "ua_06_002": lambda d: say(d, b"<pdfuaid:part>1<", b"<pdfuaid:part>9<"),
    "ua_09_004": move_a_row,
    "ua_09_005": lambda d: setattr(first(d, "LI"), "S", Name.P),
    "ua_10_001": lambda d: unicode_of(d, b"0000"),
    "ua_11_006": lambda d: d.Root.__delitem__("/Lang"),
    "ua_13_004": lambda d: first(d, "Figure").__delitem__("/Alt"),
    "ua_14_002": lambda d: setattr(first(d, "H1"), "S", Name.P),
    "ua_14_003": lambda d: setattr(first(d, "H2"), "S", Name.H4),
    "ua_14_007": lambda d: setattr(first(d, "H2"), "S", Name.H),
    "ua_15_003_header_cells_have": lambda d: first(d, "TH").A.__delitem__("/Scope"),
    "ua_15_003_header_cells_of": lambda d: [
        cell.A.__setitem__("/Headers", Array([String("applications-0-3")]))
        for cell in pdf_matterhorn.named(d, "TD")
    ],
    "ua_15_tables": cut_a_cell,
    "ua_19_003": note,
    "ua_20_001": lambda d: d.Root.__setitem__("/OCProperties", Dictionary()),
    "ua_20_and_28": lambda d: d.pages[0].__setitem__("/Tabs", Name.R),
    "ua_21_001": lambda d: d.Root.AF[0].__delitem__("/UF"),
    "ua_25_001": lambda d: d.Root.__setitem__("/AcroForm", Dictionary()),
    "ua_28_002": annotation,
    "ua_30_002": form_object,
    "ua_31_001": lambda d: setattr(font(d), "Encoding", Name("/Identity-V")),
    "ua_31_011": not_a_glyph,
    "ua_31_016": wrong_width,
    "ua_id_tree": lambda d: first(d, "TH").__setitem__("/ID", String("another")),
}
"""Beginning of a check's name → a change that makes a sound PDF unsound."""


def test_every_check_has_a_broken_pdf():
    for function in pdf_conformance.CHECKS:
        begun = [name for name in BROKEN if function.__name__.startswith(name)]
        assert len(begun) == 1, function.__name__


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_pdf_fails_the_check_it_is_for(whole, name):
    with pikepdf.open(io.BytesIO(whole)) as document:
        BROKEN[name](document)
        [function] = [f for f in pdf_conformance.CHECKS if f.__name__.startswith(name)]

        assert list(function(document))
