"""政府信息公开工作年度报告: the report by articles 49 and 50 of the regulation on disclosure.

Forms: 国办公开办函〔2019〕60号 (reports for 2019 and 2020), 国办公开办函〔2021〕30号 (from 2021 on).
"""

from toolkit import ReportKind, Source

from .carry_over import CARRY_OVER
from .charts import applications_by_result, applications_by_year
from .example import EXAMPLE
from .rules import RULES

_NOTICES = Source(
    "law",
    "国办公开办函〔2019〕60号（格式试行）；国办公开办函〔2021〕30号（现行格式，2021年9月26日）",
)

KIND = ReportKind(
    id="disclosure",
    name="政府信息公开工作年度报告",
    everywhere=True,
    rules=RULES,
    sources={
        "N301": _NOTICES,
        "N602": Source("law", "国办公开办函〔2021〕30号，（四）明确责任（“内容雷同、敷衍塞责”）"),
    },
    example=EXAMPLE,
    charts={
        "applications_by_result": applications_by_result,
        "applications_by_year": applications_by_year,
    },
    carry_over=CARRY_OVER,
)
