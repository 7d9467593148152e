"""Time a check of one report, warm: ``python -m benchmarks.check``. At most 30 ms are allowed."""

import statistics
import sys
import time
from pathlib import Path

from toolkit import resources
from toolkit.forms import load_forms
from toolkit.registry import Registry
from toolkit.report import build
from toolkit.rules import check
from toolkit.sources import read
from toolkit.validation import validate

SAMPLE = (
    resources.plugins() / "heilongjiang" / "examples" / "taoshan-commerce-2022-on-2021-form.yaml"
)
ALLOWED = 0.030
RUNS = 30


def once(file: Path) -> float:
    """Load, validate and check one report; seconds."""
    form = FORMS["national-2021"]
    start = time.perf_counter()
    source = read(file)
    record, found = validate(source, form)
    check(build(record, form), REGISTRY.rules(form), found=found)
    return time.perf_counter() - start


FORMS = load_forms()
REGISTRY = Registry()


def main() -> int:
    """Print the median and the worst run; 1 if the median is above what is allowed."""
    once(SAMPLE)
    times = sorted(once(SAMPLE) for _ in range(RUNS))
    median = statistics.median(times)
    print(f"median {1000 * median:.1f} ms, worst {1000 * times[-1]:.1f} ms, {RUNS} runs")
    return 0 if median <= ALLOWED else 1


if __name__ == "__main__":
    sys.exit(main())
