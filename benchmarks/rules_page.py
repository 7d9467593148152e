"""Write the reference pages of the rules anew: ``python -m benchmarks.rules_page``."""

from pathlib import Path

from toolkit import rules
from toolkit.registry import Registry
from toolkit.rules.reference import page


def pages() -> dict[Path, str]:
    """Return each page with its words: the general rules beside them, a kind's beside its own."""
    registry = Registry()
    found = {Path(rules.__file__).with_name("README.md"): page(rules.GENERAL)}
    for kind in registry.kinds.values():
        owner = next(name for name, kinds in registry.offers.items() if kind in kinds)
        found[Path(registry.places[owner]) / kind.id / "RULES.md"] = page(kind.rules)
    return found


def main() -> None:
    """Write each page."""
    for file, words in pages().items():
        file.write_text(words, encoding="utf-8")


if __name__ == "__main__":
    main()
