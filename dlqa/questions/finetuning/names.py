"""The words for question 54's settings, in both languages."""

from dlqa.evidence.claims import Words
from dlqa.questions.finetuning.record import Params

PARAMS = Params()
GUESSING = 0.1  # of ten classes
ACCURACY: Words = {"zh": "测试准确率", "en": "test accuracy"}
TASK: dict[str, Words] = {
    "photos": {"zh": "照片裁块（相似）", "en": "crops of photos (similar)"},
    "digits": {"zh": "手写数字（不相似）", "en": "handwritten digits (dissimilar)"},
}
SIZE: dict[str, Words] = {
    "small": {"zh": f"每类 {PARAMS.small} 张", "en": f"{PARAMS.small} a class"},
    "large": {"zh": f"每类 {PARAMS.large} 张", "en": f"{PARAMS.large} a class"},
}
HEAD: dict[str, Words] = {
    "random": {"zh": "随机分类头", "en": "random head"},
    "probed": {"zh": "先线性探测", "en": "probed first"},
}
DEPTH: dict[str, Words] = {  # the names are those of dlqa.lab.efficientnet, which loads torch
    "stem": {"zh": "首层", "en": "stem"},
    **{f"stage{n}": {"zh": f"第 {n} 段", "en": f"stage {n}"} for n in range(1, 8)},
    "head": {"zh": "末层", "en": "head"},
}
SETTINGS: tuple[tuple[str, str], ...] = tuple((task, size) for task in TASK for size in SIZE)


def setting(task: str, size: str) -> Words:
    """A task with the size of its training set."""
    return {
        "zh": f"{TASK[task]['zh']}，{SIZE[size]['zh']}",
        "en": f"{TASK[task]['en']}, {SIZE[size]['en']}",
    }
