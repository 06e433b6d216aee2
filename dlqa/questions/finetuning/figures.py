"""Question 54: its figures, each a pure function of a record and a language."""

from collections.abc import Callable, Mapping

import numpy as np
from matplotlib.axes import Axes

from dlqa.drawing.canvas import TEXT, Drawing, band, panels, rule, spread_labels
from dlqa.drawing.palette import INK, SERIES
from dlqa.evidence.claims import Words
from dlqa.questions.finetuning.effects import draw_batch_norm, draw_rates, draw_sides
from dlqa.questions.finetuning.names import (
    ACCURACY,
    DEPTH,
    GUESSING,
    PARAMS,
    SETTINGS,
    TASK,
    setting,
)
from dlqa.questions.finetuning.quantities import (
    LAST,
    SIZES,
    at,
    last_stage,
    probed,
    scratch,
    tuned,
)
from dlqa.questions.finetuning.record import Array, Record
from dlqa.questions.finetuning.strips import strips


def draw_depths(record: Record, language: str) -> Drawing:
    """What a linear probe reaches on features from each depth, pretrained and of random weights."""
    figure, axes = panels([TASK[task][language] for task in TASK], height=220, margins=(40, 72))
    depths = np.arange(1, len(DEPTH) + 1, dtype=float)
    columns: dict[str, Array] = {"depth": depths}
    lines = [
        ("probed", "large", {"zh": "预训练 ", "en": "pretrained "}, SERIES[0]),
        ("probed", "small", {"zh": "预训练 ", "en": "pretrained "}, SERIES[2]),
        ("control", "large", {"zh": "随机 ", "en": "random "}, SERIES[1]),
        ("control", "small", {"zh": "随机 ", "en": "random "}, SERIES[4]),
    ]
    for panel, task in zip(axes, TASK, strict=True):
        for name, size, words, style in lines:
            curves = getattr(record, name)[at(task), SIZES.index(size), :, :, 1].T  # [P, D]
            count = PARAMS.small if size == "small" else PARAMS.large
            band(panel, depths, curves, style, label=f"{words[language]}{count}")
            columns[f"{task}.{name}.{size}"] = curves.mean(0)
        rule(panel, GUESSING)
        panel.set(xlim=(1, len(DEPTH)), ylim=(0, 1), ylabel=ACCURACY[language])
        panel.set_xticks(depths, [f"{depth:.0f}" for depth in depths])
        spread_labels(panel)
    axes[-1].set_xlabel(
        {"zh": "特征取自的深度（1 首层，9 末层）", "en": "depth of the features (1 stem, 9 head)"}[
            language
        ]
    )
    return Drawing(
        figure,
        {
            "zh": "中间的特征比最后的更好用，预训练的远胜随机的",
            "en": "Features from the middle serve better than the last, pretrained far better than random",
        }[language],
        {
            "zh": "上下两幅图，上为照片裁块，下为手写数字；横轴为特征取自的深度，纵轴为线性探测的测试准确率，"
            "画出各种子的中位数、中间一半和全部范围，虚线为乱猜。预训练特征的曲线先升后降，在中间几个深度最高，末层明显回落；"
            "随机权重的曲线从第二、三个深度起一路下降。",
            "en": "Two panels, crops of photos above, digits below; the depth of the features across, "
            "test accuracy of a linear probe up, as the median over seeds, the middle half and the "
            "whole range; dashes are guessing. Curves of pretrained features rise, are highest at the "
            "middle depths and drop at the head; those of random weights fall from the second or "
            "third depth on.",
        }[language],
        columns,
    )


