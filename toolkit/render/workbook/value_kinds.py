"""What may be typed into the cells of a workbook: one validation for each kind of value."""

from openpyxl.worksheet.datavalidation import DataValidation

from toolkit.forms import Key, Kind
from toolkit.forms.values import LARGEST
from toolkit.messages import text
from toolkit.render.workbook.sheet import Page
from toolkit.sources import workbook_ids
from toolkit.sources.workbook_ids import reference

_TITLE = text("This cannot stand here")
_DAYS = ("36526", "73050")
"""The first and last day a cell takes, as spreadsheets count: 2000-01-01, 2099-12-31."""


def number(page: Page, row: int, column: int, kind: Kind, last: int = 0) -> None:
    """Let a cell of a table (down to row ``last``) take values of its kind only."""
    if kind.number:
        _number(page, row, column, kind, last)
    elif kind.shape == "date":
        made = DataValidation("date", *_DAYS, operator="between")
        _apply(page, kind.id, row, column, made, kind, last)
    elif words := kind.labels():
        made = DataValidation("list", f'"{",".join(words.values())}"')
        _apply(page, f"choice {kind.id}", row, column, made, kind, last)


def _number(page: Page, row: int, column: int, kind: Kind, last: int) -> None:
    cell, key = reference(row, column), kind.id
    if kind.absent:
        made, key = _or_absent(cell, kind), f"{kind.id} {cell}"
    elif kind.whole:
        made = DataValidation("whole", *_limits(kind), operator="between")
    elif kind.amount and not kind.unit:
        made = DataValidation()
        made.showErrorMessage = False
    else:
        least, most = _limits(kind)
        exact = f"ROUND({cell},{kind.decimals})={cell}"
        within = f"ISNUMBER({cell}),{cell}>={least},{cell}<={most}"
        made, key = DataValidation("custom", f"AND({within},{exact})"), f"{kind.id} {cell}"
    _apply(page, key, row, column, made, kind, last)


def _or_absent(cell: str, kind: Kind) -> DataValidation:
    """Let a number of the kind through, or the form's word for “not applicable”."""
    least, most = _limits(kind)
    exact = f"ROUND({cell},{kind.decimals})={cell}"
    number = f"IF(ISNUMBER({cell}),AND({cell}>={least},{cell}<={most},{exact}),FALSE)"
    word = kind.absent.replace('"', '""')
    return DataValidation("custom", f'OR({cell}="{word}",{number})')


def _limits(kind: Kind) -> tuple[str, str]:
    least = -LARGEST if kind.minimum is None else kind.minimum
    return str(least), str(LARGEST if kind.maximum is None else kind.maximum)


def single(page: Page, row: int, column: int, key: Key, last: int = 0) -> None:
    """Let a cell of the basics (down to row ``last``) take what its field takes."""
    if words := labels(key):
        made = DataValidation("list", f'"{",".join(words.values())}"')
        _apply(page, f"choice {key.id}", row, column, made, key.holds, last)
    else:
        number(page, row, column, key.holds, last)


def labels(key: Key) -> dict[str, str]:
    """The words a chosen value may have, with how each is written in a workbook."""
    return dict(key.choices) or key.holds.labels()


def row_id(path: tuple[str, ...], key: Key) -> str:
    """The hidden id of a single value."""
    name = workbook_ids.REQUIRED * key.required + ".".join(path)
    return workbook_ids.choice(name, labels(key))


def _apply(
    page: Page, name: str, row: int, column: int, made: DataValidation, kind: Kind, last: int
) -> None:
    prompt = page.say(kind.prompt or kind.guide or _TITLE)
    made.allow_blank = True
    made.errorTitle, made.error = page.say(_TITLE), prompt
    made.prompt = prompt
    made.showInputMessage = True
    if made.showErrorMessage is not False:
        made.showErrorMessage = True
    page.validate(name, row, column, made, last)
