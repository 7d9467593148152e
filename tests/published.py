"""Reports as offices publish them, in many dresses, made without any code of the toolkit.

Every cell of the form has its own number, so that a wrong cell shows at once.
"""

from html import escape

COLUMNS = [
    "natural_person",
    "business",
    "research",
    "public_interest",
    "legal_service",
    "other",
    "total",
]
OFFICE = "示例省示例市示例区虚构局"
TITLE = f"{OFFICE}2023年政府信息公开工作年度报告"
NARRATIVES = {
    "overview": [
        "2023年，虚构局认真贯彻落实《中华人民共和国政府信息公开条例》，全年公开信息120条。",
        "（一）主动公开",
        "通过区政府网站发布信息100条，微信公众号20条。",
        "（二）依申请公开",
        "全年新收申请按规定办理。",
    ],
    "problems_and_improvements": [
        "一是队伍力量不足；二是解读形式单一。",
        "下一步将加强培训，丰富形式。",
    ],
    "other_matters": ["本年度未收取信息处理费。"],
}
HEADINGS = {
    "overview": "一、总体情况",
    "proactive_disclosure": "二、主动公开政府信息情况",
    "applications": "三、收到和处理政府信息公开申请情况",
    "review_and_litigation": "四、政府信息公开行政复议、行政诉讼情况",
    "problems_and_improvements": "五、存在的主要问题及改进情况",
    "other_matters": "六、其他需要报告的事项",
}
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
RESULTS = "三、本年度办理结果"
REFUSED = [
    ("state_secrets", "1.属于国家秘密"),
    ("prohibited_by_law", "2.其他法律行政法规禁止公开"),
    ("three_securities_one_stability", "3.危及“三安全一稳定”"),
    ("third_party_rights", "4.保护第三方合法权益"),
    ("internal_affairs", "5.属于三类内部事务信息"),
    ("process_information", "6.属于四类过程性信息"),
    ("enforcement_files", "7.属于行政执法案卷"),
    ("administrative_inquiries", "8.属于行政查询事项"),
]
UNAVAILABLE = [
    ("not_held", "1.本机关不掌握相关政府信息"),
    ("creation_required", "2.没有现成信息需要另行制作"),
    ("unclear_after_correction", "3.补正后申请内容仍不明确"),
]
NOT_PROCESSED = [
    ("petitions", "1.信访举报投诉类申请"),
    ("repeated", "2.重复申请"),
    ("publications", "3.要求提供公开出版物"),
    ("excessive", "4.无正当理由大量反复申请"),
    ("reconfirmation", "5.要求行政机关确认或重新出具已获取信息"),
]
OTHER = [
    ("correction_overdue", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("fee_overdue", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("other", "3.其他"),
]
PARTLY = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"

Cell = tuple[str, int, int]
Rows = list[list[Cell]]


class Numbers:
    """Gives each cell its own number and remembers it."""

    def __init__(self) -> None:
        self.cells: dict[tuple[str, ...], object] = {}

    def __call__(self, *path: str, words: str | None = None, value: object = None) -> Cell:
        number = 1000 + len(self.cells)
        self.cells[path] = number if words is None else value
        return (str(number) if words is None else words, 1, 1)


def _wide(cell: Cell, colspan: int) -> Cell:
    return (cell[0], cell[1], colspan)


def disclosure_2021(n: Numbers) -> list[Rows]:
    head = [("信息内容", 1, 1)]
    decided = [*head, ("本年处理决定数量", 1, 3)]

    def row(label: str, block: str, name: str, *columns: str) -> list[Cell]:
        cells = [n("proactive_disclosure", block, name, column) for column in columns]
        return [(label, 1, 1), *(_wide(c, 4 - len(cells)) if len(cells) == 1 else c for c in cells)]

    three = ("issued", "repealed", "in_force")
    columns = [("本年制发件数", 1, 1), ("本年废止件数", 1, 1), ("现行有效件数", 1, 1)]
    return [
        [
            [("第二十条第（一）项", 1, 4)],
            [*head, *columns],
            row("规章", "article_20_1", "rules", *three),
            row("行政规范性文件", "article_20_1", "normative_documents", *three),
        ],
        [
            [("第二十条第（五）项", 1, 4)],
            decided,
            row("行政许可", "article_20_5", "administrative_licensing", "decisions"),
        ],
        [
            [("第二十条第（六）项", 1, 4)],
            decided,
            row("行政处罚", "article_20_6", "administrative_penalties", "decisions"),
            row("行政强制", "article_20_6", "administrative_compulsion", "decisions"),
        ],
        [
            [("第二十条第（八）项", 1, 4)],
            [*head, ("本年收费金额（单位：万元）", 1, 3)],
            row("行政事业性收费", "article_20_8", "administrative_charges", "amount"),
        ],
    ]


def applications(n: Numbers, *, form: int = 2021) -> Rows:
    rows: Rows = [
        [(CORNER, 3, 3), ("申请人情况", 1, 7)],
        [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
        [(w, 1, 1) for w in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
    ]

    def data(*path: str) -> list[Cell]:
        return [n("applications", *path, column) for column in COLUMNS]

    rows.append([("一、本年新收政府信息公开申请数量", 1, 3), *data("new")])
    rows.append([("二、上年结转政府信息公开申请数量", 1, 3), *data("carried_over")])
    start = len(rows)
    rows.append([("（一）予以公开", 1, 2), *data("results", "granted")])
    rows.append([(PARTLY, 1, 2), *data("results", "partially_granted")])
    groups = [
        ("refused", "（三）不予公开", REFUSED),
        ("unavailable", "（四）无法提供", UNAVAILABLE),
        ("not_processed", "（五）不予处理", NOT_PROCESSED),
    ]
    if form == 2021:
        groups.append(("other", "（六）其他处理", OTHER))
    for name, label, items in groups:
        for place, (item, words) in enumerate(items):
            first = [(label, len(items), 1)] if place == 0 else []
            rows.append([*first, (words, 1, 1), *data("results", name, item)])
    if form == 2019:
        rows.append([("（六）其他处理", 1, 2), *data("results", "other")])
    rows.append([("（七）总计", 1, 2), *data("results", "total")])
    rows[start].insert(0, (RESULTS, len(rows) - start, 1))
    rows.append([("四、结转下年度继续办理", 1, 3), *data("carried_forward")])
    return rows


def review(n: Numbers) -> Rows:
    five = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    names = ["upheld", "corrected", "other", "pending", "total"]
    groups = [
        ("administrative_reconsideration",),
        ("administrative_litigation", "direct"),
        ("administrative_litigation", "after_reconsideration"),
    ]
    return [
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [*((w, 2, 1) for w in five), ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        [(w, 1, 1) for w in five * 2],
        [n("review_and_litigation", *group, name) for group in groups for name in names],
    ]


def table(rows: Rows, dress: str = "") -> str:
    """Word rows as an HTML table; ``dress`` ``"word"`` adds what Word pastes."""

    def cell(words: str, rowspan: int, colspan: int) -> str:
        spans = f' rowspan="{rowspan}"' * (rowspan > 1) + f' colspan="{colspan}"' * (colspan > 1)
        if dress == "word":
            half = len(words) // 2
            broken = (
                words if words.isdigit() else f"{escape(words[:half])}<br/>{escape(words[half:])}"
            )
            return (
                f'<td{spans} style="border:solid windowtext 1.0pt;mso-border-alt:solid" valign=top>'
                f'<p class="MsoNormal" align=center><font face="仿宋_GB2312"><span lang=EN-US '
                f'style="font-size:10.5pt">{broken}<o:p></o:p></span></font>&nbsp;</p></td>'
            )
        return f"<td{spans}>{escape(words)}</td>"

    body = "\n".join("<tr>" + "".join(cell(*c) for c in row) + "</tr>" for row in rows)
    return f"<table border=1><tbody>{body}</tbody></table>"


def expand(rows: Rows, *, fill: str = "") -> list[list[str]]:
    """Lay rows out without spans, as a copy into a text does; spans leave ``fill``."""
    width = sum(cell[2] for cell in rows[0])
    grid = [[None] * width for _ in rows]
    for y, row in enumerate(rows):
        for words, rowspan, colspan in row:
            x = grid[y].index(None)
            for dy in range(rowspan):
                for dx in range(colspan):
                    grid[y + dy][x + dx] = words if dy == dx == 0 else fill
    return [[words or "" for words in row] for row in grid]


def whole(n: Numbers, tables: dict[str, str], *, paragraph: str = "<p>{}</p>") -> str:
    """Put the six sections together; ``tables`` are the middle three, ready worded."""
    parts = []
    for name, heading in HEADINGS.items():
        parts.append(paragraph.format(heading))
        parts.extend(paragraph.format(p) for p in NARRATIVES.get(name, []))
        parts.append(tables.get(name, ""))
    return "\n".join(parts)


def page(body: str, *, charset: str = "utf-8") -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{TITLE}-示例区人民政府'
        "</title><script>alert('一、总体情况')</script></head><body>"
        '<div class="nav"><ul><li><a href="#">首页</a></li><li>政府信息公开年报</li></ul></div>'
        f'<div class="main"><h1>{TITLE}</h1>'
        "<div>发布时间：2024-01-25 来源：示例区 浏览次数：31</div>"
        f'<div id="zoom">{body}</div></div>'
        '<div class="foot"><p>主办：示例区人民政府办公室</p>'
        "<p>地址：示例路1号</p></div></body></html>"
    )


def html_2021(n: Numbers, dress: str = "") -> str:
    blocks = "".join(table(rows, dress) for rows in disclosure_2021(n))
    tables = {
        "proactive_disclosure": blocks,
        "applications": table(applications(n), dress),
        "review_and_litigation": table(review(n), dress),
    }
    return page(whole(n, tables))
