"""The original experiment at 100:1, fresh points scaled in two ways."""

# --8<-- [start:train]
import torch

from dlqa.lab.initializers import initialize
from dlqa.lab.mixtures import one_hot
from dlqa.lab.training import Task, train

few, many, sets = 11, 1189, 3  # (1)!


def draw(seed, rare, frequent, stream, copies=1):
    c = torch.rand(2, 2, generator=torch.Generator().manual_seed(seed))
    noise = torch.Generator().manual_seed(1000 * stream + seed)
    x = torch.randn(rare + frequent, 2, generator=noise) @ c  # (2)!
    x[rare:] += torch.tensor([1, 0.5])
    return torch.cat([x[:rare].repeat(copies, 1), x[rare:]]).T


def scaled(x, by):
    low, high = by.amin(1, keepdim=True), by.amax(1, keepdim=True)
    return (x - low) / (high - low)


test = [draw(seed, 150, 150, 2) for seed in range(sets)]
for copies in (1, 100):
    data = [draw(seed, few, many, 1, copies) for seed in range(sets)]
    rare = torch.arange(data[0].shape[1]) < few * copies
    targets = one_hot(rare.long().expand(sets, -1))
    inputs = torch.stack([scaled(x, x) for x in data])
    start = initialize("xavier", (2, 100, 100, 2), range(sets))
    task = Task(inputs, targets, None, torch.arange(sets))
    net = train(start, task, steps=500, loss="cross entropy").final
    for how, by in (("by itself", test), ("as in training", data)):
        shown = torch.stack([scaled(*pair) for pair in zip(test, by)])
        said = net.outputs(shown).argmax(1)
        right = (said == (torch.arange(300) < 150)).float().mean()
        print(copies, "copies,", how, round(20 * right.item()) / 20)
# --8<-- [end:train]
