"""Build hook: compiles the message catalogues and puts the three data rooms into the wheel."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in for today, which a catalogue would tell otherwise: equal wordings, equal bytes."""


def compile_catalogues(root: Path) -> list[Path]:
    """Compile each catalogue of the toolkit and of the plugins beside itself; return the .mo files.

    One that is the same already is left alone: a program that runs meanwhile may be reading it.
    """
    made = []
    rooms = ("toolkit/messages", "plugins/*/messages")
    for po in sorted(po for room in rooms for po in root.glob(f"{room}/*/LC_MESSAGES/*.po")):
        with po.open("rb") as source:
            catalogue = read_po(source)
        catalogue.creation_date = catalogue.revision_date = _NO_DATE
        mo = po.with_suffix(".mo")
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        if not mo.is_file() or mo.read_bytes() != compiled.getvalue():
            part = mo.with_suffix(".part")
            part.write_bytes(compiled.getvalue())
            part.replace(mo)
        made.append(mo)
    return made


class RoomsHook(BuildHookInterface):
    """Catalogues for every kind of build; the rooms for a wheel only."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Prepare what the build collects."""
        compile_catalogues(Path(self.root))
        if version == "standard":  # an editable install reads the rooms where they are
            rooms = ("schemas", "templates", "plugins")
            build_data["force_include"] = {room: f"toolkit/_bundled/{room}" for room in rooms}
