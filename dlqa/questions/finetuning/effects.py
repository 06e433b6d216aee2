"""Question 54: figures of what a choice does: the rate, batch norm, the size of the input."""

from collections.abc import Mapping

import numpy as np

from dlqa.drawing.canvas import Drawing, band, panels, spread_labels
from dlqa.drawing.palette import SERIES
from dlqa.evidence.claims import Words
from dlqa.questions.finetuning.names import HEAD, PARAMS, TASK
from dlqa.questions.finetuning.quantities import (
    LAST,
    MIDDLE,
    at,
    at_rate,
    kept,
    moved,
)
from dlqa.questions.finetuning.record import HEADS, Array, Record
from dlqa.questions.finetuning.strips import strips

PHOTO_NAMES: Mapping[str, Words] = {
    "cat": {"zh": "猫", "en": "cat"},
    "coffee": {"zh": "咖啡", "en": "coffee"},
    "rocket": {"zh": "火箭", "en": "rocket"},
    "camera": {"zh": "相机", "en": "camera"},
}


def draw_rates(record: Record, language: str) -> Drawing:
    """What a rate does to the new task, to what was known, and to the weights: digits, small."""
    titles = {
        "zh": ["新任务（数字）的测试准确率", "旧判断保住的比例", "权重的相对变化（%）"],
        "en": ["test accuracy on the new task (digits)", "share of old decisions kept",
               "relative change of weights (%)"],
    }[language]  # fmt: skip
    figure, axes = panels(titles, height=160, margins=(40, 92))
    rates = np.array(PARAMS.rates)
    places = range(len(rates))
    columns: dict[str, Array] = {"rate": rates}
    for head, style in zip(HEADS, SERIES, strict=False):
        drawn = {
            "accuracy": np.stack([at_rate(record, "digits", head, place) for place in places], 1),
            "kept": np.stack([kept(record, head, place) for place in places], 1),
            "moved": 100 * np.stack([moved(record, head, place) for place in places], 1),
        }
        for panel, (name, curves) in zip(axes, drawn.items(), strict=True):
            band(panel, rates, curves, style, label=HEAD[head][language])
            columns[f"{head}.{name}"] = curves.mean(0)
    for panel, top in zip(axes, (1, 1, None), strict=True):
        panel.set(xscale="log", xlim=(rates[0], rates[-1]), ylim=(0, top))
        panel.set_xticks(rates, [f"{rate:g}" for rate in rates])
        panel.minorticks_off()
        spread_labels(panel)
    axes[-1].set_xlabel({"zh": "学习率（对数轴）", "en": "learning rate (logarithmic)"}[language])
    return Drawing(
        figure,
        {
            "zh": "学习率越高，旧知识忘得越多；最好的学习率取决于分类头",
            "en": "The higher the rate, the more is forgotten; which rate is best depends on the head",
        }[language],
        {
            "zh": "三幅图，横轴为学习率，0.01 到 0.1，两条线分别从随机分类头和先线性探测的分类头出发，画出各种子的中位数和范围。"
            "上：随机分类头的准确率先升后平，先线性探测的到最高的学习率才下降。中：保住的旧判断一路减少。下：权重的相对变化一路增大，随机分类头更大。",
            "en": "Three panels, the rate from 0.01 to 0.1 across; two lines, from a random head and "
            "from a probed one, with the spread over seeds. Above: accuracy rises and levels "
            "off from a random head, and falls at the highest rate from a probed one. Middle: fewer "
            "and fewer old decisions are kept. Below: the relative change of weights grows, more so "
            "from a random head.",
        }[language],
        columns,
    )


def draw_batch_norm(record: Record, language: str) -> Drawing:
    """The same fine-tuning with the statistics of batch norm frozen and updated, a dot a seed."""
    ways: Mapping[str, Words] = {
        "frozen": {"zh": "统计量冻结", "en": "frozen"},
        "updated": {"zh": "统计量更新", "en": "updated"},
    }
    samples = {
        task: {
            "frozen": at_rate(record, task, "random", MIDDLE),
            "updated": record.updated[at(task), :, 1],
        }
        for task in TASK
    }
    titles = [TASK[task][language] for task in TASK]
    figure, columns = strips(samples, titles, ways, language, height=124, margin=92)
    return Drawing(
        figure,
        {
            "zh": "图少时，更新批归一化的统计量会毁掉微调",
            "en": "With few images, updating the statistics of batch norm ruins fine-tuning",
        }[language],
        {
            "zh": "上下两幅点图，上为照片裁块，下为数字，每类 5 张；每点一个随机种子的测试准确率，竖线为中位数，虚线为乱猜。"
            "统计量冻结时远高于乱猜，更新时落到乱猜附近。",
            "en": "Two dot plots, crops of photos above, digits below, 5 a class; a dot for each seed’s "
            "test accuracy, a bar at the median, dashes at guessing. Frozen, it is far above guessing; "
            "updated, it falls to about guessing.",
        }[language],
        columns,
    )


def draw_sides(record: Record, language: str) -> Drawing:
    """Any side is accepted; what is recognized depends on it."""
    titles = {
        "zh": ["整张照片：判给正确类别的概率", "照片裁块：线性探测的测试准确率"],
        "en": ["whole photos: probability of the right classes",
               "crops of photos: test accuracy of a linear probe"],
    }[language]  # fmt: skip
    figure, (above, below) = panels(titles, height=200, margins=(40, 82))
    sides = np.array(PARAMS.whole_sides, dtype=float)
    for place, words in enumerate(PHOTO_NAMES.values()):
        chances = record.recognized[:, place]
        band(above, sides, chances[None], SERIES[place], label=words[language])
    above.set(xlim=(sides[0], sides[-1]), ylim=(0, 1))
    above.set_xticks(
        sides[[0, 2, 3, 4, 5, 6]], [f"{side:.0f}" for side in sides[[0, 2, 3, 4, 5, 6]]]
    )
    spread_labels(above)
    small = np.array(PARAMS.sides, dtype=float)
    deep = record.probed_by_side[:, LAST, :, 1].T  # [P, Z]
    best = record.probed_by_side[:, :, :, 1].max(1).T
    band(below, small, best, SERIES[2], label={"zh": "最好的深度", "en": "best depth"}[language])
    band(below, small, deep, SERIES[0], label={"zh": "最后一层", "en": "last depth"}[language])
    below.set(xlim=(small[0], small[-1]), ylim=(0, 1))
    below.set_xticks(small, [f"{side:.0f}" for side in small])
    below.set_xlabel({"zh": "输入边长（像素）", "en": "side of the input (pixels)"}[language])
    spread_labels(below)
    columns: dict[str, Array] = {"side": sides} | {
        name: record.recognized[:, place] for place, name in enumerate(PHOTO_NAMES)
    }
    return Drawing(
        figure,
        {
            "zh": "任何尺寸都算得出来，认不认得出是另一回事",
            "en": "Every size gives an output; whether it is right is another matter",
        }[language],
        {
            "zh": "上图：四张整照片，横轴为输入边长，纵轴为判给正确类别的概率；边长最小时都接近零，各自到某个边长才升上去，"
            "火箭的曲线起落不定，最后停在一半以下。下图：照片裁块上线性探测的准确率，最后一层随边长大幅上升，最好的深度升得较少。",
            "en": "Above: four whole photos, the input’s side across, the probability of the "
            "right classes up; all are near zero at the smallest side and rise at a side of their "
            "own; the rocket rises and falls and ends below one half. Below: accuracy of a linear "
            "probe on crops of photos; the last depth gains much with the side, the best depth less.",
        }[language],
        columns,
    )
