"""Question 102: the figure with a control: a loss, how hard it pushes, and what wrong labels make of it."""

from collections.abc import Mapping

import xarray as xr

from dlqa.drawing.canvas import BELOW, Drawing, leaving, panels
from dlqa.drawing.labelled import Columns, band_of, key
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Control, Live, Setting
from dlqa.drawing.palette import SERIES
from dlqa.evidence.values import Values, percent
from dlqa.questions.losses.figures import accuracies
from dlqa.questions.losses.quantities import RELU_END
from dlqa.questions.losses.record import TAUGHT

CHOSEN, BESIDE = SERIES[0], SERIES[1]
NOISY = "noise_0.4"


def draw_loss(record: xr.Dataset, labels: Labels, setting: Setting) -> Drawing:
    """A loss of one sample with its push, and accuracy with wrong labels beside cross entropy's."""
    name = setting["loss"]
    titles = [labels("panel", each) for each in ("shape", "learning")]
    figure, axes = panels(titles, height=228, margins=(40, 14), foot=BELOW + 18)
    columns: Columns = {
        "lead": record.lead.values,
        "step": accuracies(record, NOISY, name).step.values,
    }
    for what, style in (("push", BESIDE), ("value", CHOSEN)):
        drawn = record[what].sel(loss=name).values
        line = axes[0].plot(
            record.lead, drawn, color=style.colour, linestyle=style.dash, linewidth=1.6
        )
        leaving(*line)
        columns[what] = drawn
    axes[0].set(xlim=(-6, 6), ylim=(-0.2, 4), xlabel=labels("axis", "lead"))
    key(axes[0], {labels("shape", "value"): CHOSEN, labels("shape", "push"): BESIDE}, "below")
    columns |= band_of(axes[1], accuracies(record, NOISY, "cross_entropy"), BESIDE, "cross_entropy")
    columns |= band_of(axes[1], accuracies(record, NOISY, name), CHOSEN, "chosen")
    axes[1].set(xlim=(0, RELU_END), ylim=(0, 1), xlabel=labels("axis", "step"))
    both = {labels("loss", "cross_entropy"): BESIDE, labels("loss", name): CHOSEN}
    key(axes[1], both, "below")
    return Drawing(figure, columns)


def numbers(record: xr.Dataset, setting: Setting) -> Values:
    """What the caption says of a loss, and of cross entropy: means over seeds."""
    shares = {"chosen": setting["loss"], "beside": "cross_entropy"}
    return {
        what: percent(accuracies(record, NOISY, loss).sel(step=RELU_END).mean(), 1)
        for what, loss in shares.items()
    }


LOSS = Control("loss", TAUGHT, default="softmax_absolute")
LIVE: Mapping[str, Live] = {"loss": Live((LOSS,), draw_loss, numbers)}
