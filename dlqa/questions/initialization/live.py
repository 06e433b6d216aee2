"""Question 51: its figure with a control, the standard deviation of a Gaussian initialization."""

from collections.abc import Mapping
from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from dlqa.drawing.canvas import TEXT, Drawing, band, panels, rule
from dlqa.drawing.live import Control, Live, Setting
from dlqa.drawing.palette import INK, MUTED, SERIES, Style
from dlqa.evidence.values import share, value
from dlqa.questions.initialization.names import DATA
from dlqa.questions.initialization.quantities import PARAMS
from dlqa.questions.initialization.record import Array, Record

Corner = Literal["upper right", "lower left"]  # where a key stands in its panel
VARIANT = PARAMS.variants[0]
DEVIATIONS = np.array(PARAMS.deviations)
XAVIER = (2 / (2 * PARAMS.width)) ** 0.5  # the deviation of its uniform draw between hidden layers
BESIDE, CHOSEN = SERIES[1], SERIES[0]
EARLY, LATE, START = SERIES[2], SERIES[0], SERIES[3]
SOON, END = 100, 500  # steps: where a slow start shows, and the last
TITLES = {
    "zh": ("新样本上的准确率", "训练损失（对数轴）", "准确率减 Xavier 的", "训练前饱和的单元"),
    "en": (
        "fresh accuracy",
        "training loss (log)",
        "accuracy beyond Xavier’s",
        "saturated at start",
    ),
}


def draw_spread(record: Record, language: str, setting: Setting) -> Drawing:
    """How one σ learns, beside Xavier, and where it stands among the others."""
    place = PARAMS.deviations.index(float(setting["std"]))
    figure, axes = panels(TITLES[language], across=2, height=160, margins=(40, 10))
    names = {"Xavier": BESIDE, f"σ = {setting['std']}": CHOSEN}
    curves = {
        "accuracy": (of_xavier(record, record.accuracy), record.spread_accuracy[0, place]),
        "loss": (of_xavier(record, record.loss), record.spread_loss[0, place]),
    }
    for panel, pair in zip(axes, curves.values(), strict=False):
        for drawn, style in zip(pair, names.values(), strict=True):
            band(panel, record.steps, drawn, style)
        panel.set(xlim=(0, record.steps[-1]), xlabel={"zh": "步", "en": "step"}[language])
    axes[0].set_ylim(0.4, 1)
    axes[1].set(yscale="log", ylim=(1e-2, 1e4), yticks=(1e-2, 1, 1e2, 1e4))
    _key(axes[1], names, "upper right")
    _draw_over(axes[2], place, [gap(record, SOON), gap(record, END)], [EARLY, LATE])
    at = {"zh": "第 {} 步", "en": "step {}"}[language]
    _key(axes[2], {at.format(SOON): EARLY, at.format(END): LATE}, "lower left")
    axes[2].set_ylim(-0.55, 0.2)
    rule(axes[2], 0)
    _draw_over(axes[3], place, [record.spread_saturated[0, :, :, 0]], [START])
    axes[3].set_ylim(-0.03, 1.03)
    axes[3].annotate(
        "Xavier", (XAVIER, 1), (-4, 0), textcoords="offset points", ha="right", va="top",
        fontsize=TEXT, color=MUTED,
    )  # fmt: skip
    return Drawing(figure, *_words(record, language, place), _columns(record, curves))


def of_xavier(record: Record, values: Array) -> Array:
    """Of values [V, K, S, ...] Xavier's on the data sets that every σ was tried on, [S'', ...]."""
    seeds = record.spread_accuracy.shape[2]
    return np.asarray(values[0, PARAMS.initializers.index("xavier"), :seeds])


def gap(record: Record, step: int) -> Array:
    """Accuracy at a step, every σ's minus Xavier's on the same data, [G, S'']."""
    at = np.flatnonzero(record.steps == step)[0]
    return record.spread_accuracy[0, :, :, at] - of_xavier(record, record.accuracy)[:, at]


def ran(record: Record, setting: Setting) -> bool:
    """Whether the record has the networks of a standard deviation."""
    deviation = float(setting["std"])
    if deviation not in PARAMS.deviations:
        return False
    place = PARAMS.deviations.index(deviation)
    return bool(np.isfinite(record.spread_accuracy[0, place]).all())


def _draw_over(panel: Axes, place: int, lines: list[Array], styles: list[Style]) -> None:
    """Samples [G, S''] over all standard deviations, every seed of the chosen one as a dot."""
    for samples, style in zip(lines, styles, strict=True):
        band(panel, DEVIATIONS, samples.T, style)
        apart = 1.15 ** np.linspace(-1, 1, samples.shape[1])  # so that no seed hides another
        panel.plot(
            DEVIATIONS[place] * apart, samples[place], linestyle="", marker=style.marker,
            markersize=3.6, markeredgewidth=0, color=style.colour,
        )  # fmt: skip
    rule(panel, XAVIER, across=False)
    panel.set(xscale="log", xlim=(0.004, 2.5), xlabel="σ")
    panel.set_xticks([0.01, 0.1, 1], ["0.01", "0.1", "1"])
    panel.minorticks_off()


