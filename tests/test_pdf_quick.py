"""The quick way of making PDFs gives what WeasyPrint's own way gives, whatever came before."""

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from pkgutil import resolve_name

import pikepdf
import pydyf
import pytest
import tinyhtml5
import weasyprint
from hypothesis import given
from hypothesis import strategies as st
from weasyprint.pdf import fonts as system_library
from weasyprint.text import line_break

from tests import pdf_conformance, views
from tests.conftest import FULL_SIZE, ROOT
from toolkit import resources
from toolkit.render.pdf import document as pdf
from toolkit.render.pdf import releases
from toolkit.render.pdf.quick import cells, layout, object_writer
from toolkit.render.pdf.quick.parse import quick_tree
from toolkit.render.pdf.weasyprint import USES
from toolkit.render.request import RenderRequest

NIANBAO = (sys.executable, "-m", "toolkit.cli.main")
INSIDES = {name for parts in USES.values() for name in parts}
TEXTS = ("（一）主动公开", "本机关（含下属单位）2022年共收到“政府信息公开申请”17件，均已办结。" * 5)
STYLES = (
    "td:has(b) { color: red }",
    "th { writing-mode: horizontal-tb; border: 2pt dashed #00f; width: 10vw }",
    "td { border: 1pt solid rgba(0, 0, 0, .5); text-decoration: underline }",
    "tr:nth-child(3n+1) td:not(:last-child) { background: #eee; letter-spacing: 1pt }",
    "td + td { font-weight: bold; text-align: right } thead th { vertical-align: bottom }",
    "p::first-letter { font-family: var(--title) } td::before { content: attr(headers) }",
    "p:last-of-type, h3:nth-last-of-type(1) { font-weight: bold } th:only-of-type { color: red }",
    "td { padding: 3%; height: 12mm } .grid-10 { border-collapse: separate }",
)
"""What a plugin's style sheet may ask for; some of it only the plain way can do."""


def request(view, *folders, template="national/report.html") -> RenderRequest:
    return RenderRequest(view, (*folders, resources.templates()), template, "test")


def report(number=0, **options):
    return views.report(*TEXTS, number=lambda column: str(column * 7 + number), **options)


def plainly(made, monkeypatch) -> bytes:
    with monkeypatch.context() as patch:
        patch.setattr(releases, "KNOWN", {"weasyprint": ("1.0",)})
        return pdf.render(made)


def pictures(made: bytes, folder: Path) -> list[bytes]:
    folder.mkdir()
    (folder / "made.pdf").write_bytes(made)
    subprocess.run(
        ["pdftoppm", "-r", "50", "-gray", folder / "made.pdf", folder / "page"], check=True
    )
    return [page.read_bytes() for page in sorted(folder.glob("*.pgm"))]


def text_of(made: bytes) -> bytes:
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=made, capture_output=True, check=True
    ).stdout


def structure(made: bytes) -> list[tuple[str, str, str]]:
    """Give every element of the structure tree: its kind, its name, its attributes."""
    with pikepdf.open(io.BytesIO(made)) as document:
        return [
            (str(one.S), str(one.get("/ID", "")), repr(one.get("/A", "")))
            for one in pdf_conformance.elements(document)
        ]


def own_style(folder: Path, css: str) -> RenderRequest:
    (folder / "own.css").write_text(css, encoding="utf-8")
    (folder / "own.html").write_text(
        '{% extends "national/report.html" %}'
        '{% block styles %}{{ super() }}{{ stylesheet("own.css", "print") }}{% endblock %}',
        encoding="utf-8",
    )
    return request(report(), folder, template="own.html")


def test_both_ways_show_the_same_pages(tmp_path, monkeypatch):
    made = request(report())

    quick, plain = pdf.render(made), plainly(made, monkeypatch)

    assert pictures(quick, tmp_path / "quick") == pictures(plain, tmp_path / "plain")
    assert text_of(quick) == text_of(plain)
    assert structure(quick) == structure(plain)


