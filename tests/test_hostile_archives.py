"""Spreadsheets and Word documents made to harm: refused in a sentence, or read as if harmless."""

import io
import os
import resource
import struct
import subprocess
import sys
import zipfile

import pytest

from tests import workbooks
from tests.conftest import FULL_SIZE, PATIENCE

SECRET = "the secret of this machine"  # noqa: S105
MAIN = {"xlsx": "xl/worksheets/sheet2.xml", "ods": "content.xml", "docx": "word/document.xml"}
BROKEN = "The file is broken, encrypted, or not what its name says."


@pytest.fixture(scope="module")
def originals(tmp_path_factory):
    """A workbook, the same as ODS, and a Word document, as parts by name."""
    folder = tmp_path_factory.mktemp("originals")
    book = folder / "book.xlsx"
    for words in (
        ("workbook", FULL_SIZE, "-o", book),
        ("generate", FULL_SIZE, "-f", "docx", "-o", folder),
    ):
        subprocess.run([sys.executable, "-m", "toolkit.cli.main", *map(str, words)], check=True)
    files = (book, workbooks.through_office(book, "ods"), folder / "full-size-2024.docx")
    return {file.suffix[1:]: parts(file.read_bytes()) for file in files}


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(contents, more=()):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in (*contents.items(), *more):
            archive.writestr(name, data)
    return target.getvalue()


def before_the_root(kind, contents, declared, text=""):
    """Put a document type before the root of the main part, and a text into it."""
    main = contents[MAIN[kind]].decode()
    root = main.partition("?>")[2].lstrip() if main.startswith("<?xml") else main
    inside = root.index(">") + 1
    root = root[:inside] + text + root[inside:]
    return declared + root


def changed(kind, contents, main):
    return packed({**contents, MAIN[kind]: main if isinstance(main, bytes) else main.encode()})


def outside(secret):
    return f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'


LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(12)
)
LONG = f"<!--{'x' * 5000}-->"


def entity(kind, contents, secret):
    return changed(kind, contents, before_the_root(kind, contents, outside(secret), "&e;"))


def hidden_entity(kind, contents, secret):
    declared = LONG + outside(secret)
    return changed(kind, contents, before_the_root(kind, contents, declared, "&e;"))


def entity_in_utf_16(kind, contents, secret):
    told = before_the_root(kind, contents, outside(secret), "&e;")
    return changed(
        kind, contents, f'<?xml version="1.0" encoding="UTF-16"?>{told}'.encode("utf-16")
    )


def outside_type(kind, contents, secret):
    declared = f'{LONG}<!DOCTYPE x SYSTEM "file://{secret}">'
    return changed(kind, contents, before_the_root(kind, contents, declared))


def laughs(kind, contents, secret):
    declared = f"<!DOCTYPE x [{LAUGHS}]>"
    return changed(kind, contents, before_the_root(kind, contents, declared, "&l11;"))


def hidden_laughs(kind, contents, secret):
    declared = f"{LONG}<!DOCTYPE x [{LAUGHS}]>"
    told = before_the_root(kind, contents, declared, '<x y="&l11;">&l11;</x>')
    return changed(kind, contents, told)


def deep(kind, contents, secret):
    told = before_the_root(kind, contents, "", "<x>" * 200_000 + "</x>" * 200_000)
    return changed(kind, contents, told)


def blank_bomb(kind, contents, secret):
    return packed(contents, [("more.xml", bytes(300_000_000))])


def bomb_in_the_main_part(kind, contents, secret):
    told = before_the_root(kind, contents, "", "<x/>" * 20_000_000)
    return changed(kind, contents, told)


def many(kind, contents, secret):
    return packed(contents, [(f"more/{number}.xml", b"") for number in range(5_000)])


def liar(kind, contents, secret):
    """The main part is 100 MB, and the archive says it has a hundred bytes."""
    told = before_the_root(kind, contents, "", " " * 100_000_000)
    data = changed(kind, contents, told)
    size = struct.pack("<I", len(told.encode()))
    assert size in data
    return data.replace(size, struct.pack("<I", 100))


def overlapping(kind, contents, secret):
    """Thousands of entries that share the same packed megabytes."""
    data = packed({**contents, "more.xml": bytes(50_000_000)})
    end = data.rindex(b"PK\5\6")
    size, start = struct.unpack("<II", data[end + 12 : end + 20])
    directory = data[start : start + size]
    last = directory[directory.rindex(b"PK\1\2") :]
    copies = b"".join(last.replace(b"more.xml", f"{n:04}.xml".encode()) for n in range(1_000))
    count = len(contents) + 1 + 1_000
    tail = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, size + len(copies), start, 0)
    return data[: start + size] + copies + tail


def paths(kind, contents, secret):
    names = ("../../escaped.txt", f"{secret.parent}/escaped.txt", "..\\escaped.txt", "a/../../b")
    return packed(contents, [(name, "escaped") for name in names])


def archive_in_archive(kind, contents, secret):
    inner = packed({"zeros": bytes(50_000_000)})
    for _ in range(5):
        inner = packed({str(n): inner for n in range(10)})
    return packed(contents, [("inner.zip", inner)])


ATTACKS = {
    entity: BROKEN,
    hidden_entity: BROKEN,
    entity_in_utf_16: BROKEN,
    outside_type: BROKEN,
    laughs: BROKEN,
    hidden_laughs: BROKEN,
    deep: BROKEN,
    blank_bomb: "NIANBAO_MAX_ARCHIVE_BYTES",
    bomb_in_the_main_part: "NIANBAO_MAX_ARCHIVE",
    many: "NIANBAO_MAX_ARCHIVE_ENTRIES",
    liar: BROKEN,
    overlapping: "NIANBAO_MAX_ARCHIVE_BYTES",
    paths: "",
    archive_in_archive: "",
}
"""Who makes the file → what is said; nothing where it is read as if that were not in it."""


def run(*words):
    return subprocess.run(
        [sys.executable, "-m", "toolkit.cli.main", *map(str, words)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, "LANGUAGE": "en"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30)),
    )


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
@pytest.mark.parametrize("kind", MAIN)
def test_it_is_refused_in_a_sentence_or_read_as_if_harmless(originals, tmp_path, kind, attack):
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()
    file = inside / f"report.{kind}"
    file.write_bytes(attack(kind, originals[kind], secret))
    target = inside / "data.yaml"

    done = run("import", file, "-o", target) if kind == "docx" else run("check", file)

    told = done.stdout + done.stderr
    assert "Traceback" not in told
    assert SECRET not in told
    if ATTACKS[attack]:
        assert done.returncode == 1, told
        assert ATTACKS[attack] in told
        assert not target.exists()
    else:
        assert done.returncode == 0, told
    assert not list(tmp_path.rglob("escaped*"))
    assert not (tmp_path.parent / "escaped.txt").exists()
