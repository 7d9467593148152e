"""Which face sets which character, and what is missing."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from toolkit.fonts import glyphs
from toolkit.fonts.face import FALLBACK, ROLES, Candidate, Face, candidates
from toolkit.fonts.search import find

_PROBE = "年"
"""A character that every usable Chinese face has; a broken file has none."""
_PROBE_OF_RARE = "\U00020000"
"""For the faces that hold only rare characters."""
_PROBE_OF_SIGNS = "\U0001f600"
"""For the faces that hold signs and pictures."""


_PROBES = (_PROBE, _PROBE_OF_RARE, _PROBE_OF_SIGNS)


@dataclass(frozen=True, slots=True)
class Lack:
    """A role whose proper face is not here: which package has it, and what stands in.

    ``stands_in`` is None when nothing does; then no PDF can be made.
    """

    role: str
    family: str
    package: str
    stands_in: Face | None


@lru_cache(maxsize=1)
def faces() -> tuple[Face, ...]:
    """Return the faces of this machine, by role, in the order of their chains.

    The same files in the same folders give the same answer on every machine. Computed once in
    a process.
    """
    return tuple(
        face
        for role, named in candidates().items()
        for candidate in named
        if (face := _present(candidate, role)) is not None
    )


def _present(candidate: Candidate, role: str) -> Face | None:
    for path in find(candidate.files, candidate.own_folder):
        if any(glyphs.has(path, candidate.index, probe) for probe in _PROBES):
            return candidate.at(path, role)
    return None


@lru_cache(maxsize=8)
def chain(role: str) -> tuple[Face, ...]:
    """Return the faces that set a role's text, the preferred first, each file once."""
    seen: dict[tuple[str, int], Face] = {}
    for wanted in (role, FALLBACK):
        for face in faces():
            if face.role == wanted:
                seen.setdefault((str(face.path), face.index), face)
    return tuple(seen.values())


def missing() -> tuple[Lack, ...]:
    """Return the roles set in a face that only stands in, and what to install for each."""
    lacks = []
    for role in ROLES:
        named = [candidate for candidate in candidates()[role] if not candidate.own_folder]
        present = {face.family for face in faces() if face.role == role}
        office = {candidate.family for candidate in candidates()[role] if candidate.own_folder}
        if named and named[0].family not in present and not present & office:
            stands_in = next(iter(chain(role)), None)
            lacks.append(Lack(role, named[0].family, named[0].package, stands_in))
    return tuple(lacks)


def coverage(face: Face) -> frozenset[int]:
    """Return the code points a face sets: those it has, less those it is not let set."""
    every = glyphs.characters(face.path, face.index)
    if face.characters == "all":
        return every
    return frozenset(point for point in every if face.may_set(chr(point)))


def fingerprint(face: Face) -> str:
    """Return one version of a face from another: 16 hex digits, the same on every machine."""
    return glyphs.fingerprint(face.path, face.index)


def assign(characters: Iterable[str], role: str) -> dict[Face, frozenset[str]]:
    """Return each character to the first face of a role's chain that sets it.

    Returns:
        The faces used, in the order of the chain, each with its characters. Characters that
        no face has are left out; `uncovered` tells them.
    """
    left = {character for character in characters if ord(character) >= 0x20}
    given: dict[Face, frozenset[str]] = {}
    for face in chain(role):
        taken = frozenset(character for character in left if _sets(face, character))
        if taken:
            given[face] = taken
            left -= taken
    return given


def uncovered(text: str, role: str = "body") -> tuple[str, ...]:
    """Return the characters of a text that no face of the role's chain has, each once.

    In the order of the text. Line ends, tabs and invisible marks (joiners, variation
    selectors, byte order marks) need no glyph.
    """
    seen = dict.fromkeys(text)
    return tuple(c for c in seen if not _invisible(c) and not _covered(c, role))


@lru_cache(maxsize=65536)
def _covered(character: str, role: str) -> bool:
    return any(_sets(face, character) for face in chain(role))


def _sets(face: Face, character: str) -> bool:
    return face.may_set(character) and glyphs.has(face.path, face.index, character)


def _invisible(character: str) -> bool:
    return (
        unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp")
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
    )


def subset(face: Face, characters: Iterable[str]) -> bytes:
    """Cut a face down to some characters.

    A whole OpenType or TrueType font, a few hundred bytes a character: small enough for any
    program to read at once. Glyphs are numbered anew. Equal faces and characters give equal
    bytes on any day; the last ones are remembered.

    Args:
        face: one of `faces`.
        characters: those to keep; what the face does not have is left out.
    """
    return glyphs.keep_characters(face.path, face.index, frozenset(characters))
