"""What a plugin does besides its work: the network, files that are not its own, programs.

Python tells every such thing before it happens (PEP 578). It is the plugin's doing when a
function of the plugin's folder is on the stack. A hook of this kind stays for the life of the
process, so plugins are examined in a process of their own.
"""

import os
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from toolkit import resources
from toolkit.diagnostics import Finding, Position
from toolkit.diagnostics.plugin_codes import miss
from toolkit.messages import text

_NETWORK = frozenset(
    "socket.connect socket.bind socket.getaddrinfo socket.gethostbyname socket.gethostbyaddr "
    "socket.sendto socket.sendmsg urllib.Request http.client.connect ftplib.connect "
    "smtplib.connect".split()
)
_PROGRAMS = frozenset(
    "subprocess.Popen os.system os.exec os.posix_spawn os.spawn os.startfile os.fork "
    "pty.spawn".split()
)
_CHANGES = frozenset(
    "os.remove os.rename os.mkdir os.rmdir os.link os.symlink os.truncate os.chmod os.chown "
    "shutil.rmtree shutil.move shutil.copyfile".split()
)
_LOOKS = frozenset({"os.listdir", "os.scandir"})
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


@dataclass
class Watch:
    """Watches one plugin folder. ``own`` may be read; ``scratch`` may be written, too."""

    own: Path
    scratch: Path
    seen: dict[tuple[str, str, int, str], None] = field(default_factory=dict)
    on: bool = True

    def start(self) -> None:
        """Begin to watch, for good."""
        inside = {*sys.path, sys.prefix, sys.base_prefix, *sysconfig.get_paths().values()}
        inside |= {str(resources.ROOT), str(self.own), str(self.scratch), "/dev", "/proc/self"}
        inside |= {"/usr/share/zoneinfo", "/etc/localtime"}
        self._readable = tuple(os.path.realpath(place) for place in inside if place)
        self._own = os.path.realpath(self.own)
        sys.addaudithook(self._told)

    def _told(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if event == "open":
            self._opened(arguments)
        elif event in _NETWORK:
            self._note("P801", event, _shown(arguments), anywhere=True)
            raise PermissionError(f"{event}: no network while a plugin is checked")
        elif event in _PROGRAMS:
            if self._note("P803", event, _shown(arguments)):
                raise PermissionError(f"{event}: no programs while a plugin is checked")
        elif event in _CHANGES and not self._inside(arguments[0], (str(self.scratch),)):
            if self._note("P802", event, _shown(arguments)):
                raise PermissionError(f"{event}: a plugin changes no files")
        elif event in _LOOKS and not self._inside(arguments[0] or ".", self._readable):
            self._note("P802", event, _shown(arguments))

    def _opened(self, arguments: tuple[Any, ...]) -> None:
        path, mode, flags = (*arguments, None, None, 0)[:3]
        if isinstance(path, int) or path is None:
            return
        writes = any(c in (mode or "") for c in "wax+") or bool((flags or 0) & _WRITING)
        allowed = (os.path.realpath(self.scratch),) if writes else self._readable
        if not self._inside(path, (*allowed, "/dev/null")):
            noted = self._note("P802", "open for writing" if writes else "open", str(path))
            if noted and writes:
                raise PermissionError(f"{path}: a plugin writes no files")

    def _inside(self, path: object, places: tuple[str, ...]) -> bool:
        if isinstance(path, int):
            return True
        real = os.path.realpath(os.fsdecode(path))  # type: ignore[arg-type]  # a path of some kind
        return any(real == place or real.startswith(place + os.sep) for place in places)

    def _note(self, code: str, event: str, what: str, *, anywhere: bool = False) -> bool:
        """Remember what happened, if the plugin did it; whether it did."""
        frame = sys._getframe(2)
        while frame is not None:
            file = frame.f_code.co_filename
            if file.startswith(self._own):
                self.seen.setdefault((code, file, frame.f_lineno, f"{event}: {what}"))
                return True
            frame = frame.f_back  # type: ignore[assignment]  # None at the end
        if anywhere:
            self.seen.setdefault((code, str(self.own), 0, f"{event}: {what}"))
        return anywhere

    def findings(self) -> Iterator[Finding]:
        """Yield what was seen."""
        for code, file, line, what in self.seen:
            place = Position(file, line, 1) if line else Position(file)
            yield miss(code, place, _MESSAGES[code](what), _REMEDIES[code])


_MESSAGES = {
    "P801": lambda what: text("the plugin asks the network ({what})", what=what),
    "P802": lambda what: text("the plugin touches what is not its own ({what})", what=what),
    "P803": lambda what: text("the plugin starts a program ({what})", what=what),
}
_REMEDIES = {
    "P801": text("Reports must come out the same without a network; ship what is needed."),
    "P802": text("Read only files of the plugin's own folder, and write none."),
    "P803": text("Do it in Python, or beforehand, and ship what comes of it."),
}


def _shown(arguments: tuple[Any, ...]) -> str:
    return ", ".join(str(argument) for argument in arguments[:2])[:120]
