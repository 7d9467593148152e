"""Reports made up for trying a plugin: every field filled, each value told from all others."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from toolkit.diagnostics import Severity
from toolkit.forms import Form, Key, Kind
from toolkit.pipeline import Checked
from toolkit.registry import Plugin
from toolkit.report import build
from toolkit.sources import read_text
from toolkit.validation import validate

_UNASKED = frozenset({"form", "plugin", "title", "suppress", "unrecognized", "opening", "charts"})
_FIRST = 10_001
"""The first number; five digits, so that one is not found within another by chance."""


@dataclass
class _Filler:
    """Fills keys one after another. ``whole`` fills what may be left out, too."""

    year: int
    whole: bool
    number: int = _FIRST

    def group(self, keys: tuple[Key, ...]) -> dict[str, object]:
        """Fill the keys of a group."""
        filled = {}
        for key in keys:
            wanted = self.whole or key.required or key.keys or key.holds.number
            if key.id not in _UNASKED and wanted and not key.derived:
                value = self.group(key.keys) if key.keys else self._value(key)
                if value != {}:
                    filled[key.id] = value
        return filled

    def _value(self, key: Key) -> object:
        self.number += 1
        kind = key.holds
        if key.id == "website":
            return f"https://example.gov.cn/{self.number}"
        if key.id == "email":
            return f"a{self.number}@example.gov.cn"
        if key.choices:
            return key.choices[0][0]
        if kind.number:
            return self._number(kind)
        if kind.shape == "date":
            return f"{self.year + 1}-01-20"
        words = f"样文{self.number}"
        made = {"flag": True, "list": [], "text": f"{words}。"}
        return made.get(kind.shape, words)

    def _number(self, kind: Kind) -> object:
        """Make up a number within the limits of its kind, with as many decimals as it has."""
        if not kind.counted:
            return self.year
        least, most = kind.minimum, kind.maximum
        number = Decimal(self.number)
        if most is not None and number > most:
            number = (least or Decimal(0)) + number % max(1, int(most - (least or 0)))
        if kind.amount and not kind.unit:
            return f"{number}元"
        return int(number) if kind.whole else f"{number:.{kind.decimals}f}"


def specimen(plugin: Plugin, form: Form, year: int, *, whole: bool, **given: object) -> Checked:
    """Make a report on a form.

    Args:
        plugin: whose report it is.
        form: the form to fill.
        year: year of the report.
        whole: everything is filled; else only what must be.
        given: keys at the top of the data file, in place of made-up ones.

    Raises:
        ValueError: the form asks for what cannot be made up; says which finding that gave.
    """
    key = (form.id, year, whole, plugin.name, json.dumps(given))
    known, made = _MADE.get(key, (None, None))
    if made is None or known is not form:
        made = _filled(plugin.name, form, year, whole=whole, **given)
        _MADE[key] = form, made
    return replace(made, plugin=plugin)


_MADE: dict[tuple[object, ...], tuple[Form, Checked]] = {}
"""Reports made up before; every look at a plugin asks for the same ones."""


def _filled(name: str, form: Form, year: int, *, whole: bool, **given: object) -> Checked:
    document = _Filler(year, whole).group(form.keys)
    document["organization"] = {"name": "示例市示例局"} | (
        {"region": "示例省示例市", "short_name": "市示例局", "kind": "department"} if whole else {}
    )
    document |= {"plugin": name, "form": form.id, **given}
    return _checked(document, form)


def _checked(document: dict[str, object], form: Form) -> Checked:
    """Validate; what may be left out and cannot be made up (a list of things) is left out."""
    data = json.dumps(document, ensure_ascii=False, indent=1).encode()
    source = read_text(data, f"specimen-{form.id}.json", ".json")
    record, findings = validate(source, form)
    for fault in (finding for finding in findings if finding.severity is Severity.ERROR):
        key = form.key(fault.path[:1])
        if key is None or key.required or key.id not in document:
            raise ValueError(f"{fault.field}: {fault.message}")
        return _checked({k: v for k, v in document.items() if k != key.id}, form)
    return Checked(source.file, (), source, build(record, form), text=source.text)


def year_of(form: Form) -> int:
    """A year the form is for; the second where it is for several."""
    first, last = form.years
    return first + 1 if last is None or last > first else first


def printed(document: Mapping[str, object]) -> dict[tuple[str, ...], object]:
    """Return every made-up value of a specimen's document by its path."""
    found: dict[tuple[str, ...], object] = {}
    for name, value in document.items():
        if isinstance(value, Mapping):
            found |= {(name, *path): inner for path, inner in printed(value).items()}
        else:
            found[(name,)] = value
    return found
