"""nianbao plugins new: a plugin that works at once."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from toolkit.cli import context
from toolkit.errors import UsageError
from toolkit.messages import Text, text
from toolkit.scaffold.naming import Names, Taken, refuse
from toolkit.scaffold.write import write


def run(args: argparse.Namespace) -> int:
    """Write the plugin, print its folder, say what to do next."""
    taken = Taken(context.registry(args))
    names = _names(args, taken)
    refuse(taken.refusals(names, package=args.package))
    made = write(names, args.output, package=args.package)
    print(made)
    for line in _next(made, names, package=args.package):
        print(line, file=sys.stderr)
    return 0


def _names(args: argparse.Namespace, taken: Taken) -> Names:
    """Take what was given, and ask for what was not."""
    wanted: tuple[tuple[str, Text, Callable[[str], Text | None]], ...] = (
        ("name", text("Its id, such as hainan"), lambda n: taken.name(n, package=args.package)),
        ("title", text("Official name, such as 示例省"), taken.title),
        ("code", text("Code of GB/T 2260, such as 46"), taken.code),
    )
    lacking = [name for name, _, _ in wanted if not getattr(args, name)]
    if lacking and not (sys.stdin and sys.stdin.isatty()):
        options = ", ".join("NAME" if name == "name" else f"--{name}" for name in lacking)
        raise UsageError(text("Please give {options}; there is no terminal to ask on.",
                              options=options))  # fmt: skip
    given = {
        name: getattr(args, name) or _asked(question, problem) for name, question, problem in wanted
    }
    letters = args.letters or taken.free_letters(given["name"])
    return Names(given["name"], given["title"], given["code"], letters)


def _asked(question: Text, problem: Callable[[str], Text | None]) -> str:
    """Ask until the answer will do."""
    while True:
        print(f"{question}: ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line:
            raise UsageError(text("Nothing more can be read; nothing was written."))
        answer = line.strip()
        wrong = problem(answer)
        if wrong is None:
            return answer
        print(wrong, file=sys.stderr)


def _next(made: Path, names: Names, *, package: bool) -> list[str]:
    plugin = made / "src" / names.name if package else made
    example = plugin / "examples" / "example-2024.yaml"
    lines = [
        str(text("Next:")),
        f"  nianbao plugins check {plugin}",
        f"  nianbao generate {example} --plugin-dir {plugin} -f docx,pdf,html -o out",
    ]
    if package:
        lines.append(f"  pip install -e {made}")
    word = plugin / "templates" / names.name / "report.docx"
    return [*lines, str(text("Edit {file} in Word or WPS.", file=str(word)))]
