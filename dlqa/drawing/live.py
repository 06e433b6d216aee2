"""A figure with controls: what its reader may set, and the drawing of every setting of the grid."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import xarray as xr

from dlqa.drawing.canvas import Drawing
from dlqa.drawing.labels import Labels

Setting = Mapping[str, str]  # a control's id -> the id of one of its options
Draw = Callable[[xr.Dataset, Labels], Drawing]


@dataclass(frozen=True)
class Control:
    """One thing that a reader may set, by default `default`.

    `options` are ids in the order in which the control offers them; its words are the table [id] of
    the words file, its own label the entry [control] id. A `scale` is a slider over options that
    have an order; otherwise they are buttons side by side. Ids stand in addresses and names of
    files, so they are of lower-case letters, digits, dots and underscores.
    """

    id: str
    options: tuple[str, ...]
    default: str
    scale: bool = False


@dataclass(frozen=True)
class Live:
    """A figure that is drawn for every combination of its controls' options.

    `draw` is a figure's function with a setting besides; the figure on the page is `still`.
    `numbers` gives what the caption cites of a setting, as {{ setting.accuracy }}: printed values
    by name (`dlqa.evidence.values`). A setting that the study did not run raises KeyError there.
    """

    controls: tuple[Control, ...]
    draw: Callable[[xr.Dataset, Labels, Setting], Drawing]
    numbers: Callable[[xr.Dataset, Setting], Mapping[str, object]]

    @property
    def default(self) -> Setting:
        return {control.id: control.default for control in self.controls}

    def settings(self) -> Iterator[Setting]:
        """Every combination of options, the last control's changing fastest."""
        names = [control.id for control in self.controls]
        for chosen in product(*(control.options for control in self.controls)):
            yield dict(zip(names, chosen, strict=True))

    def still(self, record: xr.Dataset, labels: Labels) -> Drawing:
        """The figure in its default setting, which stands where no script runs."""
        return self.draw(record, labels, self.default)
