"""Last year's report → this year's data file: what stays is kept, the rest is left to fill in."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.forms import Form, Key, Path
from toolkit.forms.kinds import TRUTH
from toolkit.forms.spelling import ENGLISH, spelled
from toolkit.forms.starter import Starter
from toolkit.messages import Text, text
from toolkit.report import Report
from toolkit.validation.values import Blank, Money, Number

_KEPT = frozenset({"customary_opening"})
_ORGANIZATION = ("name", "short_name", "region", "kind")


@dataclass(frozen=True, slots=True)
class CarryOver:
    """What is true of one kind of report when it goes on from last year's.

    ``opening_cell`` gives the cell of last year's report that a cell of this year's begins
    with, or None. ``answered`` are sections whose text of last year is to be answered, so it
    stands beside the new one as comments. ``history`` gives one entry for each earlier year,
    last year's own at the end, for the list ``history_field`` of the data file.
    """

    opening_cell: Callable[[Path], Path | None] = lambda path: None
    answered: tuple[str, ...] = ()
    history_field: str = ""
    history: Callable[[Report], Sequence[Mapping[str, object]]] = lambda last: ()


def opening_cells(last: Report, form: Form, rules: CarryOver) -> dict[Path, Number]:
    """Return the cells of a form that begin with a number of last year's report; totals too."""
    found: dict[Path, Number] = {}
    for cell in form.cells:
        before = rules.opening_cell(cell.path)
        value = last.cells.get(before) if before else None
        if value is not None and not isinstance(value, Blank):
            found[cell.path] = value
    return found


