"""Form files with slips of every kind: refused with their place, or whatever loads works."""

import copy
import os
import random

import pytest
import yaml

from tests.conftest import ROOT
from toolkit import pipeline
from toolkit.errors import FormError, SourceError
from toolkit.forms import load_forms
from toolkit.forms.json_schema import json_schema
from toolkit.forms.starter import Starter
from toolkit.registry import Registry
from toolkit.render.workbook import document as workbook
from toolkit.render.workbook.document import Filling
from toolkit.sources import read_text
from toolkit.testing.sample_reports import specimen, year_of
from toolkit.validation import validate

SOURCE = ROOT / "tests" / "foreign" / "library" / "forms" / "library-2020.yaml"
SLIPS = int(os.environ.get("NIANBAO_FORM_SLIPS", "600"))
"""How many mutated forms are tried; each of seed and number is the same every time."""
WORDS = (
    *("", "甲", "a.b", "id", "title", "total", "0", "-", "{year}", "{office}", "sum(x)", "1 == 1"),
    *("x" * 300, "\u0001", "null", "/", "a == b / 0", "text", "parts", "list", "count", "第一、"),
)
KEYS = (
    *("kind", "cells", "derived", "rows", "columns", "blocks", "formulas", "per", "required"),
    *("parts", "notes", "extends", "caption", "unit", "choices"),
)
THINGS = (
    None,
    True,
    0,
    -1,
    2**70,
    1.5,
    [],
    {},
    [[]],
    ["a"],
    {"id": "x"},
    [{"id": "x", "label": "y"}],
)


def places(tree, path=()):
    """Every place in a tree, the top left out."""
    pairs = (
        tree.items()
        if isinstance(tree, dict)
        else enumerate(tree)
        if isinstance(tree, list)
        else ()
    )
    for step, below in pairs:
        yield (*path, step)
        yield from places(below, (*path, step))


def slipped(tree, dice):
    """A copy with one to three slips."""
    tree = copy.deepcopy(tree)
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        every = list(places(tree))
        if not every:
            break
        *above, last = dice.choice(every)
        holder = tree
        for step in above:
            holder = holder[step]
        slip(holder, last, every, tree, dice)
    return tree


def slip(holder, last, every, tree, dice):
    what = dice.randrange(7)
    if what == 0:
        del holder[last]
    elif what == 1:
        holder[last] = dice.choice(WORDS)
    elif what == 2:
        holder[last] = copy.deepcopy(dice.choice(THINGS))
    elif what == 3 and isinstance(holder, list):
        holder.insert(last, copy.deepcopy(holder[last]))
    elif what == 4 and isinstance(holder, dict):
        holder[dice.choice((*KEYS, dice.choice(WORDS)))] = holder.pop(last)
    elif what == 5:
        *above, other = dice.choice(every)
        node = tree
        for step in above:
            node = node[step]
        holder[last] = copy.deepcopy(node[other])
    elif isinstance(holder, list):
        dice.shuffle(holder)


@pytest.fixture(scope="module")
def plugin():
    return Registry([SOURCE.parents[2]]).get("library")


def works(form, plugin, registry, *, whole):
    """Take a form that loaded through what every command does with it."""
    words = Starter(form, {"year": year_of(form)}, "en").text()
    validate(read_text(words.encode(), "new.yaml", ".yaml"), form)
    json_schema(form)
    try:
        checked = specimen(plugin, form, year_of(form), whole=True)
    except ValueError:  # a pattern, or limits that nothing made up keeps
        return False
    pipeline.view(checked)
    if whole:
        pipeline.render(checked, [registry.formats(plugin)["html"]])
        workbook.write(Filling(form, checked.report.record.document))
    return True


def loaded(file):
    """Load a form file: the form, or the message that refuses it."""
    try:
        return list(load_forms([file]).values())[-1], ""
    except SourceError as error:
        return None, str(error.findings[0].position)
    except FormError as error:
        return None, str(error)


def test_a_form_with_slips_is_refused_with_its_place_or_works(tmp_path, plugin):
    tree = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    registry, file = Registry([SOURCE.parents[2]]), tmp_path / "form.yaml"
    refused, working = 0, 0
    for number in range(SLIPS):
        content = yaml.safe_dump(slipped(tree, random.Random(number)), allow_unicode=True)
        file.write_text(content, encoding="utf-8")
        form, refusal = loaded(file)
        assert form or refusal.startswith(f"{file}:"), f"{number}: {refusal}\n{content}"
        refused += form is None
        try:
            working += form is not None and works(form, plugin, registry, whole=number % 20 == 0)
        except Exception as error:
            raise AssertionError(f"{number}: {type(error).__name__}: {error}\n{content}") from error

    assert refused > SLIPS / 4
    assert working > SLIPS / 10


HEAD = """\
id: own
name: 格式
notice: {number: 一}
years: {from: 2020}
title: "{organization}{year}年报告"
"""
TEXT = "sections: [{id: a, heading: 一、甲, kind: narrative}]\n"
COLUMN = "{id: c, label: 列}"
GROUPS = f"{{label: 甲, columns: [{COLUMN}]}}, {{label: 乙, columns: [{COLUMN}]}}"
BLOCK = f"{{id: b, caption: 丙, columns: [{{id: g, label: 组, columns: [{COLUMN}]}}]}}"


def section(kind):
    """A form with one section of another kind."""
    return HEAD + TEXT.replace("kind: narrative", kind)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (HEAD, "1:1: “sections” is missing here."),
        (HEAD + TEXT.replace("id: a", "id: title"), "6:12: The id “title” is that of another"),
        (f"{HEAD}fields: [{{id: a, label: 乙, kind: line}}]\n{TEXT}", "7:12: The id “a” is that"),
        (f"{HEAD}fields: [{{id: b, label: 乙, kind: url}}]\n{TEXT}", "“kind” is one of:"),
        (HEAD.replace("{year}年", "{jahr}年") + TEXT, "“{jahr}” cannot stand in “title”"),
        (HEAD.replace("from: 2020", "from: 2020, to: 2019") + TEXT, "“to” is before “from” here."),
        (section("kind: narrative, columns: []"), "“columns” is not known here"),
        (section("kind: blocks"), "“blocks” is missing here."),
        (section(f"kind: blocks, blocks: [{BLOCK}]"), "A block has plain rows and columns"),
        (section("kind: matrix, columns: [{label: 列}]"), "“id” is missing here."),
        (section(f"kind: matrix, columns: [{GROUPS}]"), "Two cells have the path a.c"),
        (HEAD + TEXT.replace("id: a", "id: a.b"), "“a.b” is no id"),
        (section("parts: [{note: 注}]"), "A note stands after a table."),
    ],
)
def test_what_would_go_wrong_later_is_refused_with_its_place(tmp_path, content, said):
    file = tmp_path / "own.yaml"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(FormError) as raised:
        load_forms([file])

    assert str(raised.value).startswith(f"{file}:")
    assert said in str(raised.value)