@pytest.mark.parametrize("css", STYLES)
def test_both_ways_show_the_same_pages_in_any_style(css, tmp_path, monkeypatch):
    made = own_style(tmp_path, css)

    quick, plain = pdf.render(made), plainly(made, monkeypatch)

    assert pictures(quick, tmp_path / "quick") == pictures(plain, tmp_path / "plain")
    assert text_of(quick) == text_of(plain)


def test_a_report_has_the_same_bytes_first_and_last():
    layout._memory.cache_clear()
    cells.forget()
    first = pdf.render(request(report()))
    for number in range(3):
        pdf.render(request(report(number, office=f"某某{number}局")))

    assert pdf.render(request(report())) == first


def test_without_the_system_library_the_bytes_are_the_same_and_fonttools_cuts_nothing(monkeypatch):
    made = request(report())
    with_library = pdf.render(made)
    monkeypatch.setattr(system_library, "harfbuzz_subset", None)
    monkeypatch.setattr(
        system_library.Font,
        "_fonttools_subset",
        lambda *_arguments: pytest.fail("fontTools cuts a font: that takes seconds"),
    )

    assert pdf.render(made) == with_library


def test_nothing_of_weasyprint_stays_replaced():
    """Whatever our modules were loaded before: no name inside the libraries is one of ours."""
    pdf.render(request(report()))

    replaced = [name for name in INSIDES if "toolkit" in where(resolve_name(name))]

    assert len(INSIDES) > 30
    assert replaced == []


def where(part: object) -> str:
    return str(getattr(part, "__module__", ""))


def test_the_installed_weasyprint_is_known():
    assert releases.is_quick()


def test_an_unknown_weasyprint_is_told(nianbao, monkeypatch, tmp_path):
    monkeypatch.setitem(releases.KNOWN, "weasyprint", ("1.0",))

    told = nianbao("doctor").out
    built = nianbao("generate", FULL_SIZE, "-f", "pdf", "-o", tmp_path)

    assert "PDF\tlayout\tthe plain way" in told
    assert "PDF: pages are laid out the plain way" in built.err


CHANGES = {
    "a keyword more in the call for a line": (
        "text/line_break.py",
        "is_line_start=True, minimum=False):",
        "is_line_start=True, minimum=False, hyphens=None):",
        "layout/inline.py",
        "box.justification_spacing, is_line_start=is_line_start)",
        "box.justification_spacing, is_line_start=is_line_start, hyphens='manual')",
        "in part WeasyPrint's own way",
    ),
    "a keyword more in the call for a cell": (
        "layout/block.py",
        "first_line_style, discard, max_lines):",
        "first_line_style, discard, max_lines, regions=None):",
        "layout/table.py",
        "first_line_style=None, discard=False, max_lines=None)",
        "first_line_style=None, discard=False, max_lines=None, regions=())",
        "the plain way",
    ),
}


