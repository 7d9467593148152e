"""The questions the core asks a plugin. There are two."""

from pluggy import HookimplMarker, HookspecMarker

from toolkit.province import Format, Province

NAME = "nianbao"
hookspec = HookspecMarker(NAME)
hookimpl = HookimplMarker(NAME)


@hookspec
def province() -> Province:  # type: ignore[empty-body]  # pluggy reads the signature only
    """Say which province you serve, and in what its reports differ from the national form.

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
    are offered through this very hook, by `toolkit.render`.

    Returns:
        The formats. A ``name`` that is taken is refused.

    If you raise or return something else: as for `province`.

    Since 0.1.
    """
