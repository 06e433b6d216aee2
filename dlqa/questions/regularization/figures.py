"""Question 53: its figures, each a pure function of a record and a language."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from dlqa.drawing.canvas import TEXT, Drawing, band, dots, panels, rows, rule
from dlqa.drawing.palette import INK, MUTED, SERIES, Style
from dlqa.questions.regularization.names import DATA, PARAMS, SHORT, arm_name
from dlqa.questions.regularization.quantities import (
    FIRST,
    NEAR,
    gain,
    of_arm,
    short_of_limit,
    unpaired_gain,
)
from dlqa.questions.regularization.record import SHOWN, STRENGTHS, Array, Record

STYLES = dict(zip(("none", "l1", "proximal", "l2", "decay", "tanh", "relu"), SERIES, strict=False))
GAIN = {"zh": "准确率的变化（右侧：更好）", "en": "change of accuracy (right: better)"}
FOLLOWED = ("none", "l2_strong", "decay_strong", "l1_mild", "l1_strong", "proximal_strong")
SHARED = ("none", "l1_strong", "proximal_strong", "l2_strong", "decay_strong")
COMPARED = ("none", *(f"{w}_{s}" for w in ("l1", "proximal", "l2", "decay") for s in STRENGTHS))
MILD = (  # arm, variant: where the source hoped for a gain
    ("l1_mild", "correlated"),
    ("l2_mild", "correlated"),
    ("l1_mild", "independent"),
    ("l2_mild", "independent"),
    ("l2_strong", "independent"),
    ("l2_extreme", "independent"),
    ("tanh_mild", "independent"),
    ("tanh_strong", "independent"),
    ("relu_mild", "independent"),
    ("relu_strong", "independent"),
)


def draw_paths(record: Record, language: str) -> Drawing:
    """The source's picture from a random sample, over the spread of all seeds' mean |w|."""
    variant = PARAMS.variants[0]
    titles = [arm_name(arm, language) for arm in FOLLOWED]
    figure, axes = panels(titles, across=2, height=150, margins=(32, 12))
    columns: dict[str, Array] = {"step": record.steps}
    for panel, arm in zip(axes, FOLLOWED, strict=True):
        followed = record.paths[SHOWN.index(arm), :, FIRST, 0, ::3]  # [T, F / 3]
        colour = style_of(arm).colour
        panel.plot(record.steps, followed, color=colour, linewidth=0.6, alpha=0.6)
        sizes = of_arm(record.size, variant, arm)[:, :, FIRST]  # [S, T]
        low, high = sizes.min(0), sizes.max(0)
        panel.fill_between(record.steps, low, high, color=MUTED, alpha=0.45, linewidth=0)
        panel.plot(record.steps, np.median(sizes, 0), color=INK, linewidth=1.6)
        panel.set(xlim=(0, record.steps[-1]), ylim=(-0.6, 0.6), xticks=(0, 250, 500, 750))
        columns |= {f"{arm}.{place}": path for place, path in enumerate(followed.T)}
        columns |= _quantiles(f"{arm}.mean_size", sizes)
    for panel in axes[-2:]:
        panel.set_xlabel({"zh": "步", "en": "step"}[language])
    return Drawing(
        figure,
        {
            "zh": "第一层的权重怎样变小：一个网络的 17 个权重，与所有种子的平均 |w|（原代码的数据）",
            "en": "How first-layer weights shrink: 17 weights of one network, and the mean |w| of "
            "every seed (data as run)",
        }[language],
        {
            "zh": "六幅图，横轴为训练步数 0 到 750，纵轴为权重。细线是同一个网络里随机抽取、各图相同的权重；"
            "粗线与灰带是所有种子平均 |w| 的中位数与范围。无正则化时权重慢慢散开；L2 与 AdamW 让它们一起变小；"
            "λ = 0.1 的 L1 压平一部分，留下另一部分；λ = 1 的 L1 与近端 L1 在大约两百步内把画出的权重几乎全部压到零。",
            "en": "Six panels, training step 0 to 750 across, weight up. Thin lines are weights of "
            "one network, drawn at random and the same in each panel; the thick line and grey band "
            "are the median and range of the mean |w| over all seeds. Without regularization "
            "weights drift apart; L2 and AdamW make all of them smaller; L1 at λ = 0.1 flattens "
            "some and leaves others; L1 and proximal L1 at λ = 1 bring nearly all that are drawn "
            "to zero within about two hundred steps.",
        }[language],
        columns,
    )


def draw_distributions(record: Record, language: str) -> Drawing:
    """Which share of the weights is at most x: near zeros are not exact zeros."""
    titles = [f"{DATA[variant][language]}" for variant in PARAMS.variants]
    figure, axes = panels(titles, height=210, margins=(42, 90))
    # Exact zeros have no place on a logarithmic axis: they stand at its left end.
    x = np.maximum(record.thresholds, record.thresholds[1] / 10)
    columns: dict[str, Array] = {"threshold": record.thresholds}
    for panel, variant in zip(axes, PARAMS.variants, strict=True):
        for arm in SHARED:
            shares = of_arm(record.below, variant, arm)
            band(panel, x, shares, style_of(arm))
            columns |= _quantiles(f"{variant}.{arm}", shares)
        _key(panel, SHARED, language)
        rule(panel, NEAR, across=False)
        panel.set(xscale="log", xlim=(x[0], x[-1]), ylim=(-0.01, 1.01))
        panel.set_xticks([x[0], 1e-5, 1e-3, 1e-1], ["0", "10⁻⁵", "10⁻³", "0.1"])
        panel.minorticks_off()
        panel.set_ylabel({"zh": "权重的比例", "en": "share of weights"}[language])
    axes[-1].set_xlabel({"zh": "|w| 不超过", "en": "|w| at most"}[language])
    return Drawing(
        figure,
        {
            "zh": "零与近似为零不是一回事：|w| 不超过某值的权重占多少（λ = 1）",
            "en": "Zero is not near zero: the share of weights with |w| at most a value (λ = 1)",
        }[language],
        {
            "zh": "两幅图，横轴为 |w| 的上限（对数轴，最左端是恰为零），纵轴为不超过它的权重比例；每种方法画出各种子的"
            "中位数、中间一半和全部范围，竖虚线在 0.001。L1 的曲线在最左端为 0，到 0.001 之前陡升到大多数；"
            "近端 L1 在最左端就已是大多数；L2、AdamW 与无正则化在 0.001 处仍接近 0。",
            "en": "Two panels; across, a limit for |w| (log scale, its left end means exactly zero); "
            "up, the share of weights within it. For each method the median over seeds, the middle "
            "half and the whole range; a dashed rule at 0.001. L1 starts from 0 and climbs steeply "
            "to a large majority before 0.001; proximal L1 has that majority at the left end "
            "already; L2, AdamW and no regularization are still close to 0 at 0.001.",
        }[language],
        columns,
    )


def draw_accuracy(record: Record, language: str) -> Drawing:
    """How far every seed stays below its data set's limit, by way and strength."""
    titles = [DATA[variant][language] for variant in PARAMS.variants]
    figure, axes = panels(titles, height=330, margins=(92, 12))
    samples = {
        (variant, arm): short_of_limit(record, variant, arm)
        for variant in PARAMS.variants
        for arm in COMPARED
    }
    for panel, variant in zip(axes, PARAMS.variants, strict=True):
        for place, arm in enumerate(COMPARED):
            dots(panel, place, samples[variant, arm], style_of(arm))
        rows(panel, [arm_name(arm, language) for arm in COMPARED])
        rule(panel, 0, across=False)
        panel.set_xlim(-0.04, 0.54)
    axes[-1].set_xlabel(
        {"zh": "贝叶斯最优减准确率（左侧：更好）",
         "en": "Bayes-optimal minus accuracy (left: better)"}[language]
    )  # fmt: skip
    return Drawing(
        figure,
        {
            "zh": "准确率离各数据集的极限还有多远，随方法与 λ 的变化",
            "en": "How far accuracy stays below each data set’s limit, by method and λ",
        }[language],
        {
            "zh": "两幅点图，每行一种方法与一个 λ，每点一个随机种子，竖线为中位数；0 是该数据集的贝叶斯最优。"
            "原代码的数据上，λ 越大离极限越远，λ = 10 时四种方法都停在瞎猜；"
            "原文的数据上，λ 到 1 为止各种方法都贴近 0，λ = 10 时 L1、近端 L1 与 AdamW 几乎在所有种子上崩溃，L2 一个也不崩。",
            "en": "Two dot plots, a row for each method and λ, a dot for each seed, a bar at the "
            "median; 0 is the data set’s Bayes limit. On the data as run accuracy falls farther "
            "behind as λ grows, and λ = 10 leaves all four methods guessing; on the data as "
            "written all lie close to 0 up to λ = 1, and at 10 nearly every seed of L1, proximal "
            "L1 and AdamW collapses while none of L2 does.",
        }[language],
        _by_seed({f"{variant}.{arm}": drawn for (variant, arm), drawn in samples.items()}),
    )


