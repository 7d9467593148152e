"""The two official forms, compared with `official_labels.json`, which was typed separately."""

import json
from pathlib import Path

import pytest

from toolkit.errors import FormError
from toolkit.forms import Form, choose, load_forms

OFFICIAL = json.loads((Path(__file__).parent / "official_labels.json").read_text(encoding="utf-8"))
FORMS = load_forms()
YEARS = ("2019", "2021")
KINDS = {
    "int": "count",
    "signed": "signed",
    "money_unit_unspecified": "money",
    "decimal_wan_yuan": "wan_yuan",
}


def form(year: str) -> Form:
    return FORMS[f"national-{year}"]


@pytest.mark.parametrize(("year", "counts"), [("2019", (22, 161, 15)), ("2021", (10, 175, 15))])
def test_each_form_has_exactly_the_official_cells(year, counts):
    by_section = [sum(len(t.cells) for t in s.tables) for s in form(year).sections if s.tables]

    assert tuple(by_section) == counts


@pytest.mark.parametrize("year", YEARS)
def test_the_six_headings_are_the_official_ones_in_order(year):
    assert [section.heading for section in form(year).sections] == OFFICIAL["sections"]


@pytest.mark.parametrize("year", YEARS)
def test_the_notice_and_the_years_are_the_official_ones(year):
    official = OFFICIAL["forms"][year]

    assert form(year).notice == official["doc_no"]
    assert list(form(year).years) == official["years"]


@pytest.mark.parametrize("year", YEARS)
def test_every_block_of_section_two_has_the_official_labels_and_kinds(year):
    blocks = form(year).section("proactive_disclosure").tables
    official = OFFICIAL["forms"][year]["table2"]["blocks"]

    assert [block.caption for block in blocks] == [block["cap"] for block in official]
    for block, wanted in zip(blocks, official, strict=True):
        heads = [block.corner, *(column.label for column in block.columns)]
        assert heads == [label for label, _ in wanted["head"]]
        rows = {row.label: [c.kind for c in block.cells if c.row[0] is row] for row in block.rows}
        assert rows == {k: [KINDS[kind] for kind in v] for k, v in wanted["rows"].items()}


@pytest.mark.parametrize("year", YEARS)
def test_every_row_and_column_of_section_three_has_the_official_label(year):
    table = form(year).section("applications").tables[0]
    official = OFFICIAL["table3"]

    assert table.corner == official["corner"]
    chains = list(dict.fromkeys(cell.column for cell in table.cells))
    columns = ["/".join(item.label for item in chain[1:]) for chain in chains]
    assert columns == official["cols"]
    rows = list(dict.fromkeys(tuple(item.label for item in cell.row) for cell in table.cells))
    assert rows == official_rows(year)


def official_rows(year):
    rows = []
    for _, *labels in OFFICIAL["table3"]["rows"]:
        if labels[-1].startswith("<"):  # （六）其他处理 has rows below it in the form of 2021
            below = OFFICIAL["forms"][year]["other_rows"]
            rows.extend((*labels[:-1], label) for label in below or [])
            rows.extend([] if below else [tuple(labels[:-1])])
        else:
            rows.append(tuple(labels))
    return rows


@pytest.mark.parametrize("year", YEARS)
def test_every_column_of_section_four_has_the_official_label(year):
    cells = form(year).section("review_and_litigation").tables[0].cells

    assert [[item.label for item in cell.column] for cell in cells] == OFFICIAL["table4"]["cols"]


@pytest.mark.parametrize("year", YEARS)
def test_the_sums_of_the_form_cover_every_column_and_row(year):
    rows = {"2019": 23, "2021": 25}[year]
    expected = {"N201": 7, "N202": 7, "N203": rows, "N204": 3}

    counted: dict[str, int] = {}
    for equation in form(year).equations:
        counted[equation.formula.code] = counted.get(equation.formula.code, 0) + 1

    assert counted == expected


@pytest.mark.parametrize("year", YEARS)
def test_only_totals_are_derived(year):
    for cell in form(year).cells:
        assert cell.derived == ("总计" in cell.label.replace("（七）", "")), cell.path


@pytest.mark.parametrize(
    ("year", "chosen"),
    [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2025, "2021"), (2018, None)],
)
def test_the_year_chooses_the_form(year, chosen):
    found = choose(FORMS.values(), year)

    assert (found.id if found else None) == (chosen and f"national-{chosen}")


def test_a_form_may_say_only_what_differs(tmp_path):
    file = tmp_path / "own.yaml"
    file.write_text(
        "id: own\nextends: national-2021\nname: 本省格式\n"
        "fields:\n  - {id: hotline, label: 热线, kind: line}\n"
        "sections:\n  - {id: supplement, heading: 七、附表, kind: matrix, cells: count,\n"
        "     columns: [{id: sites, label: 网站数}], rows: [{id: city, label: 全市}]}\n",
        encoding="utf-8",
    )

    own = load_forms([file])["own"]

    assert len(own.cells) == 200 + 1
    assert own.sections[-1].heading == "七、附表"
    assert own.key(("hotline",)).label == "热线"
    assert choose([FORMS["national-2021"], own], 2025) is own


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("id: own\nextends: nowhere\n", "2:1: There is no form “nowhere” to extend here."),
        ("id: own\nextends: national-2021\nsectoins: []\n", "3:1: “sectoins” is not known here"),
        ("id: national-2021\nname: x\n", "1:1: The form “national-2021” is already there."),
        ("name: x\n", "1:1: “id” is missing here."),
        (
            "id: own\nextends: national-2021\nsections:\n  - id: applications\n    formulas:\n"
            "      - {id: E9, code: N209, per: column, expression: new == nothing}\n",
            "6:9: “nothing” is no row of this table.",
        ),
    ],
)
def test_a_fault_in_a_form_is_said_with_its_place(tmp_path, content, said):
    file = tmp_path / "own.yaml"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(FormError) as raised:
        load_forms([file])

    assert str(raised.value).startswith(f"{file}:")
    assert said in str(raised.value)
