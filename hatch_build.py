"""Build hook: message catalogues (.po, read by people) become .mo (read by gettext)."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_catalogues(root: Path) -> list[Path]:
    """Compile each ``toolkit/messages/*/LC_MESSAGES/*.po`` beside itself; return the .mo files."""
    made = []
    for po in sorted(root.glob("toolkit/messages/*/LC_MESSAGES/*.po")):
        with po.open("rb") as source:
            catalogue = read_po(source)
        mo = po.with_suffix(".mo")
        with mo.open("wb") as target:
            write_mo(target, catalogue)
        made.append(mo)
    return made


class CatalogueHook(BuildHookInterface):
    """Runs for the wheel, the source distribution and the editable install alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before files are collected."""
        compile_catalogues(Path(self.root))
