"""New data files spell names as their reader does: official labels, or English ids on demand."""

import pytest

from tests.conftest import FULL_SIZE
from toolkit.forms import load_forms
from toolkit.pipeline import Demands, check
from toolkit.registry import Registry
from toolkit.sources import read


def codes(file):
    return {f.code for f in check(file, Registry(), Demands()).findings}


def words(nianbao, tmp_path, *args):
    file = tmp_path / "new.yaml"
    said = nianbao(*args[:2], "new", file, "-p", "heilongjiang", "--year", "2025", *args[2:])
    assert said.code == 0, said.all
    return file, file.read_text(encoding="utf-8")


def test_a_chinese_reader_gets_chinese_names(nianbao, tmp_path):
    file, content = words(nianbao, tmp_path, "--lang", "zh")

    assert "\n行政机关:\n  名称:" in content
    assert "予以公开: {自然人: , 商业企业: ," in content
    assert "organization" not in content
    assert not codes(file) & {"N101", "N105", "N111", "N113"}


def test_english_names_are_written_on_demand(nianbao, tmp_path):
    chinese, english = (
        words(nianbao, tmp_path, "--lang", "zh", "--force", *more)[1]
        for more in ((), ("--keys", "en"))
    )

    assert "\norganization:" in english
    assert "\n  name:" in english
    assert len(chinese) < len(english)


@pytest.mark.parametrize("form", sorted(load_forms()))
def test_every_name_is_read_as_the_field_it_stands_for(nianbao, tmp_path, form):
    year = "2020" if "2019" in form else "2025"
    records = []
    for keys in ("en", "zh"):
        file = tmp_path / f"{keys}.yaml"
        nianbao("new", file, "-p", "heilongjiang", "--year", year, "--keys", keys)
        records.append(check(file, Registry(), Demands()).record.document)

    assert records[0] == records[1]


def test_going_on_from_last_year_writes_the_date_of_signature_and_what_was_lacking(
    nianbao, tmp_path
):
    file, content = words(nianbao, tmp_path, "--lang", "zh", "--from", FULL_SIZE)

    assert "\n落款日期:" in content
    assert "\n# 网址:" in content
    assert read(file).root.find("落款日期") is not None
    assert not codes(file) & {"N101", "N105", "N111", "N113", "N123"}


@pytest.mark.parametrize("more", [(), ("--from", FULL_SIZE)], ids=["new", "from last year's"])
def test_rows_nobody_filled_in_are_told_once_a_table(nianbao, tmp_path, more):
    file, _ = words(nianbao, tmp_path, "--lang", "en", *more)

    found = [f for f in check(file, Registry(), Demands()).findings if f.code == "N119"]
    assert len(found) == 6
    assert "rows are not filled in and count as 0" in str(found[4].message)


def test_a_workbook_treats_them_alike(nianbao, tmp_path):
    file = tmp_path / "new.xlsx"
    nianbao("workbook", "--year", 2025, "-p", "heilongjiang", "-o", file)

    found = [f for f in check(file, Registry(), Demands()).findings if f.code == "N119"]
    assert len(found) == 6


def test_one_empty_cell_among_others_is_blank_and_no_zero(full_size):
    file = full_size(("natural_person: 98", "natural_person: "))

    codes_there = codes(file)

    assert "N120" in codes_there
    assert "N119" not in codes_there


def test_cells_that_say_so_stay_blank_and_are_told_once_a_table(nianbao, tmp_path):
    file, content = words(nianbao, tmp_path, "--lang", "en", "--keys", "en")
    file.write_text(content.replace(": ,", ": null,").replace(": }", ": null}"), encoding="utf-8")

    found = [f for f in check(file, Registry(), Demands()).findings if f.code == "N120"]
    assert len(found) == 6
    assert "cells of this table are empty" in str(found[4].message)
