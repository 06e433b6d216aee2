"""Question 52: its figures, each a pure function of a record and a language."""

from collections.abc import Callable, Mapping

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from dlqa.drawing.canvas import Drawing, band, dots, panels, rows, rule, spread_labels
from dlqa.drawing.palette import SERIES
from dlqa.questions.convergence.names import DATA, LAYERS, METRICS, OPTIMIZERS, SETTINGS
from dlqa.questions.convergence.quantities import (
    PARAMS,
    at_horizon,
    curves,
    monotone,
    order,
    slowness,
    slowness_elsewhere,
    step_curve,
)
from dlqa.questions.convergence.record import Array, Record

STYLES = SERIES[:4]  # of the layers
STEP = {"zh": "步", "en": "step"}
CKA = {"zh": "与最终表示的 CKA", "en": "CKA to the final representation"}
SHORT, LONG = PARAMS.horizons


def draw_picture(record: Record, language: str) -> Drawing:
    """The source's picture: fifty weights a layer, from a random sample and from the source's."""
    words = {"zh": ("随机", "原文所取"), "en": ("random", "the source’s")}[language]
    places = ((0, 0), (1, 0), (0, 1), (0, 2), (0, 3))  # (sample, layer)
    titles = [
        LAYERS[language][layer] + {"zh": "，", "en": ", "}[language] + words[sample]
        for sample, layer in places
    ]
    figure, axes = panels(titles, across=2, height=150, margins=(42, 12))
    shown = slice(None, None, 3)
    steps = record.picture_steps[shown]
    columns: dict[str, ArrayLike] = {"step": record.picture_steps}
    for panel, (sample, layer) in zip(axes, places, strict=True):
        paths = record.picture[sample, layer]  # [50, P]
        _lines(panel, steps, paths[:, shown], STYLES[layer].colour)
        _mark_steps(panel)
        for number, path in enumerate(paths, start=1):
            columns[f"{('random', 'source')[sample]}.layer{layer + 1}.weight{number}"] = path
    _share_heights(axes[0], axes[1])
    for panel in axes[-2:]:
        panel.set_xlabel(STEP[language])
    return Drawing(
        figure,
        {
            "zh": "原文的图：每层 50 个权重随训练步数的变化（一个网络，原代码的数据）",
            "en": "The source’s picture: fifty weights a layer by step (one network, data as run)",
        }[language],
        {
            "zh": "五幅小图，横轴为训练步数 0 到 750，纵轴为权重，每条线一个权重。上排同为第 1 层：左为随机抽取的 50 个，"
            "各走各的；右为原文所取的 50 个，都出自第 12 个输入，起初几乎不动，随后一齐散开。其余三幅为第 2、3、4 层的"
            "随机样本，越往后线越平。",
            "en": "Five panels, training step 0 to 750 across, weight up, a line for each weight. The "
            "top row is layer 1 twice: on the left a random fifty, each going its own way; on the "
            "right the source’s fifty, which all leave input 12, hardly move at first and then fan "
            "out together. The others are random samples of layers 2, 3 and 4; the later the layer, "
            "the flatter the lines.",
        }[language],
        columns,
    )


