"""Question 54: its figure with controls, the images a class, the depth of the cut and the rate."""

from collections.abc import Mapping

import numpy as np

from dlqa.drawing.canvas import Drawing
from dlqa.drawing.live import Control, Live, Setting
from dlqa.evidence.claims import Words
from dlqa.evidence.values import share
from dlqa.questions.finetuning.names import DEPTH, PARAMS, TASK
from dlqa.questions.finetuning.quantities import SIZES, at, at_rate, tuned
from dlqa.questions.finetuning.record import Array, Record
from dlqa.questions.finetuning.strips import strips

CUTS = ("stage1", "stage2", "stage4", "stage5", "stage7", "head")
COUNTS = {str(PARAMS.small): "small", str(PARAMS.large): "large"}
RATES = [f"{rate:g}" for rate in PARAMS.rates]
ROWS: Mapping[str, Words] = {
    "probe": {"zh": "探测这一深度", "en": "probe at this depth"},
    "control": {"zh": "随机权重", "en": "random weights"},
    "last": {"zh": "训练最后一段", "en": "last stage trained"},
    "all": {"zh": "训练全部", "en": "all layers trained"},
}


def draw_cut(record: Record, language: str, setting: Setting) -> Drawing:
    """Four ways to use the network as the reader sets them, on both tasks, a dot a seed."""
    shown = {task: samples(record, task, setting) for task in TASK}
    titles = [TASK[task][language] for task in TASK]
    figure, columns = strips(shown, titles, ROWS, language, height=170, margin=112)
    return Drawing(figure, *_words(record, language, setting), columns)


def samples(record: Record, task: str, setting: Setting) -> dict[str, Array]:
    """Test accuracies [S] of the ways in ROWS. With many images all layers were trained at one rate."""
    size, depth = COUNTS[setting["images"]], list(DEPTH).index(setting["depth"])
    place, seeds = RATES.index(setting["rate"]), slice(PARAMS.seeds)
    number = SIZES.index(size)
    return {
        "probe": record.probed[at(task), number, depth, seeds, 1],
        "control": record.control[at(task), number, depth, seeds, 1],
        "last": record.last[at(task), number, place, :, 1],
        "all": at_rate(record, task, "probed", place)
        if size == "small"
        else tuned(record, task, size),
    }


def ran(record: Record, setting: Setting) -> bool:
    """Whether the record has a setting's numbers."""
    if setting["images"] not in COUNTS or setting["rate"] not in RATES:
        return False
    found = [each for task in TASK for each in samples(record, task, setting).values()]
    return all(bool(np.isfinite(each).all()) and len(each) == PARAMS.seeds for each in found)


def _words(record: Record, language: str, setting: Setting) -> tuple[str, str]:
    """The title, which tells the means over seeds, and the description."""
    images, rate = setting["images"], setting["rate"]
    depth = DEPTH[setting["depth"]][language]
    said = []
    for task in TASK:
        means = [share(drawn.mean()).text for drawn in samples(record, task, setting).values()]
        said.append(
            {
                "zh": f"{TASK[task]['zh']}：探测 {means[0]}（随机权重 {means[1]}），最后一段 {means[2]}，全部 {means[3]}",
                "en": f"{TASK[task]['en']}: probe {means[0]} (random weights {means[1]}), "
                f"last stage {means[2]}, all layers {means[3]}",
            }[language]
        )
    title = {
        "zh": f"每类 {images} 张，切在{depth}，学习率 {rate}；{said[0]}",
        "en": f"{images} a class, cut at {depth}, rate {rate}; {said[0]}",
    }[language]
    described = {
        "zh": "上下两幅点图，上为照片裁块，下为手写数字。每行一种用法，每点一个随机种子的测试准确率，竖线为中位数，虚线为乱猜。"
        f"训练全部时从线性探测过的分类头出发；每类 {PARAMS.large} 张时，它的学习率由验证集选出，不随滑块改变。",
        "en": "Two dot plots, crops of photos above, handwritten digits below. A row for each way, a "
        "dot for each seed’s test accuracy, a bar at the median, dashes at guessing. All layers "
        f"are trained from a probed head; with {PARAMS.large} a class their rate is the one that "
        "validation chose, whatever the slider says. ",
    }[language]
    stop = {"zh": "。", "en": ". "}[language]
    return title, described + stop.join(said) + stop.strip()


LIVE: Mapping[str, Live[Record]] = {
    "cut": Live(
        controls=(
            Control(
                "images",
                {"zh": "每类图数", "en": "Images a class"},
                {count: {"zh": count, "en": count} for count in COUNTS},
                default=str(PARAMS.small),
            ),
            Control(
                "depth",
                {"zh": "切在哪里", "en": "Depth of the cut"},
                {depth: DEPTH[depth] for depth in CUTS},
                default="head",
                scale=True,
            ),
            Control(
                "rate",
                {"zh": "学习率", "en": "Learning rate"},
                {rate: {"zh": rate, "en": rate} for rate in RATES},
                default=RATES[1],
                scale=True,
            ),
        ),
        draw=draw_cut,
        ran=ran,
    )
}
