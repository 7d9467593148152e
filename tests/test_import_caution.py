"""No wrong cell in silence: what offices alter is read right, or reported and kept aside."""

from decimal import Decimal

import pytest

from tests import published, published_files
from tests.importing import codes, imported
from tests.published import Numbers
from toolkit.importers import import_report
from toolkit.importers.review import review

SHAPES = {**published_files.TEXT_SHAPES}
PATH = ("proactive_disclosure", "article_20_8", "administrative_charges", "amount")


@pytest.fixture
def report():
    n = Numbers()
    return n, published_files.tables(n)


def page(tables, shape=published.table):
    worded = {name: "".join(map(shape, found)) for name, found in tables.items()}
    return published.page(published.whole(None, worded))


def dump(tables, shape):
    worded = {name: "\n".join(map(shape, found)) for name, found in tables.items()}
    return f"{published.TITLE}\n{published.whole(None, worded, paragraph='{}')}"


def wrong(reading, truth):
    """Cells with another value than the source has; a cell left open is not wrong."""
    return {
        path: reading.values[path].value
        for path, value in truth.items()
        if reading.values[path].value not in (value, None)
    }


def left_open(reading, truth):
    return {path for path in truth if reading.values[path].value is None}


def replaced(tables, words, other):
    for found in tables.values():
        for rows in found:
            for row in rows:
                row[:] = [(other, *c[1:]) if c[0] == words else c for c in row]


@pytest.mark.parametrize("mark", ["", "/", "—", "无", "-"])
@pytest.mark.parametrize("shape", [*SHAPES, "table"])
def test_a_blank_mark_stays_what_it_is_and_shifts_no_other_cell(tmp_path, report, mark, shape):
    n, tables = report
    truth = dict(n.cells)
    for path, number in sorted(n.cells.items())[::5]:
        truth[path] = mark
        replaced(tables, str(number), mark)

    if shape == "table":
        reading = imported(tmp_path, page(tables))
    else:
        reading = imported(tmp_path, dump(tables, SHAPES[shape]), name="report.txt")

    assert not wrong(reading, truth)
    if mark or shape in {"table", "rows between bars", "tabs", "a cell a line with bars"}:
        assert not left_open(reading, truth)
    else:  # where blanks leave no trace, a row with one cannot be told
        assert "I011" in codes(reading)


def test_swapped_rows_and_columns_are_found_by_their_labels(tmp_path, report):
    n, tables = report
    rows = tables["applications"][0]
    rows[3], rows[4] = rows[4], rows[3]
    rows[2][0], rows[2][1] = rows[2][1], rows[2][0]
    for row in rows[3:]:
        row[-6], row[-7 + 2] = row[-7 + 2], row[-6]
    assert not imported(tmp_path, page(tables), n).unplaced


def test_an_added_column_and_an_added_row_are_kept_aside(tmp_path, report):
    n, tables = report
    rows = tables["applications"][0]
    rows[0][1], rows[1][1] = ("申请人情况", 1, 8), ("法人或其他组织", 1, 6)
    rows[2].append(("小计", 1, 1))
    for row in rows[3:]:
        row.insert(-1, ("7", 1, 1))
    rows.insert(-1, [("9.其他", 1, 3), *[("8", 1, 1)] * 8])

    reading = imported(tmp_path, page(tables), n)

    assert sum("小计: 7" in item.words for item in reading.unplaced) == 25
    assert sum(item.words.startswith("9.其他 | 8") for item in reading.unplaced) == 1


@pytest.mark.parametrize("shape", SHAPES)
def test_columns_in_another_order_are_right_or_open_in_every_text(tmp_path, report, shape):
    n, tables = report
    rows = tables["applications"][0]
    rows[1] = [rows[1][2], *rows[1][:2]]
    for row in rows[3:]:
        row[-7:] = [row[-1], *row[-7:-1]]

    reading = imported(tmp_path, dump(tables, SHAPES[shape]), name="report.txt")

    assert not wrong(reading, n.cells)


@pytest.mark.parametrize("span", [2, 4])
def test_wrong_spans_in_a_header_are_reported_and_read_in_order(tmp_path, report, span):
    n, tables = report
    rows = tables["applications"][0]
    if span == 2:
        rows[0][0] = (published.CORNER, 3, 2)
    else:
        rows[1][1] = ("法人或其他组织", 1, 4)
    assert "I014" in codes(imported(tmp_path, page(tables), n))


