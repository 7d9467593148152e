"""One face, and the table of those that could be used (``schemas/fonts.yaml``)."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from toolkit import resources
from toolkit.forms.reader import Fields
from toolkit.sources import read

ROLES = ("title", "heading", "subheading", "body")
"""小标宋, 黑体, 楷体, 仿宋, as GB/T 9704-2012 names them."""

FALLBACK = "fallback"
"""The role whose faces stand behind every other role's own."""


@dataclass(frozen=True, slots=True)
class Face:
    """One face that is on this machine.

    ``path`` and ``index`` (of a collection, from 0) say where; ``role`` what it was chosen
    for, one of `ROLES` or ``"fallback"``. ``characters`` is ``"all"``, ``"han"`` or
    ``"latin"``: what the face is let set, since the digits of a Chinese face may not go with
    its Chinese. ``licence`` is an SPDX expression or says whose it is.
    """

    role: str
    family: str
    path: Path
    index: int
    licence: str
    source_package: str
    characters: str = "all"

    def may_set(self, character: str) -> bool:
        """Check whether the character is of the kind this face is let set.

        A dash goes with the Chinese: there it fills its square, so that —— is one line.
        """
        if self.characters == "han":
            return character in "〇—" or "\u4e00" <= character <= "\u9fff"
        if self.characters == "latin":
            return " " <= character <= "\u024f"
        return True


@dataclass(frozen=True, slots=True)
class Candidate:
    """A face the table names; ``files`` are names of files, any of which will do."""

    id: str
    files: tuple[str, ...]
    index: int
    family: str
    package: str
    licence: str
    characters: str
    own_folder: bool

    def at(self, path: Path, role: str) -> Face:
        """Make a face of it, found at a path and chosen for a role."""
        return Face(
            role, self.family, path, self.index, self.licence, self.package, self.characters
        )


@lru_cache(maxsize=1)
def candidates() -> dict[str, tuple[Candidate, ...]]:
    """Read the table: by role, the candidates in order.

    Raises:
        FormError: the table is not valid; begins with file:line:column.
    """
    table = Fields.of(read(resources.schemas() / "fonts.yaml").root, "roles faces")
    known = {}
    for node in table.items("faces"):
        fields = Fields.of(node, "id files index family package licence characters own_folder")
        known[fields.text("id")] = Candidate(
            fields.text("id"),
            fields.words("files"),
            fields.number("index") or 0,
            fields.text("family"),
            fields.text("package", ""),
            fields.text("licence"),
            fields.text("characters", "all"),
            fields.flag("own_folder"),
        )
    roles = table.find("roles")
    if roles is None:
        return {}
    names = (*ROLES, FALLBACK)
    chosen = Fields.of(roles, " ".join(names))
    return {name: tuple(known[face] for face in chosen.words(name)) for name in names}
