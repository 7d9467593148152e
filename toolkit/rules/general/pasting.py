"""N7, second part: what pasting and converting leave behind."""

import re
from collections.abc import Iterable

from toolkit.diagnostics import Severity
from toolkit.messages import text
from toolkit.rules.context import Context
from toolkit.rules.rule import Miss, Source, rule

_ADVICE = Source("advice")


@rule(
    "N707",
    Severity.WARNING,
    source=_ADVICE,
    bad="opening: |\n  健全政府信息公开审查机制，做到先审查后公开。\n\n  健全政府信息公开审查机制，做到先审查后公开。\n",
    good="opening: |\n  健全政府信息公开审查机制，做到先审查后公开。\n\n  依法办理申请。\n",
)
def repeated_sentence(context: Context) -> Iterable[Miss]:
    """No sentence stands twice in the report.

    A longer sentence that stands twice, word for word, was pasted twice.
    """
    seen: dict[str, tuple[str, ...]] = {}
    for passage in context.passages:
        for sentence in passage.sentences():
            core = sentence.text.strip()
            if len(core) < 18:
                continue
            if core in seen:
                yield Miss(
                    passage.path,
                    text("“{sentence}…” stands twice.", sentence=core[:16]),
                    text("Delete one of the two."),
                    at=sentence.at + sentence.text.index(core),
                    length=len(core),
                    related=((seen[core], text("it stands here as well")),),
                )
            seen.setdefault(core, passage.path)


@rule(
    "N708",
    Severity.WARNING,
    source=_ADVICE,
    bad='opening: "全年公开信息12条\\uFFFD，其中网站8条。"',
    good="opening: 全年公开信息12条，其中网站8条。",
)
def unreadable_characters(context: Context) -> Iterable[Miss]:
    """Every character can be read.

    The mark U+FFFD, rows of ? and 锟斤拷 stand where a program could not read a character;
    what stood there is lost and has to be typed again.
    """
    for passage, match in context.search(re.compile("\ufffd+|锟斤拷|烫烫烫|[\ue000-\uf8ff]+")):
        yield Miss.of(
            passage,
            match,
            text("A character could not be read here."),
            text("Type again what stood here."),
        )


RULES = (repeated_sentence, unreadable_characters)
