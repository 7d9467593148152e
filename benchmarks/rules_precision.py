"""Precision and recall of the rules on the corpus: ``python -m benchmarks.rules_precision``."""

import sys

from tests.corpus import narratives, scores


def main() -> int:
    """Print one line a family; 1 if anything was missed or found wrongly."""
    print(f"{len(narratives())} narratives\nfamily\tprecision\trecall\tfound\tfalse\tmissed")
    wrong = 0
    for family, (right, false, missed) in scores().items():
        precision = right / (right + false) if right + false else 1.0
        recall = right / (right + missed) if right + missed else 1.0
        print(f"{family}\t{precision:.1%}\t{recall:.1%}\t{right}\t{false}\t{missed}")
        wrong += false + missed
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