def draw_curves(record: Record, language: str) -> Drawing:
    """Three metrics of the same training, layer by layer."""
    titles = [METRICS["step"][language], METRICS["distance"][language], CKA[language]]
    figure, axes = panels(titles, height=200, margins=(48, 62))
    marks = record.steps[: curves(record, "distance", "correlated", SHORT).shape[1]]
    drawn = {
        "step": step_curve(record, "correlated", SHORT),
        "distance": (marks, curves(record, "distance", "correlated", SHORT)),
        "alignment": (marks, curves(record, "alignment", "correlated", SHORT)),
    }
    longest = max(len(steps) for steps, _ in drawn.values())
    columns: dict[str, ArrayLike] = {}
    for panel, (metric, (steps, values)) in zip(axes, drawn.items(), strict=True):
        columns[f"{metric}.step"] = _padded(steps, longest)
        for layer, style in enumerate(STYLES):
            label = LAYERS[language][layer] if metric == "step" else ""  # elsewhere ends meet
            band(panel, steps, values[..., layer], style, label=label)
            for word, at in {"lower": 0.25, "median": 0.5, "upper": 0.75}.items():
                found = np.quantile(values[..., layer], at, axis=0)
                columns[f"{metric}.layer{layer + 1}.{word}"] = _padded(found, longest)
        panel.set_xlim(0, marks[-1])
    axes[0].set_yscale("log")
    spread_labels(axes[0])
    axes[-1].set_xlabel(STEP[language])
    return Drawing(
        figure,
        {
            "zh": "同一次训练，三种度量（原代码的数据，750 步）",
            "en": "One training, three metrics (data as run, 750 steps)",
        }[language],
        {
            "zh": "上下三幅图，横轴为训练步数 0 到 750，每层画出各随机种子的中位数、中间一半和全部范围。"
            "上：每步变化量（对数轴），第 1 层最大，第 3、4 层最小。中：到最终权重的距离，四层几乎一同下降，次序中途互换。"
            "下：与最终表示的 CKA，第 1 层一开始就很高，后面三层从低处升起。",
            "en": "Three panels, training step 0 to 750 across; for each layer the median over seeds, "
            "the middle half and the whole range. Top: step size on a log scale, largest in layer "
            "1, smallest in layers 3 and 4. Middle: distance to the final weights; the four layers "
            "fall almost together and change places on the way. Bottom: CKA to the final "
            "representation; layer 1 starts high, the other three rise from low.",
        }[language],
        columns,
    )


def draw_orders(record: Record, language: str) -> Drawing:
    """Every seed's rank correlation with depth, by metric and horizon."""
    cases = [(metric, horizon) for metric in METRICS for horizon in PARAMS.horizons]
    row = {"zh": "{}，{} 步", "en": "{}, {} steps"}[language]
    short = {
        "step": {"zh": "每步变化量", "en": "step size"},
        "distance": {"zh": "相对距离", "en": "distance"},
        "alignment": {"zh": "1 − CKA", "en": "1 − CKA"},
    }
    figure, axes = panels(
        [DATA[variant][language] for variant in PARAMS.variants], height=220, margins=(126, 14)
    )
    columns: dict[str, ArrayLike] = {"seed": np.arange(record.step.shape[1])}
    for panel, variant in zip(axes, PARAMS.variants, strict=True):
        for place, (metric, horizon) in enumerate(cases):
            samples = order(slowness(record, metric, variant, horizon))
            dots(panel, place, samples, SERIES[list(METRICS).index(metric)])
            columns[f"{variant}.{metric}.{horizon}"] = samples
        rows(panel, [row.format(short[metric][language], horizon) for metric, horizon in cases])
        panel.set_xlim(-1.08, 1.08)
        rule(panel, 0, across=False)
    axes[-1].set_xlabel(
        {"zh": "与深度的秩相关（左：后面的层先停）",
         "en": "rank correlation (left: later layers first)"}[language]
    )  # fmt: skip
    return Drawing(
        figure,
        {
            "zh": "哪一层先收敛，取决于怎样度量",
            "en": "Which layer converges first depends on the metric",
        }[language],
        {
            "zh": "两幅点图，每行一种度量与一个训练长度，每点一个随机种子，竖线为中位数；横轴为该度量与层的深度的秩相关，"
            "−1 表示后面的层先停，+1 表示前面的层先停。每步变化量集中在 −1 附近，1 − CKA 集中在 +1 附近，"
            "相对距离从 −1 散到 +1。",
            "en": "Two dot plots, a row for each metric and length of training, a dot for each seed, "
            "a bar at the median. Across, the metric’s rank correlation with depth: −1 where later "
            "layers settle first, +1 where earlier ones do. Step size lies near −1, 1 − CKA near "
            "+1, relative distance is spread from −1 to +1.",
        }[language],
        columns,
    )


