"""The questions the core asks a plugin. There are three."""

from pluggy import HookimplMarker, HookspecMarker

from toolkit.kind import ReportKind
from toolkit.province import Format, Province

NAME = "nianbao"
hookspec = HookspecMarker(NAME)
hookimpl = HookimplMarker(NAME)


@hookspec
def province() -> Province:  # type: ignore[empty-body]  # pluggy reads the signature only
    """Report which province you serve, and in what its reports differ from the national form.

    When: once, when a command first needs the plugin; ``nianbao plugins`` needs them all.
    Work belongs in the functions you hand over, not here: open no file, import nothing
    heavy, be done within ten seconds.

    Returns:
        Your province. Its ``code`` must be its own: of two plugins with one code the second
        is refused.

    If you raise, hang, end the program or return something else: your plugin is named
    with the place of the fault, and is left out. No other plugin and no report of another
    province suffers; a report that asks for yours is not made, and says why.

    Since 0.1.
    """


@hookspec
def formats() -> tuple[Format, ...]:  # type: ignore[empty-body]
    """Offer kinds of output beyond those there are.

    When: once, after `province`, when a command first needs the plugin. DOCX, PDF and HTML
    are offered through this very hook, by `toolkit.formats`.

    Returns:
        The formats. A ``name`` that is taken is refused.

    If you raise or return something else: as for `province`.

    Since 0.1.
    """


@hookspec
def report_kinds() -> tuple[ReportKind, ...]:  # type: ignore[empty-body]
    """Offer kinds of report beyond those there are: their rules, charts, carry-over.

    When: once, when a command first needs a kind of report. The forms of a kind are those
    whose file says ``kind: <id>``, in `schemas/forms` or among a province's ``form_files``.

    Returns:
        The kinds. An ``id`` that is taken is refused, and so is a code of a rule.

    If you raise or return something else: as for `province`. Reports of your kinds are then
    checked by the general rules alone, and the fault of the plugin is told with them.

    Since 0.2.
    """
