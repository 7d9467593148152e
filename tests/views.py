"""Views made by hand for the tests of formats: both national forms, cell by cell."""

from collections.abc import Callable, Iterable

from toolkit.view.model import Cell, Names, Paragraph, SectionView, TableView, View
from toolkit.view.widths import arranged

APPLICANTS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
REFUSED = (
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
    "5.属于三类内部事务信息",
    "6.属于四类过程性信息",
    "7.属于行政执法案卷",
    "8.属于行政查询事项",
)
IMPOSSIBLE = (
    "1.本机关不掌握相关政府信息",
    "2.没有现成信息需要另行制作",
    "3.补正后申请内容仍不明确",
)
UNHANDLED = (
    "1.信访举报投诉类申请",
    "2.重复申请",
    "3.要求提供公开出版物",
    "4.无正当理由大量反复申请",
    "5.要求行政机关确认或重新出具已获取信息",
)
OTHER = (
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3.其他",
)
BLOCKS = (
    (
        "第二十条第（一）项",
        ("本年制发件数", "本年废止件数", "现行有效件数"),
        ("规章", "行政规范性文件"),
    ),
    ("第二十条第（五）项", ("本年处理决定数量",), ("行政许可",)),
    ("第二十条第（六）项", ("本年处理决定数量",), ("行政处罚", "行政强制")),
    ("第二十条第（八）项", ("本年收费金额（单位：万元）",), ("行政事业性收费",)),
)
ROWS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("（一）予以公开", ()),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ()),
    ("（三）不予公开", REFUSED),
    ("（四）无法提供", IMPOSSIBLE),
    ("（五）不予处理", UNHANDLED),
    ("（六）其他处理", OTHER),
    ("（七）总计", ()),
)

Number = Callable[[int], str]


