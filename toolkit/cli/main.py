"""nianbao: read the arguments, run one command, turn expected failures into an exit code."""

import argparse
import importlib
import io
import os
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from toolkit import messages
from toolkit.cli import arguments
from toolkit.messages import text

"""Variable that has a fault of ours shown as Python shows it."""

_SUPERVISED = ("check", "explain", "plugins", "schema", "workbook", "new", "extract", "import_")
"""Modules of commands that run plugins' code here; `generate` has processes of its own."""
_WITH_PROGRAMS = ("import_", "extract")
"""Those that may start LibreOffice, whose memory is its own affair."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 for success; 1 when there are errors in a report, or a report failed; 2 when the
        command was called wrongly or the machine lacks something.
    """
    given = list(sys.argv[1:] if argv is None else argv)
    _open_streams()
    _print_anything()
    messages.use_language(arguments.language(given) or messages.language_of_environment())
    args = arguments.read(given)
    if _limits_are_misread():
        return 2
    if argv is None and args.module in _SUPERVISED:
        from toolkit.isolation import supervised  # after the arguments: --help is quick
        from toolkit.limits import limits

        memory = 0 if args.module in _WITH_PROGRAMS else limits().worker_bytes
        return supervised.run(partial(_command, args), _report, memory=memory)
    return _command(args)


def _command(args: argparse.Namespace) -> int:
    try:
        run = importlib.import_module(f"toolkit.cli.{args.module}").run
    except (ImportError, RuntimeError) as error:  # Cerberus, for one, refuses python -OO
        message = text("A part of the program cannot be loaded: {problem}", problem=error)
        print(message, file=sys.stderr)
        return 2
    return guarded(run, args)


def _open_streams() -> None:
    """Put nothing in the place of streams that were closed, before a document gets it."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # of libraries: they are for us, not for a clerk
    for name, number in (("stdin", 0), ("stdout", 1), ("stderr", 2)):
        if getattr(sys, name) is None:
            number = os.open(os.devnull, os.O_RDWR)  # the lowest number that is free
            setattr(sys, name, open(number, "r" if name == "stdin" else "w"))  # noqa: PTH123, SIM115


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
        sys.stdout.flush()  # here, where what goes wrong is put in words
    except PluginError as error:
        place = f"{error.place}: " if error.place else ""
        _say(f"{place}{error.plugin}: {error}")
        return error.exit_code
    except NianbaoError as error:
        _say(str(error))
        return error.exit_code
    except KeyboardInterrupt as stop:
        print(text("Stopped. What was finished is whole."), file=sys.stderr)
        return int(getattr(stop, "exit_code", 130))
    except OSError as error:
        return _without_output(error)
    except Exception as error:
        return _our_fault(error)
    return code


def _without_output(error: OSError) -> int:
    """Report what cannot be read or written; without a file's name it is standard output."""
    reason = error.strerror or type(error).__name__
    message = text("Results could not be printed: {reason}.", reason=reason)
    if error.filename is not None:
        message = text("{file}: {reason}.", file=str(error.filename), reason=reason)
    else:  # let Python not stumble over it again when it ends
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    with suppress(OSError):
        _say(str(message))
    return 1


def _our_fault(error: Exception) -> int:
    """The last resort: a fault that nobody thought of, told so that it can be mended."""
    from toolkit.errors import TRACEBACK, program_fault

    if os.environ.get(TRACEBACK):
        raise error
    fault = program_fault(error)
    _say(str(fault))
    return fault.exit_code


def _report(message: messages.Text) -> None:
    with suppress(OSError):
        _say(str(message))


def _say(words: str) -> None:
    """Print to standard error; a name of a file or a plugin may hold anything."""
    from toolkit.diagnostics.printers.frame import printable_lines

    print(printable_lines(words), file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
