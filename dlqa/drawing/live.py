"""A figure with controls: what its reader may set, and the drawing of every setting of the grid."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Generic, TypeVar

from dlqa.drawing.canvas import Drawing

Record = TypeVar("Record")
Words = Mapping[str, str]  # a language's code -> the words in it
Setting = Mapping[str, str]  # a control's id -> the id of one of its options


@dataclass(frozen=True)
class Control:
    """One thing that a reader may set, by default `default`.

    `options` are labels by id, in the order in which the control offers them. A `scale` is a
    slider over options that have an order; otherwise they are buttons side by side. Ids stand in
    addresses and names of files, so they are of lower-case letters, digits, dots and underscores.
    """

    id: str
    label: Words
    options: Mapping[str, Words]
    default: str
    scale: bool = False


@dataclass(frozen=True)
class Live(Generic[Record]):
    """A figure that is drawn for every combination of its controls' options.

    `draw` is a figure's function with a setting besides; the figure on the page is `still`. `ran`
    says whether the record holds what a setting asks for: a control moves over nothing else.
    """

    controls: tuple[Control, ...]
    draw: Callable[[Record, str, Setting], Drawing]
    ran: Callable[[Record, Setting], bool]

    @property
    def default(self) -> Setting:
        return {control.id: control.default for control in self.controls}

    def settings(self) -> Iterator[Setting]:
        """Every combination of options, the last control's changing fastest."""
        names = [control.id for control in self.controls]
        for chosen in product(*(control.options for control in self.controls)):
            yield dict(zip(names, chosen, strict=True))

    def still(self, record: Record, language: str) -> Drawing:
        """The figure in its default setting, which stands where no script runs."""
        return self.draw(record, language, self.default)
