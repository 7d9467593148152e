"""Write the reference page of the rules anew: ``python -m benchmarks.rules_page``."""

from pathlib import Path

from toolkit import rules
from toolkit.rules.reference import page

PAGE = Path(rules.__file__).with_name("README.md")


def main() -> None:
    """Write the page beside the rules."""
    PAGE.write_text(page(rules.NATIONAL), encoding="utf-8")


if __name__ == "__main__":
    main()
