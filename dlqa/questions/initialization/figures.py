"""Question 51: its figures, each a pure function of a record and a language."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike

from dlqa.drawing.canvas import Drawing, band, dots, panels, rows, rule, spread_labels
from dlqa.drawing.palette import SERIES
from dlqa.questions.initialization.names import DATA, NAMES, SETTINGS
from dlqa.questions.initialization.quantities import (
    PARAMS,
    area_gap,
    area_gap_elsewhere,
    attained,
    curves,
    long_curves,
    long_losses,
)
from dlqa.questions.initialization.record import SOURCE, Array, Record

STYLES = dict(zip(NAMES, SERIES, strict=True))
STEP = {"zh": "步", "en": "step"}
ACCURACY = {"zh": "新样本上的准确率", "en": "accuracy on fresh points"}


def draw_curves(record: Record, language: str) -> Drawing:
    """The source's picture over seeds: accuracy by step for its five initializations."""
    titles = [f"{DATA[variant][language]}" for variant in PARAMS.variants]
    figure, axes = panels(titles, height=230, margins=(42, 92))
    columns: dict[str, Array] = {"step": record.steps}
    for panel, variant in zip(axes, PARAMS.variants, strict=True):
        for name in SOURCE:
            drawn = curves(record, variant, name)
            band(panel, record.steps, drawn, STYLES[name], label=NAMES[name][language])
            columns |= _quantiles(f"{variant}.{name}", drawn)
        panel.set(xlim=(0, 500), ylim=(0.35, 1), ylabel=ACCURACY[language])
        spread_labels(panel)
    axes[-1].set_xlabel(STEP[language])
    return Drawing(
        figure,
        {
            "zh": "原文的五种初始化：准确率随训练步数的变化",
            "en": "The source’s five initializations: accuracy by training step",
        }[language],
        {
            "zh": "上下两幅图，横轴为训练步数 0 到 500，纵轴为新样本上的准确率。每种初始化画出各随机种子的中位数、"
            "中间一半和全部范围。Xavier 与小方差高斯上升最快；常数 0 长时间停在一半，随后骤升；"
            "N(0, 1) 缓慢上升并停在较低处；常数 1 始终停在一半附近。",
            "en": "Two panels, training step 0 to 500 across, accuracy on fresh points up. For each "
            "initialization the median over seeds, the middle half and the whole range. Xavier and "
            "the small Gaussian rise first; constant 0 waits at one half and then jumps; N(0, 1) "
            "creeps and stays low; constant 1 stays at one half.",
        }[language],
        columns,
    )


def draw_final(record: Record, language: str) -> Drawing:
    """Every seed's share of the attainable at step 500, for all nine initializations."""
    titles = [DATA[variant][language] for variant in PARAMS.variants]
    figure, axes = panels(titles, height=270, margins=(82, 14))
    names = list(NAMES)
    columns: dict[str, ArrayLike] = {"seed": np.arange(record.bayes.shape[1])}
    for panel, variant in zip(axes, PARAMS.variants, strict=True):
        for place, name in enumerate(names):
            samples = attained(record, variant, name, 500)
            dots(panel, place, samples, STYLES[name])
            columns[f"{variant}.{name}"] = samples
        rows(panel, [NAMES[name][language] for name in names])
        panel.set_xlim(-0.25, 1.1)
        rule(panel, 1, across=False)
        rule(panel, 0, across=False)
    axes[-1].set_xlabel(
        {"zh": "可得部分的比例（0 = 瞎猜，1 = 贝叶斯最优）",
         "en": "share of the attainable (0 = guessing, 1 = Bayes-optimal)"}[language]
    )  # fmt: skip
    return Drawing(
        figure,
        {
            "zh": "500 步后每个随机种子达到的水平",
            "en": "What each seed has reached after 500 steps",
        }[language],
        {
            "zh": "两幅点图，每行一种初始化，每点一个随机种子，竖线为中位数。"
            "横轴 0 为瞎猜，1 为该数据集的贝叶斯最优。原代码的数据上各数据集难易悬殊，点分散很宽；"
            "原文的数据上除常数 1 与 N(0, 1) 外都贴近 1。",
            "en": "Two dot plots, a row for each initialization, a dot for each seed, a bar at the "
            "median; 0 is guessing and 1 the data set’s Bayes limit. On the data as run, data sets "
            "differ in difficulty and dots spread widely; on the data as written all but "
            "constant 1 and N(0, 1) lie close to 1.",
        }[language],
        columns,
    )


def draw_symmetry(record: Record, language: str) -> Drawing:
    """Constant 0 beside Xavier: on a problem with a linear boundary and on XOR."""
    titles = {
        "zh": ["线性边界（原文的数据）", "XOR"],
        "en": ["linear boundary (data as written)", "XOR"],
    }[language]
    figure, axes = panels(titles, height=190, margins=(42, 70))
    steps = record.long_steps
    columns: dict[str, Array] = {"step": steps}
    for name in ("xavier", "zero"):
        place = PARAMS.long_initializers.index(name)
        on_line = long_curves(record, "independent", name)
        on_xor = record.xor_accuracy[0, place]
        for panel, drawn, of in zip(axes, (on_line, on_xor), ("linear", "xor"), strict=True):
            band(panel, steps, drawn, STYLES[name], label=NAMES[name][language])
            columns |= _quantiles(f"{of}.{name}", drawn)
    for panel in axes:
        panel.set(xlim=(0, 1000), ylim=(0.4, 1), ylabel=ACCURACY[language])
        spread_labels(panel)
    axes[-1].set_xlabel(STEP[language])
    return Drawing(
        figure,
        {
            "zh": "常数 0 学得会线性边界，学不会 XOR",
            "en": "Constant 0 learns a linear boundary, never XOR",
        }[language],
        {
            "zh": "两幅图，横轴为训练步数 0 到 1000，纵轴为新样本上的准确率。线性边界上，常数 0 在停滞之后追上 Xavier；"
            "XOR 上，Xavier 很快学会，常数 0 的所有种子始终停在一半。",
            "en": "Two panels, training step 0 to 1000 across, accuracy on fresh points up. With a "
            "linear boundary constant 0 stalls, then catches up with Xavier. On XOR Xavier learns "
            "quickly and every seed of constant 0 stays at one half.",
        }[language],
        columns,
    )


