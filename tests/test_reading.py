"""Files that cannot be read, or hold what a data file may not: one clear message each."""

import resource
import subprocess
import sys
import time

import pytest

from tests.conftest import PATIENCE
from toolkit.sources import Scalar, read_text

START = "plugin: heilongjiang\n"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.yaml", b"", "1:1: error N106 The file holds no report"),
        ("blank.yaml", b"# nothing\n\n", "N106 The file holds no report"),
        ("list.yaml", b"- a\n- b\n", "1:1: error N106 The file holds no report"),
        ("text.yaml", b'"only text"\n', "1:1: error N106 The file holds no report"),
        ("gbk.yaml", "年度: 2022\n机关: 桃山\n".encode("gbk"), "1:1: error N102"),
        ("gbk.yaml", "年度: 2022\n机关: 桃山\n".encode("gbk"), "it seems to be in GBK"),
        ("utf16.yaml", "year: 2022\n".encode("utf-16"), "it seems to be in UTF-16"),
        ("zip.yaml", b"PK\x03\x04\xff\xff\xff", "N102 The file is not text in UTF-8"),
        (
            "tab.yaml",
            b"year: 2022\norganization:\n\tname: x\n",
            "3:1: error N101 The line is indented by a tab",
        ),
        ("quote.yaml", b'year: "2022\nform: x\n', "1:7: error N101 The quotation mark"),
        ("colon.yaml", b"title: a: b\n", "1:9: error N101 A colon stands where none may"),
        ("indent.yaml", b"a:\n    b: 1\n  c: 2\n", "3:3: error N101"),
        ("nul.yaml", b"year: 2022\x00\n", "1:11: error N107 A control character (U+0000)"),
        (
            "escape.yaml",
            b'title: "a\\x07b"\n',
            "N107 title: A control character (U+0007) stands here",
        ),
        ("anchor.yaml", b"a: &x [1]\nb: *x\n", "1:4: error N104 Anchors (&) and aliases"),
        ("tag.yaml", b"a: !!python/object/apply:os.system [id]\n", "1:4: error N104 The tag"),
        ("two.yaml", b"year: 2022\n---\nyear: 2023\n", "2:1: error N104 A second document"),
        ("key.yaml", b"? [a, b]\n: c\n", "1:3: error N101"),
        ("deep.yaml", b"a: " + b"[" * 10_000 + b"]" * 10_000, "N103 Nested deeper than 40 levels"),
        ("deep.json", b'{"a":' + b"[" * 10_000 + b"]" * 10_000 + b"}", "N103 Nested deeper"),
        ("comma.json", b'{"year": 2022,, }', "1:15: error N101"),
        ("cut.json", b'{"year": 2022', "N101"),
        ("digits.json", b'{"year": ' + b"1" * 9_000 + b"}", "N112"),
        ("half.json", b'{"year": 2024, "overview": "a\\ud800b"}', "U+D800"),
        ("nul.json", b'{"year": 2024, "overview": "a\\u0000b"}', "U+0000"),
        ("turned.yaml", "year: 2024\noverview: a\u202eb\n".encode(), "U+202E"),
        (
            "many.yaml",
            b"year: 2024\n" + b"".join(b"overvie%d: 1\n" % i for i in range(40_000)),
            "There are more than 300 faults; these are the first.",
        ),
        ("after.json", b'{"year": 2022} {"year": 2023}', "N101"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_where_and_why(nianbao, tmp_path, name, content, said):
    file = tmp_path / name
    file.write_bytes(content)

    result = nianbao("check", "-p", "heilongjiang", file)

    assert result.code == 1
    assert said in result.out
    assert result.out.startswith(f"{file}:")
    assert "Traceback" not in result.all


def test_a_byte_order_mark_is_read_over(nianbao, full_size):
    file = full_size()
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())

    assert nianbao("check", file).code == 0


def test_windows_line_ends_are_read_as_line_ends(nianbao, full_size):
    file = full_size(("natural_person: 98", "natural_person: x"))
    line = file.read_text(encoding="utf-8")[: file.read_text(encoding="utf-8").index(": x,")]
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    assert f"{file}:{line.count(chr(10)) + 1}:25: error N113" in nianbao("check", file).out


@pytest.mark.parametrize("missing", ["nothing.yaml", "nowhere", "*.yaml"])
def test_a_file_that_is_not_there_is_said(nianbao, tmp_path, missing):
    result = nianbao("check", tmp_path / missing)

    assert result.code == 2
    assert "there is no such data file" in result.err


def test_a_kind_of_file_that_is_not_read_is_said(nianbao, tmp_path):
    file = tmp_path / "report.pages"
    file.write_text("x", encoding="utf-8")

    result = nianbao("check", file)

    assert result.code == 2
    assert "data files end in" in result.err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("big.yaml", "a: " + "x" * 50_000_000),
        ("wide.yaml", "a: [" + "1," * 1_500_000 + "]"),
        ("deep.yaml", "a: " + "{a: " * 300_000),
        ("flow.yaml", "[" * 500_000),
        ("merge.yaml", "a: &a {x: 1}\n" + "".join(f"b{n}: {{<<: [*a, *a]}}\n" for n in range(999))),
        ("ring.yaml", "a: &a [*a]\n"),
        ("tag.yaml", 'a: !!python/object/apply:os.system ["touch pwned"]\n'),
        ("number.yaml", f"year: {'9' * 3_000_000}\n"),
        ("sixty.yaml", f"year: 1{':59' * 500_000}\n"),
        ("directives.yaml", "%TAG ! tag:x,2000:\n" * 100_000 + "--- x\n"),
        ("deep.json", "[" * 1_000_000),
        ("number.json", f'{{"year": {"9" * 3_000_000}}}'),
        ("bomb.yaml", "a: &a [x,x]\n" + "".join(f"{c}: &{c} [*a,*a]\n" for c in "bcdefgh")),
    ],
)
def test_a_file_made_to_harm_is_refused_quickly_and_in_little_memory(tmp_path, name, content):
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    command = [sys.executable, "-m", "toolkit.cli.main", "check", "-p", "heilongjiang", str(file)]

    began = time.monotonic()
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        cwd=tmp_path,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30)),
    )

    assert done.returncode == 1, done.stderr
    assert "error N1" in done.stdout
    assert len(done.stdout) < 10_000
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "pwned").exists()
    assert time.monotonic() - began < 20  # two seconds on a free machine


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("no", "no"),
        ("012", 12),
        ("1:30", "1:30"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("+4", 4),
        ("~", None),
        ("2023-01-20", "2023-01-20"),
    ],
)
def test_a_plain_word_means_what_its_author_thinks(word, value):
    source = read_text(f"a: {word}\n".encode(), "a.yaml", ".yaml")
    node = source.root.entries[0].node

    assert isinstance(node, Scalar)
    assert node.value == value
    assert type(node.value) is type(value)


def test_json_values_have_their_places():
    source = read_text('{"a": {\n  "键": [1, "x\\n", 2.50]}}'.encode(), "a.json", ".json")
    entry = source.root.entries[0].node.entries[0]

    assert (entry.key, entry.position.line, entry.position.column) == ("键", 2, 3)
    places = [(item.raw, item.position.line, item.position.column) for item in entry.node.items]
    assert places == [("1", 2, 9), ("x\n", 2, 12), ("2.50", 2, 19)]