def draw_gains(record: Record, language: str) -> Drawing:
    """Where regularization may help: a paired difference a seed."""
    samples = {(arm, variant): gain(record, variant, arm) for arm, variant in MILD}
    title = {"zh": "有正则化减无正则化", "en": "with regularization minus without"}[language]
    figure, (panel,) = panels([title], height=310, margins=(136, 14))
    for place, ((arm, _), drawn) in enumerate(samples.items()):
        dots(panel, place, drawn, style_of(arm))
    between = {"zh": "，", "en": ", "}[language]
    rows(panel, [f"{arm_name(a, language)}{between}{SHORT[v][language]}" for a, v in samples])
    rule(panel, 0, across=False)
    panel.set_xlabel(GAIN[language])
    return Drawing(
        figure,
        {
            "zh": "温和的正则化在哪里提高准确率：过拟合的网络",
            "en": "Where mild regularization helps: in networks that overfit",
        }[language],
        {
            "zh": "点图，每行一种设置，每点一个随机种子上有无正则化的准确率之差，竖线为中位数。"
            "sigmoid 网络的各行都贴近零；tanh 与 ReLU 网络在 L2 之下明显偏右，λ = 1 比 0.1 更明显。"
            "原代码的数据上，L1 在个别种子上损失明显。",
            "en": "A dot plot, a row for each setting, a dot for each seed’s difference in accuracy "
            "with and without regularization, a bar at the median. The sigmoid network’s rows lie "
            "close to zero; the tanh and ReLU networks lean to the right under L2, more at λ = 1 "
            "than at 0.1. On the data as run L1 clearly costs single seeds.",
        }[language],
        _by_seed({f"{variant}.{arm}": drawn for (arm, variant), drawn in samples.items()}),
    )


