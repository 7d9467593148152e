"""nianbao: read the arguments, run one command, turn expected failures into an exit code."""

import importlib
import io
import os
import sys
from collections.abc import Sequence

from toolkit import messages
from toolkit.cli import arguments
from toolkit.messages import text


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 for success; 1 when there are errors in a report, or a report failed; 2 when the
        command was called wrongly or the machine lacks something.
    """
    given = list(sys.argv[1:] if argv is None else argv)
    _print_anything()
    messages.use_language(arguments.language(given) or messages.language_of_environment())
    args = arguments.read(given)
    if _limits_are_misread():
        return 2
    run = importlib.import_module(f"toolkit.cli.{args.module}").run
    return guarded(run, args)


def _print_anything() -> None:
    """Let a character the terminal cannot show be written as its code, not end the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _limits_are_misread() -> bool:
    from toolkit import limits  # after the arguments: --help is quick

    wrong = limits.misread()
    for name, value in wrong.items():
        print(
            text("{name}={value}: a limit is a whole number above 0.", name=name, value=value),
            file=sys.stderr,
        )
    return bool(wrong)


def guarded(run: object, args: object) -> int:
    """Run a command and turn what may be expected to fail into words and an exit code."""
    from toolkit.errors import NianbaoError, PluginError  # after the arguments: --help is quick

    try:
        code: int = run(args)  # type: ignore[operator]
    except PluginError as error:
        place = f"{error.place}: " if error.place else ""
        print(f"{place}{error.plugin}: {error}", file=sys.stderr)
        return error.exit_code
    except NianbaoError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt as stop:
        print(text("Stopped. What was finished is whole."), file=sys.stderr)
        return int(getattr(stop, "exit_code", 130))
    except BrokenPipeError:  # the reader of our output went away; there is no one to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


if __name__ == "__main__":
    sys.exit(main())
