"""What a plugin hands over: one province, said as data and plain functions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from toolkit.charts import Drawer
from toolkit.report import Report
from toolkit.rules import Rule

CONTRACT = 2
"""Version of what a plugin hands over."""
READ = (1, 2)
"""Contracts that are read. One of 1 names no kinds, and serves those every province has."""

_NO_TEMPLATES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Province:
    """A province's own manner of the report. What is not said here is the national one."""

    code: str
    """GB/T 2260, two digits for a province (``"99"``), four or six below it; ``"00"`` is the
    manner for those without a plugin of their own."""
    name: str
    """Official name, as it begins the region in a data file: ``示例省``."""
    kinds: tuple[str, ...] = ()
    """Ids of the kinds of report served, such as ``("disclosure",)``; left out, those of its
    forms, or every kind that the whole country makes."""
    forms: tuple[str, ...] = ()
    """Ids of the forms served, of those there are and of ``form_files``; left out, all forms
    of its kinds that stand in ``schemas/``."""
    form_files: tuple[Path, ...] = ()
    """Forms of the plugin's own, YAML, which may extend a national one."""
    folder: Path | None = None
    """Folder of the plugin's templates; it is searched before the national ones."""
    templates: Mapping[str, str] = field(default_factory=lambda: _NO_TEMPLATES)
    """Format → template below ``folder``; a format not named takes the national template."""
    rules: tuple[Rule, ...] = ()
    """Rules beyond the national ones, under letters of the plugin's own (``HLJ101``)."""
    opening: Callable[[Report], str] | None = None
    """Gives the customary paragraphs before section one, where the data file gives none. Pure."""
    extra: Callable[[Report], Mapping[str, object]] | None = None
    """Gives more values for the plugin's own templates, as ``extra.<name>``. Pure."""
    charts: tuple[str | Drawer, ...] = ()
    """Charts that go with the report unless its data file says ``charts: false``: names of those
    its kind of report has (for disclosure ``"applications_by_result"`` and
    ``"applications_by_year"``), and pure functions that give a `Chart` of a report, or None."""
    date_style: str = "arabic"
    """Date of signature: ``"arabic"`` 2023年1月20日, ``"chinese"`` 二〇二三年一月二十日."""
    landscape: tuple[str, ...] = ()
    """Ids of the sections whose tables lie on their side, as GB/T 9704-2012, 8 has it:
    ``("applications", "review_and_litigation")``."""
    upright: tuple[str, ...] = ()
    """Ids of the sections whose tables never lie on their side. Others turn by themselves where
    their numbers have no room upright at 9 pt, such as seven digits in fifteen columns."""
    examples: tuple[Path, ...] = ()
    """Data files that show the plugin at work; each must pass the checks and generate."""
    contract: int = CONTRACT
    """The contract the plugin was written for."""


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of output.

    ``module`` is imported when the first document of the format is made; it offers
    ``render(request: RenderRequest) -> bytes``. ``template`` is the national one. A province
    that names no template for the format gives the one it has for the format ``shares``.
    """

    name: str
    suffix: str
    mime: str
    module: str
    template: str
    shares: str = ""