@dataclass(frozen=True, slots=True)
class Carry:
    """What is known when the file is made.

    ``form`` is that of ``year``, the new report's; ``plugin`` the one asked for, where it is not
    that of last year.
    """

    last: Report
    form: Form
    year: int
    language: str
    rules: CarryOver
    name_form: bool = False
    plugin: str = ""
    spelling: str = ENGLISH

    def text(self) -> str:
        """Word the whole file.

        Organisation and contact stay; what was carried forward (件) becomes what is carried
        over, column by column; every other number is empty, with last year's beside it in a
        comment; last year's problems stand as comments to answer.
        """
        parts = (
            self._head(),
            self._lacking(),
            self._own(),
            self._earlier(),
            self._sections(),
            self._lost(),
        )
        return "\n".join(line for part in parts for line in part).rstrip() + "\n"

    def _head(self) -> Iterator[str]:
        yield self._comment(
            text("Carried over from the report for {year}; fill in the rest.", year=self.last.year)
        )
        yield ""
        if plugin := self.plugin or self.last.plugin:
            yield f"{self._name('plugin')}: {plugin}"
        if self.name_form:
            yield f"{self._name('form')}: {self.form.id}"
        yield f"{self._name('year')}: {self.year}"
        yield f"{self._name('organization')}:"
        for name in _ORGANIZATION:
            word = getattr(self.last.organization, name)
            if word:
                yield f"  {self._name('organization', name)}: {_quoted(word)}"
        if self.last.contact:
            yield f"{self._name('contact')}:"
            for name, word in self.last.contact.items():
                yield f"  {self._name('contact', name)}: {_quoted(word)}"
        if self.last.get("customary_opening") is True:
            yield f"{self._name('customary_opening')}: true"

    def _name(self, *path: str) -> str:
        """Return the name of a field as it is spelled in this file."""
        key, above = self.form.key(path), self.form.key(path[:-1])
        siblings = above.keys if above else self.form.keys
        return spelled(key, siblings, self.spelling) if key else path[-1]

    def _lacking(self) -> Iterator[str]:
        """The date of signature to fill in, and as comments the fields last year's file lacked."""
        written = {"form", "plugin", "year", "organization", "suppress", "unrecognized"}
        written |= {section.id for section in self.form.sections} | {self.rules.history_field}
        written |= {"contact"} if self.last.contact else set()
        written |= {key.id for key in self.form.own_fields if self.last.get(key.id) is not None}
        starter = Starter(self.form, {}, self.language, spelling=self.spelling)
        for key in self.form.keys:
            if key.id in written or (self.last.get(key.id) is True and key.id in _KEPT):
                continue
            for line in starter.basic(key):
                yield line.removeprefix("# ") if key.id == "issued" else line

    def _own(self) -> Iterator[str]:
        """Fields of the form's own: words stay, numbers stand beside in a comment."""
        for key in self.form.own_fields:
            value = self.last.get(key.id)
            if value is None or key.keys or key.holds.shape == "list":
                continue
            if key.holds.number:
                yield f"{self._name(key.id)}:  # {key.label}{self._said(str(value))}"
            else:
                word = str(value).lower() if isinstance(value, bool) else _quoted(str(value))
                yield f"{self._name(key.id)}: {word}  # {key.label}"

    def _worded(self, value: object) -> str:
        return TRUTH[str(value).lower()] if isinstance(value, bool) else str(value)

    def _said(self, words: str) -> str:
        said = text("{year}: {numbers}", year=self.last.year, numbers=words)
        return f" ({said.render(self.language)})"

    def _earlier(self) -> Iterator[str]:
        """Last year's numbers and those before it, for the chart by year.

        They stand as a comment unless last year's file had any.
        """
        field, years = self.rules.history_field, self.rules.history(self.last)
        if not years:
            return
        off = "" if self.last.get(field) else "# "
        yield self._comment(text("Earlier years, for a chart by year:"))
        yield f"{off}{self._name(field)}:"
        for year in years:
            entry = ", ".join(f"{name}: {value}" for name, value in year.items())
            yield f"{off}  - {{{entry}}}"

    def _sections(self) -> Iterator[str]:
        for section in self.form.sections:
            key = self.form.key((section.id,))
            yield ""
            yield f"# {section.heading}"
            if section.kind == "narrative":
                yield from self._narrative(section.id)
            elif key is not None:
                yield f"{self._name(key.id)}:"
                yield from self._rows(key, (key.id,), 1)

    def _narrative(self, name: str) -> Iterator[str]:
        for content in self.form.section(name).content:
            yield f"# - {content.label}"
        words = self.last.narratives.get(name, "")
        if name in self.rules.answered and words.strip():
            yield self._comment(
                text("Last year's report said this; tell what has become of each point:")
            )
            yield from (f"#   {line.strip()}" for line in words.splitlines() if line.strip())
        yield f"{self._name(name)}: |"
        yield ""

    def _rows(self, key: Key, above: Path, depth: int) -> Iterator[str]:
        """Rows of a table; totals are left to the toolkit."""
        indent = "  " * depth
        for child in key.keys:
            path = (*above, child.id)
            if child.derived:
                continue
            cells = [cell for cell in child.keys if not cell.derived]
            name = self._name(*path)
            if child.holds.shape == "text":
                yield f"{indent}{name}: |{self._note(child, [])}"
                yield ""
            elif child.records:
                yield f"{indent}{name}:{self._note(child, [])}"
                yield from self._last_rows(child, path, indent)
            elif not child.keys:
                note = self._note(child, [path])
                yield f"{indent}{name}: {self._number(path)}{note}"
            elif any(cell.keys for cell in cells):
                yield f"{indent}{name}:{self._note(child, [])}"
                yield from self._rows(child, path, depth + 1)
            elif cells:
                row = ", ".join(
                    f"{self._name(*path, c.id)}: {self._number((*path, c.id))}" for c in cells
                )
                note = self._note(child, [(*path, c.id) for c in cells])
                yield f"{indent}{name}: {{{row}}}{note}"

    def _last_rows(self, key: Key, path: Path, indent: str) -> Iterator[str]:
        """Write last year's rows as comments: which there are this year, nobody knows yet."""
        for row in self.last.rows(*path):
            cells = ", ".join(
                f"{spelled(column, key.columns, self.spelling)}: "
                f"{'' if column.holds.number else _written(row.get(column.id))}"
                for column in key.columns
            )
            shown = (self._worded(row.get(c.id)) for c in key.columns if c.holds.number)
            yield f"{indent}# - {{{cells}}}  #{self._said(', '.join(shown))}"

    def _number(self, path: Path) -> str:
        """Return a cell's first value: last year's carry-forward, or nothing yet."""
        before = self.rules.opening_cell(path)
        value = self.last.cells.get(before) if before else None
        if isinstance(value, Blank):
            value = None
        return _written(value)

    def _note(self, key: Key, cells: list[Path]) -> str:
        """Return the comment behind a row: its label, unless it is spelled so, and last year's."""
        label = key.label if self.spelling == ENGLISH else ""
        words = f"{label}{self._before(cells)}".strip()
        return f"  # {words}" if words else ""

    def _before(self, cells: list[Path]) -> str:
        known = [self.last.cells.get(cell) for cell in cells]
        if not any(value for value in known if not isinstance(value, Blank)):
            return ""
        shown = ", ".join(
            "—" if v is None or isinstance(v, Blank) else self._worded(v) for v in known
        )
        return self._said(shown)

    def _lost(self) -> Iterator[str]:
        """Yield which numbers the new form has no place for."""
        gone = [
            (cell, self.last.cells[cell.path])
            for cell in self.last.form.cells
            if cell.path not in self.form.cell_at and not cell.derived
        ]
        if not gone:
            return
        yield ""
        yield self._comment(
            text(
                "The form {new} has no place for these numbers of {year} (form {old}):",
                new=self.form.id,
                year=self.last.year,
                old=self.last.form.id,
            )
        )
        for cell, value in gone:
            yield f"#   {cell.label}: {value}"

    def _comment(self, message: Text) -> str:
        return f"# {message.render(self.language)}"


def _written(value: object) -> str:
    """Write a value of a table; words in quotes, whatever YAML would take them for."""
    if isinstance(value, str | Money):
        return _quoted(str(value))
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _quoted(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)
