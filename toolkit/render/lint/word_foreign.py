"""Placeholders of other systems, and hints to fill something in, that would be printed as they are.

Chinese brackets are ordinary (【】, 《》, 〔2024〕): what stands in them must ask to be filled in.
"""

import re
from collections.abc import Iterator

from lxml import etree

from toolkit.messages import Text, text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAME = r"[A-Za-z_][\w.\- \[\]()'\"|:]{0,60}"
_HAN = r"[\u4e00-\u9fff][\w\u4e00-\u9fff /、：:]{0,40}"
_ASKS = (
    r"[^{}\[\]【】〔〕「」<>＜＞\n]{0,20}?"
    r"(?:请(?:在此)?(?:填|输入|选择|补充|插入|替换)|此处(?:填|输入|插入|请)|待(?:填|补充|完善|定稿)"
    r"|填写)[^{}\[\]【】〔〕「」<>＜＞\n]{0,40}"
)
_FOREIGN = re.compile(
    rf"\$\{{[^{{}}\n]{{1,80}}\}}|[#@]\{{{_NAME}\}}"
    rf"|(?<!\{{)\{{\s*(?:{_NAME}|{_HAN})\s*\}}(?!\}})"
    rf"|«[^«»\n]{{1,60}}»|‹[^‹›\n]{{1,60}}›|(?<!<)<[a-z]\w*(?:[._]\w+)*>(?!>)|#[a-z_]{{3,40}}#|<<\s*{_NAME}\s*>>|\[\[\s*(?:{_NAME}|{_HAN})\s*\]\]"
    rf"|\[%.{{1,80}}?%\]|<%.{{1,80}}?%>|%[A-Za-z_]\w{{1,40}}%|@@\w{{1,40}}@@"
    rf"|\$[A-Za-z_]\w{{1,40}}\$|\[{_ASKS}\]|【{_ASKS}】|〔{_ASKS}〕|「{_ASKS}」|<{_ASKS}>|＜{_ASKS}＞"
)
_ESCAPES = re.compile(r"\{_[{%].*?[%}]_\}")
"""Braces that docxtpl is asked to print."""
_MERGE = re.compile(r"\bMERGEFIELD\s+\"?([^\s\"\\]+)")


def left_over(words: str) -> Iterator[str]:
    """Yield what looks like a placeholder in text outside tags."""
    return (match[0] for match in _FOREIGN.finditer(_ESCAPES.sub("", words)))


def remedy() -> Text:
    """Advise what to write."""
    return text("Write a tag of the reference, such as {tag}, or take it away.", tag="{{ year }}")


def fields(paragraph: etree._Element) -> Iterator[Text]:
    """Yield what is wrong with fields and content controls that begin in a paragraph."""
    codes = "".join(node.text or "" for node in paragraph.iter(f"{W}instrText"))
    for field in paragraph.iter(f"{W}fldSimple"):
        codes += " " + (field.get(f"{W}instr") or "")
    for match in _MERGE.finditer(codes):
        yield text("the merge field “{name}” of Word is never filled", name=match[1])
    for control in _controls(paragraph):
        words = "".join(node.text or "" for node in control.iter(f"{W}t"))
        if words.strip() and "{{" not in words:
            yield text("“{words}” is the hint of a content control, and would be printed",
                       words=words[:40])  # fmt: skip


def _controls(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Content controls that show their hint: those inside a paragraph, and the one around it."""
    around = next(paragraph.iterancestors(f"{W}sdt"), None)
    held = [] if around is None else [around]
    first = None if around is None else next(around.iter(f"{W}p"), None)
    for control in (*(held if first is paragraph else ()), *paragraph.iter(f"{W}sdt")):
        if control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
            yield control
