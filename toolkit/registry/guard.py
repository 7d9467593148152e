"""Running a plugin's code so that its faults stay its own."""

import threading
import traceback
from collections.abc import Callable
from typing import TypeVar

from toolkit.errors import NianbaoError, PluginError
from toolkit.isolation.activity import doing
from toolkit.limits import limits, variable
from toolkit.messages import text

T = TypeVar("T")


def guarded(plugin: str, place: str, work: Callable[[], T]) -> T:
    """Do a plugin's work within its time.

    Raises:
        PluginError: it raised, ended the program, or did not come back in time. The thread
            of a plugin that hangs is left behind; it ends with the program.
    """
    outcome: list[T] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(work())
        except BaseException as error:
            failure.append(error)

    thread = threading.Thread(target=run, daemon=True, name=f"plugin {plugin}")
    seconds = limits().plugin_seconds
    with doing(f"{place}: {plugin}", "plugin_seconds", 2):
        thread.start()
        thread.join(seconds)
    if failure:
        raise as_plugin_error(plugin, place, failure[0]) from failure[0]
    if not outcome:
        message = text(
            "did not finish loading within {seconds} seconds; {variable} raises the limit",
            seconds=seconds,
            variable=variable("plugin_seconds"),
        )
        raise PluginError(plugin, message, place)
    return outcome[0]


def as_plugin_error(plugin: str, place: str, error: BaseException) -> PluginError:
    """Word what a plugin raised, with the line in its own file where that can be told."""
    if isinstance(error, PluginError):
        return error
    if isinstance(error, NianbaoError):
        return PluginError(plugin, error.message, place)
    if isinstance(error, MemoryError):
        message = text(
            "needs more memory than there is; {variable} allows more",
            variable=variable("worker_bytes"),
        )
        return PluginError(plugin, message, line_of(error, place) or place)
    if isinstance(error, SystemExit):
        return PluginError(plugin, text("tried to end the program"), line_of(error, place) or place)
    if isinstance(error, SyntaxError):
        where = f"{error.filename}:{error.lineno}"
        return PluginError(plugin, text("is not valid Python: {problem}", problem=error.msg), where)
    message = text("raised {kind}: {problem}", kind=type(error).__name__, problem=str(error))
    return PluginError(plugin, message, line_of(error, place) or place)


def line_of(error: BaseException, place: str) -> str:
    """Return the last line of the traceback that is in the plugin's folder; else nothing."""
    folder = place.rpartition("/")[0]
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if folder and frame.filename.startswith(f"{folder}/")]
    return f"{own[-1].filename}:{own[-1].lineno}" if own else ""
