"""A table that came as lines → cells of the form, by walking the labels in order.

A dump of a page has one cell a line, often with “|” at its end; other texts have a row a line.
What was one table is a stream of labels and values here. Columns cannot be seen, so values are
taken only when the labels above stand in the form's order and exactly as many values follow.
Behind a label without any value the values of the next may be its own: they are kept aside too.
"""

from collections.abc import Sequence

from toolkit.forms.model import Form, Item, Path, Table
from toolkit.importers.blocks import Paragraph
from toolkit.importers.labels import Likeness, choose, key, likeness
from toolkit.importers.reading import Notes
from toolkit.importers.tables import columns
from toolkit.importers.tables.columns import Chain
from toolkit.importers.tables.rows import Found, Labels, Row
from toolkit.importers.tables.tokens import Token, is_label, is_value, tokens


class StreamReader:
    """Reads the lines of sections two to four."""

    def __init__(self, form: Form, notes: Notes) -> None:
        self._form, self._notes = form, notes
        self._labels = Labels(form)
        self._header: list[Token] = []
        self._fresh = True
        self._group: Row | None = None
        self._padding: int | None = None
        self._waiting: list[Token] = []
        self._lengths: dict[tuple[object, ...], dict[Path, int]] = {}

    def read(self, lines: Sequence[Paragraph], notes: Notes) -> None:
        """Take every value that follows its label into ``notes``; keep the rest aside."""
        cut = tokens(lines, self._labels)
        before = (list(self._header), self._fresh, self._group, self._padding)
        self._lengths = {}
        self._walk(cut, notes.copy())  # to see how many cells rows have
        self._header, self._fresh, self._group, self._padding = before
        self._walk(cut, notes)

    def _walk(self, cut: Sequence[Token], notes: Notes) -> None:
        self._notes = notes
        index = 0
        while index < len(cut):
            index = self._step(cut, index)
        self._give_up()

    def _step(self, cut: Sequence[Token], index: int) -> int:
        token = cut[index]
        run = self._run(cut, index + 1)
        found = self._labels.row(token.words, self._group) if key(token.words) else None
        follows = run and not self._in_header(token, found, run)
        if found is not None and (found.row.is_group or follows):
            self._row(found, token, run)
            return index + 1 + (0 if found.row.is_group else len(run))
        if self._labels.is_column(token.words):
            self._head(token)
        elif found is not None and found.likeness is Likeness.EXACT and not run:
            self._waiting.append(token)
        elif token.words and not is_value(token.words) and not self._labels.is_other(token.words):
            self._notes.aside(token.words, token.place)
            if self._fresh and self._header and not self._labels.is_piece_of_row(token.words):
                self._head(token)  # a column that the form does not have
        elif token.words and is_value(token.words):
            start = self._run(cut, index)
            self._unlabelled(start)
            return index + len(start)
        return index + 1

    def _in_header(self, token: Token, found: Found | None, run: Sequence[Token]) -> bool:
        """“其他” and “总计” label columns too: in a header, or without values, they are no row."""
        if found is None or found.likeness is Likeness.EXACT:
            return False
        begun = self._fresh and bool(self._header)
        return self._labels.is_column(token.words) and (begun or not any(t.words for t in run))

    def _run(self, cut: Sequence[Token], index: int) -> list[Token]:
        """Return the cells from here to the next label, or to a piece of one."""
        run: list[Token] = []
        for token in cut[index:]:
            words = token.words
            named = is_label(words, self._labels) or self._labels.is_piece_of_row(words)
            if key(words) and not is_value(words) and named:
                break
            run.append(token)
        return run

    def _head(self, token: Token) -> None:
        if not self._fresh:
            self._header, self._fresh = [], True
            self._give_up()
        self._header.append(token)

    def _give_up(self) -> None:
        """Report the labels for which no numbers came."""
        for label in self._waiting:
            self._notes.aside(label.words, label.place)
        self._waiting = []

    def _row(self, found: Found, label: Token, run: Sequence[Token]) -> None:
        row = found.row
        if row.is_group:
            self._group = row
            return
        if row.chain[:-1]:
            self._group = Row(row.table, row.chain[:-1])
        if found.likeness is Likeness.NEAR:
            self._notes.near(label.words, row.item.label, label.place, row.table.path)
        if self._waiting and run[0].place.line != label.place.line:
            self._waiting.append(label)  # the numbers may be those of a row before
            self._aside(run, row.table.path)
        else:
            self._take(row, label, run)

    def _unlabelled(self, run: Sequence[Token]) -> None:
        for table in self._form.tables:
            if len(table.rows) == 1 and not table.rows[0].label and self._order(table):
                self._take(Row(table, table.rows), run[0], run)
                return
        self._aside(run, ())

    def _take(self, row: Row, label: Token, run: Sequence[Token]) -> None:
        self._fresh = False
        order = self._order(row.table)
        self._lengths.setdefault(_kind(row), {})[row.path(())] = len(run)
        cells = self._fit(row, run, len(order))
        if not order or cells is None:
            self._aside((label, *run), row.table.path)
            return
        for (head, chain), cell in zip(order, cells, strict=True):
            if chain is None:
                if cell.words:
                    self._notes.aside(f"{row.item.label} / {head}: {cell.words}", cell.place)
                continue
            target = self._form.cell_at[row.path(chain)]
            self._notes.cell(target, cell.words, cell.place, head)

    def _aside(self, run: Sequence[Token], path: tuple[str, ...]) -> None:
        words = " | ".join(token.words for token in run if token.words)
        if words:
            self._notes.aside(words, run[0].place, path)

    def _is_usual(self, row: Row, run: Sequence[Token]) -> bool:
        """Whether most rows like this have as many cells; a lost cell shows by that."""
        lengths = list(self._lengths[_kind(row)].values())
        if len(lengths) == 1:  # nothing to compare with: a blank at the end may be a span's
            return bool(run[-1].words)
        return lengths.count(len(run)) * 2 > len(lengths)

    def _fit(self, row: Row, run: Sequence[Token], count: int) -> list[Token] | None:
        """Choose the cells of a row among those that follow its label.

        Spans leave empty cells behind, at the end of a row or before its values. As long as all
        values are there this does not matter; with a blank among them it must be known where
        empty cells of spans stand, from the full rows above.
        """
        filled = [token for token in run if token.words]
        if len(filled) == count:
            lead = next((i for i, token in enumerate(run) if token.words), 0)
            inner = run[lead : lead + count]
            if all(token.words for token in inner):
                self._padding = max(self._padding or 0, lead)
                return list(inner)
            return None
        if len(run) < count or len(filled) > count:
            return None
        if not filled:
            return list(run[:count])
        if not self._is_usual(row, run):
            return None
        if self._padding == 0 and all(not token.words for token in run[count:]):
            return list(run[:count])
        return list(run) if len(run) == count else None

    def _order(self, table: Table) -> list[tuple[str, Chain | None]]:
        """Return the columns in the order of the values, if the labels above say it for certain."""
        chains = columns.leaves(table)
        if max(len(chain) for chain in chains) == 1:
            return self._flat(table, chains)
        if not all(_is_plain(token.words, chains) for token in self._header):
            return []
        seen = [name for token in self._header if (name := _leaf_name(token.words, chains))]
        across = [chain[-1].label for chain in chains]
        by_level = [c[-1].label for c in sorted(chains, key=len)]
        if seen in (across, by_level):
            return [(chain[-1].label, chain) for chain in chains]
        return []

    def _flat(self, table: Table, chains: Sequence[Chain]) -> list[tuple[str, Chain | None]]:
        """Columns without groups stand in the order of their labels, whichever that is."""
        spelled = [columns.names(chain[-1]) for chain in chains]
        order: list[tuple[str, Chain | None]] = []
        for token in self._header:
            match = choose(token.words, spelled)
            order.append((token.words, chains[match.index] if match else None))
            if match is not None and match.likeness is Likeness.NEAR:
                label = chains[match.index][-1].label
                self._notes.near(token.words, label, token.place, table.path)
        taken = [chain for _, chain in order if chain is not None]
        return order if len(taken) == len(chains) == len(set(map(_last, taken))) else []


def _kind(row: Row) -> tuple[object, ...]:
    """Rows with the same groups before them have the same spans."""
    return (row.table.path, len(row.chain))


def _last(chain: Chain) -> Item:
    return chain[-1]


def _is_plain(words: str, chains: Sequence[Chain]) -> bool:
    """Whether a text is a column's or a group's label, and not only like one."""
    every = [columns.names(item) for chain in chains for item in chain]
    return any(likeness(words, spelled)[0] >= Likeness.LOOSE for spelled in every)


def _leaf_name(words: str, chains: Sequence[Chain]) -> str:
    """Return the label of the column that a text means, or nothing if it labels a group."""
    distinct = list(dict.fromkeys(columns.names(chain[-1]) for chain in chains))
    match = choose(words, distinct)
    return distinct[match.index][0] if match and match.likeness >= Likeness.LOOSE else ""
