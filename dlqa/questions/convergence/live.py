"""Question 52: its figure with controls, the length of training and the metric."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from dlqa.drawing.canvas import TEXT, Drawing, band, dots, panels, rows, rule
from dlqa.drawing.live import Control, Live, Setting
from dlqa.drawing.palette import INK, SERIES
from dlqa.evidence.values import value
from dlqa.questions.convergence.names import DATA, LAYERS, METRICS
from dlqa.questions.convergence.quantities import PARAMS, curves, order, slowness, step_curve
from dlqa.questions.convergence.record import Array, Record

STYLES = SERIES[:4]  # of the layers
SHORT = {
    "step": {"zh": "每步变化量", "en": "step size"},
    "distance": {"zh": "相对距离", "en": "relative distance"},
    "alignment": {"zh": "1 − CKA", "en": "1 − CKA"},
}
LIMITS = {"step": (5e-5, 5e-3), "distance": (0.0, 1.02), "alignment": (0.0, 1.02)}
MEANS = {**LIMITS, "alignment": (0.0, 0.66)}


def draw_approach(record: Record, language: str, setting: Setting) -> Drawing:
    """What is left of each layer's way up to a stop, and its mean over that time in every seed."""
    metric, stop = setting["metric"], int(setting["steps"])
    figure, axes = panels(
        [*(DATA[variant][language] for variant in PARAMS.variants), "", ""],
        across=2, height=155, margins=(56, 12),
    )  # fmt: skip
    columns: dict[str, ArrayLike] = {"seed": np.arange(record.step.shape[1])}
    for place, variant in enumerate(PARAMS.variants):
        upper, lower = axes[place], axes[place + 2]
        _draw_curves(upper, *left_by_step(record, metric, variant, stop), stop)
        slow = slowness(record, metric, variant, stop)
        for layer, style in enumerate(STYLES):
            dots(lower, layer, slow[:, layer], style)
            columns[f"{variant}.layer{layer + 1}"] = slow[:, layer]
        columns[f"{variant}.order"] = order(slow)
        rows(lower, LAYERS[language])
        upper.set_ylim(LIMITS[metric])
        lower.set_xlim(MEANS[metric])
        upper.set_xlabel({"zh": "步", "en": "step"}[language])
        lower.set_xlabel({"zh": f"到第 {stop} 步的平均", "en": f"mean to step {stop}"}[language])
        if metric == "step":
            upper.set_yscale("log")
            lower.set_xscale("log")
            lower.minorticks_off()
    axes[0].set_ylabel(SHORT[metric][language])
    _key(axes[0], LAYERS[language])
    return Drawing(figure, *_words(record, language, setting), columns)


def left_by_step(record: Record, metric: str, variant: str, stop: int) -> tuple[Array, Array]:
    """Steps [B] up to a stop and what a metric gives at each, [S, B, L]; more is less settled."""
    if metric == "step":
        return step_curve(record, variant, stop)
    left = curves(record, metric, variant, stop)
    return record.steps[: left.shape[1]], 1 - left if metric == "alignment" else left


def ran(record: Record, setting: Setting) -> bool:
    """Whether the record has the stop, and the metric up to it, on both kinds of data."""
    metric, stop = setting["metric"], int(setting["steps"])
    return stop in PARAMS.stops and all(
        bool(np.isfinite(left_by_step(record, metric, variant, stop)[1]).all())
        for variant in PARAMS.variants
    )


def _draw_curves(panel: Axes, steps: Array, left: Array, stop: int) -> None:
    for layer, style in enumerate(STYLES):
        band(panel, steps, left[..., layer], style)
    rule(panel, stop, across=False)
    panel.set(xlim=(0, PARAMS.stops[-1] * 1.02), xticks=(0, 500, 1000, 1500))


def _key(panel: Axes, names: tuple[str, ...]) -> None:
    """Names the lines of the upper panels, below the left one."""
    for name, style in zip(names, STYLES, strict=True):
        panel.plot([], [], color=style.colour, linestyle=style.dash, linewidth=1.6, label=name)
    panel.legend(
        loc="upper left", bbox_to_anchor=(0.0, -0.4), ncols=4, frameon=False, fontsize=TEXT,
        labelcolor=INK, handlelength=1.8, handletextpad=0.5, columnspacing=1.4, borderpad=0,
    )  # fmt: skip


def _words(record: Record, language: str, setting: Setting) -> tuple[str, str]:
    metric, stop = setting["metric"], int(setting["steps"])
    metric_words = METRICS[metric][language]
    comma = {"zh": "，", "en": ", "}[language]
    found = [_numbers(record, language, metric, variant, stop) for variant in PARAMS.variants]
    orders = comma.join(found)
    title = {
        "zh": f"{metric_words}，{stop} 步：与深度的秩相关，{orders}",
        "en": f"{metric_words}, {stop} steps: rank correlation with depth, {orders}",
    }[language]
    description = {
        "zh": "四幅图，左列原代码的数据，右列原文的数据。上排横轴为训练步数，到竖虚线处为止，纵轴为"
        f"{metric_words}，四层各画出各种子的中位数、中间一半和全部范围；“最终”指竖虚线处，越低越接近停下。"
        "下排每行一层，每点一个随机种子在这段时间里的平均值，竖线为中位数。"
        f"各层次序与深度的秩相关（−1 后面的层先停，+1 前面的层先停），各种子平均：{orders}。",
        "en": "Four panels, data as run on the left, as written on the right. Upper row: training "
        f"step across, up to the dashed rule; {metric_words} up, for each of four layers the median "
        "over seeds, the middle half and the whole range. “Final” is at the rule; the lower, the "
        "closer to settled. Lower row: a row for each layer, a dot for each seed’s mean over that "
        "time, a bar at the median. Rank correlation of the layers’ order with depth (−1: later "
        f"layers settle first, +1: earlier ones do), mean over seeds: {orders}.",
    }[language]
    return title[0].upper() + title[1:], description


def _numbers(record: Record, language: str, metric: str, variant: str, stop: int) -> str:
    mean = value(order(slowness(record, metric, variant, stop)).mean(), "+.2f").text
    return {"zh": f"{DATA[variant]['zh']} {mean}", "en": f"{mean} on {DATA[variant]['en']}"}[
        language
    ]


LIVE: Mapping[str, Live[Record]] = {
    "approach": Live(
        controls=(
            Control("metric", {"zh": "度量", "en": "Metric"}, SHORT, default="step"),
            Control(
                "steps",
                {"zh": "训练步数", "en": "Steps"},
                {f"{stop}": {"zh": f"{stop}", "en": f"{stop}"} for stop in PARAMS.stops},
                default=f"{PARAMS.horizons[0]}",
                scale=True,
            ),
        ),
        draw=draw_approach,
        ran=ran,
    )
}
