"""What titles, columns and rows are called in Chinese; what is not here is shown as it is."""

import re
from collections.abc import Mapping

NAMES: Mapping[str, str] = {
    "shares of builds that stop though nothing changed": "什么都没变、构建却停下的比例",
    "shares of builds that notice a lost effect, by stop or warning": "效应消失后，构建停下或警告的比例",
    "shares of wrong claims at which the build stops": "论断写错后，构建停下的比例",
    "conditions decided, seeds and seconds of each question": "各题判出的条件、种子与用时",
    "conditions relied on": "文字所依据的条件",
    "builds that stop": "停下的构建",
    "all pages": "全部页面",
    "all pages, later seeds": "全部页面，后面的种子",
    "mirrored: stop": "效应翻转：停下",
    "mirrored: stop or warn": "效应翻转：停下或警告",
    "gone: stop": "效应消失：停下",
    "gone: stop or warn": "效应消失：停下或警告",
    "mutants": "写错的论断",
    "same verdicts": "判定不变",
    "caught": "停下",
    "share": "比例",
    "direction turned": "方向颠倒",
    "margin moved": "界值挪动",
    "arms exchanged": "两组对调",
    "conditions exchanged": "条件对调",
    "a neighbouring label read": "读成相邻的标签",
    "all": "合计",
    "conditions": "条件",
    "decided before": "旧方法判出",
    "decided at the first look": "首次检视判出",
    "decided in the end": "最后判出",
    "seeds, as multiples of the first look": "种子，为首次检视的倍数",
    "seconds": "秒",
    "pages with a wrong side": "有误判的页面",
    "conditions decided": "判出的条件",
    "initialization": "初始化",
    "convergence": "收敛速度",
    "regularization": "正则化",
    "finetuning": "微调",
    "iou": "IoU",
    "normal": "正态",
    "t, 3 degrees of freedom": "t，3 个自由度",
    "exponential": "指数",
    "lognormal": "对数正态",
    "24 images, seeds differ": "24 幅图，种子之间不同",
    "few effects among zeros": "零里有少数效应",
}
PATTERNS = (
    (r"(\S+) seeds", r"\1 个种子"),
    (r"(\S+), seeds from (\d+) on", r"\1，从种子 \2 起"),
    (r"misses of the interval that decides, as multiples of an error of (\S+)",
     r"起判定作用的区间不含真值的频率，为约定误差 \1 的倍数"),
    (r"pages of (\d+) conditions, (\d+) seeds at first, at most (\d+) looks",
     r"每页 \1 个条件，首次 \2 个种子，至多检视 \3 次"),
    (r"(\S+) standard deviations from the margin", r"距界值 \1 个标准差"),
    (r"0 or 1, (\S+) ones", r"0 或 1，1 占 \1"),
    (r"ranks of 4 layers, strength (\S+)", r"四层的秩相关，强度 \1"),
    (r"24 images, (\S+) right", r"24 幅图，答对 \1"),
    (r"two humps, (\S+) in one", r"双峰，一峰占 \1"),
    (r"accuracy, (\S+) fail", r"准确率，\1 失败"),
)  # fmt: skip


def chinese(name: str) -> str:
    """A name in Chinese."""
    if name in NAMES:
        return NAMES[name]
    for pattern, translation in PATTERNS:
        if re.fullmatch(pattern, name):
            translated = re.sub(pattern, translation, name)
            first, comma, rest = translated.partition("，")
            return NAMES.get(first, first) + comma + rest
    return name
