"""Fill HTML templates: sandboxed, escaped, nothing missing in silence."""

from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from types import TracebackType

import jinja2
from jinja2.exceptions import SecurityError
from markupsafe import Markup

from toolkit.charts.model import printed
from toolkit.errors import TemplateError
from toolkit.limits import variable
from toolkit.messages import Text, text
from toolkit.render.charts.pictures import Pictures
from toolkit.render.names import context
from toolkit.render.request import RenderRequest
from toolkit.render.sandbox import PRINT_ONE, NoText, Sandbox, TooMuch, UnknownName, no_text
from toolkit.render.typesetting.labels import label_lines, word_breaks
from toolkit.render.typesetting.title import title_lines
from toolkit.view.figures import NotANumber


@dataclass(slots=True)
class Styles:
    """How a page takes its style sheets in: written into it, or handed over beside it.

    A template says ``{{ stylesheet("national/print.css", "print") }}``. For HTML the sheet is
    written into the page. A PDF is made with ready-parsed sheets, so nothing is written and
    the name is kept in ``names``, unless the sheet is for other media.
    """

    environment: jinja2.Environment
    inline: bool
    names: list[str] = field(default_factory=list)

    def __call__(self, name: str, media: str = "all") -> Markup:
        """Take one sheet in, or remember its name."""
        if self.inline:
            sheet = source(self.environment, name).replace("</", "<\\/")
            return Markup('<style media="{}">\n{}</style>').format(media, Markup(sheet))  # noqa: S704
        if media in ("all", "print"):
            self.names.append(name)
        return Markup("")


@dataclass(frozen=True, slots=True)
class Page:
    """A filled template, and the style sheets it asked for, in order (PDF only)."""

    html: str
    styles: tuple[str, ...]


def fill(request: RenderRequest, medium: str) -> Page:
    """Fill the template of a request.

    Args:
        request: what to print, and with which template.
        medium: ``"screen"`` for a web page with its sheets inside, ``"print"`` for PDF,
            ``"fragment"`` for a bare piece, ``"text"`` for plain text; templates see it
            as ``medium``.

    Raises:
        TemplateError: the template is absent, broken, uses an unknown name, or raises.
    """
    environment = environment_of(request.folders)
    styles = Styles(environment, inline=medium != "print")
    pictures = Pictures.of(request.view, medium)
    try:
        template = environment.get_template(request.template)
        lines = title_lines(request.view.title)
        page = template.render(
            context(request.view),
            title_lines=lines,
            medium=medium,
            stylesheet=styles,
            picture=pictures,
        )
    except Exception as error:  # a template may raise anything: its author's fault, not ours
        raise template_error(error, request) from error
    pictures.all_printed(request)
    return Page(page, tuple(styles.names))


@lru_cache(maxsize=64)
def environment_of(folders: tuple[Path, ...]) -> jinja2.Environment:
    """Return the environment of a set of template folders; its compiled templates stay in it."""
    environment = Sandbox(
        loader=jinja2.FileSystemLoader(folders),
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=printable,
    )
    environment.filters.update(
        percent=percent,
        after_number=after_number,
        between_words=between_words,
        balanced_lines=title_lines,
        number=printed,
    )
    return environment


def printable(value: object) -> object:
    """Return back what a tag prints.

    Raises:
        NoText: Python would stand on the page.
    """
    if type(value) is not str and (fault := no_text(value)) is not None:
        raise NoText(fault, PRINT_ONE)
    return value


def percent(share: float) -> str:
    """Write a share of 1 as CSS does: 0.125 → ``12.5%``."""
    return f"{share * 100:.6g}%"


def after_number(label: str) -> Markup:
    """Break a label as `label_lines` does."""
    return Markup("<br>").join(label_lines(label))


def between_words(label: str) -> Markup:
    """Let a label's lines end between its words, by ``<wbr>``; needs ``word-break: keep-all``."""
    places = (0, *word_breaks(label), len(label))
    return Markup("<wbr>").join(label[start:end] for start, end in pairwise(places))


def source(environment: jinja2.Environment, name: str) -> str:
    """Read a file of the template folders as text."""
    assert environment.loader is not None  # noqa: S101  environment_of sets it
    return environment.loader.get_source(environment, name)[0]


def template_error(error: Exception, request: RenderRequest) -> TemplateError:
    """Turn what a template raised into our error, with the template's own file and line."""
    place = _place(error, request.folders)
    return TemplateError(request.plugin, explain(error, request.template), place)


def explain(error: Exception, template: str) -> Text:
    """Return what is wrong with a template, for a person who writes templates."""
    match error:
        case jinja2.TemplateSyntaxError():
            return text("the template has a broken tag: {problem}", problem=error.message)
        case jinja2.TemplateNotFound():
            return text("there is no template {name!r}", name=error.name or template)
        case TooMuch():
            return text("the template goes too far: {problem}", problem=error.message)
        case NoText():
            return text("{problem}. {remedy}", problem=error.message, remedy=error.remedy)
        case NotANumber():
            return error.message
        case MemoryError():
            return text(
                "the template needs more memory than there is; {variable} allows more",
                variable=variable("worker_bytes"),
            )
        case UnknownName() if near := get_close_matches(error.name, error.known(), 1):
            return text(
                "the template uses an unknown name {name!r}; did you mean {near!r}?",
                name=error.name,
                near=near[0],
            )
        case jinja2.UndefinedError():
            return text("the template uses an unknown name: {problem}", problem=error.message)
        case SecurityError():
            return text("the template does what is not allowed: {problem}", problem=error)
    kind = type(error).__name__
    return text("filling the template failed: {kind}: {problem}", kind=kind, problem=error)


def _place(error: Exception, folders: tuple[Path, ...]) -> str:
    """Find ``file:line``; Jinja2 puts the template's own lines into the traceback."""
    if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
        return f"{error.filename}:{error.lineno}"
    place = ""
    step: TracebackType | None = error.__traceback__
    while step is not None:
        file = Path(step.tb_frame.f_code.co_filename)
        if any(file.is_relative_to(folder) for folder in folders):
            place = f"{file}:{step.tb_lineno}"
        step = step.tb_next
    return place