class _Grid:
    """Collects cells row by row and joins each data cell to the headers over and beside it."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.rows: list[list[Cell]] = []

    def row(self) -> None:
        self.rows.append([])

    def head(self, text: str, column: int, scope: str, rows: int = 1, columns: int = 1) -> None:
        at = len(self.rows) - 1
        name = f"{self.table}-{at}-{column}"
        self.rows[at].append(Cell(name, text, at, column, rows, columns, scope))

    def data(self, text: str, column: int, columns: int = 1) -> None:
        at = len(self.rows) - 1
        over = tuple(
            cell.id
            for row in self.rows
            for cell in row
            if cell.scope.startswith("col") and cell.column < column + columns
            if column < cell.column + cell.colspan
        )
        beside = tuple(
            cell.id
            for row in self.rows
            for cell in row
            if cell.scope.startswith("row") and cell.row <= at < cell.row + cell.rowspan
        )
        name = f"{self.table}-{at}-{column}"
        self.rows[at].append(
            Cell(name, text, at, column, 1, columns, headers=over + beside, numeric=True)
        )

    def view(self, caption: str, header_rows: int, widths: Iterable[float]) -> TableView:
        shares = tuple(widths)
        rows = tuple(tuple(row) for row in self.rows)
        table = TableView(self.table, caption, rows, len(shares), header_rows, shares)
        return arranged(table)


def disclosure(number: Number) -> TableView:
    grid = _Grid("proactive")
    for caption, columns, rows in BLOCKS:
        grid.row()
        grid.head(caption, 0, "colgroup", columns=4)
        grid.row()
        grid.head("信息内容", 0, "col")
        span = 3 // len(columns)
        for place, label in enumerate(columns):
            grid.head(label, 1 + place * span, "col", columns=span)
        for label in rows:
            grid.row()
            grid.head(label, 0, "row")
            for place in range(len(columns)):
                grid.data(number(place), 1 + place * span, span)
    return grid.view("主动公开政府信息情况", 0, (0.34, 0.22, 0.22, 0.22))


def applications(number: Number) -> TableView:
    grid = _Grid("applications")
    grid.row()
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    grid.head(note, 0, "colgroup", 3, 3)
    grid.head("申请人情况", 3, "colgroup", columns=7)
    grid.row()
    grid.head("自然人", 3, "col", rows=2)
    grid.head("法人或其他组织", 4, "colgroup", columns=5)
    grid.head("总计", 9, "col", rows=2)
    grid.row()
    for place, label in enumerate(APPLICANTS):
        grid.head(label, 4 + place, "col")

    def numbers() -> None:
        for column in range(3, 10):
            grid.data(number(column), column)

    for label in ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"):
        grid.row()
        grid.head(label, 0, "row", columns=3)
        numbers()
    _results(grid, numbers)
    grid.row()
    grid.head("四、结转下年度继续办理", 0, "row", columns=3)
    numbers()
    widths = (0.05, 0.09, 0.29, *(0.57 / 7 for _ in range(7)))
    return grid.view("收到和处理政府信息公开申请情况", 3, widths)


def _results(grid: _Grid, numbers: Callable[[], None]) -> None:
    grid.row()
    grid.head("三、本年度办理结果", 0, "rowgroup", rows=22)
    places = [(label, below, name) for label, below in ROWS for name in below or ("",)]
    for line, (label, below, name) in enumerate(places):
        if line:
            grid.row()
        if not below:
            grid.head(label, 1, "row", columns=2)
        elif name == below[0]:
            grid.head(label, 1, "rowgroup", rows=len(below))
        if name:
            grid.head(name, 2, "row")
        numbers()


def disputes(number: Number) -> TableView:
    grid = _Grid("disputes")
    grid.row()
    grid.head("行政复议", 0, "colgroup", columns=5)
    grid.head("行政诉讼", 5, "colgroup", columns=10)
    grid.row()
    for place, label in enumerate(OUTCOMES):
        grid.head(label, place, "col", rows=2)
    grid.head("未经复议直接起诉", 5, "colgroup", columns=5)
    grid.head("复议后起诉", 10, "colgroup", columns=5)
    grid.row()
    for place, label in enumerate(OUTCOMES * 2, 5):
        grid.head(label, place, "col")
    grid.row()
    for column in range(15):
        grid.data(number(column), column)
    return grid.view("政府信息公开行政复议、行政诉讼情况", 3, (1 / 15,) * 15)


def paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text, _level(text)) for text in texts)


def _level(text: str) -> int:
    if text.startswith("（") and text[2:3] == "）":
        return 2
    return 3 if text[:1].isdigit() and text[1:2] == "." else 0


def report(
    *overview: str,
    office: str = "七台河市桃山区商务局",
    number: Number = lambda _column: "0",
    tables: bool = True,
    issued: str = "2023年1月31日",
) -> View:
    """Make a whole report of the 2021 form; ``overview`` is the text of section one."""
    year = "2022"
    texts = {
        0: overview or ("本机关认真贯彻落实《中华人民共和国政府信息公开条例》。",),
        4: ("存在的主要问题是更新不够及时。下一步将加强学习，改进工作。",),
        5: ("2022年度未收取信息处理费。",),
    }
    shown = {1: disclosure(number), 2: applications(number), 3: disputes(number)}
    sections = tuple(
        SectionView(
            f"section-{place + 1}",
            heading,
            paragraphs(*texts.get(place, ())),
            (shown[place],) if tables and place in shown else (),
        )
        for place, heading in enumerate(HEADINGS)
    )
    opening = "根据《中华人民共和国政府信息公开条例》第五十条规定，编制本报告。"
    return View(
        title=f"{office}{year}年政府信息公开工作年度报告",
        year=year,
        organization=Names({"name": office, "region": "黑龙江省七台河市桃山区"}),
        issued=issued,
        opening=paragraphs(opening),
        sections=sections,
        values=Names({"applications": Names({"new": Names({"natural_person": number(3)})})}),
        form="national-2021",
        signature=office,
    )
