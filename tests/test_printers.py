"""Findings as they are shown."""

import json

from toolkit.diagnostics import Finding, Position, Severity
from toolkit.diagnostics.printers import printer
from toolkit.messages import text

SOURCE = "year: 2023\n概述: 共收到申请12件\n"


def finding(line, column, length=1, **more):
    return Finding(
        "N501",
        Severity.WARNING,
        Position("report.yaml", line, column),
        ("overview",),
        "概述",
        text("12 in the text, 11 in the table."),
        text("Correct one."),
        text("arithmetic"),
        length=length,
        **more,
    )


def shown(*findings, format_="text"):
    return printer(format_)(findings, {"report.yaml": SOURCE})


def test_a_frame_marks_the_place_under_characters_two_columns_wide():
    assert shown(finding(2, 10, 3)) == (
        "report.yaml:2:10: warning N501 概述: 12 in the text, 11 in the table.\n"
        " 2 | 概述: 共收到申请12件\n"
        "   |                 ^^^^\n"
        "   = Correct one.\n"
        "   = source: arithmetic\n"
    )


def test_a_long_line_is_cut_round_the_place():
    line = "甲" * 300 + "乙" + "丙" * 300
    said = printer("text")([finding(1, 301)], {"report.yaml": line})

    frame, carets = said.split("\n")[1:3]
    assert "乙" in frame
    assert len(frame) < 70
    assert carets.endswith("^^")


def test_control_characters_of_a_file_do_not_reach_the_terminal():
    said = printer("text")([finding(1, 1)], {"report.yaml": "\x1b[2J\u202eyear"})

    assert "\x1b" not in said
    assert "\u202e" not in said


def test_json_carries_the_promised_keys_and_a_summary():
    said = json.loads(shown(finding(2, 10), format_="json"))

    assert said["findings"] == [
        {
            "code": "N501",
            "severity": "warning",
            "message": "12 in the text, 11 in the table.",
            "remedy": "Correct one.",
            "file": "report.yaml",
            "line": 2,
            "column": 10,
            "field": "概述",
            "citation": "arithmetic",
        }
    ]
    assert said["summary"] == {"files": 1, "errors": 0, "warnings": 1, "notes": 0}


def test_nothing_to_say_is_an_empty_text_and_an_empty_list():
    assert shown() == ""
    assert json.loads(shown(format_="json"))["findings"] == []
