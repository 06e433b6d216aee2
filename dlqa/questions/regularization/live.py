"""Question 53: its figure with controls, the kind and the strength of the penalty."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes

from dlqa.drawing.canvas import TEXT, Drawing, band, dots, panels, rows, rule
from dlqa.drawing.live import Control, Live, Setting
from dlqa.drawing.palette import INK, SERIES
from dlqa.evidence.values import share
from dlqa.questions.regularization.names import DATA, PARAMS, WAYS
from dlqa.questions.regularization.quantities import ARMS, NEAR, of_arm
from dlqa.questions.regularization.record import STRENGTHS, Array, Record

WORDS = {"0": "none"} | {
    f"{strength:g}": word for strength, word in zip(PARAMS.strengths, STRENGTHS, strict=True)
}
STYLES = SERIES[:2]  # without a penalty, with it
LEFT_END = 1e-7  # exact zeros have no place on a logarithmic axis


def draw_strength(record: Record, language: str, setting: Setting) -> Drawing:
    """A penalty beside none on the same data: how large weights are, and what is classified."""
    names = ["λ = 0", f"λ = {setting['lambda']}"]
    figure, axes = panels(
        [*(DATA[variant][language] for variant in PARAMS.variants), "", ""],
        across=2, height=150, margins=(42, 10),
    )  # fmt: skip
    columns: dict[str, Array] = {}
    for place, variant in enumerate(PARAMS.variants):
        upper, lower = axes[place], axes[place + 2]
        sizes, accuracies = (
            pair(values, variant, setting) for values in (record.below, record.accuracy)
        )
        _draw_sizes(upper, record.thresholds, sizes)
        _draw_accuracies(lower, accuracies, names, language)
        for name, below, accuracy in zip(("without", "with"), sizes, accuracies, strict=True):
            columns |= {
                f"{variant}.{name}.accuracy": accuracy,
                f"{variant}.{name}.exact_zero": below[:, 0],
                f"{variant}.{name}.near_zero": near(record, below),
            }
    _key(axes[0], names)
    axes[0].set_ylabel({"zh": "权重的比例", "en": "share of weights"}[language])
    for panel in axes[:2]:
        panel.set_xlabel({"zh": "|w| 不超过", "en": "|w| at most"}[language])
    return Drawing(figure, *_words(record, language, setting), columns)


def pair(values: Array, variant: str, setting: Setting) -> tuple[Array, Array]:
    """Of values [V, A, S, ...] those without a penalty and with it, [S, ...], on the same data."""
    seeds = len(of_arm(values, variant, f"{setting['penalty']}_{STRENGTHS[0]}"))
    without, chosen = (of_arm(values, variant, arm)[:seeds] for arm in ("none", arm_of(setting)))
    return without, chosen


def arm_of(setting: Setting) -> str:
    """What the study calls a setting."""
    word = WORDS[setting["lambda"]]
    return word if word == "none" else f"{setting['penalty']}_{word}"


def ran(record: Record, setting: Setting) -> bool:
    """Whether the record has a setting's networks on both kinds of data."""
    arm = arm_of(setting)
    return arm in ARMS and all(
        bool(np.isfinite(of_arm(record.accuracy, variant, arm)).all())
        for variant in PARAMS.variants
    )


def near(record: Record, below: Array) -> Array:
    """Share of weights within `NEAR` of zero, of shares [S, Q]."""
    return np.asarray(below[:, np.argmin(np.abs(record.thresholds - NEAR))])


def _draw_sizes(panel: Axes, thresholds: Array, sizes: tuple[Array, Array]) -> None:
    x = np.maximum(thresholds, LEFT_END)
    for drawn, style in zip(sizes, STYLES, strict=True):
        band(panel, x, drawn, style)
    rule(panel, NEAR, across=False)
    panel.set(xscale="log", xlim=(LEFT_END, thresholds[-1]), ylim=(-0.02, 1.02))
    panel.set_xticks([LEFT_END, 1e-5, NEAR, 1e-1], ["0", "10⁻⁵", "10⁻³", "0.1"])
    panel.minorticks_off()