def draw_strategies(record: Record, language: str) -> Drawing:
    """Five ways to use the network, in the four scenarios, a dot a seed."""
    ways: Mapping[str, Words] = {
        "probe_last": {"zh": "线性探测，最后一层", "en": "probe, last depth"},
        "probe_best": {"zh": "线性探测，选出的深度", "en": "probe, chosen depth"},
        "last_stage": {"zh": "只训练最后一段", "en": "last stage trained"},
        "tuned": {"zh": "训练全部", "en": "all layers trained"},
        "scratch": {"zh": "从头训练", "en": "from scratch"},
    }
    samples = {
        f"{task}.{size}": {
            "probe_last": probed(record, task, size, LAST)[: PARAMS.seeds],
            "probe_best": probed(record, task, size)[: PARAMS.seeds],
            "last_stage": last_stage(record, task, size),
            "tuned": tuned(record, task, size),
            "scratch": scratch(record, task, size),
        }
        for task, size in SETTINGS
    }
    titles = [setting(task, size)[language] for task, size in SETTINGS]
    figure, columns = strips(samples, titles, ways, language, height=176, margin=112)
    return Drawing(
        figure,
        {
            "zh": "四种情形：选对深度的线性探测都领先",
            "en": "Four scenarios: a linear probe at the right depth leads in each",
        }[language],
        {
            "zh": "四幅点图，依次为照片每类 5 张、20 张，数字每类 5 张、20 张；每行一种用法，每点一个随机种子的测试准确率，"
            "竖线为中位数，虚线为乱猜。从头训练在每类 5 张时停在乱猜；选出深度的线性探测在四幅图里中位数都最高。",
            "en": "Four dot plots: photos with 5 and 20 a class, digits with 5 and 20. A row for each "
            "way, a dot for each seed’s test accuracy, a bar at the median, dashes at guessing. From "
            "scratch stays at guessing with 5 a class; a probe at a chosen depth has the "
            "highest median in all four.",
        }[language],
        columns,
    )


def draw_length(record: Record, language: str) -> Drawing:
    """How training from scratch comes along, beside what fine-tuning reaches in far fewer steps."""
    figure, axes = panels([TASK[task][language] for task in TASK], height=190, margins=(40, 78))
    steps = np.array(PARAMS.looks, dtype=float) * PARAMS.large_batch
    columns: dict[str, Array] = {"images_seen": steps}
    tuned_at = PARAMS.large_steps * PARAMS.large_batch
    for panel, task in zip(axes, TASK, strict=True):
        curves = record.scratch[at(task)]  # [S, L]
        band(
            panel,
            steps,
            curves,
            SERIES[1],
            label={"zh": "从头训练", "en": "from scratch"}[language],
        )
        reached = tuned(record, task, "large")
        panel.plot(
            [tuned_at] * len(reached), reached, linestyle="", marker=SERIES[0].marker, markersize=4,
            color=SERIES[0].colour, alpha=0.7,
        )  # fmt: skip
        _name(
            panel, tuned_at, float(np.median(reached)), {"zh": "微调", "en": "fine-tuned"}[language]
        )
        columns[f"{task}.scratch"] = curves.mean(0)
        columns[f"{task}.tuned"] = np.full(len(steps), reached.mean())
        rule(panel, GUESSING)
        panel.set(xlim=(0, steps[-1]), ylim=(0, 1), ylabel=ACCURACY[language])
    axes[-1].set_xlabel({"zh": "训练中看过的图（张次）", "en": "images seen in training"}[language])
    return Drawing(
        figure,
        {
            "zh": f"从头训练（每类 {PARAMS.large} 张）与训练长度",
            "en": f"From scratch ({PARAMS.large} a class) against the length of training",
        }[language],
        {
            "zh": "上下两幅图，上为照片裁块，下为数字；横轴为训练中看过的图，纵轴为测试准确率。从头训练的曲线先停在乱猜，"
            f"再升上去；微调的点在横轴 {tuned_at} 处，照片上高出许多，数字上从头训练最后追上了它。",
            "en": "Two panels, crops of photos above, digits below; images seen in training across, "
            "test accuracy up. The curve from scratch first stays at guessing and then climbs; the "
            f"dots of fine-tuning stand at {tuned_at} images, far above on photos; on digits training "
            "from scratch catches up in the end.",
        }[language],
        columns,
    )


def _name(panel: Axes, x: float, y: float, label: str) -> None:
    panel.annotate(
        label, (x, y), (6, 6), textcoords="offset points", fontsize=TEXT, color=INK,
        annotation_clip=False,
    )  # fmt: skip


FIGURES: Mapping[str, Callable[[Record, str], Drawing]] = {
    "depths": draw_depths,
    "strategies": draw_strategies,
    "rates": draw_rates,
    "length": draw_length,
    "batch_norm": draw_batch_norm,
    "sides": draw_sides,
}
