"""One page that shows a source and its reading side by side, differences marked."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from html import escape

from toolkit.diagnostics import Position, Severity
from toolkit.forms import Path
from toolkit.forms.model import Table
from toolkit.importers.blocks import Cell, Grid, Paragraph
from toolkit.importers.labels import key
from toolkit.importers.reading import Reading, Taken
from toolkit.importers.writer import wording
from toolkit.messages import language, text

_STYLE = """
*{box-sizing:border-box}body{margin:0;font:15px/1.6 sans-serif;color:#222;background:#f4f4f2}
header{padding:.8em 1.2em;background:#fff;border-bottom:1px solid #ccc}h1{font-size:1.15em;margin:0}
main{display:grid;grid-template-columns:1fr 1fr;gap:1px;background:#ccc;height:calc(100vh - 7em)}
main>section{background:#fff;overflow:auto;padding:1em 1.2em}h2{font-size:1.05em;margin:.2em 0 .6em}
table{border-collapse:collapse;margin:.6em 0;font-size:.88em}td,th{border:1px solid #aaa;
padding:.15em .4em;text-align:left;font-weight:normal;vertical-align:top}a{color:inherit}
.read{background:#e3f3e3}.helped{background:#fff0b3}.open{background:#ffd6d0;outline:2px solid #c33}
.out{color:#888;text-decoration:line-through}.error{color:#a00}.warning{color:#850}.note{color:#555}
p{margin:.3em 0;white-space:pre-wrap;overflow-wrap:anywhere}:target{outline:3px solid #06c}
@media (max-width:800px){main{grid-template-columns:1fr;height:auto}}
"""


def review(reading: Reading) -> bytes:
    """Make the page: self-contained, without scripts; all that comes from the source is escaped."""
    title = str(text("Review of {file}", file=reading.document.file))
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    parts = [
        f'<!DOCTYPE html><html lang="{language()}"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
        f"<header><h1>{escape(title)}</h1>{_legend()}</header><main>",
        f"<section><h2>{_say(text('Source'))}</h2>",
        *_source(reading),
        f"</section><section><h2>{_say(text('Reading'))}</h2>",
        *_read(reading),
        "</section></main></body></html>",
    ]
    return "\n".join(parts).encode("utf-8", errors="replace")


def _say(words: object) -> str:
    return escape(str(words))


def _legend() -> str:
    marks = (
        ("read", text("read")),
        ("helped", text("read, but written otherwise")),
        ("open", text("not recognised or missing")),
        ("out", text("no part of the report")),
    )
    return " ".join(f'<span class="{name}">{_say(words)}</span>' for name, words in marks)


def _anchor(place: Position) -> str:
    return escape(f"{place.sheet}-{place.cell}-{place.line}-{place.column}".replace(" ", "_"))


def _source(reading: Reading) -> Iterator[str]:
    marks = _marks(reading)
    for block in reading.document.blocks:
        if isinstance(block, Grid):
            yield "<table>"
            for number, row in enumerate(block.rows()):
                own = "".join(_source_cell(cell, marks) for cell in row if cell.row == number)
                yield f"<tr>{own}</tr>"
            yield "</table>"
        else:
            yield f'<p id="{_anchor(block.place)}"{_mark(block, marks)}>{escape(block.text)}</p>'


def _source_cell(cell: Cell, marks: Mapping[tuple[Position, str], str]) -> str:
    spans = f' rowspan="{cell.rowspan}" colspan="{cell.colspan}"'
    name = _anchor(cell.place)
    return f'<td id="{name}"{spans}{_mark(cell, marks)}>{escape(cell.text)}</td>'


def _mark(piece: Cell | Paragraph, marks: Mapping[tuple[Position, str], str]) -> str:
    name = marks.get((piece.place, key(piece.text)), "")
    return f' class="{name}"' if name else ""


def _marks(reading: Reading) -> dict[tuple[Position, str], str]:
    """Return of each piece of the source what became of it."""
    found: dict[tuple[Position, str], str] = {}
    kept = {
        line
        for taken in reading.values.values()
        if isinstance(taken.value, str)
        for line in taken.value.split("\n\n")
    }
    for block in reading.document.blocks:
        if isinstance(block, Paragraph) and block.text in kept:
            found[block.place, key(block.text)] = "read"
    for path, taken in reading.values.items():
        plain = path not in reading.form.cell_at or taken.words.strip() == _shown(taken.value)
        found[taken.place, key(taken.words)] = "read" if plain else "helped"
    for name, items in (("open", reading.unplaced), ("out", reading.left_out)):
        for item in items:
            for part in (item.words, *item.words.split("|"), item.words.rpartition(":")[2]):
                found[item.place, key(part)] = name
    return found


def _read(reading: Reading) -> Iterator[str]:
    yield from _findings(reading)
    for path, taken in reading.values.items():
        if path not in reading.form.cell_at and not _is_narrative(path, reading):
            found = reading.form.key(path)
            yield f"<p>{escape(found.label if found else '.'.join(path))}: {_value(taken)}</p>"
    for section in reading.form.sections:
        sure = _say(wording(reading.confidence((section.id,))))
        yield f"<h2>{escape(section.heading)} — {sure}</h2>"
        if (section.id,) in reading.values:
            yield f"<p>{_value(reading.values[section.id,])}</p>"
        for table in section.tables:
            yield from _table(table, reading)
    if reading.unplaced:
        yield f"<h2>{_say(text('Not recognised'))}</h2>"
        for item in reading.unplaced:
            link = f'<a href="#{_anchor(item.place)}">{escape(item.words)}</a>'
            yield f'<p class="open">{link}</p>'


def _is_narrative(path: Path, reading: Reading) -> bool:
    return any((section.id,) == path for section in reading.form.sections)


def _findings(reading: Reading) -> Iterator[str]:
    for found in reading.findings:
        remedy = f" {found.remedy}" if found.remedy and found.severity > Severity.NOTE else ""
        words = escape(f"{found.code} {found.message}{remedy}")
        link = f'<a href="#{_anchor(found.position)}">{words}</a>'
        yield f'<p class="{found.severity.label}">{link}</p>'


def _table(table: Table, reading: Reading) -> Iterator[str]:
    yield f"<p>{escape(table.caption)}</p><table>" if table.caption else "<table>"
    for cell in table.cells:
        taken = reading.values.get(cell.path)
        if taken is not None:
            yield f"<tr><th>{escape(cell.label)}</th>{_value_cell(taken)}</tr>"
    yield "</table>"


def _value_cell(taken: Taken) -> str:
    name = "open" if taken.value is None else "read"
    if taken.value is not None and taken.words.strip() != _shown(taken.value):
        name = "helped"
    return f'<td class="{name}">{_value(taken)}</td>'


def _value(taken: Taken) -> str:
    shown = "—" if taken.value is None else _shown(taken.value)
    words = taken.words.strip()
    differs = words and words != shown and not isinstance(taken.value, str)
    more = f" ← {escape(words)}" if differs else ""
    return f'<a href="#{_anchor(taken.place)}">{escape(shown)}</a>{more}'


def _shown(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)
