"""N1: how a data file is written. Reading and validation find these; here they are explained."""

from toolkit.diagnostics import Severity
from toolkit.rules.rule import Source, found_by_reading

_FORM = Source("form", "国办公开办函〔2021〕30号、〔2019〕60号附件的表格")


@found_by_reading("N101", Severity.ERROR, bad="year: 2023\n overview: 甲\n", good="year: 2023\n")
def syntax() -> None:
    """The file keeps the rules of its format.

    YAML goes by indentation and colons, JSON by brackets and commas. What is often mistyped, such
    as a full-width colon or comma, a blank left out after a colon, a tab, or a quotation mark that
    does not close, is told where it stands, and the rest is checked as if it were mended. Where
    the rules are broken otherwise, what follows cannot be read, and other faults come after.
    """


@found_by_reading(
    "N102",
    Severity.ERROR,
    bad="year: 2023  # \udcc4\udcea\udcb6\udcc8\n",
    good="year: 2023  # 年度\n",
)
def encoding() -> None:
    """The file is in UTF-8.

    Older editors save Chinese text as GBK or UTF-16; read as UTF-8 it would be nonsense. Save the
    file again with the encoding UTF-8.
    """


@found_by_reading(
    "N103",
    Severity.ERROR,
    bad=f"overview: {'[' * 50}{']' * 50}\n",
    good="opening: [第一段。, 第二段。]\n",
)
def limits() -> None:
    """The file stays within the limits on size, depth and number of values.

    A report is far below them. They keep a broken or hostile file from using up the machine; each
    can be raised by an environment variable that the finding names.
    """


@found_by_reading("N104", Severity.ERROR, bad="year: &this 2023\n", good="year: 2023\n")
def anchors() -> None:
    """No anchors, aliases or tags.

    YAML can refer from one place to another and name types of programs. A data file says each
    value where it belongs, so that it reads the same to a person and to a program.
    """


@found_by_reading("N105", Severity.ERROR, bad="opening: 甲\nopening: 乙\n", good="opening: 甲\n")
def doubled_key() -> None:
    """No key stands twice.

    YAML itself keeps the last and says nothing: whoever pastes a row twice loses a number. The
    English key and the Chinese label of one field count as the same key.
    """


@found_by_reading("N106", Severity.ERROR, bad="- 2023\n", good="year: 2023\n")
def keys_at_the_top() -> None:
    """The file holds keys with values at its top.

    A list, a single value or an empty file is no report. “nianbao new” writes a file to fill in.
    """


@found_by_reading("N107", Severity.ERROR, bad='opening: "甲\\x07乙"\n', good="opening: 甲乙\n")
def control_characters() -> None:
    """No text holds control characters.

    They come from damaged files. Word files and PDFs cannot hold them, and marks that turn the
    direction of writing make a text read otherwise than it is stored.
    """


@found_by_reading("N108", Severity.ERROR, bad="", good="")
def layout() -> None:
    """A workbook keeps its sheets, rows and columns, and its formulas have results.

    Hidden ids in the first row and column say which cell is which field. What stands where the
    form has no place is told and never dropped; so are a row, a column or a sheet that is gone, a
    formula that ends in an error, and one that no program has worked out yet. A sheet of one's
    own is not read, and that is a note.
    """


@found_by_reading("N111", Severity.ERROR, bad="openning: 甲\n", good="opening: 甲\n", source=_FORM)
def unknown_key() -> None:
    """Every key is one of the form's, or its label.

    What stands under an unknown key would be lost. The nearest known name is proposed.
    """


@found_by_reading("N112", Severity.ERROR, bad="overview: ''\n", good="{}", source=_FORM)
def missing() -> None:
    """What every report needs is there: year, office, the six sections.

    A section with nothing to report says so (无); it is not left out.
    """


@found_by_reading(
    "N113",
    Severity.ERROR,
    bad="applications: {new: {natural_person: 许多}}\n",
    good="applications: {new: {natural_person: 0}}\n",
    source=_FORM,
)
def wrong_kind() -> None:
    """Every value is of the kind its field asks for.

    A text where a number belongs, one value where several belong, a list where a text belongs.
    """


@found_by_reading(
    "N114",
    Severity.ERROR,
    bad="applications: {new: {natural_person: -1}}\n",
    good="applications: {new: {natural_person: 0}}\n",
    source=_FORM,
)
def negative() -> None:
    """Counts and amounts are 0 or more.

    Only the columns of change (本年增/减) of the form of 2019 have a sign.
    """


@found_by_reading(
    "N115",
    Severity.ERROR,
    bad="applications: {new: {natural_person: 1.5}}\n",
    good="applications: {new: {natural_person: 0}}\n",
    source=_FORM,
)
def fraction() -> None:
    """Counts are whole.

    Applications, reviews and documents are counted in 件; only amounts in 万元 have decimals.
    """


