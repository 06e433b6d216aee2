"""The original network on 150 true and shuffled labels, with `dlqa`."""

# --8<-- [start:train]
import torch

from dlqa.lab.initializers import initialize
from dlqa.lab.mixtures import one_hot, shuffled_batches
from dlqa.lab.training import Task, train

generator = torch.Generator().manual_seed(0)
factor = torch.rand(6, 6, generator=generator)
classes = torch.arange(150) % 2
noise = torch.randn(150, 6, generator=generator)
points = (noise @ factor + classes[:, None]).T  # (1)!
order = torch.randperm(150, generator=generator)
labels = torch.stack([classes, classes[order]])
inputs = torch.stack([points, points])
batches = shuffled_batches([0, 0], samples=150, steps=2500, size=64)
task = Task(inputs, one_hot(labels), batches, torch.arange(2))
layers = (6, 200, 200, 200, 2)
start = initialize("xavier", layers, [0, 0], activation="sigmoid")


def right(seen):
    answers = seen.stack.outputs(inputs[seen.members]).argmax(1)
    found = answers == labels[seen.members]
    return {"accuracy": found.float().mean(1)}


history = train(
    start, task, steps=2500, loss="cross entropy",  # (2)!
    observe=right, at=(500, 2500),
)  # fmt: skip
print("steps    ", 500, 2500)
found = history.observed["accuracy"]
for name, row in zip(("true", "shuffled"), found):
    print(f"{name:9}", *(f"{each:.1f}" for each in row))
# --8<-- [end:train]