def _draw_accuracies(
    panel: Axes, accuracies: tuple[Array, Array], names: list[str], language: str
) -> None:
    for row, (drawn, style) in enumerate(zip(accuracies, STYLES, strict=True)):
        dots(panel, row, drawn, style)
    rows(panel, names)
    panel.set(xlim=(0.45, 1.02), xticks=(0.5, 0.75, 1.0))
    panel.set_xlabel({"zh": "新样本上的准确率", "en": "accuracy on fresh points"}[language])


def _key(panel: Axes, names: list[str]) -> None:
    """Names the lines of the upper panels, below the left one."""
    for name, style in zip(names, STYLES, strict=True):
        panel.plot([], [], color=style.colour, linestyle=style.dash, linewidth=1.6, label=name)
    panel.legend(
        loc="upper left", bbox_to_anchor=(0.0, -0.42), ncols=2, frameon=False, fontsize=TEXT,
        labelcolor=INK, handlelength=1.6, handletextpad=0.5, columnspacing=1.2, borderpad=0,
    )  # fmt: skip


def _words(record: Record, language: str, setting: Setting) -> tuple[str, str]:
    """The title, which tells the numbers of the first kind of data, and the description."""
    way, strength = WAYS[setting["penalty"]][language], setting["lambda"]
    said = [_numbers(record, language, setting, variant) for variant in PARAMS.variants]
    described = {
        "zh": "四幅图，左列原代码的数据，右列原文的数据。上排横轴为 |w| 的上限（对数轴，最左端是恰为零），"
        "纵轴为不超过它的权重比例，画出各种子的中位数、中间一半和全部范围；竖虚线在 0.001。"
        f"下排每点一个随机种子在新样本上的准确率，竖线为中位数，上行无正则化，下行 {way}，λ = {strength}。",
        "en": "Four panels, data as run on the left, as written on the right. Upper row: across, a "
        "limit for |w| (log scale, its left end means exactly zero); up, the share of weights "
        "within it, as the median over seeds, the middle half and the whole range; a dashed rule "
        "at 0.001. Lower row: a dot for each seed’s accuracy on fresh points, a bar at the median, "
        f"without regularization above, {way} at λ = {strength} below. ",
    }[language]
    colon, stop = {"zh": ("：", "。"), "en": (": ", ". ")}[language]
    titles = [
        f"{DATA[v][language]}{colon}{text}" for v, text in zip(PARAMS.variants, said, strict=True)
    ]
    comma = {"zh": "，", "en": ", "}[language]
    return f"{way}{comma}λ = {strength}{colon}{said[0]}", described + stop.join(
        titles
    ) + stop.strip()


def _numbers(record: Record, language: str, setting: Setting, variant: str) -> str:
    """One sentence with a setting's means over seeds."""
    _, below = pair(record.below, variant, setting)
    before, after = (each.mean() for each in pair(record.accuracy, variant, setting))
    small, zero = share(near(record, below).mean(), 1).text, share(below[:, 0].mean(), 1).text
    return {
        "zh": f"{small} 的权重不超过 0.001，{zero} 恰为零；准确率 {after:.3f}，无正则化时 {before:.3f}",
        "en": f"{small} of weights within 0.001, {zero} exactly zero; accuracy {after:.3f}, "
        f"and {before:.3f} without regularization",
    }[language]


LIVE: Mapping[str, Live[Record]] = {
    "strength": Live(
        controls=(
            Control(
                "penalty",
                {"zh": "做法", "en": "Method"},
                WAYS,
                default="l1",
            ),
            Control(
                "lambda",
                {"zh": "强度 λ", "en": "Strength λ"},
                {each: {"zh": each, "en": each} for each in WORDS},
                default="1",
                scale=True,
            ),
        ),
        draw=draw_strength,
        ran=ran,
    )
}
