"""A report without faults: what the examples of the rules are laid over."""

OVERVIEW = """\
{year}年，桃山区商务局认真贯彻落实《中华人民共和国政府信息公开条例》，各项工作有序开展。

（一）主动公开。全年通过区政府网站主动公开政府信息36条。

（二）依申请公开。健全登记、审核、答复、归档流程，畅通受理渠道。

（三）政府信息管理。严格落实保密审查制度，做到先审查、后公开。

（四）政府信息公开平台建设。做好区政府网站专栏的日常维护。

（五）监督保障。落实专人负责，组织业务培训2次。
"""
PROBLEMS = """\
存在的主要问题：政策解读形式较为单一，主动公开的时效有待提高。

改进情况：一是丰富解读形式，增加图解和视频；二是明确信息发布时限，由专人每周核对。
"""
EXAMPLE = {
    "organization": {
        "name": "桃山区商务局",
        "region": "黑龙江省七台河市桃山区",
        "kind": "department",
    },
    "overview": OVERVIEW,
    "problems_and_improvements": PROBLEMS,
    "other_matters": "本年度未收取信息处理费，无其他需要报告的事项。\n",
}