def draw_pairing(record: Record, language: str) -> Drawing:
    """The same question asked with the source's design and with paired data."""
    variant = PARAMS.variants[0]
    asked = ("l1_mild", "l2_mild", "l1_strong", "l2_strong")
    designs = {"unpaired": unpaired_gain, "paired": gain}
    words = {
        "unpaired": {"zh": "各用各的数据", "en": "own data each"},
        "paired": {"zh": "同一份数据", "en": "same data"},
    }
    samples = {
        (arm, design): measure(record, variant, arm)
        for arm in asked
        for design, measure in designs.items()
    }
    figure, (panel,) = panels([DATA[variant][language]], height=280, margins=(150, 14))
    for place, ((_, design), drawn) in enumerate(samples.items()):
        dots(panel, place, drawn, SERIES[0] if design == "paired" else SERIES[1])
    between = {"zh": "，", "en": ", "}[language]
    rows(panel, [f"{arm_name(a, language)}{between}{words[d][language]}" for a, d in samples])
    rule(panel, 0, across=False)
    panel.set_xlabel(GAIN[language])
    return Drawing(
        figure,
        {
            "zh": "每个面板换一份数据，就看不出正则化的影响",
            "en": "A new data set for every panel hides what regularization does",
        }[language],
        {
            "zh": "点图，四种设置各两行：与另一份数据上的无正则化网络相比，或与同一份数据上的相比；每点一个随机种子，"
            "竖线为中位数。不配对的点左右散开，跨过零很远；配对的点在 λ = 0.1 时几乎叠成一条线。",
            "en": "A dot plot, two rows for each of four settings: compared with an unregularized "
            "network on other data, or on the same; a dot for each seed, a bar at the median. "
            "Unpaired dots scatter far to both sides of zero; paired ones at λ = 0.1 almost fall "
            "on one line.",
        }[language],
        _by_seed({f"{arm}.{design}": drawn for (arm, design), drawn in samples.items()}),
    )


def style_of(arm: str) -> Style:
    """The style of an arm's way of regularizing."""
    return STYLES[arm.split("_")[0]]


def _key(panel: Axes, arms: Sequence[str], language: str) -> None:
    """Names the lines of a panel to its right, a sample of each beside its name."""
    for arm in arms:
        style, name = style_of(arm), arm_name(arm, language).removesuffix(" 1")
        panel.plot([], [], color=style.colour, linestyle=style.dash, linewidth=1.6, label=name)
    panel.legend(
        loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=TEXT, labelcolor=INK,
        handlelength=1.6, handletextpad=0.5, borderaxespad=0.2,
    )  # fmt: skip


def _by_seed(samples: Mapping[str, Array]) -> dict[str, ArrayLike]:
    """Columns of one length, NaN where an arm has fewer seeds."""
    longest = max(map(len, samples.values()))
    columns: dict[str, ArrayLike] = {"seed": np.arange(longest)}
    for name, drawn in samples.items():
        padded = np.full(longest, np.nan)
        padded[: len(drawn)] = drawn
        columns[name] = padded
    return columns


def _quantiles(name: str, drawn: Array) -> dict[str, Array]:
    """What a band shows of curves [S, T], for the download."""
    shown = {"low": 0.0, "lower": 0.25, "median": 0.5, "upper": 0.75, "high": 1.0}
    return {f"{name}.{word}": np.quantile(drawn, at, axis=0) for word, at in shown.items()}


FIGURES: Mapping[str, Callable[[Record, str], Drawing]] = {
    "paths": draw_paths,
    "distributions": draw_distributions,
    "accuracy": draw_accuracy,
    "gains": draw_gains,
    "pairing": draw_pairing,
}
