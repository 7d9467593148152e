"""Findings as they are shown."""

import json
from dataclasses import replace

import pytest
from lxml import etree

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


HARMFUL = "a\x1b[31m\n::error::forged\r##[error]forged ##vso[task.setvariable]x\x9b2J\u202e"


@pytest.mark.parametrize("format_", ["text", "github", "gitlab", "junit", "json", "sarif"])
def test_a_name_from_outside_gives_no_command_to_terminal_or_runner(format_):
    place = replace(finding(1, 1), position=Position(HARMFUL, 1, 1), field=HARMFUL)
    forged = replace(place, message=text("{x}", x=HARMFUL), remedy=text("{x}", x=HARMFUL))
    related = replace(forged, related=((Position(HARMFUL, 1, 1), text("here")),))

    said = printer(format_)([related], {HARMFUL: HARMFUL})

    lines = [line.strip() for line in said.splitlines()]
    own = 1 if format_ == "github" else 0
    assert sum(line.startswith("::") for line in lines) == own
    if format_ in ("text", "github"):
        assert not {"\x1b", "\x9b", "\u202e", "\r"} & set(said)
        assert "##[" not in said
        assert "##vso[" not in said
    else:
        assert "\x1b" not in said  # JSON and XML write it otherwise


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


def test_sarif_names_rule_place_and_level():
    log = json.loads(shown(finding(2, 10, 3), format_="sarif"))

    assert log["version"] == "2.1.0"
    run = log["runs"][0]
    assert run["tool"]["driver"]["rules"][0]["id"] == "N501"
    result = run["results"][0]
    assert (result["ruleId"], result["level"]) == ("N501", "warning")
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "report.yaml"},
        "region": {"startLine": 2, "startColumn": 10, "endColumn": 13},
    }
    assert "Correct one." in result["message"]["text"]


def test_junit_fails_a_case_for_an_error_only():
    errors = replace(finding(2, 10), severity=Severity.ERROR)
    root = etree.fromstring(shown(finding(1, 1), errors, format_="junit").encode())

    suite = root.find("testsuite")
    assert (suite.get("name"), suite.get("tests"), suite.get("failures")) == (
        "report.yaml",
        "2",
        "1",
    )
    assert len(suite.findall("testcase/failure")) == 1
    assert len(suite.findall("testcase/system-out")) == 1


def test_junit_has_a_passed_case_for_a_file_without_findings():
    root = etree.fromstring(shown(format_="junit").encode())

    assert [case.get("name") for case in root.iter("testcase")] == ["check"]


def test_github_annotations_stand_at_their_line_and_cannot_be_forged():
    forged = replace(finding(2, 10, 3), message=text("a%\n::error::b"), field="x,y:z")
    line = shown(forged, format_="github")

    assert line == (
        "::warning file=report.yaml,title=N501 x%2Cy%3Az,line=2,col=10,endColumn=13"
        "::a%25%0A\ufffd:error::b%0ACorrect one.\n"
    )


def test_gitlab_issues_have_fingerprints_of_their_own():
    issues = json.loads(shown(finding(2, 10), finding(2, 14), format_="gitlab"))

    assert [issue["location"]["lines"]["begin"] for issue in issues] == [2, 2]
    assert len({issue["fingerprint"] for issue in issues}) == 2
    assert {issue["severity"] for issue in issues} == {"minor"}
