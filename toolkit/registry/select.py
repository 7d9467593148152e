"""Which plugin and which form a data file is for, told from the file itself."""

from collections.abc import Sequence

from toolkit.diagnostics import Finding, Position, Severity
from toolkit.errors import PluginError, UsageError
from toolkit.forms import Form, choose, shared
from toolkit.forms.labels import bare, normal
from toolkit.messages import Text, text
from toolkit.notation.dates import read_year
from toolkit.registry.registry import Plugin, Registry
from toolkit.sources import Entry, Scalar, Source


def plugin_for(
    source: Source, registry: Registry, wanted: str = ""
) -> tuple[Plugin | None, list[Finding]]:
    """The plugin that is asked for, else the one the file names, else that of its region.

    Returns:
        The plugin, or None with a finding N124 when the file names none that there is.

    Raises:
        UsageError: there is none of the name asked for.
        PluginError: it cannot be used, or serves no province.
    """
    if wanted:
        return _serving(registry.get(wanted)), []
    entry = shared.entry(source.root, "plugin")
    name = _raw(entry)
    if entry and name:
        chosen = registry.get(name) if name in registry.names else registry.of_province(name)
        if chosen:
            return _serving(chosen), []
        message = text("There is no plugin “{name}”.", name=name)
        return None, [_no_plugin(entry.node.position, entry.key, message, registry, len(name))]
    place = shared.entry(source.root, "organization", "region")
    region = _raw(place)
    fitting = registry.for_region(region) if region else None
    if fitting:
        return fitting, []
    plain = registry.plain
    if plain is None:
        message = text("The file names no plugin.")
        return None, [_no_plugin(Position(source.file, 1, 1), "plugin", message, registry, 1)]
    return plain, [_plain(place, source, plain, registry)]


def _plain(place: Entry | None, source: Source, plain: Plugin, registry: Registry) -> Finding:
    """Note that the national manner is taken, and how to choose another."""
    message = (
        text("There is no plugin for “{region}”; the national manner is used.", region=_raw(place))
        if _raw(place)
        else text("The file names neither plugin nor region; the national manner is used.")
    )
    names = ", ".join(registry.names)
    remedy = text("Write “plugin: {name}” for that manner; there are: {names}.",
                  name=plain.name, names=names)  # fmt: skip
    position = place.node.position if place else Position(source.file, 1, 1)
    field = place.key if place else "plugin"
    return Finding("N125", Severity.NOTE, position, ("plugin",), field, message, remedy)


def _serving(plugin: Plugin) -> Plugin:
    if plugin.province is None:
        message = text("serves no province; it only offers formats")
        raise PluginError(plugin.name, message, plugin.place)
    return plugin


def _no_plugin(
    position: Position, field: str, message: Text, registry: Registry, length: int
) -> Finding:
    names = ", ".join(registry.names)
    remedy = text("Write “plugin: NAME”, or give -p NAME; there are: {names}.", names=names)
    severity = Severity.ERROR
    return Finding("N124", severity, position, ("plugin",), field, message, remedy, length=length)


def form_for(source: Source, served: Sequence[Form]) -> tuple[Form, list[Finding]]:
    """The form the file names, else the one for its year, else the newest.

    Where several kinds of report are served, that of which the file has most sections.
    """
    every, served = served, _of_kind(source, served)
    newest = max(served, key=lambda form: form.years[0])
    named = shared.entry(source.root, "form")
    if named and isinstance(named.node, Scalar) and named.node.raw:
        wanted = named.node.raw
        for form in every:
            if form.id == wanted:
                return form, []
        return newest, [_unknown_form(named.node, named.key, wanted, every)]
    year = shared.entry(source.root, "year")
    written = read_year(year.node.raw) if year and isinstance(year.node, Scalar) else None
    return (choose(served, written) if written else None) or newest, []


def form_named(known: Sequence[Form], wanted: str, year: int) -> Form:
    """Return the form that is wanted, else the one of the year.

    Raises:
        UsageError: there is none of that name, or none for that year.
    """
    names = ", ".join(one.id for one in known)
    if wanted:
        for one in known:
            if one.id == wanted:
                return one
        raise UsageError(
            text("There is no form “{form}”; there are: {forms}.", form=wanted, forms=names)
        )
    chosen = choose(known, year)
    if chosen is None:
        message = text(
            "No form is for reports of {year}; there are: {forms}.", year=year, forms=names
        )
        raise UsageError(message)
    return chosen


def _of_kind(source: Source, served: Sequence[Form]) -> Sequence[Form]:
    """Return the forms of one kind of report: that whose sections the file has most of."""
    kinds = dict.fromkeys(form.kind for form in served)
    if len(kinds) < 2:
        return served
    keys = {normal(entry.key) for entry in source.root}
    best = max(kinds, key=lambda kind: len(keys & _sections(served, kind)))
    return [form for form in served if form.kind == best]


def _sections(forms: Sequence[Form], kind: str) -> set[str]:
    """Return all names that the sections of a kind's forms may have in a data file."""
    sections = (section for form in forms if form.kind == kind for section in form.sections)
    return {
        normal(name)
        for one in sections
        for name in (one.id, one.heading, bare(one.heading), *one.variants)
    }


def _unknown_form(node: Scalar, key: str, wanted: str, served: Sequence[Form]) -> Finding:
    return Finding(
        "N122",
        Severity.ERROR,
        node.position,
        ("form",),
        key,
        text("There is no form “{form}” here.", form=wanted),
        text("Choose one of: {choices}.", choices=", ".join(form.id for form in served)),
        length=node.length,
    )


def _raw(entry: Entry | None) -> str:
    if entry and isinstance(entry.node, Scalar) and entry.node.value is not None:
        return entry.node.raw.strip()
    return ""
