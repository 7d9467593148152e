"""One sheet of a workbook: looks, locked and open cells, and the hidden ids it is read by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import ceil
from typing import cast

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.diagnostics.printers.frame import width
from toolkit.messages import Text
from toolkit.sources import workbook_ids
from toolkit.sources.workbook_ids import reference
from toolkit.validation.values import Blank

LONGEST = 32_767
"""Characters that one cell may hold (Excel's limit, ECMA-376 says none)."""
_LINE = 15.0
"""Height of one line of text in points."""
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_LINE_ROUND = Side("thin", color="808080")
_GRID = Border(_LINE_ROUND, _LINE_ROUND, _LINE_ROUND, _LINE_ROUND)
_RED = (Font(color="FFFFFF", bold=True), PatternFill(bgColor="C00000"))


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour)


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks; ``open`` ones may be written in while the sheet is protected."""

    font: Font
    fill: PatternFill = field(default_factory=PatternFill)
    across: str = "left"
    upright: str = "center"
    grid: bool = True
    open: bool = False


_BODY, _HEAVY = "宋体", "黑体"
TITLE = Look(Font(_HEAVY, 16), across="center", grid=False)
NOTE = Look(Font(_BODY, 10, color="595959"), grid=False, upright="top")
HINT = Look(Font(_BODY, 10, color="595959"), grid=False)
STRONG = Look(Font(_HEAVY, 11), grid=False)
HEAD = Look(Font(_BODY, 10.5, bold=True), _fill("D9DEE4"), "center")
LABEL = Look(Font(_BODY, 10.5), _fill("ECEEF1"))
TOTAL = Look(Font(_BODY, 11, bold=True), _fill("E2E5E9"), "center")
CHECK = Look(Font(_BODY, 10, color="2E6B34"), _fill("F4F6F3"), "center")
NUMBER = Look(Font(_BODY, 11), across="center", open=True)
WORDS = Look(Font(_BODY, 11), open=True)
PARAGRAPH = Look(Font("仿宋", 12), upright="top", open=True)


class Page:
    """A sheet being laid out. ``rows`` collects the ids that must be found again."""

    def __init__(self, sheet: Worksheet, name: str, language: str) -> None:
        self.sheet, self.name, self.language = sheet, name, language
        self.rows: dict[str, str] = {}
        sheet.row_dimensions[1].hidden = True
        sheet.column_dimensions["A"].hidden = True
        self._validations: dict[str, DataValidation] = {}

    def say(self, words: Text) -> str:
        """Word a message in the workbook's language."""
        return words.render(self.language)

    def mark(self, row: int, name: str, label: str = "") -> None:
        """Return a row its id; with a label it must be found again."""
        self._text(row, 1, name)
        if label:
            self.rows[name] = label

    def ours(self, *rows: int) -> None:
        """Report of rows that they hold nothing to read."""
        for row in rows:
            self._text(row, 1, workbook_ids.OURS)

    def region(
        self, row: int, head: str, columns: Mapping[int, str], labels: Mapping[str, str]
    ) -> None:
        """Open a region in a hidden row of its own; ``labels`` are columns that must stay."""
        self._text(row, 1, "\n".join(filter(None, (head, workbook_ids.listed(dict(labels))))))
        for column, name in columns.items():
            self._text(row, column, name)
        self.sheet.row_dimensions[row].hidden = True

    def put(
        self, row: int, column: int, value: object, look: Look, tall: int = 1, wide: int = 1
    ) -> None:
        """Write a value, over several rows and columns if need be."""
        for y in range(row, row + tall):
            for x in range(column, column + wide):
                self._dress(y, x, look)
        if tall * wide > 1:
            self.sheet.merge_cells(
                start_row=row,
                start_column=column,
                end_row=row + tall - 1,
                end_column=column + wide - 1,
            )
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            self._number(row, column, value)
        elif isinstance(value, bool):
            self.sheet.cell(row, column).value = value
        elif isinstance(value, date):
            cell = self.sheet.cell(row, column)
            cell.value, cell.number_format = value, "yyyy-mm-dd"
        elif value is not None:
            self._text(row, column, _worded(value))

    def formula(self, row: int, column: int, words: str, look: Look, wide: int = 1) -> None:
        """Write a formula of our own."""
        self.put(row, column, None, look, wide=wide)
        self.sheet.cell(row, column).value = f"={words}"

    def red_when(self, row: int, column: int, condition: str) -> None:
        """Let a cell turn red under a condition."""
        look = DifferentialStyle(font=_RED[0], fill=_RED[1])
        rule = Rule("expression", formula=[condition], dxf=look)
        self.sheet.conditional_formatting.add(reference(row, column), rule)

    def validate(
        self, key: str, row: int, column: int, made: DataValidation, last: int = 0
    ) -> None:
        """Put a cell (down to row ``last``) under a validation; one key means one of them."""
        if key not in self._validations:
            self._validations[key] = made
            self.sheet.add_data_validation(made)
        area = reference(row, column) + (f":{reference(last, column)}" if last > row else "")
        self._validations[key].add(area)

    def widths(self, widths: Mapping[int, float]) -> None:
        """Set widths of columns, in characters."""
        for column, chars in widths.items():
            letters = reference(1, column)[:-1]
            self.sheet.column_dimensions[letters].width = chars

    def height(self, row: int, words: str, chars: float, least: float = 20) -> None:
        """Make a row as high as a text needs in so many characters' width."""
        lines = sum(max(1, ceil(width(line) * 1.08 / chars)) for line in words.split("\n"))
        known = self.sheet.row_dimensions[row].height or 0
        self.sheet.row_dimensions[row].height = min(409, max(least, known, lines * _LINE + 5))

    def finish(self, sheets: Mapping[str, str], *, landscape: bool, fit: bool = True) -> None:
        """Write the hidden head, lock the sheet and set up the printing on A4."""
        for column, words in enumerate(
            (
                workbook_ids.MARK,
                self.name,
                workbook_ids.listed(self.rows),
                workbook_ids.listed(dict(sheets)),
            ),
            1,
        ):
            self._text(1, column, words)
            self.sheet.cell(1, column).alignment = Alignment(wrap_text=False)
        sheet = self.sheet
        sheet.protection.sheet = True
        sheet.protection.formatColumns = sheet.protection.formatRows = False
        sheet.sheet_view.showGridLines = False
        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=fit)
        sheet.print_options.horizontalCentered = True
        margins = sheet.page_margins
        margins.left = margins.right = 0.6
        margins.top = margins.bottom = 0.7
        foot = cast(HeaderFooterItem, sheet.oddFooter)
        foot.center.text, foot.left.text = "&P / &N", "&A"

    def _text(self, row: int, column: int, words: str) -> None:
        """Write text as text: what begins like a formula stays a text, also when edited."""
        cell = self.sheet.cell(row, column)
        cell.value = workbook_ids.encoded(words)
        cell.data_type = "s"
        if words.startswith(_RISKY):
            cell.quotePrefix = True

    def _number(self, row: int, column: int, value: int | Decimal) -> None:
        if Decimal(format(float(value), ".15g")) != value:  # more digits than a cell keeps
            self._text(row, column, str(value))
            return
        cell = self.sheet.cell(row, column)
        cell.value = value
        if isinstance(value, Decimal):
            exponent = value.as_tuple().exponent
            places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
            cell.number_format = f"0.{'0' * places}" if places else "0"

    def _dress(self, row: int, column: int, look: Look) -> None:
        cell = self.sheet.cell(row, column)
        cell.font, cell.fill = look.font, look.fill
        cell.alignment = Alignment(look.across, look.upright, wrap_text=True)
        cell.protection = Protection(locked=not look.open)
        if look.grid:
            cell.border = _GRID


def _worded(value: object) -> str:
    """Word what a data file holds: a mark, an amount with its unit, a text."""
    if isinstance(value, Blank):
        return value.mark or workbook_ids.EMPTY
    return str(value)
