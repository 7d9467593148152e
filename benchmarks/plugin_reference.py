"""Write the reference for authors of plugins anew: ``python -m benchmarks.plugin_reference``."""

from toolkit import resources
from toolkit.testing.reference import page

PAGE = resources.plugins() / "REFERENCE.md"


def main() -> None:
    """Write the page beside the plugins."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
