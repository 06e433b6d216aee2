"""What networks learn from, and how a step's batch reaches them.

Axes: E networks of the whole stack, e networks of a chunk, D data sets, I inputs, O outputs,
N samples, T steps, B samples of a batch.
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from dlqa.lab.arguments import check_tensor
from dlqa.lab.gradients import Batch
from dlqa.lab.parameters import LINE, round_up


@dataclass(frozen=True)
class Task:
    """What the networks learn from; several may share a data set.

    inputs [D, I, N]; targets [D, O, N]; batches int64 [D, T, B]: the samples of each step's batch;
    of int64 [E]: the data set of each network. Raises ValueError where these do not fit.
    """

    inputs: Tensor
    targets: Tensor
    batches: Tensor
    of: Tensor

    def __post_init__(self) -> None:
        for what, each in (("inputs", self.inputs), ("targets", self.targets)):
            check_tensor(what, each, "[..., D, N]")
        check_tensor("batches", self.batches, "[..., T, B]")
        check_tensor("of", self.of, "[E]")
        shapes = [list(tensor.shape) for tensor in (self.inputs, self.targets, self.batches)]
        given = "inputs {}, targets {}, batches {}".format(*shapes)
        if any(len(shape) != 3 for shape in shapes) or len({shape[0] for shape in shapes}) != 1:
            raise ValueError(f"expected [D, I, N], [D, O, N] and [D, T, B], not {given}")
        if self.inputs.shape[2] != self.targets.shape[2]:
            raise ValueError(f"inputs and targets must have as many samples, not {given}")
        if not self.batches.shape[2]:
            raise ValueError(f"batches must hold samples, not {given}")
        _check_places("batches", self.batches, self.inputs.shape[2], "samples")
        _check_places("of", self.of, len(self.inputs), "data sets")

    def table(self, dtype: torch.dtype) -> Tensor:
        """A row [I + 1 + O] of inputs, 1 and targets for each sample of each data set in turn.

        The 1 is the input whose weight is the bias. One more row at the end, all zeros, stands for
        no sample.
        """
        ones = torch.ones_like(self.inputs[:, :1])
        columns = torch.cat([self.inputs, ones, self.targets], 1)  # [D, I + 1 + O, N]
        rows = columns.mT.flatten(0, 1).to(dtype)
        return torch.cat([rows, torch.zeros_like(rows[:1])])


def feed(
    task: Task, table: Tensor, members: Tensor, steps: int
) -> tuple[Batch, Callable[[int], None]]:
    """Room for one batch of the networks `members` [e], and what fills it with a step's samples.

    A batch is filled up to a multiple of LINE columns with samples that are none.
    """
    networks, samples = len(members), task.batches.shape[2]
    columns, inputs = round_up(samples, LINE), task.inputs.shape[1] + 1
    places = table.new_full((steps, networks, columns), len(table) - 1, dtype=torch.int64)
    of = task.of[members]  # [e]
    firsts = (of * task.inputs.shape[2]).view(-1, 1)  # where each network's data set starts
    places[:, :, :samples] = task.batches[of, :steps].transpose(0, 1) + firsts
    places = places.flatten(1)  # [T, e·B]
    rows = table.new_zeros(networks * columns, table.shape[1])
    batch = rows.view(networks, columns, -1).mT  # [e, I + 1 + O, B]

    def fill(step: int) -> None:
        torch.index_select(table, 0, places[step], out=rows)

    return Batch(batch[:, :inputs], batch[:, inputs:], samples), fill


def _check_places(name: str, places: Tensor, count: int, what: str) -> None:
    if places.dtype != torch.int64:
        raise ValueError(f"{name} must be int64, not {places.dtype}")
    if places.numel() and not 0 <= int(places.min()) <= int(places.max()) < count:
        given = f"{int(places.min())} to {int(places.max())}"
        raise ValueError(f"{name} must name one of {count} {what}, 0 to {count - 1}, not {given}")
