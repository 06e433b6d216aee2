"""A network that the reader trains in the page: what may be set, and what a study has of it.

The page's script trains small multilayer perceptrons as `dlqa.lab` does. What it can set are the
KNOBS; a question names which of them its reader may turn, and the settings that its study ran.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import xarray as xr

from dlqa.drawing.live import Control

# What the script knows of each knob: names, or None for a number. Data are those of
# `dlqa.lab.mixtures`, initializers those of `dlqa.lab.initializers`, but
# for "gaussian", which is N(0, std²).
KNOBS: Mapping[str, tuple[str, ...] | None] = {
    "data": ("correlated", "independent", "xor"),
    "initializer": (
        "zero", "constant_small", "one", "gaussian", "xavier", "he", "lecun", "orthogonal",
    ),
    "std": None,
    "activation": ("sigmoid", "tanh", "relu"),
    "width": None,
    "layers": None,
    "optimizer": ("adam", "sgd"),
    "rate": None,
}  # fmt: skip


@dataclass(frozen=True)
class RanSetting:
    """A setting that the study ran.

    where: knobs, of which those that make no difference there are left out; at: the labels that a
    claim's condition gives of it, but for its step; accuracy, loss: curves over "seed" and "step".
    """

    where: Mapping[str, str]
    at: Mapping[str, str]
    accuracy: xr.DataArray
    loss: xr.DataArray | None = None


@dataclass(frozen=True)
class Trainable:
    """What a reader may train beside a claim.

    controls: of some KNOBS, with the words of a live figure's controls; fixed: what the others are.
    only: a control that is there with one option of another alone, ("std": ("initializer",
    "gaussian")). steps: of a run in a setting that was not tested. tested: of a record.
    """

    controls: tuple[Control, ...]
    tested: Callable[[xr.Dataset], Iterable[RanSetting]]
    steps: int
    fixed: Mapping[str, str] = field(default_factory=dict)
    only: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def faults(self) -> list[str]:
        """What the script would not know, in words."""
        options = {control.id: control.options for control in self.controls}
        options |= {knob: (value,) for knob, value in self.fixed.items()}
        found = [f"unknown knob {knob!r}" for knob in options if knob not in KNOBS]
        found += [f"knob {k!r} is neither set nor fixed" for k in KNOBS if k not in options]
        for knob, values in options.items():
            known = KNOBS.get(knob)
            found += [f"{knob}: unknown {v!r}" for v in values if known and v not in known]
            found += [f"{knob}: {v!r} is no number" for v in values if not known and not _number(v)]
        return found


def _number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()
