"""nianbao plugins check: everything that is wrong with a plugin."""

import argparse
import sys
from pathlib import Path

from toolkit.cli import context, findings
from toolkit.diagnostics.printers import printer
from toolkit.messages import text
from toolkit.testing.check import Result, check


def run(args: argparse.Namespace) -> int:
    """Print the findings to standard output; 1 if one is an error."""
    result = check(args.name, context.plugin_folders(args))
    sources = {file: _text(file) for file in sorted({result.file, *_files(result)})}
    options = {"colour": sys.stdout.isatty()} if args.format == "text" else {}
    print(printer(args.format)(result.findings, sources, **options), end="", flush=True)
    if args.format == "text":
        print(f"{result.name}: {findings.summary(result.findings)}", file=sys.stderr)
        for line in _facts(result):
            print(line, file=sys.stderr)
    return 1 if result.has_errors else 0


def _files(result: Result) -> set[str]:
    """The files that lines are shown of."""
    return {one.position.file for one in result.findings if one.position.line}


def _text(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _facts(result: Result) -> list[str]:
    facts = result.facts
    if not facts:
        return []
    way = text("the fast way") if facts["docx way"] == "fast" else text("the ordinary way")
    told = text(
        "Word documents are filled {way}; time against the national template: docx {docx}×, "
        "html {html}×.",
        way=way,
        docx=facts["docx ratio"],
        html=facts["html ratio"],
    )
    return [str(told)]
