"""Question 55: its figures, each a pure function of a record and a language."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike

from dlqa.drawing.canvas import Drawing, band, dots, panels, rows, rule, spread_labels
from dlqa.drawing.palette import SERIES
from dlqa.questions.iou.names import DETECTORS, LOSSES, STARTS
from dlqa.questions.iou.picture import draw_overlap
from dlqa.questions.iou.quantities import PARAMS, THRESHOLDS, changed, curves, precision
from dlqa.questions.iou.record import Array, Record

STYLES = dict(zip(LOSSES, SERIES, strict=False))
SIDE = {"zh": "边长（像素，对数轴）", "en": "side (pixels, logarithmic)"}
TICKS = (10, 20, 50, 100, 200)


def draw_scale(record: Record, language: str) -> Drawing:
    """What an error of one pixel leaves of the IoU, by the box's side."""
    titles = {
        "zh": ["平均 IoU", "各边误差一个像素：判为检出的比例"],
        "en": ["mean IoU", "each edge off by one pixel: share that counts"],
    }[language]
    figure, (above, below) = panels(titles, height=210, margins=(42, 96))
    ways = {
        "moved": {"zh": "错 1 像素", "en": "1 px off"},
        "noisy": {"zh": "各边误差 1", "en": "edges off by 1"},
        "moved_in_proportion": {"zh": "错边长 5 %", "en": "5 % of side off"},
    }
    columns: dict[str, Array] = {"side": record.sides}
    for (name, label), style in zip(ways.items(), SERIES, strict=False):
        overlaps = getattr(record, name)  # [N, S]
        band(above, record.sides, overlaps.T, style, label=label[language])
        columns[name] = overlaps.mean(1)
    for place, threshold in enumerate(THRESHOLDS):
        passes = record.noisy_passes[:, place]  # [N, S]
        band(below, record.sides, passes.T, SERIES[3 + place], label=f"IoU ≥ {threshold:g}")
        columns[f"passes_{threshold:g}"] = passes.mean(1)
    for panel, low, high in ((above, 0.55, 1.02), (below, 0, 1.15)):
        panel.set_xscale("log")
        panel.set_xticks(TICKS, [str(tick) for tick in TICKS])
        panel.minorticks_off()
        panel.set(xlim=(record.sides[0], record.sides[-1]), ylim=(low, high))
        spread_labels(panel)
    below.set_xlabel(SIDE[language])
    return Drawing(
        figure,
        {
            "zh": "同样错一个像素，小框的 IoU 掉得多",
            "en": "The same one pixel costs a small box far more IoU",
        }[language],
        {
            "zh": "上下两幅图，横轴为框的边长，8 到 200 像素。上图：错开一个像素时 IoU 随边长上升，趋近 1；"
            "错开边长的 5 % 时是一条水平线。下图：各边带一个像素的误差时，IoU 不低于 0.5 的比例几乎总是 1，"
            "不低于 0.75 的比例在小框上只有少数，到 32 像素才接近 1。",
            "en": "Two panels, side of the box from 8 to 200 pixels across. Above: one pixel off, "
            "IoU rises with the side towards 1; 5 % of the side off, it is a level line. Below: "
            "with edges that err by one pixel the share at IoU 0.5 or more is near 1 throughout; "
            "at 0.75 few small boxes count, and nearly all from 32 pixels on.",
        }[language],
        columns,
    )


