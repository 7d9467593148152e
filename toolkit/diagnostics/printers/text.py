"""For people: place and fault, the line of the file, what to do, where the demand comes from."""

from collections.abc import Iterable, Mapping

from toolkit.diagnostics.finding import Finding, Severity
from toolkit.diagnostics.printers.frame import frame, printable
from toolkit.messages import text

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
_LABELS = {
    Severity.ERROR: text("error"),
    Severity.WARNING: text("warning"),
    Severity.NOTE: text("note"),
}
_MOST_RELATED = 3


def render(findings: Iterable[Finding], sources: Mapping[str, str], *, colour: bool = False) -> str:
    """Write each finding with a frame; ``file:line:column`` comes first, for editors to link.

    ``colour`` adds ANSI colours. Control characters from files are never passed on.
    """
    lines = {name: content.split("\n") for name, content in sources.items()}
    blocks = ["\n".join(_block(finding, lines, colour=colour)) for finding in findings]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _block(finding: Finding, lines: Mapping[str, list[str]], *, colour: bool) -> Iterable[str]:
    severity = _LABELS[finding.severity]
    kind = _paint(f"{severity} {finding.code}", _COLOURS[finding.severity], colour=colour)
    field = f"{printable(finding.field)}: " if finding.field else ""
    yield f"{printable(str(finding.position))}: {kind} {field}{printable(str(finding.message))}"
    margin = "  "
    if source := _line(finding, lines):
        number = str(finding.position.line)
        margin = " " * (len(number) + 2)
        shown, carets = frame(source, finding.position.column, finding.length)
        yield f" {number} | {shown}"
        yield f"{margin}| {_paint(carets, _COLOURS[finding.severity], colour=colour)}"
    if finding.remedy:
        yield f"{margin}= {printable(str(finding.remedy))}"
    for position, word in finding.related[:_MOST_RELATED]:
        yield f"{margin}= {printable(f'{position}: {word}')}"
    if len(finding.related) > _MOST_RELATED:
        more = len(finding.related) - _MOST_RELATED
        yield f"{margin}= {text('and {n} more', n=more)}"
    if finding.citation:
        yield f"{margin}= {text('source: {source}', source=printable(str(finding.citation)))}"


def _line(finding: Finding, lines: Mapping[str, list[str]]) -> str:
    content = lines.get(finding.position.file, [])
    number = finding.position.line
    return content[number - 1] if 0 < number <= len(content) else ""


def _paint(words: str, colour_code: str, *, colour: bool) -> str:
    return f"\x1b[{colour_code}m{words}\x1b[0m" if colour else words
