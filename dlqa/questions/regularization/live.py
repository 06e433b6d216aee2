"""Question 53: its figure with controls, the kind and the strength of the penalty."""

from collections.abc import Mapping

import xarray as xr

from dlqa.drawing.canvas import Drawing, panels
from dlqa.drawing.labelled import Columns, bands, key, span, strip
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Control, Live, Setting
from dlqa.drawing.palette import SERIES
from dlqa.evidence.records import ran
from dlqa.evidence.values import Values, percent, value
from dlqa.questions.regularization.figures import dress_shares, shares_below
from dlqa.questions.regularization.quantities import accuracy, shown, zeros
from dlqa.questions.regularization.record import DATA, STRENGTHS, Params

PENALTIES = ("l1", "l2", "proximal", "decay")
STRENGTH = {
    f"{strength:g}": word for strength, word in zip(Params().strengths, STRENGTHS, strict=True)
}
STYLES = dict(zip(("without", "with"), SERIES, strict=False))


def draw_strength(record: xr.Dataset, labels: Labels, setting: Setting) -> Drawing:
    """A penalty beside none on the same data: how large weights are, and what is classified."""
    places = [{"short": data, "shown": of} for of in ("weights", "accuracy") for data in DATA]
    titles = [labels.joined(place) for place in places]
    figure, axes = panels(titles, across=2, height=172, margins=(48, 14), foot=60)
    names = dict(zip(STYLES, ("λ = 0", f"λ = {setting['lambda']}"), strict=True))
    record = shown(record)
    columns: Columns = {}
    for upper, lower, data in zip(axes[:2], axes[2:], DATA, strict=True):
        arms = dict(zip(STYLES, ("none", arm_of(setting)), strict=True))
        shares = {row: shares_below(record, arm, data) for row, arm in arms.items()}
        columns["threshold"] = shares["with"].threshold.values
        columns |= bands(upper, shares, STYLES, {}, f"{data}.share")
        dress_shares(upper)
        upper.set_xlabel(labels("axis", "at most"))
        right = {row: accuracy(record, arm, data) for row, arm in arms.items()}
        columns |= strip(lower, right, STYLES, names, f"{data}.accuracy")
        lower.set(
            xlim=span(record.accuracy), xticks=(0.5, 0.75, 1.0), xlabel=labels("axis", "accuracy")
        )
        for row, arm in arms.items():
            for zero in ("exact", "near"):
                share_of = zeros(record, zero=zero, arm=arm, data=data)
                columns[f"{data}.{row}.{zero}_zero"] = share_of.values
    axes[0].set_ylabel(labels("axis", "share"))
    key(axes[0], {names[row]: style for row, style in STYLES.items()}, "below")
    return Drawing(figure, columns)


def numbers(record: xr.Dataset, setting: Setting) -> Values:
    """What the caption says of a setting: means over its seeds, on either kind of data."""
    record, arm = shown(record), arm_of(setting)
    found = {"seeds": value(record.sizes["seed"], ".0f")}
    for data in DATA:
        for zero in ("near", "exact"):
            found[f"{zero}_{data}"] = percent(zeros.mean(record, zero=zero, arm=arm, data=data), 1)
        found[f"accuracy_{data}"] = value(ran(accuracy(record, arm, data)).mean())
        found[f"without_{data}"] = value(accuracy(record, "none", data).mean())
    return found


def arm_of(setting: Setting) -> str:
    """What the study calls a setting."""
    strength = STRENGTH.get(setting["lambda"])
    return f"{setting['penalty']}_{strength}" if strength else "none"


PENALTY = Control("penalty", PENALTIES, default="l1")
LAMBDA = Control("lambda", ("0", *STRENGTH), default="1", scale=True)
LIVE: Mapping[str, Live] = {"strength": Live((PENALTY, LAMBDA), draw_strength, numbers)}