def draw_path(record: Record, language: str) -> Drawing:
    """Each measure and its gradient while a box comes from afar and turns equal."""
    titles = {
        "zh": ["四种度量的值", "梯度的大小（乘以真实框边长）"],
        "en": ["value of the four measures", "size of the gradient (times the true box’s side)"],
    }[language]
    figure, (above, below) = panels(titles, height=220, margins=(42, 50))
    columns: dict[str, Array] = {"path": record.path}
    reached, pulls = record.path_values, record.path_pulls  # each [L, W]
    for place, loss in enumerate(PARAMS.losses):
        band(above, record.path, reached[place : place + 1], STYLES[loss])
        inside = slice(0, -1)  # at the very end the boxes are equal and the pull is 0
        band(below, record.path[inside], pulls[place : place + 1, inside], STYLES[loss])
        columns |= {f"value.{loss}": reached[place], f"pull.{loss}": pulls[place]}
        above.plot(
            [], [], color=STYLES[loss].colour, linestyle=STYLES[loss].dash, label=LOSSES[loss]
        )
    above.legend(fontsize=10, frameon=False, loc="upper left")
    above.set(xlim=(0, 1), ylim=(-1, 1.05))
    below.set(xlim=(0, 1), ylim=(0, None))
    below.set_xlabel(
        {"zh": "路程（0 = 相距很远，1 = 重合）", "en": "path (0 = far apart, 1 = equal)"}[language]
    )
    return Drawing(
        figure,
        {
            "zh": "从相距很远到重合：IoU 大半路程没有梯度",
            "en": "From far apart to equal: for most of the way IoU has no gradient",
        }[language],
        {
            "zh": "上下两幅图，横轴为路程。上图：IoU 起初一直为 0，两框相交后才升到 1；GIoU、DIoU、CIoU 从负值一路上升。"
            "下图：IoU 的梯度在相交之前恰为 0，其余三种始终不为 0；GIoU 的越近越大，DIoU 与 CIoU 的在相交之前大体不变。",
            "en": "Two panels, the path across. Above: IoU stays at 0 until the boxes meet and then "
            "climbs to 1; GIoU, DIoU and CIoU climb all the way from below zero. Below: the "
            "gradient of IoU is exactly 0 until they meet, the others’ never; GIoU’s grows as "
            "they come closer, those of DIoU and CIoU stay much the same before they meet.",
        }[language],
        columns,
    )


def draw_learning(record: Record, language: str) -> Drawing:
    """IoU while boxes learn their places under each loss, from three kinds of start."""
    figure, axes = panels(
        [STARTS[start][language] for start in PARAMS.starts], height=190, margins=(42, 52)
    )
    columns: dict[str, Array] = {"step": record.steps}
    for panel, start in zip(axes, PARAMS.starts, strict=True):
        for loss in PARAMS.losses:
            drawn = curves(record, loss, start)
            band(panel, record.steps, drawn, STYLES[loss], label=LOSSES[loss])
            columns |= {
                f"{start}.{loss}.{word}": np.quantile(drawn, at, axis=0)
                for word, at in (("low", 0), ("median", 0.5), ("high", 1))
            }
        panel.set(xlim=(0, record.steps[-1]), ylim=(-0.02, 1.03), ylabel="IoU")
        spread_labels(panel)
    axes[-1].set_xlabel({"zh": "步", "en": "step"}[language])
    return Drawing(
        figure,
        {
            "zh": "框在四种损失下学会自己的位置",
            "en": "Boxes learn their places under four losses",
        }[language],
        {
            "zh": "三幅图，横轴为步 0 到 400，纵轴为与真实框的 IoU，每种损失画出各种子的中位数、中间一半和全部范围。"
            "起点不相交时，IoU 损失始终停在 0，其余三种到达 1，GIoU 略快；起点相交或在真实框内时四种都到达 1，DIoU 与 CIoU 更快。",
            "en": "Three panels, step 0 to 400 across, IoU with the true box up; for each loss the "
            "median over seeds, the middle half and the whole range. From starts apart the IoU "
            "loss stays at 0 while the others reach 1, GIoU a little sooner; from starts that "
            "overlap or lie inside, all four reach 1, DIoU and CIoU sooner.",
        }[language],
        columns,
    )


