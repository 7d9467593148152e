"""What is said about each slip: which sign stands there, and what to write instead."""

from toolkit.messages import text
from toolkit.sources.slips.slip import Words

_NAMES = {
    "\t": text("a tab"),
    "\u3000": text("a full-width blank"),
    "\u00a0": text("a blank that does not break"),
}


def colon(sign: str, key: str) -> Words:
    """A full-width colon after a name."""
    return (
        text("“{sign}” after “{key}” is not the colon of a data file.", sign=sign, key=key),
        text("Write “{key}: ”, with a half-width colon and a blank.", key=key),
    )


def no_blank(key: str, sign: str = "") -> Words:
    """A colon with nothing, or the wrong kind of blank, behind it."""
    message = text("The blank after the colon of “{key}” is missing.", key=key)
    if sign:
        message = text("After the colon of “{key}” stands {blank}.", key=key, blank=_NAMES[sign])
    return message, text("Write “{key}: ”, with a blank after the colon.", key=key)


def no_colon(key: str) -> Words:
    """A name without any colon."""
    return (
        text("No colon stands after “{key}”.", key=key),
        text("Write “{key}: ”, with a half-width colon and a blank.", key=key),
    )


def indented_by(sign: str) -> Words:
    """A tab or a full-width blank before a line."""
    name = _NAMES.get(sign, _NAMES["\u00a0"])
    return (
        text("The line is indented by {blank}.", blank=name),
        text("Indent with ordinary blanks (the space bar), two a level."),
    )


def indentation(have: int, right: int) -> Words:
    """A line that stands deeper or less deep than its neighbours."""
    return (
        text("Blanks before this line: {have}; before its neighbours: {right}.",
             have=have, right=right),
        text("Begin it below its neighbours, with as many blanks: {right}.", right=right),
    )  # fmt: skip


def text_line(owner: str, count: int) -> Words:
    """Lines of a text that do not stand below its name."""
    message = text("This line has no name with a colon, and belongs to no text.")
    if owner and count > 1:
        message = text("{n} lines of the text “{key}” are not indented.", n=count, key=owner)
    elif owner:
        message = text("This line of the text “{key}” is not indented.", key=owner)
    if not owner:
        return message, text("Write “name: value”, or begin the line with # if it is a remark.")
    return message, text("Put two blanks before every line of the text, as the ones above it.")


def belongs_nowhere(owner: str) -> Words:
    """A line without a name, below a value that ends on its line."""
    return (
        text("This line has no name with a colon."),
        text("Write “name: value”, or # before a remark. If it goes on with the text of “{key}”, "
             "write “{key}: |” and the whole text below, indented by two blanks.", key=owner),
    )  # fmt: skip


def ends_text(line: str) -> Words:
    """A line with #, or with --- or ..., among the lines of a text."""
    if not line.startswith("#"):
        return (
            text("“{sign}” at the start of a line ends the report; more of the text follows.",
                 sign=line[:3]),
            text("Indent the line like the text, which prints it, or delete it."),
        )  # fmt: skip
    return (
        text("A line with # that is not indented ends the text above; more of it follows."),
        text("Indent the line like the text, which prints it, or move it above the text."),
    )


def blank_line() -> Words:
    """An empty line with more blanks than the text below it."""
    return (
        text("This empty line holds more blanks than stand before the text below it."),
        text("Delete the blanks on this line."),
    )


def separator(sign: str) -> Words:
    """A comma that is none, between two values in braces."""
    return (
        text("“{sign}” separates values here.", sign=sign),
        text("Write a half-width comma and a blank: “, ”."),
    )


def no_comma(key: str) -> Words:
    """Two values in braces with nothing between."""
    return (
        text("The comma before “{key}” is missing.", key=key),
        text("Write “, {key}: ”.", key=key),
    )


def two_commas() -> Words:
    """A comma after a comma."""
    return text("Two commas follow each other."), text("Delete one of them.")


def thousands(written: str, plain: str) -> Words:
    """A number with a separator of thousands, where a comma ends the value."""
    return (
        text("“{written}” would be read as two values, since a comma ends a value here.",
             written=written),
        text("Write {plain}, without a separator.", plain=plain),
    )  # fmt: skip


def comma_inside() -> Words:
    """A comma within a number that is no separator of thousands."""
    return (
        text("A comma stands within a number, where a comma ends the value."),
        text("Write the number without it; the point before decimals is “.”."),
    )


def bracket(sign: str, right: str) -> Words:
    """A brace or bracket of the wrong width or kind."""
    return (
        text("“{sign}” stands where “{right}” belongs.", sign=sign, right=right),
        text("Write “{right}”, half-width.", right=right),
    )


def unclosed(sign: str, right: str) -> Words:
    """A brace or bracket that does not close."""
    return (
        text("“{sign}” is opened here and not closed.", sign=sign),
        text("Put “{right}” at the end of the values.", right=right),
    )


def too_many(sign: str) -> Words:
    """A sign behind the end of a value."""
    return text("“{sign}” is too many here.", sign=sign), text("Delete it.")


def no_braces() -> Words:
    """Several values on one line without braces."""
    return (
        text("Several values stand on one line without braces."),
        text("Put “{left}” before the first and “{right}” after the last.", left="{", right="}"),
    )


def quote_open(sign: str) -> Words:
    """A quotation mark that does not close."""
    return (
        text("The quotation mark {sign} that opens here does not close.", sign=sign),
        text("Put {sign} at the end of the text as well.", sign=sign),
    )


def quote_mark(sign: str, right: str) -> Words:
    """A full-width quotation mark around a value."""
    return (
        text("{sign} is part of a text, and does not enclose it.", sign=sign),
        text("Write {right} (half-width) here.", right=right),
    )


def after_quote() -> Words:
    """A text that goes on behind its closing quotation mark."""
    return (
        text("The text goes on after its closing quotation mark."),
        text("Put the whole text in ' ', or write “ ” inside it."),
    )


def backslash(sign: str) -> Words:
    r"""A ``\`` in double quotes that means nothing."""
    return (
        text("“{sign}” means nothing between double quotation marks.", sign=sign),
        text("Write \\\\ for a backslash, or take away the quotation marks."),
    )


def first_sign(sign: str) -> Words:
    """A text that begins with a sign that has a meaning."""
    return (
        text("A text that begins with “{sign}” stands in quotation marks.", sign=sign),
        text("Put the whole text in \" \"; “{sign}” then is printed as it is.", sign=sign),
    )  # fmt: skip


def colon_inside() -> Words:
    """A colon with a blank within a text."""
    return (
        text("A colon stands where none may stand."),
        text("Put the whole text in \" \", or write “：” in it."),
    )  # fmt: skip


def bar(sign: str) -> Words:
    """A sign that looks like the bar before a text."""
    return (
        text("“{sign}” is not the bar before a text.", sign=sign),
        text("Write “|” (half-width), and the text below it."),
    )


def after_bar() -> Words:
    """A text on the line of its bar."""
    return (
        text("The text begins on the line of the “|”."),
        text("Begin the text on the next line, indented by two blanks."),
    )


def dash(sign: str) -> Words:
    """An entry of a list whose dash has no blank, or is no dash."""
    return (
        text("“{sign}” is not followed by a blank.", sign=sign)
        if sign == "-"
        else text("“{sign}” does not begin an entry of a list.", sign=sign),
        text("Begin the entry with “- ”, a half-width dash and a blank."),
    )


def remark(sign: str) -> Words:
    """A full-width number sign before a remark."""
    return (
        text("“{sign}” does not begin a remark.", sign=sign),
        text("Write “#”, half-width."),
    )