def draw_memorizing(record: Record, language: str) -> Drawing:
    """Training loss beside fresh accuracy, Xavier against N(0, 1)."""
    titles = {
        "zh": ["训练损失（对数轴）", "新样本上的准确率"],
        "en": ["training loss (log scale)", "accuracy on fresh points"],
    }[language]
    figure, axes = panels(titles, height=190, margins=(42, 60))
    steps = record.long_steps
    columns: dict[str, Array] = {"step": steps}
    for name in ("xavier", "gaussian_large"):
        drawn = (long_losses(record, "correlated", name), long_curves(record, "correlated", name))
        for panel, values, of in zip(axes, drawn, ("loss", "accuracy"), strict=True):
            band(panel, steps, values, STYLES[name], label=NAMES[name][language])
            columns |= _quantiles(f"{of}.{name}", values)
    axes[0].set_yscale("log")
    axes[1].set_ylim(0.4, 1)
    for panel in axes:
        panel.set_xlim(0, 1000)
        spread_labels(panel)
    axes[-1].set_xlabel(STEP[language])
    return Drawing(
        figure,
        {
            "zh": "大方差：训练损失追平，新样本却没学会（原代码的数据）",
            "en": "Large variance: training loss catches up, fresh accuracy does not (data as run)",
        }[language],
        {
            "zh": "上图为训练损失，下图为新样本上的准确率，横轴为训练步数 0 到 1000。N(0, 1) 的训练损失从很高处降下，"
            "末尾低于 Xavier；它的准确率却一直远低于 Xavier。",
            "en": "Training loss above, accuracy on fresh points below, training step 0 to 1000 "
            "across. The training loss of N(0, 1) falls from a great height and ends below "
            "Xavier’s; its accuracy stays far below Xavier’s all along.",
        }[language],
        columns,
    )


def draw_differences(record: Record, language: str) -> Drawing:
    """Xavier against the small Gaussian in every setting, a paired difference a seed."""
    short = {
        "correlated": {"zh": "原代码", "en": "as run"},
        "independent": {"zh": "原文", "en": "as written"},
    }
    pair = ("xavier", "gaussian_small")
    gaps = {
        (setting, variant): area_gap(record, variant, *pair)
        if setting == "sigmoid"
        else area_gap_elsewhere(record, setting, variant, *pair)
        for variant in PARAMS.variants
        for setting in SETTINGS
    }
    title = {
        "zh": "Xavier 减 N(0, 0.01²)",
        "en": "Xavier minus N(0, 0.01²)",
    }[language]
    figure, (panel,) = panels([title], height=270, margins=(140, 14))
    for place, ((_, variant), samples) in enumerate(gaps.items()):
        dots(panel, place, samples, SERIES[PARAMS.variants.index(variant)])
    comma = {"zh": "，", "en": ", "}[language]
    rows(panel, [f"{SETTINGS[s][language]}{comma}{short[v][language]}" for s, v in gaps])
    rule(panel, 0, across=False)
    panel.set_xlabel(
        {"zh": "曲线下面积之差（右侧：Xavier 更好）",
         "en": "area gained (right: Xavier better)"}[language]
    )  # fmt: skip
    longest = max(map(len, gaps.values()))
    columns: dict[str, ArrayLike] = {"seed": np.arange(longest)}
    for (setting, variant), samples in gaps.items():
        padded = np.full(longest, np.nan)
        padded[: len(samples)] = samples
        columns[f"{variant}.{setting}"] = padded
    return Drawing(
        figure,
        {
            "zh": "Xavier 是否胜过小方差高斯，取决于数据、激活函数与优化器",
            "en": "Whether Xavier beats the small Gaussian depends on data, activation and optimizer",
        }[language],
        {
            "zh": "点图，每行一种设置，每点一个随机种子上 Xavier 与 N(0, 0.01²) 的曲线下面积之差，竖线为中位数。"
            "sigmoid 配 Adam 时略偏向 Xavier，随机梯度下降时大幅偏向 Xavier，tanh 与 ReLU 则在零附近或偏向小方差高斯。",
            "en": "A dot plot, a row for each setting, a dot for each seed’s difference between the "
            "areas under the curves of Xavier and N(0, 0.01²), a bar at the median. Sigmoid with "
            "Adam leans to Xavier, gradient descent strongly so; tanh and ReLU lie around zero or "
            "lean to the small Gaussian.",
        }[language],
        columns,
    )


def _quantiles(name: str, drawn: Array) -> dict[str, Array]:
    """What a band shows of curves [S, T], for the download."""
    shown = {"low": 0.0, "lower": 0.25, "median": 0.5, "upper": 0.75, "high": 1.0}
    return {f"{name}.{word}": np.quantile(drawn, at, axis=0) for word, at in shown.items()}


FIGURES: Mapping[str, Callable[[Record, str], Drawing]] = {
    "curves": draw_curves,
    "final": draw_final,
    "symmetry": draw_symmetry,
    "memorizing": draw_memorizing,
    "differences": draw_differences,
}
