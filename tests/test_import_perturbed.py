"""Whatever an office does to its tables: every cell comes out right, or is said to be open."""

import os
import random

import pytest

from tests import published, published_files
from tests.importing import imported
from tests.published import Numbers

ROUNDS = int(os.environ.get("NIANBAO_PERTURBED", "4"))
"""Reports a shape; each has another mixture of changes."""
SHARE = 0.08
"""Of the numbers, so many are written otherwise or are blank."""
SHAPES = {
    "table": None,
    **published_files.HTML_SHAPES,
    **published_files.TEXT_SHAPES,
}
WORDINGS = {
    "规章": ["行政规章", "规 章", "规章（件）"],
    "行政规范性文件": ["规范性文件", "行政规范性\n文件"],
    "现行有效件数": ["现行有效件数（历史累计）", "现行有效\n件数", "现行有效数"],
    "本年处理决定数量": ["本年处理\n决定数量", "处理决定数量"],
    "本年收费金额（单位：万元）": ["本年收费金额(单位:万元)", "本年收费金额（万元）", "收费金额"],
    "总计": ["合计", "总 计", "小计"],
    "商业企业": ["商业\n企业", "企业", "企业单位"],
    "法律服务机构": ["法律服务\n机构", "法律服务组织"],
    "其他": ["其它"],
    "（一）予以公开": ["(一)予以公开", "1.予以公开", "予以公开"],
    published.PARTLY: ["（二）部分公开", "（二）部分公开(区分处理的,只计这一情形,不计其他情形)"],
    "1.属于国家秘密": ["1.国家秘密", "（1）属于国家秘密"],
    "3.其他": ["3.其他情形", "其他", "3、其他"],
    "（七）总计": ["（七）合计", "（七）总 计", "总计"],
    "四、结转下年度继续办理": ["四、结转下年度", "结转下年度继续办理"],
    "结果维持": ["维持", "结果\n维持"],
    "尚未审结": ["未审结", "尚未结案"],
}
WRITTEN = (
    (lambda n: f"{n:,}", lambda n: n),
    (lambda n: f"{n}件", lambda n: n),
    (lambda n: "".join(chr(ord(digit) + 0xFEE0) for digit in str(n)), lambda n: n),
    (lambda n: "/", lambda n: "/"),
    (lambda n: "", lambda n: ""),
    (lambda n: "—", lambda n: "—"),
    (lambda n: f"约{n}", lambda n: f"约{n}"),
    (lambda n: "0", lambda n: 0),
)


def each_cell(tables):
    for found in tables.values():
        for rows in found:
            for row in rows:
                for index in range(len(row)):
                    yield row, index


def perturbed(pick, n):
    """Give tables with labels, numbers, rows and columns as no form has them, and the truth."""
    tables = published_files.tables(n)
    truth = dict(n.cells)
    for change in pick.sample(CHANGES, k=pick.randint(0, 3)):
        change(pick, tables, truth)
    wordings = {old: pick.choice(new) for old, new in WORDINGS.items() if pick.random() < 0.25}
    written = {number: path for path, number in truth.items() if pick.random() < SHARE}
    for row, index in each_cell(tables):
        words, *spans = row[index]
        if words in wordings:
            row[index] = (wordings[words], *spans)
        elif words.isdigit() and int(words) in written:
            number = int(words)
            shown, meant = pick.choice(WRITTEN)
            if shown(number).endswith("件") and "article_20_8" in written[number]:
                continue
            row[index] = (shown(number), *spans)
            truth[written[number]] = meant(number)
    return tables, truth


def swap_rows(pick, tables, truth):
    rows = tables["applications"][0]
    rows[3], rows[4] = rows[4], rows[3]


def leave_a_row_out(pick, tables, truth):
    rows = tables["applications"][0]
    place = pick.choice([7, 8, 9, 15, 16, 20])
    lost = rows[place]
    if any(tall > 1 for _, tall, _ in lost):
        return
    rows.remove(lost)
    for earlier in rows[:place]:
        for index, (words, tall, wide) in enumerate(earlier):
            starts = rows.index(earlier)
            if tall > 1 and starts >= 3 and starts + tall > place:
                earlier[index] = (words, tall - 1, wide)
    for words, *_ in lost:
        for path, value in list(truth.items()):
            if str(value) == words:
                truth[path] = None


def add_a_column(pick, tables, truth):
    rows = tables["applications"][0]
    rows[0][1], rows[1][1] = ("申请人情况", 1, 8), ("法人或其他组织", 1, 6)
    rows[2].append((pick.choice(["小计", "法人或其他组织小计"]), 1, 1))
    for row in rows[3:]:
        row.insert(-1, ("7", 1, 1))


def swap_columns(pick, tables, truth):
    rows = tables["applications"][0]
    rows[2][0], rows[2][1] = rows[2][1], rows[2][0]
    for row in rows[3:]:
        first = next(index for index, cell in enumerate(row) if cell[0].isdigit())
        row[first + 1], row[first + 2] = row[first + 2], row[first + 1]


def add_a_row(pick, tables, truth):
    tables["applications"][0].insert(-1, [("9.另行说明", 1, 3), *[("8", 1, 1)] * 7])


def split(pick, tables, truth):
    rows = tables["review_and_litigation"][0]
    tables["review_and_litigation"] = [rows[:3], rows[3:]]


def merge(pick, tables, truth):
    found = tables["proactive_disclosure"]
    tables["proactive_disclosure"] = [[row for rows in found for row in rows]]


CHANGES = (swap_rows, leave_a_row_out, add_a_column, swap_columns, add_a_row, split, merge)


@pytest.mark.parametrize("shape", SHAPES)
def test_no_change_that_offices_make_gives_a_wrong_cell(tmp_path, shape):
    for seed in range(ROUNDS):
        pick = random.Random(f"{shape} {seed}")
        tables, truth = perturbed(pick, Numbers())
        within = SHAPES[shape] or published.table
        if shape in published_files.TEXT_SHAPES:
            worded = {name: "\n".join(map(within, found)) for name, found in tables.items()}
            page = f"{published.TITLE}\n{published.whole(None, worded, paragraph='{}')}"
            reading = imported(tmp_path, page, name=f"report-{seed}.txt")
        else:
            worded = {name: "".join(map(within, found)) for name, found in tables.items()}
            page = published.page(published.whole(None, worded))
            reading = imported(tmp_path, page, name=f"report-{seed}.html")

        flagged = {found.path for found in reading.findings if found.severity.label != "note"}
        wrong = {
            path: (reading.values[path].value, value)
            for path, value in truth.items()
            if reading.values[path].value not in (value, None)
        }
        assert not wrong, (shape, seed)
        missing = [path for path in truth if reading.values[path].value is None]
        assert all(any(p[: len(f)] == f for f in flagged if f) for p in missing), (shape, seed)
