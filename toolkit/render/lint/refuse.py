"""Refuse to fill a Word template that ``plugins check`` finds errors in, with the same words."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from toolkit.diagnostics import Finding, Severity
from toolkit.errors import TemplateError
from toolkit.messages import Text, text
from toolkit.render.lint import word
from toolkit.render.lint.samples import ANY, Scope
from toolkit.render.request import RenderRequest
from toolkit.view.model import Names

_MOST_SHOWN = 10
_MOST_KNOWN = 256
_State = tuple[Path, int, int]
_looked_up: dict[tuple[object, ...], tuple[Finding, ...]] = {}


def refuse(file: Path, request: RenderRequest, names: Mapping[str, object]) -> None:
    """Read a template once for each of its contents, and look its names up once for each form.

    Raises:
        TemplateError: it has errors; tells all of them.
    """
    try:
        state = file.stat()
    except OSError:
        return  # told when it is opened
    seen: _State = (file, state.st_mtime_ns, state.st_size)
    key = (*seen, request.folders, names["form"], bool(request.view.charts))
    if key not in _looked_up:
        if len(_looked_up) >= _MOST_KNOWN:
            _looked_up.clear()
        read = _read(*seen)
        unknown = word.names(read, _scope(names), request.folders)
        _looked_up[key] = _errors((*read.faults, *unknown))
    if _looked_up[key]:
        raise _refusal(_looked_up[key], file, request.plugin)


@lru_cache(maxsize=64)
def _read(file: Path, changed: int, size: int) -> word.Word:
    return word.read(file)


def _errors(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(one for one in found if one.severity is Severity.ERROR))


def _scope(names: Mapping[str, object]) -> Scope:
    """Take the values of one report as samples; what is not there may be there in another."""
    scope: Scope = {name: (value,) for name, value in names.items()}
    extra = names.get("extra")
    if isinstance(extra, Mapping):
        scope["extra"] = (Names({name: value or ANY for name, value in extra.items()}),)
    return scope


def _refusal(found: tuple[Finding, ...], file: Path, plugin: str) -> TemplateError:
    where, message = _parted(found[0])
    shown = _MOST_SHOWN if len(found) > _MOST_SHOWN + 1 else len(found)
    for other in found[1:shown]:
        message = text("{one}; {other}", one=message, other=_worded(other))
    if shown < len(found):
        message = text("{one}; and {n} more", one=message, n=len(found) - shown)
    return TemplateError(plugin, message, f"{file}: {where}" if where else str(file))


def _parted(finding: Finding) -> tuple[Text | None, Text]:
    """Part the place in a Word file from what is said of it, the remedy behind it."""
    values = dict(finding.message.values)
    where, message = values.get("place"), values.get("message")
    if not isinstance(where, Text) or not isinstance(message, Text):
        where, message = None, finding.message
    if finding.remedy is not None:
        message = text("{problem}. {remedy}", problem=message, remedy=finding.remedy)
    return where, message


def _worded(finding: Finding) -> Text:
    where, message = _parted(finding)
    return message if where is None else text("{place}: {message}", place=where, message=message)
