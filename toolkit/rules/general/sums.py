"""N2: the sums of the form, for each row and column.

A cell that alone explains several broken sums is where all of them are shown; a sum that any
of several cells may have broken names them all.
"""

from collections.abc import Iterable, Iterator

from toolkit.diagnostics import Severity
from toolkit.forms import CellField, Comparison, Equation, Path
from toolkit.forms.expressions import Combined, Constant, Expression, cells
from toolkit.messages import Text, text
from toolkit.report import Report, exact
from toolkit.rules.context import Context
from toolkit.rules.names import cell_name, column_name, group_name, row_name
from toolkit.rules.rule import Miss, Source, rule
from toolkit.rules.sum_faults import Amount, Broken, Group, Unkept, broken_sums, unkept


@rule(
    "N201",
    Severity.ERROR,
    source=Source("form", text("the official form, section three, head of the table")),
    bad="applications: {new: {natural_person: 3}, results: {granted: {natural_person: 2}}}",
    good="applications: {new: {natural_person: 3}, results: {granted: {natural_person: 3}}}",
)
def balance(context: Context) -> Iterable[Miss]:
    """Applications that came in equal those dealt with and those carried forward.

    The head of the table asks it of every column: item one plus item two equals item three plus
    item four. The table is filled by several hands; one cell changed late breaks the balance,
    and no cell looks wrong by itself.
    """
    return _misses(context, "N201")


@rule(
    "N202",
    Severity.ERROR,
    source=Source("arithmetic"),
    bad="applications: {new: {natural_person: 3}, results: {granted: {natural_person: 2},"
    " total: {natural_person: 3}}}",
    good="applications: {new: {natural_person: 3}, results: {granted: {natural_person: 3},"
    " total: {natural_person: 3}}}",
)
def results_total(context: Context) -> Iterable[Miss]:
    """The total of results is the sum of all kinds of results.

    Row (七)总计 counts every application dealt with once, under exactly one kind of result:
    granted, partly granted, refused, unavailable, not processed, other.
    """
    return _misses(context, "N202")


@rule(
    "N203",
    Severity.ERROR,
    source=Source("arithmetic"),
    bad="""
applications:
  new: {natural_person: 3, total: 4}
  results: {granted: {natural_person: 3}}
  carried_forward: {natural_person: 0, total: 1}
""",
    good="""
applications:
  new: {natural_person: 4, total: 4}
  results: {granted: {natural_person: 3}}
  carried_forward: {natural_person: 1, total: 1}
""",
)
def row_total(context: Context) -> Iterable[Miss]:
    """The column of totals is the sum over all kinds of applicants.

    Each application is counted under one kind of applicant: a natural person, or one of the five
    kinds of legal persons and other organizations.
    """
    return _misses(context, "N203")


@rule(
    "N204",
    Severity.ERROR,
    source=Source("arithmetic"),
    bad="review_and_litigation: {administrative_reconsideration: {upheld: 2, pending: 1,"
    " total: 4}}",
    good="review_and_litigation: {administrative_reconsideration: {upheld: 2, pending: 1,"
    " total: 3}}",
)
def review_total(context: Context) -> Iterable[Miss]:
    """Each total of reviews and lawsuits is the sum of its outcomes.

    A case is upheld, corrected, ended otherwise or still pending; the three totals of section
    four count nothing else.
    """
    return _misses(context, "N204")


@rule(
    "N205",
    Severity.WARNING,
    source=Source("arithmetic"),
    bad="""
form: national-2019
year: 2020
proactive_disclosure: {article_20_1: {normative_documents: {disclosed: 5, total_disclosed: 4}}}
""",
    good="""
form: national-2019
year: 2020
proactive_disclosure: {article_20_1: {normative_documents: {disclosed: 4, total_disclosed: 5}}}
""",
)
def disclosed_within_total(context: Context) -> Iterable[Miss]:
    """What was newly disclosed is part of all that is disclosed.

    In the form of 2019 the number newly disclosed in the year (本年新公开数量) is counted in the
    whole number disclosed (对外公开总数量) as well.
    """
    for cell in context.report.form.cells:
        whole = context.count(*cell.path[:-1], "total_disclosed")
        new = context.count(*cell.path)
        if cell.path[-1] == "disclosed" and None not in (whole, new) and (new or 0) > (whole or 0):
            yield Miss(
                cell.path,
                text("{new} were newly disclosed, but {whole} in all.", new=new, whole=whole),
                text("Correct one of the two; the whole number is at least {new}.", new=new),
            )


_BOTH = "formulas: [applications.new.business <= applications.carried_forward.natural_person]"


@rule(
    "N206",
    Severity.ERROR,
    source=Source("form", text("the formulas of the form")),
    bad=f"""
{_BOTH}
applications: {{new: {{business: 1}}, results: {{granted: {{business: 1}}}}}}
""",
    good=f"""
{_BOTH}
applications:
  new: {{business: 1, natural_person: 1}}
  results: {{granted: {{business: 1}}}}
  carried_forward: {{natural_person: 1}}
""",
)
def formulas_kept(context: Context) -> Iterable[Miss]:
    """Numbers keep every formula of the form that has no rule of its own.

    A form states sums and limits between its cells, in one table or over several: a total, a part
    that is no more than the whole, a share. Numbers that break one were not counted alike, or one
    of them was changed later than the others.
    """
    for group in broken_sums(context.report):
        for broken in group.broken:
            if broken.equation.formula.code not in _OWN:
                yield _miss(context.report, broken, group)
    for one in unkept(context.report):
        if one.comparison.formula.code not in _OWN:
            yield _unkept(context.report, one)