def _key(panel: Axes, names: Mapping[str, Style], corner: Corner) -> None:
    for name, style in names.items():
        panel.plot([], [], color=style.colour, linestyle=style.dash, linewidth=1.6, label=name)
    panel.legend(
        loc=corner, frameon=False, fontsize=TEXT, labelcolor=INK, handlelength=1.8,
        handletextpad=0.5, borderpad=0.1, labelspacing=0.2,
    )  # fmt: skip


def _columns(record: Record, curves: Mapping[str, tuple[Array, Array]]) -> dict[str, ArrayLike]:
    """The medians and middle halves drawn, by step and then by σ, padded to one length."""
    found: dict[str, Array] = {"step": record.steps, "deviation": DEVIATIONS}
    over = {f"gap.step{step}": gap(record, step) for step in (SOON, END)}
    over["saturated.start"], over["saturated.end"] = np.moveaxis(record.spread_saturated[0], 2, 0)
    drawn = {name: samples.T for name, samples in over.items()}
    for name, pair in curves.items():
        drawn |= {f"xavier.{name}": pair[0], f"chosen.{name}": pair[1]}
    for name, samples in drawn.items():
        for word, at in {"lower": 0.25, "median": 0.5, "upper": 0.75}.items():
            found[f"{name}.{word}"] = np.quantile(samples, at, axis=0)
    longest = max(map(len, found.values()))
    return {
        name: np.append(column, np.full(longest - len(column), np.nan))
        for name, column in found.items()
    }


def _words(record: Record, language: str, place: int) -> tuple[str, str]:
    """The title, which tells a deviation's means over seeds, and the description."""
    deviation = f"{PARAMS.deviations[place]:g}"
    late = value(record.spread_accuracy[0, place, :, -1].mean()).text
    xavier = value(of_xavier(record, record.accuracy)[:, -1].mean()).text
    soon, end = (value(gap(record, step)[place].mean(), "+.3f").text for step in (SOON, END))
    saturated = share(record.spread_saturated[0, place, :, 0].mean()).text
    title = {
        "zh": f"σ = {deviation}：500 步后准确率 {late}，Xavier 为 {xavier}；第 {SOON} 步与 Xavier 之差 {soon}；"
        f"训练前 {saturated} 的隐藏单元饱和",
        "en": f"σ = {deviation}: accuracy {late} after 500 steps, Xavier {xavier}; {soon} beside "
        f"Xavier at step {SOON}; {saturated} of hidden units saturated before training",
    }[language]
    description = {
        "zh": f"四幅图，{DATA[VARIANT]['zh']}，权重与偏置都取自 N(0, σ²)。上排横轴为训练步数 0 到 500：左为新样本上的准确率，"
        f"右为训练损失（对数轴），各画出 Xavier 与 σ = {deviation} 的中位数、中间一半和全部范围。下排横轴为 σ（对数轴），"
        f"竖虚线是 Xavier 在隐藏层之间的标准差 0.1，选中的 σ 画出每个随机种子：左为准确率减去同一份数据上 Xavier 的，第 {SOON} 步与第 500 步；"
        f"右为训练前饱和的隐藏单元所占比例（输出在 0.05 到 0.95 之外）。这个 σ 在第 {SOON} 步的差为 {soon}，第 500 步为 {end}。"
        "σ 小，第 100 步落后，到 500 步大多追上；σ 大，一开始就饱和，准确率上不去。",
        "en": f"Four panels, {DATA[VARIANT]['en']}, weights and biases drawn from N(0, σ²). Upper row, "
        "training step 0 to 500 across: accuracy on fresh points, and training loss on a log "
        f"scale, for Xavier and for σ = {deviation}, each as the median over seeds, the middle half "
        "and the whole range. Lower row, σ across on a log scale, a dashed rule at 0.1, Xavier’s "
        "standard deviation between hidden layers, and a dot for each seed of the chosen σ: "
        f"accuracy minus Xavier’s on the same data at steps {SOON} and 500, and the share of hidden "
        "units that are saturated before training (output outside 0.05 to 0.95). "
        f"This σ is {soon} beside Xavier at step {SOON} and {end} at step 500. Small σ lags at step "
        "100 and has mostly caught up at 500; large σ is saturated from the start and stays low.",
    }[language]
    return title, description


LIVE: Mapping[str, Live[Record]] = {
    "spread": Live(
        controls=(
            Control(
                "std",
                {"zh": "标准差 σ", "en": "Standard deviation σ"},
                {f"{each:g}": {"zh": f"{each:g}", "en": f"{each:g}"} for each in PARAMS.deviations},
                default="1",
                scale=True,
            ),
        ),
        draw=draw_spread,
        ran=ran,
    )
}
