"""How like its final representation each layer's is, with `dlqa`."""

# --8<-- [start:align]
import torch

from dlqa.drawing.canvas import band, panels, spread_labels
from dlqa.drawing.palette import SERIES
from dlqa.evidence.ranks import rank_correlation
from dlqa.lab.initializers import initialize
from dlqa.lab.mixtures import one_hot, sample, shuffled_batches
from dlqa.lab.representations import linear_cka
from dlqa.lab.training import Task, train

seeds, at = range(8), range(0, 751, 50)
data = sample("independent", seeds)
batches = shuffled_batches(seeds, samples=400, steps=750, size=64)
start = initialize("xavier", (12, 50, 50, 50, 2), seeds)
layers = ["layer 1", "layer 2", "layer 3", "layer 4"]


def observe(snapshot):
    points = data.fresh_inputs[snapshot.members, :, :100]
    stack = snapshot.stack
    seen = [*stack.hidden(points), stack.outputs(points)]
    return dict(zip(layers, seen))  # (1)!


task = Task(data.inputs, one_hot(data.labels), batches, torch.arange(8))
history = train(start, task, steps=750, observe=observe, at=at)
figure, (axes,) = panels(["CKA to the final one"], margins=(42, 60))
left = []
for layer, style in zip(layers, SERIES):
    seen = torch.as_tensor(history.observed[layer])
    alike = linear_cka(seen, seen[:, -1:]).numpy()  # (2)!
    band(axes, history.at, alike, style, label=layer)
    left.append(1 - alike.mean(1))
    print(f"{layer}  CKA at the start {alike[:, 0].mean():.1f}")
order = rank_correlation(list(zip(*left)), range(4))
print(f"rank correlation of 1 − CKA with depth {order.mean():.1f}")
spread_labels(axes)
figure.savefig("alignment.svg")
# --8<-- [end:align]
