"""How many weights are zero, and how many nearly so: three ways on five data sets, with `dlqa`."""

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
    "proximal L1": {"proximal": Proximal(strength, metric="adam")},  # (2)!
}
limits = torch.logspace(-6, 0.5, 27)
figure, (axes,) = panels(["share of weights with |w| at most (λ = 1)"], margins=(42, 76))
for (name, way), style in zip(ways.items(), SERIES):
    final = train(start, pairs.task, steps=750, **way).final
    right = pairs.accuracy(Snapshot(750, final, torch.arange(15))).view(3, 5).mean(1)
    sizes = torch.cat([weight.flatten(1) for weight in final.weights], 1).abs()
    shares = torch.stack([(sizes <= limit).float().mean(1) for limit in limits], 1)
    band(axes, limits.numpy(), shares[10:].numpy(), style, label=name)  # (3)!
    zero = (sizes == 0).float().mean(1).view(3, 5).mean(1)
    for row in range(3):
        print(f"{name:11} λ = {strengths[row]:3.1f}  accuracy {right[row]:.1f}  exactly 0: {zero[row]:.1f}")
axes.set_xscale("log")
spread_labels(axes)
figure.savefig("distributions.svg")
# --8<-- [end:train]
