"""How many weights are zero, and how many nearly so, with `dlqa`."""

# --8<-- [start:train]
import torch

from dlqa.drawing.canvas import band, panels, spread_labels
from dlqa.drawing.palette import SERIES
from dlqa.lab.grids import grid
from dlqa.lab.training import Penalty, Proximal, Snapshot, train

strengths = torch.tensor([0.0, 0.1, 1.0])
pairs = grid(["independent"], arms=3, seeds=5, steps=750)  # (1)!
start = pairs.start(["xavier"] * 3, (50, 50), "sigmoid")
strength = strengths.repeat_interleave(5)
ways = {
    "L1": {"penalty": Penalty("l1", strength)},
    "L2": {"penalty": Penalty("l2", strength)},
    "proximal L1": {"proximal": Proximal(strength, "adam")},  # (2)!
}
limits = torch.logspace(-6, 0.5, 27)
title = "share of weights with |w| at most (λ = 1)"
figure, (axes,) = panels([title], margins=(42, 76))
for (name, way), style in zip(ways.items(), SERIES):
    final = train(start, pairs.task, steps=750, **way).final
    right = pairs.accuracy(Snapshot(750, final, torch.arange(15)))
    sizes = torch.cat([w.flatten(1) for w in final.weights], 1).abs()
    shares = [(sizes <= limit).float().mean(1) for limit in limits]
    drawn = torch.stack(shares, 1)[10:]  # (3)!
    band(axes, limits.numpy(), drawn.numpy(), style, label=name)
    zero = (sizes == 0).float().mean(1)
    for at, accuracy, exact in zip(
        strengths, right.view(3, 5).mean(1), zero.view(3, 5).mean(1)
    ):
        print(f"{name:11} λ = {at:3.1f}  ", end="")
        print(f"accuracy {accuracy:.1f}  exactly 0: {exact:.1f}")
axes.set_xscale("log")
spread_labels(axes)
figure.savefig("distributions.svg")
# --8<-- [end:train]
