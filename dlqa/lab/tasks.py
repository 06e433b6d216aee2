"""What networks learn from, and how a step's batch reaches them.

Axes: E networks of the whole stack, e networks of a chunk, D data sets, I inputs, O outputs,
N samples, T steps, B samples of a batch.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import torch
from torch import Tensor

from dlqa.lab.arguments import check_tensor
from dlqa.lab.gradients import Batch
from dlqa.lab.parameters import LINE, round_up

# Steps whose rows are looked up at once: all of them take gigabytes where batches are single samples.
BLOCK = 256


@dataclass(frozen=True)
class Task:
    """What the networks learn from; several may share a data set.

    inputs [D, I, N]; targets [D, O, N], classes one-hot or numbers; batches int64 [D, T, B]: the
    samples of each step's batch, or None: all of them at every step; of int64 [E]: the data set of
    each network. Raises ValueError where these do not fit.
    """

    inputs: Tensor
    targets: Tensor
    batches: Tensor | None
    of: Tensor

    def __post_init__(self) -> None:
        for what, each in (("inputs", self.inputs), ("targets", self.targets)):
            check_tensor(what, each, "[..., D, N]")
        batches = self.inputs[:, :1] if self.batches is None else self.batches  # [D, T, B]
        check_tensor("batches", batches, "[..., T, B]")
        check_tensor("of", self.of, "[E]")
        shapes = [list(tensor.shape) for tensor in (self.inputs, self.targets, batches)]
        given = "inputs {}, targets {}, batches {}".format(*shapes)
        if any(len(shape) != 3 for shape in shapes) or len({shape[0] for shape in shapes}) != 1:
            raise ValueError(f"expected [D, I, N], [D, O, N] and [D, T, B], not {given}")
        if self.inputs.shape[2] != self.targets.shape[2]:
            raise ValueError(f"inputs and targets must have as many samples, not {given}")
        if not batches.shape[2]:
            raise ValueError(f"batches must hold samples, not {given}")
        if self.batches is not None:
            _check_places("batches", self.batches, self.inputs.shape[2], "samples")
        _check_places("of", self.of, len(self.inputs), "data sets")

    @property
    def most_steps(self) -> float:
        """How many steps there are batches for."""
        return inf if self.batches is None else self.batches.shape[1]

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
    networks, of = len(members), task.of[members]  # [e]
    every = torch.arange(task.inputs.shape[2], device="cpu").expand(len(task.inputs), 1, -1)
    batches = every if task.batches is None else task.batches[:, :steps]  # [D, T, B]
    samples, inputs = batches.shape[2], task.inputs.shape[1] + 1
    columns = round_up(samples, LINE)
    firsts = (of * task.inputs.shape[2]).view(-1, 1)  # where each network's data set starts
    places = table.new_full(
        (min(BLOCK, batches.shape[1]), networks, columns), len(table) - 1, dtype=torch.int64
    )
    rows = table.new_zeros(networks * columns, table.shape[1])
    batch = rows.view(networks, columns, -1).mT  # [e, I + 1 + O, B]
    held = -1  # the block of steps whose rows `places` names

    def look_up(block: int) -> None:
        nonlocal held
        chosen = batches[of, block * BLOCK : (block + 1) * BLOCK].transpose(0, 1)
        torch.add(chosen, firsts, out=places[: len(chosen), :, :samples])
        held = block

    def fill(step: int) -> None:
        block, place = divmod(step, BLOCK)
        if block != held:
            look_up(block)
        torch.index_select(table, 0, places[place].view(-1), out=rows)

    found = Batch(batch[:, :inputs], batch[:, inputs:], samples)
    if task.batches is not None:
        return found, fill
    fill(0)  # once for all: a step only reads its batch
    return found, lambda _step: None


def _check_places(name: str, places: Tensor, count: int, what: str) -> None:
    if places.dtype != torch.int64:
        raise ValueError(f"{name} must be int64, not {places.dtype}")
    if places.numel() and not 0 <= int(places.min()) <= int(places.max()) < count:
        given = f"{int(places.min())} to {int(places.max())}"
        raise ValueError(f"{name} must name one of {count} {what}, 0 to {count - 1}, not {given}")
