"""nianbao generate --watch: what is saved is built anew, until Ctrl-C."""

import argparse
import multiprocessing
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NoReturn

from watchfiles import Change, DefaultFilter, watch

from toolkit import messages, resources
from toolkit.batch.inputs import data_files
from toolkit.batch.manifest import NAME as MANIFEST
from toolkit.cli import context
from toolkit.cli.main import guarded
from toolkit.errors import UsageError
from toolkit.messages import Text, plural, text
from toolkit.registry import find
from toolkit.sources import SUFFIXES

Build = Callable[[argparse.Namespace], int]
Saved = set[tuple[Change, str]]

_SETTLED_MS = 50
"""How long nothing more may be saved before building begins; editors save in steps."""
_READY = ("toolkit.cli.generate", "toolkit.render.word", "toolkit.render.html.page")
"""What every build needs, loaded once. Templates, forms, rules and plugins are not among it:
each build is a process of its own, and reads them as they are by then."""


def run(build: Build, args: argparse.Namespace) -> int:
    """Build once, then again whenever something the documents depend on is saved.

    Args:
        build: makes all documents once; it is called in a process of its own.
        args: what ``generate`` was given.

    Returns:
        The exit code of the latest build when Ctrl-C ends the watching; 2 at once when the
        first build finds the call or the machine at fault.

    Raises:
        UsageError: there is no such data file or folder of plugins.
    """
    process = _process(args)
    code = None
    try:
        while True:
            folders = _Folders(args)
            with closing(folders.changes()) as changes:
                next(changes)  # the watch stands: what is saved during a build is not missed
                for saved in chain([None], filter(None, changes)):
                    first = code is None
                    if saved:
                        print(_told(saved), file=sys.stderr, flush=True)
                    code, seconds = _built(process, build, args)
                    print(_done(seconds), file=sys.stderr, flush=True)
                    if first and code == UsageError.exit_code:
                        return code
                    args.force, args.jobs = False, args.jobs or "0"  # each build is isolated
                    if folders.are_others(args):
                        break
    except KeyboardInterrupt:
        return code or 0


class _Folders:
    """What is watched: folders of data files, of plugins, templates and forms."""

    def __init__(self, args: argparse.Namespace) -> None:
        self._output: Path = args.output.resolve()
        self._rooms = {
            resources.templates(),
            resources.schemas(),
            *(found.folder for found in find(context.plugin_folders(args)) if found.folder),
        }
        self._data = _with_data(args)

    def are_others(self, args: argparse.Namespace) -> bool:
        """Whether there are other folders by now; a file that went for a moment is none."""
        try:
            return self.all != _Folders(args).all
        except UsageError:
            return False

    @property
    def all(self) -> frozenset[Path]:
        """Every folder, each by itself: a checkout may hold thousands that do not matter."""
        inside = (below for room in self._rooms for below in _below(room))
        return frozenset({*self._data, *inside})

    def changes(self) -> Generator[Saved, None, None]:
        """Return what was saved, each time something was; an empty set when nothing was."""
        return watch(
            *sorted(self.all),
            watch_filter=_Relevant(self._rooms, self._output),
            step=_SETTLED_MS,
            rust_timeout=1_000,
            yield_on_timeout=True,
            recursive=False,
        )


class _Relevant(DefaultFilter):
    """Data files wherever they are; anything in a room, but not what a build itself writes."""

    def __init__(self, rooms: set[Path], output: Path) -> None:
        super().__init__(ignore_dirs=["__pycache__"])
        self._rooms, self._output = rooms, output

    def __call__(self, change: Change, path: str) -> bool:
        file = Path(path)
        if not super().__call__(change, path) or file.name == MANIFEST:
            return False
        if file.name.startswith("."):
            return False
        if file.suffix.lower() in SUFFIXES:
            return True
        ours = any(file.is_relative_to(room) for room in self._rooms)
        return ours and not file.is_relative_to(self._output)


def _with_data(args: argparse.Namespace) -> set[Path]:
    named = [Path(word) for word in args.data]
    below = {folder for path in named if path.is_dir() for folder in _below(path.resolve())}
    return below | {Path(file).resolve().parent for file in data_files(args.data)}


def _below(room: Path) -> Iterator[Path]:
    """Yield a folder and those in it, but for hidden ones and caches."""
    yield room
    for inside in room.iterdir() if room.is_dir() else ():
        if inside.is_dir() and not inside.name.startswith((".", "__pycache__")):
            yield from _below(inside)


def _process(args: argparse.Namespace) -> Callable[..., multiprocessing.process.BaseProcess]:
    """Choose how a build's process begins: with everything loaded where the system can."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn").Process
    server = multiprocessing.get_context("forkserver")
    pdf = ("toolkit.render.pdf.document",) if "pdf" in context.codes([args.formats]) else ()
    server.set_forkserver_preload([*_READY, *pdf])
    return server.Process


def _built(
    process: Callable[..., multiprocessing.process.BaseProcess],
    build: Build,
    args: argparse.Namespace,
) -> tuple[int, float]:
    """Build once in a process of its own; gives its exit code and the seconds it took."""
    began = time.perf_counter()
    child = process(target=partial(_build, build, args, messages.language()))
    child.start()
    child.join()
    return child.exitcode or 0, time.perf_counter() - began


def _done(seconds: float) -> Text:
    told = f"{seconds:.2f}"
    return text("Done in {seconds} s; watching. Ctrl-C ends.", seconds=told)


def _told(saved: Saved) -> Text:
    names = sorted({Path(path).name for _, path in saved})
    if len(names) == 1:
        return text("{name} was saved.", name=names[0])
    return plural("{n} file was saved.", "{n} files were saved.", len(names))


def _build(build: Build, args: argparse.Namespace, language: str) -> NoReturn:
    messages.use_language(language)
    sys.dont_write_bytecode = True  # it would pass for fresh when saved again within a second
    sys.exit(guarded(build, args))
