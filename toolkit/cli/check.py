"""nianbao check: everything that is wrong with data files."""

import argparse
import difflib
import sys
from pathlib import Path

from toolkit import output, pipeline
from toolkit.batch.inputs import data_files, previous_file
from toolkit.cli import context, findings
from toolkit.diagnostics import Severity
from toolkit.diagnostics.printers import printer
from toolkit.diagnostics.printers.frame import printable
from toolkit.errors import SourceError, UsageError
from toolkit.messages import text
from toolkit.report import Report
from toolkit.rules.fix import as_bytes, repair, without_slips
from toolkit.sources import is_spreadsheet, offices, read_text
from toolkit.validation import knows


def run(args: argparse.Namespace) -> int:
    """Print the findings to standard output; 1 if one is an error."""
    checker = _Checker(args)
    files = map(Path, data_files(args.data))
    done = [checker.check(file, part) for file in files for part in offices(file)]
    if args.diff or args.fix:
        write = args.fix and not args.diff
        mended = {one.file for one in done if _mend(one, checker, write=write)}
        if write:
            done = [checker.check(Path(one.file)) if one.file in mended else one for one in done]
            for one in done:
                _tell_left(one, mended=one.file in mended)
    found = [finding for one in done for finding in one.findings]
    sources = {one.file: one.text for one in done}
    options = {"colour": sys.stdout.isatty()} if args.format == "text" else {}
    printed = printer(args.format)(found, sources, **options)
    if printed:
        print(printed, end="", flush=True)  # before the summary, on standard error
    if args.format == "text":
        print(findings.summary(found), file=sys.stderr)
    return 1 if any(one.has_errors for one in done) else 0


def _mend(one: pipeline.Checked, checker: "_Checker", *, write: bool) -> bool:
    """Show what is safe to mend, and mend it if asked; whether there was anything."""
    if is_spreadsheet(one.file):
        told = text("{file}: cells of a workbook are mended by hand.", file=one.file)
        print(told, file=sys.stderr)
        return False
    if not one.text:
        return False
    whole, data = _mended(one, checker)
    if whole != one.text:
        before, after = (words.splitlines(keepends=True) for words in (one.text, whole))
        sys.stderr.writelines(difflib.unified_diff(before, after, one.file, one.file))
        if write:
            output.write(Path(one.file), data)
    return whole != one.text


def _mended(one: pipeline.Checked, checker: "_Checker") -> tuple[str, bytes]:
    """Return a file with what is safe to mend: signs of the wrong width first, then values."""
    before = one.source.data if one.source else Path(one.file).read_bytes()
    whole = one.text
    if Path(one.file).suffix.lower() in (".yaml", ".yml") and one.has_errors:
        whole = without_slips(one.text, checker.known)
    data = as_bytes(whole, before) if whole != one.text else before
    if whole != one.text:
        one = checker.again(one, data)
    if one.source is None or one.record is None or one.form is None:
        return whole, data
    repaired = repair(one.record, one.form, one.source, one.report)
    return repaired.text, repaired.data


def _tell_left(one: pipeline.Checked, *, mended: bool) -> None:
    """Report how many errors mending has left, and why."""
    left = sum(finding.severity is Severity.ERROR for finding in one.findings)
    if not left or is_spreadsheet(one.file):
        return
    message = text(
        "{file}: nothing of its {n} errors can be mended safely; only you know what is meant.",
        file=one.file, n=left,
    )  # fmt: skip
    if mended:
        message = text(
            "{file}: what is safe was mended; {n} errors are left, of which only you know what is"
            " meant.",
            file=one.file, n=left,
        )  # fmt: skip
    print(printable(str(message)), file=sys.stderr)


class _Checker:
    """Checks files one by one, each beside last year's report of the same office."""

    def __init__(self, args: argparse.Namespace) -> None:
        self._registry = context.registry(args)
        self._demands = context.demands(args)
        self._knows = knows(lambda: self._registry.forms)
        self._previous = self._named(args.previous) if args.previous else None

    def check(self, file: Path, part: str = "") -> pipeline.Checked:
        previous = self._previous or self._beside(file, part)
        return pipeline.check(file, self._registry, self._demands, previous=previous, part=part)

    def known(self, word: str) -> bool:
        """Whether a word is the name of a field."""
        return self._knows(word)

    def again(self, one: pipeline.Checked, data: bytes) -> pipeline.Checked:
        """Check a file with other content than it has."""
        try:
            source = read_text(data, one.file, Path(one.file).suffix.lower(), self.known)
        except SourceError as error:
            return pipeline.Checked(one.file, error.findings, text=error.text)
        return pipeline.check_source(source, self._registry, self._demands)

    def _named(self, file: Path) -> Report:
        """Read the report that was asked for; without a whole one there is no comparing."""
        last = pipeline.check(file, self._registry, self._demands)
        if last.report is None:
            findings.show([last])
            raise UsageError(text("{file} has errors of structure.", file=str(file)))
        return last.report

    def _beside(self, file: Path, part: str) -> Report | None:
        """Read the one found by its name; if it is not whole, that is said when it is checked.

        Of a workbook of many offices it is the office of the same name.
        """
        found = previous_file(file)
        if found is None:
            return None
        name = offices(file)[part] if part else ""
        there = next((key for key, office in offices(found).items() if office == name), "")
        if part and not there:
            return None
        last = pipeline.check(found, self._registry, self._demands, part=there).report
        return last if last and _is_year_before(last, found, file) else None


def _is_year_before(last: Report, found: Path, file: Path) -> bool:
    """Whether the file tells of the year its name says; names alone may mislead."""
    return str(last.year) in found.stem and found != file
