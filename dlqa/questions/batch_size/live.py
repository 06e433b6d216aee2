"""Question 50: the figure with controls: accuracy by learning rate and batch size, by budget."""

from collections.abc import Mapping

import numpy as np
import xarray as xr
from matplotlib.axes import Axes

from dlqa.drawing.canvas import Drawing, name_line, panels, showing, spread_labels
from dlqa.drawing.labelled import QUANTILES, Columns, band_of
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Control, Live, Setting
from dlqa.drawing.palette import SERIES, Style
from dlqa.evidence.values import Value, Values, percent, value
from dlqa.questions.batch_size.figures import STYLES, log_batches
from dlqa.questions.batch_size.quantities import at_budget, by_batch, tuned
from dlqa.questions.batch_size.record import BATCHES, POWERS, Params

TICKS = {"sgd": (-8, -5, -2, 1), "adam": (-11, -8, -5)}


def draw_rates(record: xr.Dataset, labels: Labels, setting: Setting) -> Drawing:
    """One optimizer and budget: each batch size at each of its rates, and at the tuned one."""
    optimizer, budget = setting["optimizer"], setting["budget"]
    titles = [labels("panel", each) for each in ("rates", "tuned")]
    figure, (rates, best) = panels(titles, height=230, margins=(44, 40))
    windows = POWERS[optimizer].values()
    first, last = min(low for low, _ in windows), max(high for _, high in windows)
    rates.set(xlim=(first - 0.3, last + 0.3), ylim=(0.4, 1), xlabel=labels("axis", "rate"))
    rates.set_xticks(TICKS[optimizer], [_fraction(power) for power in TICKS[optimizer]])
    columns: Columns = {"power": record.power.values}
    for batch in BATCHES:
        drawn = at_budget(record, optimizer, batch, budget).sel(of="fresh")
        _curve(rates, drawn, STYLES[batch], str(batch))
        columns |= {
            f"{batch}.{word}": drawn.quantile(at, "seed").reindex(power=record.power).values
            for word, at in QUANTILES.items()
        }
    spread_labels(rates)
    found = [tuned(record, optimizer, batch, budget).drop_vars("power") for batch in BATCHES]
    ends = by_batch(found)
    columns["batch"] = np.array(BATCHES, dtype=float)
    columns |= band_of(best, ends, SERIES[0], "tuned")
    log_batches(best)
    best.set(ylim=(0.8, 1), xlabel=labels("axis", "batch"))
    return Drawing(figure, columns)


def numbers(record: xr.Dataset, setting: Setting) -> Values:
    """What the caption says: means at the tuned rates, and how many steps the budget gives."""
    optimizer, budget = setting["optimizer"], setting["budget"]
    found: dict[str, Value] = {}
    for batch in BATCHES:
        mean = tuned(record, optimizer, batch, budget).mean()
        found[f"tuned_{batch}"] = percent(mean, 1)
        found[f"steps_{batch}"] = value(Params().budgets(batch)[budget], ".0f")
    return found


def _curve(axes: Axes, drawn: xr.DataArray, style: Style, name: str) -> None:
    """The median over seeds as one line, named at its end."""
    middle = drawn.median("seed")
    (line,) = axes.plot(
        middle.power, middle, color=style.colour, linestyle=style.dash, linewidth=1.6
    )
    showing(line, name)
    name_line(axes, float(middle.power[-1]), float(middle[-1]), name, style)


def _fraction(power: int) -> str:
    return f"1/{2**-power}" if power < 0 else str(2**power)


CONTROLS = (
    Control("optimizer", tuple(POWERS), default="sgd"),
    Control("budget", ("epochs", "steps", "time"), default="epochs"),
)
LIVE: Mapping[str, Live] = {"rates": Live(CONTROLS, draw_rates, numbers)}
