"""Files that a Word template takes in: pictures and documents of the template folders."""

from collections.abc import Sequence
from pathlib import Path

from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.image.image import Image

from toolkit.messages import Text, text
from toolkit.render.docx.slots import Misplaced

_MOST = 20
"""Megabytes of one picture."""
_WIDEST = 1000
"""Millimetres."""
_PUT = text("Put it into the plugin's template folder; paths begin there.")
_SAVE = text("Save the picture as PNG or JPEG.")
_OTHERS = (
    (0, b"<svg", "SVG"),
    (0, b"<?xml", "SVG"),
    (8, b"WEBP", "WebP"),
    (4, b"ftyphei", "HEIC"),
    (4, b"ftypmif1", "HEIC"),
    (4, b"ftypmsf1", "HEIC"),
    (4, b"ftypavif", "AVIF"),
    (0, b"%PDF", "PDF"),
    (0, b"\xd7\xcd\xc6\x9a", "WMF"),
    (0, b"\x00\x00\x00\x0cJXL", "JPEG XL"),
    (0, b"\x00\x00\x01\x00", "ICO"),
)


def inside(folders: Sequence[Path], file: object) -> Path:
    """Find a file of the template folders.

    Raises:
        Misplaced: there is none, or the name leads out of them.
    """
    name, outside = str(file), False
    for folder in folders:
        found = (folder / name).resolve()
        if not found.is_relative_to(folder.resolve()):
            outside = True
        elif found.is_file():
            return found
    if outside:
        raise _wrong(name, text("it lies outside the template folders"), _PUT)
    raise _wrong(name, text("there is no such file in the template folders"), _PUT)


def picture(folders: Sequence[Path], file: object) -> Path:
    """Find a picture that Word can show.

    Raises:
        Misplaced: says what is wrong with it.
    """
    path = inside(folders, file)
    size = path.stat().st_size
    if size > _MOST * 1_000_000:
        problem = text("it has {size} MB, which would be in every report; {most} MB are the most",
                       size=size // 1_000_000, most=_MOST)  # fmt: skip
        raise _wrong(str(file), problem, _SAVE)
    data = path.read_bytes()
    if not data:
        raise _wrong(str(file), text("the file is empty"), _SAVE)
    for place, mark, kind in _OTHERS:
        if data[place:].lstrip(b"\xef\xbb\xbf \r\n\t" if not place else b"").startswith(mark):
            problem = text("it is {kind}, which Word cannot show", kind=kind)
            raise _wrong(str(file), problem, _SAVE)
    _see(str(file), data)
    return path


def _see(name: str, data: bytes) -> None:
    """Read the head of a picture as python-docx will."""
    try:
        image = Image.from_blob(data)
        good = image.px_width > 0 and image.px_height > 0
    except UnrecognizedImageError:
        raise _wrong(name, text("it is no picture"), _SAVE) from None
    except (InvalidImageStreamError, UnexpectedEndOfFileError, ValueError, KeyError) as error:
        problem = text("the picture is damaged ({problem})", problem=error)
        raise _wrong(name, problem, _SAVE) from error
    except Exception as error:  # a head cut anywhere may raise anything
        problem = text("the picture is damaged ({problem})", problem=type(error).__name__)
        raise _wrong(name, problem, _SAVE) from error
    cut = data.startswith(b"\x89PNG") and b"IEND" not in data[-64:]
    cut |= data.startswith(b"\xff\xd8") and b"\xff\xd9" not in data[-4096:]
    if cut or not good:
        problem = text("the picture is damaged ({problem})", problem="EOF" if cut else "0 px")
        raise _wrong(name, problem, _SAVE)


def width(value: object) -> float:
    """Read the width of a picture in millimetres.

    Raises:
        Misplaced: it is no number, or no picture is that wide.
    """
    try:
        number = float(str(value))
    except ValueError:
        number = 0
    if not 1 <= number <= _WIDEST:
        message = text("the width of a picture is a number of millimetres from 1 to {most}, not "
                       "“{value}”", most=_WIDEST, value=value)  # fmt: skip
        raise Misplaced(message, text("Write {example}.", example="image('seal.png', 40)"))
    return number


def _wrong(name: str, problem: Text, remedy: Text) -> Misplaced:
    return Misplaced(text("{file}: {problem}", file=name, problem=problem), remedy)