_OWN = frozenset({"N201", "N202", "N203", "N204"})
"""Codes of formulas that have a rule of their own."""


def _unkept(report: Report, one: Unkept) -> Miss:
    """Word a formula that does not hold by its two sides."""
    comparison, fields = one.comparison, report.form.cell_at
    paths = dict.fromkeys(comparison.cells)
    path = next((p for p in paths if p in report.stated), next(iter(paths)))
    shown = {
        "left": _worded(report, comparison.left),
        "right": _worded(report, comparison.right),
        "a": str(one.left),
        "b": str(one.right),
    }
    return Miss(
        path,
        {
            "==": text("{left} is {a}, but {right} is {b}.", **shown),
            "<=": text("{left} is {a}, more than {right}, which is {b}.", **shown),
            ">=": text("{left} is {a}, less than {right}, which is {b}.", **shown),
        }[comparison.sign],
        text("Correct one of these numbers; the form asks that {formula}.",
             formula=comparison.formula.expression),
        related=tuple((p, _related(fields[p], None)) for p in paths if p != path),
        citation=_citation(comparison),
    )  # fmt: skip


def _worded(report: Report, side: Expression) -> str:
    """Write a side in the form's words; of a long sum only where it begins and ends."""
    if isinstance(side, Constant):
        return str(side.value)
    if isinstance(side, Combined):
        return f"{_worded(report, side.left)} {side.sign} {_worded(report, side.right)}"
    names = [f"“{cell_name(report.form.cell_at[path])}”" for path in cells(side)]
    return " + ".join(names if len(names) <= _MOST_NAMED else [names[0], "…", names[-1]])


_MOST_NAMED = 4
"""Cells of one side that are named one by one."""


def _misses(context: Context, code: str) -> Iterator[Miss]:
    for group in broken_sums(context.report):
        for broken in group.broken:
            if broken.equation.formula.code == code:
                yield _miss(context.report, broken, group)


def _miss(report: Report, broken: Broken, group: Group) -> Miss:
    equation = broken.equation
    left, right = _total(report, equation.left), _total(report, equation.right)
    path, value = _suspect(report, equation, group)
    others: dict[Path, Amount | None] = dict(group.cells) or dict.fromkeys(equation.cells)
    fields = report.form.cell_at
    return Miss(
        path,
        text(
            "{lane}: {left}, but {right}; that is {n} apart.",
            lane=_lane(fields[equation.cells[0]], equation),
            left=_side(report, equation, equation.left),
            right=_side(report, equation, equation.right),
            n=str(abs(left - right)),
        ),
        _remedy(report, path, value, group),
        related=tuple((p, _related(fields[p], v)) for p, v in others.items() if p != path),
        citation=_citation(equation),
    )


def _suspect(report: Report, equation: Equation, group: Group) -> tuple[Path, Amount | None]:
    """Choose the cell to show: the only one that could be, a stated total, or the last."""
    values: dict[Path, Amount | None] = dict(group.cells)
    if len(values) == 1:
        return next(iter(values.items()))
    total = equation.left[0][1]
    if len(equation.left) == 1 and total in report.stated:
        return total, values.get(total)
    mine = [path for path in equation.cells if path in values]
    path = mine[-1] if mine else next(reversed(values), equation.cells[-1])
    return path, values.get(path)


def _remedy(report: Report, path: Path, value: Amount | None, group: Group) -> Text:
    if value is None and group.cells:
        path, value = group.cells[0]
    name = cell_name(report.form.cell_at[path])
    if value is None:
        return text("Compare these numbers with the register; more than one must be wrong.")
    if len(group.cells) == 1 and len(group.broken) > 1:
        return text(
            "Look at “{cell}” first: were it {value} and not {now}, all {n} sums would hold.",
            cell=name,
            value=value,
            now=str(report.cells[path]),
            n=len(group.broken),
        )
    return text(
        "Correct one of them; with the others as they are, “{cell}” would be {value}.",
        cell=name,
        value=value,
    )


def _related(cell: CellField, value: Amount | None) -> Text:
    if value is None:
        return text("“{cell}” is part of the sum", cell=cell_name(cell))
    return text("or “{cell}” would be {value}", cell=cell_name(cell), value=value)


def _total(report: Report, terms: Iterable[tuple[int, Path]]) -> Amount:
    return sum(sign * (exact(report.cells[path]) or 0) for sign, path in terms)


def _lane(cell: CellField, equation: Equation) -> str:
    """Name the column or row a sum is taken in; a table of one row goes by its group."""
    if equation.formula.per == "column":
        return column_name(cell)
    return row_name(cell) or group_name(cell)


def _side(report: Report, equation: Equation, terms: tuple[tuple[int, Path], ...]) -> str:
    """Write one side with its numbers; of a long one only what is not 0."""
    shown = [(s, p) for s, p in terms if report.cells[p] != 0 or len(terms) <= 2]
    name = row_name if equation.formula.per == "column" else column_name
    words = ""
    for sign, path in shown or terms[:1]:
        mark = "" if not words else " + " if sign > 0 else " - "
        words += f"{mark}{name(report.form.cell_at[path])} {report.cells[path]}"
    return words if len(terms) == 1 else f"{words} = {_total(report, terms)}"


def _citation(equation: Equation | Comparison) -> Text | None:
    """The form's own words, where it states the sum itself."""
    formula = equation.formula
    stated = formula.basis == "form" and formula.source
    return Source("form", formula.source).citation if stated else None


RULES = (balance, results_total, row_total, review_total, disclosed_within_total, formulas_kept)
