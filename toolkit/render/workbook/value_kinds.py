"""What may be typed into the cells of a workbook: one validation for each kind of value."""

from openpyxl.worksheet.datavalidation import DataValidation

from toolkit.forms import Key
from toolkit.messages import Text, text
from toolkit.render.workbook.sheet import Page
from toolkit.sources import marks
from toolkit.sources.marks import reference
from toolkit.validation.schema import FIRST_YEAR, LAST_YEAR
from toolkit.validation.values import LARGEST

_TOLD: dict[str, Text] = {
    "count": text("Write a whole number (件) from 0 on; 0 where there was nothing."),
    "signed": text("Write the change as a whole number: 4 for four more, -1 for one less."),
    "wan_yuan": text("Write the amount in 万元 with at most two decimals, such as 0.38."),
    "money": text("Write the amount; with its unit where it is not plain, such as 251000元."),
    "year": text("Write the year of the report in four digits."),
    "date": text("Write a date, such as 2026-01-20."),
    "choice": text("Choose one from the list."),
}
_TITLE = text("This cannot stand here")


def number(page: Page, row: int, column: int, kind: str, last: int = 0) -> None:
    """Let a cell of a table (down to row ``last``) take numbers of its kind only."""
    cell = reference(row, column)
    if kind in ("count", "signed"):
        least = 0 if kind == "count" else -LARGEST
        made = DataValidation("whole", str(least), str(LARGEST), operator="between")
        key = kind
    elif kind == "wan_yuan":
        formula = f"AND(ISNUMBER({cell}),{cell}>=0,{cell}<={LARGEST},ROUND({cell},2)={cell})"
        made, key = DataValidation("custom", formula), f"{kind} {cell}"
    else:
        made, key = DataValidation(), kind
        made.showErrorMessage = False
    _apply(page, key, row, column, made, kind, last)


def single(page: Page, row: int, column: int, key: Key, last: int = 0) -> None:
    """Let a cell of the basics (down to row ``last``) take what its field takes."""
    if key.kind == "year":
        made = DataValidation("whole", str(FIRST_YEAR), str(LAST_YEAR), operator="between")
        _apply(page, "year", row, column, made, "year", last)
    elif key.kind == "date":
        made = DataValidation("date", "36526", "73050", operator="between")
        _apply(page, "date", row, column, made, "date", last)
    elif key.choices or key.kind == "flag":
        labels = [label for _, label in key.choices] or list(TRUTH.values())
        made = DataValidation("list", f'"{",".join(labels)}"')
        _apply(page, f"choice {key.id}", row, column, made, "choice", last)


TRUTH = {"true": "是", "false": "否"}
"""How a truth value is written in a workbook."""


def labels(key: Key) -> dict[str, str]:
    """The words a chosen value may have, with how each is written in a workbook."""
    return TRUTH if key.kind == "flag" else dict(key.choices)


def row_id(path: tuple[str, ...], key: Key) -> str:
    """The hidden id of a single value."""
    name = marks.REQUIRED * key.required + ".".join(path)
    return marks.choice(name, labels(key))


def _apply(
    page: Page, name: str, row: int, column: int, made: DataValidation, kind: str, last: int
) -> None:
    told = page.say(_TOLD[kind])
    made.allow_blank = True
    made.errorTitle, made.error = page.say(_TITLE), told
    made.prompt = told
    made.showInputMessage = True
    if made.showErrorMessage is not False:
        made.showErrorMessage = True
    page.validate(name, row, column, made, last)