def draw_optimizers(record: Record, language: str) -> Drawing:
    """The source's metric under Adam and under gradient descent."""
    titles = [SETTINGS["sigmoid", optimizer] for optimizer in OPTIMIZERS]
    figure, axes = panels(titles, height=150, margins=(52, 14))
    found = (
        slowness(record, "step", "correlated", LONG),
        slowness_elsewhere(record, "step", ("sigmoid", "descent"), "correlated"),
    )
    longest = max(map(len, found))
    columns: dict[str, ArrayLike] = {"seed": np.arange(longest)}
    for panel, samples, name in zip(axes, found, ("adam", "descent"), strict=True):
        _layer_rows(panel, samples, language)
        panel.set(xscale="log", xlim=(5e-5, 1e-2))
        for layer in range(4):
            columns[f"{name}.layer{layer + 1}"] = _padded(samples[:, layer], longest)
    axes[-1].set_xlabel(
        {"zh": "每步变化量（均方根，对数轴），1500 步平均",
         "en": "step size (root mean square, log scale), mean of 1500 steps"}[language]
    )  # fmt: skip
    return Drawing(
        figure,
        {
            "zh": "换一个优化器，原文的结论就反过来（原代码的数据）",
            "en": "Swap the optimizer, and the source’s verdict turns round (data as run)",
        }[language],
        {
            "zh": "两幅点图，每行一层，每点一个随机种子，横轴为每步变化量。Adam 之下第 1 层最大，第 3、4 层最小；"
            "随机梯度下降之下第 4 层最大，比前两层大一个数量级以上。",
            "en": "Two dot plots, a row for each layer, a dot for each seed, step size across. Under "
            "Adam layer 1 takes the largest steps, layers 3 and 4 the smallest; under gradient descent "
            "layer 4 takes the largest, more than ten times those of the first two.",
        }[language],
        columns,
    )


def draw_layers(record: Record, language: str) -> Drawing:
    """How monotone each layer's weights are, and what it costs to set the layer back."""
    titles = {
        "zh": ["近乎单调的权重比例", "恢复到起始值损失的准确率"],
        "en": ["share of nearly monotone weights", "accuracy lost when set back to the start"],
    }[language]
    figure, axes = panels(titles, height=150, margins=(52, 14))
    found = (monotone(record, "correlated"), at_horizon(record, "lost", "correlated", SHORT))
    columns: dict[str, ArrayLike] = {"seed": np.arange(len(found[0]))}
    for panel, samples, name in zip(axes, found, ("monotone", "lost"), strict=True):
        _layer_rows(panel, samples, language)
        for layer in range(4):
            columns[f"{name}.layer{layer + 1}"] = samples[:, layer]
    rule(axes[1], 0, across=False)
    return Drawing(
        figure,
        {
            "zh": "各层权重有多单调，又有多要紧（原代码的数据，750 步）",
            "en": "How monotone each layer’s weights are, and how much they matter (data as run, 750 steps)",
        }[language],
        {
            "zh": "两幅点图，每行一层，每点一个随机种子，竖线为中位数。上：近乎单调的权重比例，各层多在一半以下，第 4 层最低。"
            "下：把一层恢复到起始值后损失的准确率，前三层都大，第 4 层小得多，但有的种子也损失不少。",
            "en": "Two dot plots, a row for each layer, a dot for each seed, a bar at the median. Top: "
            "the share of nearly monotone weights, mostly below one half and lowest in layer 4. "
            "Bottom: accuracy lost when one layer is set back to its start, large for the first "
            "three layers, much smaller for layer 4, though some seeds lose a good deal there too.",
        }[language],
        columns,
    )


def _lines(panel: Axes, steps: Array, paths: Array, colour: str) -> None:
    """Paths [W, P] as thin lines, in one stroke so that the file stays small."""
    gap = np.full((len(paths), 1), np.nan)
    x = np.tile(np.append(steps, np.nan), len(paths))
    panel.plot(x, np.hstack([paths, gap]).ravel(), color=colour, linewidth=0.6, alpha=0.7)


def _mark_steps(panel: Axes) -> None:
    panel.set_xlim(0, PARAMS.picture)
    panel.set_xticks([0, 250, 500, 750])
    panel.margins(y=0.05)


def _share_heights(one: Axes, two: Axes) -> None:
    limits = np.array([one.get_ylim(), two.get_ylim()])
    for panel in (one, two):
        panel.set_ylim(limits[:, 0].min(), limits[:, 1].max())


def _layer_rows(panel: Axes, samples: Array, language: str) -> None:
    """A row of dots for each layer of samples [S, L]."""
    for layer, style in enumerate(STYLES):
        dots(panel, layer, samples[:, layer], style)
    rows(panel, LAYERS[language])


def _padded(values: Array, length: int) -> Array:
    return np.append(values, np.full(length - len(values), np.nan))


FIGURES: Mapping[str, Callable[[Record, str], Drawing]] = {
    "picture": draw_picture,
    "curves": draw_curves,
    "orders": draw_orders,
    "optimizers": draw_optimizers,
    "layers": draw_layers,
}