def test_a_table_split_in_two_goes_on_without_its_header(tmp_path, report):
    n, tables = report
    rows = tables["applications"][0]
    first, second = rows[:15], rows[15:]
    for row in first:
        row[:] = [(c[0], 10, 1) if c[0] == published.RESULTS else c for c in row]
    second[0].insert(0, ("", 12, 1))
    tables["applications"] = [first, second]
    assert not imported(tmp_path, page(tables), n).unplaced


def test_a_table_without_any_header_is_not_guessed(tmp_path, report):
    n, tables = report
    tables["applications"] = [tables["applications"][0][3:]]

    reading = imported(tmp_path, page(tables))

    assert len(left_open(reading, n.cells)) == 175
    assert sum("1010" in item.words for item in reading.unplaced) == 1


def test_numbers_are_read_as_offices_write_them_and_unclear_ones_are_kept(tmp_path, report):
    n, tables = report
    truth = dict(n.cells)
    written = {
        1009: ("316441元", Decimal("31.6441")),
        1010: ("１０", 10),
        1011: ("1,234", 1234),
        1012: ("4 件", 4),
        1013: ("3 5", "3 5"),
        1014: ("约3", "约3"),
        1015: ("①", "①"),
        1016: ("12,34", "12,34"),
        1017: ("-2", -2),
    }
    for path, number in n.cells.items():
        if number in written:
            words, truth[path] = written[number]
            replaced(tables, str(number), words)

    reading = imported(tmp_path, page(tables))

    assert {path: reading.values[path].value for path in truth} == truth
    assert codes(reading).count("I008") == 4
    assert codes(reading).count("I013") == 4


def test_the_unit_in_a_header_counts(tmp_path, report):
    _, tables = report
    replaced(tables, "本年收费金额（单位：万元）", "本年收费金额（单位：元）")
    reading = imported(tmp_path, page(tables))
    assert reading.values[PATH].value == Decimal("0.1009")


def test_a_page_that_holds_its_report_twice_gives_it_once(tmp_path, report):
    n, tables = report
    worded = {name: "".join(map(published.table, found)) for name, found in tables.items()}
    body = published.whole(None, worded)

    reading = imported(tmp_path, published.page(body + body), n)

    assert reading.values["other_matters",].value == "本年度未收取信息处理费。"
    assert not reading.unplaced


def test_two_values_for_one_cell_are_both_shown(tmp_path, report):
    n, tables = report
    again = [list(row) for row in tables["applications"][0]]
    tables["applications"].append(again)
    again[3][1] = ("77", 1, 1)

    reading = imported(tmp_path, page(tables), n)

    assert "I012" in codes(reading)
    assert any("77" in item.words for item in reading.unplaced)


def test_labels_of_both_forms_in_one_report_are_reported(tmp_path, report):
    n, tables = report
    replaced(tables, "现行有效件数", "对外公开总数量")

    reading = imported(tmp_path, page(tables))

    assert "I007" in codes(reading)
    assert not wrong(reading, n.cells)
    assert len(left_open(reading, n.cells)) == 2


def test_the_review_page_escapes_what_stands_in_the_source(tmp_path):
    words = published.page(published.whole(None, {})).replace("120条", "<b>&lt;script&gt;x</b>")
    (tmp_path / "report.html").write_text(words, encoding="utf-8")

    shown = review(import_report(tmp_path / "report.html")).decode()

    assert "&lt;script&gt;x" in shown
    assert "<script" not in shown


def test_numbers_of_a_table_behind_the_next_heading_do_not_enter_the_narrative(tmp_path, report):
    _, tables = report
    heading = published.HEADINGS["problems_and_improvements"]
    words = dump(tables, SHAPES["a cell a line"])
    words = words.replace(heading, f"{heading}\n总计\n\n56\n\n634476 753439\n")

    reading = imported(tmp_path, words, name="report.txt")

    kept = reading.values["problems_and_improvements",].value.split("\n\n")
    assert kept == published.NARRATIVES["problems_and_improvements"]
    assert {"总计", "56", "634476 753439"} <= {item.words for item in reading.unplaced}


def test_numbers_behind_a_label_that_has_none_may_be_its_own_and_are_not_taken(tmp_path, report):
    n, tables = report
    rows = tables["applications"][0]
    blank, after = rows[8], rows[9]
    rows[8] = [cell for cell in blank if not cell[0].isdigit()]
    truth = {path: None if str(v) in {c[0] for c in blank} else v for path, v in n.cells.items()}

    reading = imported(tmp_path, dump(tables, SHAPES["a cell a line"]), name="report.txt")

    assert not wrong(reading, truth)
    numbers = {int(cell[0]) for cell in after if cell[0].isdigit()}
    assert {p for p, v in n.cells.items() if v in numbers} <= left_open(reading, truth)
