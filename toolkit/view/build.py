"""Report → View. It cannot fail on an accepted report."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from toolkit.charts import Chart
from toolkit.forms import Section, Table
from toolkit.forms.nested import put
from toolkit.report import Report
from toolkit.view.figures import figure
from toolkit.view.model import ChartView, Names, Paragraph, SectionView, View
from toolkit.view.narrative import paragraphs
from toolkit.view.numerals import amount, printed_date
from toolkit.view.tables import table
from toolkit.view.widths import Turning, arranged


def build(
    report: Report,
    *,
    opening: str = "",
    date_style: str = "arabic",
    landscape: Collection[str] = (),
    upright: Collection[str] = (),
    extra: Mapping[str, object] | None = None,
    charts: Sequence[Chart] = (),
) -> View:
    """Make everything that is printed.

    Args:
        report: the report, its totals worked out.
        opening: the paragraphs before section one where the data file gives none.
        date_style: ``"arabic"`` or ``"chinese"``, see `printed_date`.
        landscape: ids of the sections whose tables lie on their side.
        upright: ids of those whose tables never do; others turn where their numbers need it.
        extra: what the plugin adds for its own templates.
        charts: those to print, each after the table it names.
    """
    office = report.organization
    turned: dict[str, Turning] = dict.fromkeys(upright, "upright")
    turned.update(dict.fromkeys(landscape, "landscape"))
    return View(
        title=report.title,
        year=figure(str(report.year), report.year),
        organization=Names(
            {
                "name": office.name,
                "short_name": office.short_name or office.name,
                "region": office.region,
                "kind": office.kind,
            }
        ),
        issued=printed_date(report.issued, date_style),
        opening=_body(report.opening or opening),
        sections=_sections(report, turned, charts),
        values=_values(report),
        form=report.form.id,
        signature=office.name if report.issued else "",
        contact=_contact(report),
        extra=Names(extra or {}),
    )


def _sections(
    report: Report, turned: Mapping[str, Turning], charts: Sequence[Chart]
) -> tuple[SectionView, ...]:
    """Make the sections; charts are numbered in the order in which they are printed."""
    sections = [_section(section, report, turned) for section in report.form.sections]
    tables = [table.id for section in sections for table in section.tables]
    ordered = sorted(charts, key=lambda chart: tables.index(chart.after))
    shown = [_chart(chart, number) for number, chart in enumerate(ordered, 1)]
    return tuple(_with_charts(section, shown) for section in sections) if shown else tuple(sections)


def _chart(chart: Chart, number: int) -> ChartView:
    caption = f"图{number}\u3000{chart.title}"
    return ChartView(f"chart-{chart.id}", number, caption, chart.description, chart)


def _with_charts(section: SectionView, shown: Sequence[ChartView]) -> SectionView:
    tables = tuple(
        replace(table, charts=tuple(one for one in shown if one.chart.after == table.id))
        for table in section.tables
    )
    return replace(section, tables=tables)


def _contact(report: Report) -> Names:
    """Every way of contact the form knows; what the data file does not tell is ``""``."""
    key = report.form.key(("contact",))
    known = {below.id: "" for below in key.keys} if key else {}
    return Names({"website": report.website, **known, **report.contact})


def _body(narrative: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(paragraph.text) for paragraph in paragraphs(narrative))


def _section(section: Section, report: Report, turned: Mapping[str, Turning]) -> SectionView:
    if section.kind == "narrative":
        return SectionView(section.id, section.heading, paragraphs(report.narratives[section.id]))
    turning = turned.get(section.id, "upright" if section.kind == "parts" else "")
    shown = [
        arranged(table(one, report.cells, report.rows(*one.tables[0].path)), turning)
        for one in section.alone
    ]
    texts = [
        tuple(
            paragraph
            for part in section.texts
            if part.tables_before == number
            for paragraph in paragraphs(report.text(section.id, part.id))
        )
        for number in range(len(shown) + 1)
    ]
    with_texts = (replace(one, after=after) for one, after in zip(shown, texts[1:], strict=True))
    return SectionView(section.id, section.heading, texts[0], tuple(with_texts))


def _values(report: Report) -> Names:
    """Nest the printed text of the form's own fields and cells as the data file nests them."""
    tree: dict[str, object] = {}
    for key in report.form.own_fields:
        for path, single in key.walk():
            if not single.keys and single.holds.shape != "list":
                put(tree, path, single.holds.printed(report.get(*path)))
    for added in (one for one in report.form.tables if one.added):
        put(tree, (*added.path, "rows"), _rows(added, report))
    for cell in report.form.cells:
        value = report.cells[cell.path]
        words = cell.holds.printed(value)
        put(tree, cell.path, figure(words, amount(value)) if cell.holds.number else words)
    return _names(tree)


def _rows(added: Table, report: Report) -> tuple[Names, ...]:
    """Return the printed rows that were added to a table."""
    return tuple(
        Names({
            item.id: figure(item.holds.printed(row.get(item.id)), amount(row.get(item.id)))
            if item.holds.number
            else item.holds.printed(row.get(item.id))
            for item in added.columns
        })
        for row in report.rows(*added.path)
    )  # fmt: skip


def _names(tree: dict[str, object]) -> Names:
    return Names({k: _names(v) if isinstance(v, dict) else v for k, v in tree.items()})
