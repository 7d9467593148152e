"""N4: no heading inside a text."""

from collections.abc import Iterable, Iterator

from toolkit.diagnostics import Severity
from toolkit.messages import text
from toolkit.rules.context import Context
from toolkit.rules.passage import Passage
from toolkit.rules.rule import Miss, Source, rule


@rule(
    "N408",
    Severity.WARNING,
    source=Source("form", text("each section has its heading once")),
    bad="opening: |\n  依据条例编制。\n\n  五、存在的主要问题及改进情况\n",
    good="opening: |\n  依据条例编制，含存在的主要问题及改进情况。\n",
)
def headings_once(context: Context) -> Iterable[Miss]:
    """No text holds the heading of a section.

    The documents print the six headings themselves. A heading inside a text was pasted along,
    and often a whole section with it.
    """
    headings = [section.heading for section in context.report.form.sections]
    for passage in context.passages:
        for line, start in _lines(passage):
            heading = next((h for h in headings if line == h), None)
            if heading:
                yield Miss(
                    passage.path,
                    text("The heading “{heading}” stands inside this text.", heading=heading),
                    text("Delete it, and move what follows to its own section."),
                    at=start,
                    length=len(line),
                )


def _lines(passage: Passage) -> Iterator[tuple[str, int]]:
    for paragraph in passage.paragraphs():
        line = paragraph.text.strip()
        yield line, paragraph.at + paragraph.text.index(line) if line else paragraph.at


RULES = (headings_once,)
