"""Times nianbao beside its peers, all in one run: ``python -m benchmarks``, or ``make bench``.

    python -m benchmarks                         all groups; prints tables
    python -m benchmarks pdf --rounds 20         one group, more rounds
    python -m benchmarks --write                 also writes results/ and the picture
    python -m benchmarks --fail-under            1 if a target ratio is missed

Each report has numbers and texts of its own. A peer that this machine lacks is left out; Node's
is fetched by npm.
"""

import argparse
import sys

from benchmarks import docx_ways, pdf_ways, reports, start_ways, tell
from benchmarks.measure import Way, interleaved
from benchmarks.targets import judged

GROUPS = {"docx": docx_ways.ways, "pdf": pdf_ways.ways, "start": start_ways.ways}
ROUNDS = {"docx": 30, "pdf": 10, "start": 30}


def main() -> int:
    """Measure and tell."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks")
    asked.add_argument("groups", nargs="*", metavar="|".join(GROUPS))
    asked.add_argument("--rounds", type=int, help="how often each way is taken")
    asked.add_argument("--write", action="store_true", help="write tables, JSON and picture")
    asked.add_argument("--fail-under", action="store_true", help="1 if a target is missed")
    given = asked.parse_args()
    if unknown := set(given.groups) - GROUPS.keys():
        asked.error(f"no group {', '.join(sorted(unknown))}; there are: {', '.join(GROUPS)}")
    measured = {}
    for group in given.groups or GROUPS:
        print(tell.TITLES[group], file=sys.stderr)
        ways: list[Way] = GROUPS[group]()
        measured[group] = interleaved(ways, given.rounds or ROUNDS[group], reports.view)
    print(tell.markdown(measured), end="")
    if given.write:
        tell.FOLDER.mkdir(exist_ok=True)
        (tell.FOLDER / "results.md").write_text(tell.markdown(measured), encoding="utf-8")
        (tell.FOLDER / "results.json").write_text(tell.as_json(measured), encoding="utf-8")
        tell.picture(measured, tell.FOLDER / "speed.png")
    missed = [t for t, ratio in judged(measured) if ratio is not None and not t.is_met(ratio)]
    return 1 if given.fail_under and missed else 0


if __name__ == "__main__":
    sys.exit(main())
