"""Data files that are hard to set well, for any province and either form.

Ten pages of running text with every level of sub-heading, an office of forty characters, seven
digits in every cell, rare characters, amounts with decimals.
"""

import re
from itertools import cycle, islice
from pathlib import Path

from toolkit.cli.main import main

OFFICE = "示例省示例自治州示例县人民政府政务服务和大数据管理局暨政务公开工作领导小组办公室"
"""Forty characters."""
RARE = "㐀㙟䶮𠀀𪛖𫍽𬭳𮯀〇"
COUNT = "1234567"
AMOUNT = "1234567.89"
SENTENCES = (
    "示例县人民政府政务服务和大数据管理局坚持“公开为常态、不公开为例外”，依据《中华人民共和国政府信息公开条例》（国务院令第711号）和《关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2021〕30号），全面做好主动公开、依申请公开、政府信息管理、平台建设、监督保障等各项工作。",
    "全年在门户网站（含“政务公开”专栏、政务新媒体“示例发布”）发布信息1234567条，其中：规划计划类3456条、财政资金类789条、“双随机、一公开”监管类12条；开展解读86次（图解、问答、视频），回应“12345”热线留言2345件，办结率99.6%。",
    "对涉及群众切身利益的决策（如《城镇燃气管理办法（征求意见稿）》、《养老服务“十四五”规划》），通过座谈、听证、问卷等方式征求意见；采纳情况及理由——无论是否采纳——均向社会公开。",
    "办理中坚持“一件一策”：能公开的（包括部分公开）尽快公开，不能公开的说明理由、告知救济途径；对内容不明确的，一次性告知补正，做到“事事有回音、件件有着落”！",
    "加强制度建设，修订《政府信息公开指南》《政府信息公开保密审查办法》等5项制度，落实“先审后发、全程留痕”，确保信息内容准确、来源可靠、更新及时……",
    "人名、地名中的生僻字（如“㐀”“㙟”“䶮”“𠀀”“𫍽”）均按原字印制，WTO、GDP等字母词和2.5%、A4、B2C之类写法照录。",
)
SUBHEADINGS = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障")


def data_file(folder: Path, province: str, year: int, pages: int = 10) -> Path:
    """Write one for a province's plugin; the year decides the form."""
    file = folder / f"{province}-{year}.yaml"
    main(["new", "--force", str(file), "--year", str(year), "-p", province])
    content = file.read_text(encoding="utf-8")
    results = re.search(r"\n  results:.*?(?=\n  carried_forward:)", content, re.DOTALL)[0]
    received = int(COUNT) * results.count("natural_person")  # what comes in must go out
    content = re.sub(r"\{([\w: ,]+)\}", _counted, content)
    content = re.sub(r"\n  new: .*", lambda line: line[0].replace(COUNT, str(received)), content)
    content = content.replace('  name: ""', f"  name: {OFFICE}", 1)
    content = content.replace('region: ""', "region: 示例省示例县", 1)
    content = content.replace("  kind: ", "  kind: department", 1)
    content = content.replace("overview: |\n", f"overview: |\n{_indented(overview(pages))}\n", 1)
    other = "本年度未收取信息处理费。无其他需要报告的事项。"
    problems = f"存在的主要问题：{SENTENCES[3]}\n下一步改进：{SENTENCES[4]}"
    for key, text in (("problems_and_improvements", problems), ("other_matters", other)):
        content = content.replace(f"{key}: |\n", f"{key}: |\n{_indented(text)}\n", 1)
    content = f"issued: {year + 1}-01-20\n{content}"
    file.write_text(content, encoding="utf-8")
    return file


def overview(pages: int) -> str:
    """Running text with （一）, 1. and （1） sub-headings; a page is 22 lines of 28."""
    lines, wanted, source = [], pages * 22 * 28, cycle(SENTENCES)
    for number, name in enumerate(cycle(SUBHEADINGS)):
        lines.append(f"（{'一二三四五六七八九十'[number % 10]}）{name}")
        for place, words in enumerate(("组织领导", "工作成效", "制度建设"), 1):
            lines.append(f"{place}.{words}")
            lines += ["".join(islice(source, 2 + place % 2)), "（1）" + next(source)]
        if sum(map(len, lines)) > wanted:
            return "\n".join(lines)
    return None


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())


def _counted(row: re.Match[str]) -> str:
    names = [part.split(":")[0].strip() for part in row[1].split(",")]
    values = [f"{name}: {AMOUNT if name == 'amount' else COUNT}" for name in names]
    return "{" + ", ".join(values) + "}"
