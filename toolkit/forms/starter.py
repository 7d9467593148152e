"""A commented data file to fill in, made from the form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.forms.kinds import Kind, known
from toolkit.forms.model import Form, Key
from toolkit.forms.spelling import ENGLISH, spelled
from toolkit.messages import Text, text


@dataclass(frozen=True, slots=True)
class Starter:
    """What is known when the file is made.

    ``given`` are values by key: ``year``, ``plugin``; ``spelling`` is that of the names.
    """

    form: Form
    given: Mapping[str, object]
    language: str
    name_form: bool = False
    spelling: str = ENGLISH

    def text(self) -> str:
        """The whole file."""
        return "\n".join(self._lines()).rstrip() + "\n"

    def _lines(self) -> Iterator[str]:
        yield self._comment(
            text(
                "{title}: a report on the form of {notice}.",
                title=self.form.name,
                notice=self.form.notice,
            )
        )
        for line in _HOW[: 4 if self.spelling == ENGLISH else 3]:
            yield self._comment(line)
        yield ""
        sections = {section.id for section in self.form.sections}
        for key in self.form.keys:
            if key.id == "form" and not self.name_form:
                continue
            if key.id in sections:
                yield ""
                yield f"# {key.label}"
                yield from self._section(key)
            elif key.id not in _UNASKED:
                yield from self.basic(key)

    def _comment(self, message: Text) -> str:
        return f"# {message.render(self.language)}"

    def _name(self, key: Key, siblings: Sequence[Key]) -> str:
        return spelled(key, siblings, self.spelling)

    def _note(self, key: Key, told: str = "") -> str:
        """Return the comment behind a name: its label, unless it is spelled so, and what it is."""
        label = key.label if self.spelling == ENGLISH else ""
        words = f"{label}: {told}" if label and told else label or told
        return f"  # {words}" if words else ""

    def basic(self, key: Key, depth: int = 0, siblings: Sequence[Key] = ()) -> Iterator[str]:
        """One key with what it means; what may be left out is commented out."""
        indent, told = "  " * depth, key.about_zh if self.language == "zh" else key.about
        value = self.given.get(key.id, "")
        off = "" if key.required or value != "" or depth else "# "
        note, name = self._note(key, told), self._name(key, siblings or self.form.keys)
        if key.kind == "group":
            yield f"{indent}{off}{name}:{note}"
            for child in key.keys:
                for line in self.basic(child, depth + 1, key.keys):
                    yield f"{off}{line}"
            return
        shown = value if value != "" else self._empty(key)
        yield f"{indent}{off}{name}: {shown}".rstrip() + note

    def _empty(self, key: Key) -> str:
        return {"flag": "false", "line": "" if key.kind == "word" else '""'}.get(
            key.holds.shape, ""
        )

    def _section(self, key: Key) -> Iterator[str]:
        if key.holds.shape == "text":
            section = self.form.section(key.id)
            for content in section.content:
                yield f"# - {content.label}"
            yield f"{self._name(key, self.form.keys)}: |"
            yield ""
            return
        single = (below for _, below in key.walk() if not below.keys)
        kinds = dict.fromkeys(one.holds for below in single for one in below.columns or (below,))
        for kind in sorted(kinds, key=_order):
            if kind.guide:
                yield self._comment(kind.guide)
        yield f"{self._name(key, self.form.keys)}:"
        yield from self._numbers(key, 1)

    def _numbers(self, key: Key, depth: int) -> Iterator[str]:
        """Rows; a row of plain columns is written on one line, totals left to the toolkit."""
        indent = "  " * depth
        for child in key.keys:
            if child.derived:
                continue
            cells = [cell for cell in child.keys if not cell.derived]
            name, note = self._name(child, key.keys), self._note(child)
            if child.holds.shape == "text":
                yield f"{indent}{name}: |{note}"
                yield ""
            elif child.records:
                row = ", ".join(f"{self._name(c, child.columns)}: " for c in child.columns)
                yield f"{indent}{name}:{note}"
                yield f"{indent}# - {{{row.rstrip()}}}"
            elif not child.keys:
                yield f"{indent}{name}:{note}"
            elif any(cell.keys for cell in cells):
                yield f"{indent}{name}:{note}"
                yield from self._numbers(child, depth + 1)
            else:
                row = ", ".join(
                    f"{self._name(cell, child.keys)}: {'' if cell.holds.counted else 'null'}"
                    for cell in cells
                )
                yield f"{indent}{name}: {{{row}}}{note}"


def _order(kind: Kind) -> int:
    """Return the place of a kind among those there are; a form's own come last."""
    names = list(known())
    return names.index(kind.id) if kind.id in names else len(names)


_UNASKED = frozenset({"unrecognized", "suppress"})
_HOW = (
    text("A line that begins with # is not read. Take the # away to use what stands behind it."),
    text("Every line of a text is a paragraph; a line such as （一）主动公开 is a sub-heading."),
    text("Totals are worked out; where you write one (total: 5), it is checked."),
    text("Every key may also be written as its official Chinese label."),
)