@found_by_reading(
    "N116",
    Severity.WARNING,
    bad="proactive_disclosure: {article_20_5: {administrative_licensing: {decisions: １２}}}\n",
    good="proactive_disclosure: {article_20_5: {administrative_licensing: {decisions: 12}}}\n",
)
def loose_number() -> None:
    """Numbers are written in plain digits.

    Full-width digits, separators of thousands, units, numbers in words and numbers in quotes are
    read, and it is said as which number. “nianbao check --fix” writes them plainly.
    """


@found_by_reading("N117", Severity.ERROR, bad="year: 1990\n", good="year: 2023\n")
def out_of_range() -> None:
    """Numbers and years are in a range that can be meant.

    The regulations on open government information are in force since 2008; no count comes near
    a thousand million. Beyond that digits were typed twice.
    """


@found_by_reading(
    "N118",
    Severity.ERROR,
    bad="applications: {new: {natural_person: .nan}}\n",
    good="applications: {new: {natural_person: 0}}\n",
)
def not_a_number() -> None:
    """No number is NaN or infinity.

    Programs that export tables write them for a division by zero or an empty cell.
    """


@found_by_reading(
    "N119",
    Severity.NOTE,
    bad="applications: {new: null}\n",
    good="applications: {new: {natural_person: 0}}\n",
)
def rows_left_out() -> None:
    """Rows that are left out count as 0, and that is said once.

    With “--strict” it is an error: then every row has to be filled in.
    """


@found_by_reading(
    "N120",
    Severity.WARNING,
    bad="applications: {new: {natural_person: /}}\n",
    good="applications: {new: {natural_person: 0}}\n",
)
def blank_cell() -> None:
    """A cell holds a number, not a mark.

    A blank, / or — read from a published report is kept apart from 0: nobody knows whether there
    was nothing or nothing was counted. Sums with such a cell are not judged.
    """


@found_by_reading(
    "N121",
    Severity.ERROR,
    bad=f"organization: {{name: {'局' * 101}}}\n",
    good="organization: {name: 桃山区商务局}\n",
)
def too_long() -> None:
    """A text keeps to its length.

    Names and titles have to fit on a line, and no section fills a book; what is longer is
    nearly always something pasted into the wrong field.
    """


@found_by_reading(
    "N122",
    Severity.ERROR,
    bad="organization: {kind: bureau}\n",
    good="organization: {kind: department}\n",
)
def not_a_choice() -> None:
    """Where there are choices, one of them stands.

    The kind of the office decides which deadlines and contents are asked of it.
    """


@found_by_reading("N123", Severity.ERROR, bad="issued: 2024-01-32\n", good="issued: 2024-01-31\n")
def not_a_date() -> None:
    """Dates are written as 2024-01-31 and exist.

    Year, month and day as 2024-01-31, 2024.1.31, 2024/1/31, 2024年1月31日 or 二〇二四年一月三十一日.
    """


@found_by_reading("N124", Severity.ERROR, bad="", good="")
def no_plugin() -> None:
    """The file names a plugin there is.

    The plugin makes the documents and may add rules. Where none is named, that of the
    province at the beginning of “region” is taken.
    """


@found_by_reading("N125", Severity.NOTE, bad="", good="")
def plain_manner() -> None:
    """The province of the report has a plugin.

    Where the file names none and its region has none, the report is made in the national
    manner: the official form and its templates, with no opening or rules of a province. Write
    “plugin:” with the name of that manner, and the note goes.
    """


@found_by_reading("N126", Severity.WARNING, bad="", good="")
def kind_known() -> None:
    """A plugin offers the kind of report that the form is for.

    Without it only the general rules are run, and its charts are left out.
    """


@found_by_reading(
    "N127",
    Severity.WARNING,
    bad='organization: {name: "桃山区\\u200B商务局"}\n',
    good="organization: {name: 桃山区商务局}\n",
)
def deceiving_characters() -> None:
    """No character deceives the eye.

    Blanks of no width and soft hyphens are pasted along from web pages; ⼀ of the radicals and
    compatibility ideographs look like common characters and are others; characters for private
    use look otherwise on each machine. All are kept and printed, but searching does not find the
    text, and names are not the same.
    """


@found_by_reading("N128", Severity.WARNING, bad="", good="")
def read_otherwise() -> None:
    """A value is read as it is meant.

    Full-width quotation marks around a value are part of it; what stands behind “ #” is a remark;
    lines of a text without “|” are joined into one.
    """


@found_by_reading("N129", Severity.NOTE, bad="", good="")
def nothing_but_zeros() -> None:
    """Some number of the report is not 0.

    A report with nothing but zeros is most often a new file whose tables nobody has filled in.
    """


RULES = (
    syntax,
    encoding,
    limits,
    anchors,
    doubled_key,
    keys_at_the_top,
    control_characters,
    layout,
    unknown_key,
    missing,
    wrong_kind,
    negative,
    fraction,
    loose_number,
    out_of_range,
    not_a_number,
    rows_left_out,
    blank_cell,
    too_long,
    not_a_choice,
    not_a_date,
    no_plugin,
    plain_manner,
    kind_known,
    deceiving_characters,
    read_otherwise,
    nothing_but_zeros,
)
