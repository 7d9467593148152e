"""Charts in a Word document: a picture in the line with its alternative text, and a caption."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from toolkit.render.charts.layout import lay_out
from toolkit.render.docx.xml import escaped
from toolkit.view.model import ChartView

if TYPE_CHECKING:
    from toolkit.render.charts.picture import Picture

_EMU = 36_000
"""English metric units in a millimetre."""
_FIGURE, _CAPTION = "NianbaoFigure", "NianbaoFigureCaption"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLE = (
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="{id}"><w:name w:val="{name}"/>'
    '<w:qFormat/><w:pPr>{keep}<w:keepLines/><w:snapToGrid w:val="0"/>'
    '<w:spacing w:before="{before}" w:after="{after}" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/></w:pPr>{run}</w:style>'
)
_STYLES = {
    _FIGURE: _STYLE.format(
        id=_FIGURE,
        name="Nianbao Figure",
        keep="<w:keepNext/>",
        before=280,
        after=80,
        run='<w:rPr><w:sz w:val="21"/></w:rPr>',
    ),
    _CAPTION: _STYLE.format(
        id=_CAPTION,
        name="Nianbao Figure Caption",
        keep="",
        before=0,
        after=280,
        run=(
            '<w:rPr><w:rFonts w:ascii="黑体" w:eastAsia="黑体" w:hAnsi="黑体"/>'
            '<w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr>'
        ),
    ),
}


def charts_xml(charts: Sequence[ChartView]) -> str:
    """Write the paragraphs of the charts that follow a table; nothing for none."""
    return "".join(map(_figure, charts))


def _figure(chart: ChartView) -> str:
    sheet = lay_out(chart.chart)
    wide, high = round(sheet.width * _EMU), round(sheet.height * _EMU)
    words = f'name="{escaped(f"图{chart.number}")}" descr="{escaped(chart.description)}"'
    drawing = (
        f'<wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{high}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{chart.number}" {words}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PICTURE}">'
        f'<pic:pic xmlns:pic="{_PICTURE}"><pic:nvPicPr>'
        f'<pic:cNvPr id="{chart.number}" {words}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip xmlns:r="{_R}" r:embed="{relation(chart)}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline>"
    )
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{_FIGURE}"/></w:pPr>'
        f"<w:r><w:drawing>{drawing}</w:drawing></w:r></w:p>"
        f'<w:p><w:pPr><w:pStyle w:val="{_CAPTION}"/></w:pPr>'
        f"<w:r><w:t>{escaped(chart.caption)}</w:t></w:r></w:p>"
    )


def relation(chart: ChartView) -> str:
    """Return the id of the relationship from the text to the picture."""
    return f"nianbaoChart{chart.number}"


def parts(
    charts: Sequence[ChartView],
    pictures: Mapping[str, "Picture"],
    types: bytes,
    relations: bytes,
    styles: bytes,
) -> tuple[dict[str, bytes], bytes, bytes, bytes]:
    """Make the pictures' parts, and name them in the parts that list them.

    Returns:
        Part name → PNG; then content types, the document's relationships and the styles, each
        with what charts need.
    """
    made = {}
    links = ""
    for chart in charts:
        name = f"media/nianbao-chart-{chart.number}.png"
        made[f"word/{name}"] = pictures[chart.id].data
        links += f'<Relationship Id="{relation(chart)}" Type="{_R}/image" Target="{name}"/>'
    return (
        made,
        _with(types, "Types", "" if b'Extension="png"' in types else _PNG),
        _with(relations, "Relationships", links),
        _with(
            styles, "w:styles", "".join(s for n, s in _STYLES.items() if n.encode() not in styles)
        ),
    )


_PNG = '<Default Extension="png" ContentType="image/png"/>'


def _with(part: bytes, element: str, more: str) -> bytes:
    end = f"</{element}>".encode()
    return part.replace(end, more.encode() + end)