@pytest.mark.skipif(bool(releases.unknown()), reason="all of it is unknown then")
@pytest.mark.parametrize("change", CHANGES)
def test_a_weasyprint_that_is_changed_inside_makes_the_pdf_in_its_own_way(change, tmp_path):
    """The release stays the same, so that only the insides can tell."""
    defined, old_head, new_head, called, old_call, new_call, told = CHANGES[change]
    library = tmp_path / "library" / "weasyprint"
    shutil.copytree(Path(weasyprint.__file__).parent, library)
    for name, old, new in ((defined, old_head, new_head), (called, old_call, new_call)):
        source = (library / name).read_text(encoding="utf-8")
        assert old in source
        (library / name).write_text(source.replace(old, new), encoding="utf-8")

    done = subprocess.run(
        [*NIANBAO, "generate", FULL_SIZE, "-f", "pdf", "-o", tmp_path],
        env={**os.environ, "PYTHONPATH": f"{library.parent}:{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert f"PDF: pages are laid out {told}" in done.stderr
    assert "not what is known here" in done.stderr
    with pikepdf.open(next(tmp_path.glob("*.pdf"))) as made:
        assert len(made.pages) > 3


@pytest.fixture
def _failures_forgotten():
    yield
    releases.forget_failures()


@pytest.mark.usefixtures("_failures_forgotten")
def test_insides_that_fail_where_no_signature_tells_leave_the_page_to_weasyprint(monkeypatch):
    monkeypatch.setattr(line_break.Layout, "get_first_line", broken(line_break.Layout))

    made = pdf.render(request(report()))

    assert made.startswith(b"%PDF")
    assert "WeasyPrint's own way, since ours failed inside it" in str(releases.layout())
    assert releases.failures()


def broken(layout):
    """Make a method of the same parameters that fails for lines of ours alone."""
    ordinary = layout.get_first_line

    def get_first_line(self):
        if type(self) is not layout:
            raise AttributeError("runs")
        return ordinary(self)

    return get_first_line


PAGE = (
    '<!DOCTYPE html>\n<html lang="zh">\n<head>\n<title>甲</title>\n</head>\n'
    "<body>\n{}\n</body>\n</html>\n"
)
ODD = (
    "<p>一<p>二",
    "<p><div>块</div></p>",
    "<table><tr><td>一</td></tr></table>",
    "<table>字<tbody><tr><td>一</td></tr></tbody></table>",
    "<table><tbody><tr><td>一<td>二</tr></tbody></table>",
    "<p>甲<!-- 不印 -->乙</p>",
    "<p>&nbsp;&hellip;&#128;&amp;&lt;</p>",
    "<P CLASS=a>大写</P>",
    "<p title='一\n二'>行</p>",
    '<img alt="a>b" src="x.png">',
    '<a href="#a">一<span><a href="#b">二</a></span></a>',
    "<ul><li>一<li>二</ul>",
    '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
    "<style>p > b { color: red }</style>",
    "<script>1 < 2</script>",
    "<pre>\n\n一</pre>",
    "<b><p>错</b></p>",
    "<p/>空",
    "<h2>题<h3>小</h3></h2>",
    "<![CDATA[字]]>",
    "<textarea><b></textarea>",
    "<math><mi>x</mi></math>",
    "\x0b\x00",
)
WHOLE = (
    '<main id="a"><h1><span>题</span></h1><section><p>甲<br>乙</p></section></main>',
    '<table class="t"><colgroup><col style="width:50%"><col></colgroup>\n<thead>\n<tr><th>一</th>'
    "</tr>\n</thead><tbody>\n<tr><td>&lt;&amp;&#34;</td></tr></tbody></table>",
)


@pytest.mark.parametrize("body", WHOLE + ODD)
def test_a_page_is_parsed_as_html_is(body):
    page = PAGE.replace("{}", body)

    tree = quick_tree(page)

    assert tree is not None or body in ODD
    if tree is not None:
        whole = tinyhtml5.parse(page, namespace_html_elements=False)
        assert flat(tree) == flat(whole)


def test_the_national_page_is_parsed_quickly():
    page = pdf.fill(request(report()), "print")

    tree = quick_tree(page.html)

    assert tree is not None
    assert flat(tree) == flat(tinyhtml5.parse(page.html, namespace_html_elements=False))


def flat(element) -> tuple:
    return (
        element.tag,
        dict(element.attrib),
        element.text or "",
        element.tail or "",
        [flat(child) for child in element],
    )


OPERANDS = st.recursive(
    st.integers(-(10**9), 10**9)
    | st.floats(-1e6, 1e6)
    | st.binary(max_size=5)
    | st.text("/ABC()\\ ", max_size=5)
    | st.text(max_size=5).map(pydyf.String),
    lambda inner: (
        st.lists(inner, max_size=4).map(pydyf.Array)
        | st.dictionaries(st.text("ABC", min_size=1), inner, max_size=4).map(pydyf.Dictionary)
    ),
)


@given(OPERANDS)
def test_operands_are_written_as_pydyf_writes_them(value):
    assert object_writer.operand(value) == pydyf._to_bytes(value)