def draw_pixels(record: Record, language: str) -> Drawing:
    """Share of verdicts that the +1 convention changes, a dot a seed."""
    titles = {
        "zh": [f"阈值 {threshold:g}" for threshold in THRESHOLDS],
        "en": [f"threshold {threshold:g}" for threshold in THRESHOLDS],
    }[language]
    figure, axes = panels(titles, height=180, margins=(66, 14))
    columns: dict[str, ArrayLike] = {"seed": np.arange(PARAMS.seeds)}
    for panel, threshold, style in zip(axes, THRESHOLDS, SERIES[3:5], strict=True):
        for place, side in enumerate(PARAMS.pixel_sides):
            samples = changed(record, side, threshold)
            dots(panel, place, samples, style)
            columns[f"{side}.{threshold:g}"] = samples
        rows(panel, [{"zh": f"{s} 像素", "en": f"{s} px"}[language] for s in PARAMS.pixel_sides])
        panel.set_xlim(0, 0.09)
        rule(panel, 0.01, across=False)
    axes[-1].set_xlabel(
        {"zh": "判定改变的比例（虚线为界值 0.01）",
         "en": "share of verdicts that change (dashes: margin 0.01)"}[language]
    )  # fmt: skip
    return Drawing(
        figure,
        {
            "zh": "“+1”改变多少判定：框越小越多",
            "en": "How many verdicts “+1” changes: the smaller the box, the more",
        }[language],
        {
            "zh": "两幅点图，每行一种边长，8 到 128 像素，每点一个随机种子，竖线为中位数。"
            "8 像素的框上，阈值 0.5 时百分之六左右的判定改变，0.75 时约一半；128 像素的框上都不到百分之一。",
            "en": "Two dot plots, a row for each side from 8 to 128 pixels, a dot for each seed, a "
            "bar at the median. For boxes of 8 pixels some six in a hundred verdicts change at "
            "threshold 0.5 and about half as many at 0.75; for 128 pixels fewer than one.",
        }[language],
        columns,
    )


def draw_detectors(record: Record, language: str) -> Drawing:
    """AP by threshold of five detectors whose mean IoU is the same."""
    titles = {"zh": ["AP 随 IoU 阈值的变化"], "en": ["AP by IoU threshold"]}[language]
    figure, (panel,) = panels(titles, height=250, margins=(42, 14))
    thresholds = np.linspace(0.5, 0.95, 10)
    columns: dict[str, Array] = {"threshold": thresholds}
    for detector, style in zip(DETECTORS, SERIES, strict=False):
        drawn = np.stack([precision(record, detector, at) for at in thresholds], 1)  # [S, H]
        width = 4.5 if detector == "even" else 1.6  # what NMS restores lies upon it
        band(panel, thresholds, drawn, style)
        panel.plot(
            thresholds, np.median(drawn, 0), color=style.colour, linestyle=style.dash,
            linewidth=width, alpha=0.5 if width > 2 else 1, label=DETECTORS[detector][language],
        )  # fmt: skip
        columns[detector] = drawn.mean(0)
    panel.legend(fontsize=10, frameon=False, loc="upper right")
    panel.set(xlim=(0.5, 0.95), ylim=(-0.02, 1.05), ylabel="AP")
    panel.set_xlabel({"zh": "IoU 阈值", "en": "IoU threshold"}[language])
    return Drawing(
        figure,
        {
            "zh": "平均 IoU 完全相同的五个检测器，AP 各不相同",
            "en": "Five detectors of exactly one mean IoU, and their APs",
        }[language],
        {
            "zh": "折线图，横轴为 IoU 阈值 0.5 到 0.95，纵轴为 AP。“均匀”在 0.5 处为 1，过了 0.6 降到 0；"
            "“参差”在 0.85 以前一直约为 0.5；置信度颠倒后只剩一半；每框报两次时 AP 低于“均匀”，NMS 之后与它重合。",
            "en": "A line chart, IoU threshold 0.5 to 0.95 across, AP up. “Even” is 1 at 0.5 and 0 "
            "beyond 0.6; “uneven” stays near 0.5 up to 0.85; with its scores reversed, half of "
            "that is left; with each box reported twice AP is below “even”, and NMS puts it back "
            "upon it.",
        }[language],
        columns,
    )


FIGURES: Mapping[str, Callable[[Record, str], Drawing]] = {
    "overlap": draw_overlap,
    "scale": draw_scale,
    "path": draw_path,
    "learning": draw_learning,
    "pixels": draw_pixels,
    "detectors": draw_detectors,
}
