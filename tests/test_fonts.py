"""The faces of this machine: each role its own, every character somewhere, small subsets."""

import io
import os
import subprocess
import sys

import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from toolkit import fonts

TITLE = "七台河市桃山区商务局2022年度政府信息公开工作年度报告"

BEYOND_LEVEL_1 = (
    "鿍鿎鿏𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘"
    "𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼𫠆𫠊"
    "𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁"
    "𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃"
    "𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓"
)
"""Of the 8105 characters of 通用规范汉字表 those outside U+3400–4DB5 and U+4E00–9FA5
(Unihan 15.0, kTGH); level 2 of GB 18030-2022 demands them."""


def characters_of(font):
    return {chr(point) for point in TTFont(io.BytesIO(font)).getBestCmap()}


def outline(font, number):
    pen = RecordingPen()
    font.getGlyphSet()[font.getGlyphName(number)].draw(pen)
    return [step for step in pen.value if step[0] not in ("closePath", "endPath")]


def test_the_four_roles_are_set_in_four_different_faces():
    leading = {fonts.chain(role)[0].path for role in fonts.ROLES}

    assert len(leading) == 4
    assert fonts.missing() == ()


def test_every_face_says_its_licence_and_where_it_comes_from():
    for face in fonts.faces():
        assert face.licence in (
            "OFL-1.1",
            "GPL-3.0-only WITH Font-exception-2.0",
            "Arphic-1999",
            "LicenseRef-Symbola",
        )
        assert face.source_package


@pytest.mark.parametrize("role", fonts.ROLES)
def test_every_role_has_the_characters_of_gb_18030(role):
    ascii_and_chinese = (*range(0x20, 0x7F), *range(0x3400, 0x4DB6), *range(0x4E00, 0x9FF0))

    assert fonts.uncovered("".join(map(chr, ascii_and_chinese)), role) == ()
    assert fonts.uncovered(BEYOND_LEVEL_1, role) == ()


def test_a_character_that_no_face_has_is_told_once_in_the_order_of_the_text():
    assert fonts.uncovered("年ཀ度བ報ཀ") == ("ཀ", "བ")


def test_line_ends_and_invisible_marks_need_no_glyph():
    assert fonts.uncovered("年\n度\t\u200b\ufeff報\ufe00") == ()


def test_each_character_is_given_to_one_face_and_none_is_lost():
    given = fonts.assign(set(TITLE + "（一）㐀𠀀"), "body")

    assert set().union(*given.values()) == set(TITLE + "（一）㐀𠀀")
    assert sum(map(len, given.values())) == len(set(TITLE + "（一）㐀𠀀"))


def test_a_subset_has_exactly_the_characters_asked_for():
    for face, characters in fonts.assign(set(TITLE), "body").items():
        assert characters_of(fonts.subset(face, characters)) == characters


@pytest.mark.parametrize("role", fonts.ROLES)
def test_in_a_subset_the_viewer_finds_each_glyph_under_its_number(role):
    face = fonts.chain(role)[0]
    font = TTFont(io.BytesIO(fonts.subset(face, TITLE)), checkChecksums=2)

    charset = font["CFF "].cff[0].charset
    assert charset[1:] == [f"cid{number:05}" for number in range(1, len(charset))]


def test_glyphs_kept_by_number_keep_their_numbers_and_outlines():
    whole = fonts.subset(fonts.chain("body")[0], TITLE)
    before = TTFont(io.BytesIO(whole))
    number = before.getGlyphID(before.getBestCmap()[ord("报")])

    after = TTFont(io.BytesIO(fonts.keep_glyphs(whole, frozenset({number}))))

    assert outline(after, number) == outline(before, number)
    assert outline(after, 1) == []


def test_another_process_cuts_the_same_bytes_from_other_folders(tmp_path):
    face = fonts.chain("body")[0]
    program = (
        "import sys; from toolkit import fonts;"
        f"sys.stdout.buffer.write(fonts.subset(fonts.chain('body')[0], {TITLE!r}))"
    )
    bare = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "PYTHONHASHSEED": "7"}

    other = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=bare, capture_output=True, check=True
    )

    assert other.stdout == fonts.subset(face, TITLE)


def test_an_office_may_lend_its_own_face_and_a_broken_file_is_passed_over(tmp_path):
    borrowed = fonts.subset(fonts.chain("subheading")[0], TITLE)
    (tmp_path / "SIMFANG.TTF").write_bytes(borrowed)
    (tmp_path / "simhei.ttf").write_bytes(b"no font")
    program = (
        "from toolkit import fonts;"
        "print([fonts.chain(role)[0].path.name for role in ('heading', 'body')])"
    )

    said = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "NIANBAO_FONT_DIR": str(tmp_path)},
        capture_output=True,
        check=True,
        text=True,
    )

    assert said.stdout == "['FandolHei-Regular.otf', 'SIMFANG.TTF']\n"


def test_a_machine_without_fonts_is_told_what_to_install(tmp_path):
    program = (
        "import sys; sys.prefix = '.';"
        "from toolkit.fonts import search; search._of_the_system = lambda: iter(());"
        "from toolkit import fonts;"
        "print([(lack.role, lack.package, lack.stands_in) for lack in fonts.missing()]);"
        "print(fonts.uncovered('年报'))"
    )

    said = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, check=True, text=True
    )

    assert said.stdout == (
        "[('title', 'fonts-noto-cjk', None), ('heading', 'texlive-lang-chinese', None), "
        "('subheading', 'texlive-lang-chinese', None), ('body', 'texlive-lang-chinese', None)]\n"
        "('年', '报')\n"
    )


def test_a_fingerprint_tells_faces_apart():
    every = {(face.path, face.index) for face in fonts.faces()}

    assert len({fonts.fingerprint(face) for face in fonts.faces()}) == len(every)
