"""What web pages print around a report: links, counters, the owner of the site."""

import re

from toolkit.importers.labels import half_width

_FURNITURE = re.compile(
    r"""^(?:\[?(?:打印|关闭|字号|大|中|小|返回顶部|返回|分享到?|扫一扫|收藏|纠错)[\]\s|:]*)+
    |^(?:上一篇|下一篇|上一条|下一条|相关(?:链接|文章|阅读|附件)|附件下载|责任编辑|编辑|作者|来源|信息来源|
        发布(?:日期|时间|机构|单位)|浏览(?:次数|量)|点击(?:数|量|次数)|访问量|字体大小|索引号|
        主办(?:单位)?|承办(?:单位)?|技术支持|网站地图|网站标识码|联系我们|关于我们|版权所有|
        当前位置|您的位置|分享到|扫一扫|【?(?:打印|关闭|字体|字号|打印本页|关闭窗口)】?)\s*[::\]】(]?
    |\.(?:docx?|pdf|xlsx?|wps|ofd|zip|rar)$
    |ICP备|公网安备|网站标识码|Copyright|All\ Rights\ Reserved""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST = 120
_CAPTION = re.compile(r"图\s*[0-9]{1,2}(?:[\s:]|数据)")


def is_furniture(words: str) -> bool:
    """Whether a line belongs to the page and not to the report."""
    plain = half_width(words).strip()
    if plain.endswith(("。", ";")) or len(plain) > _LONGEST:
        return False
    return bool(_FURNITURE.search(plain))


def is_caption(words: str) -> bool:
    """Whether a line names a picture (图1 …); a picture cannot be read, nor its numbers be data."""
    return bool(_CAPTION.match(half_width(words).strip()))
