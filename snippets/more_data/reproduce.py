"""The original's networks on three data sets, and what it lacks."""

# --8<-- [start:train]
import torch

from dlqa.lab.initializers import initialize
from dlqa.lab.mixtures import one_hot, sample, shuffled_batches
from dlqa.lab.training import Task, train
from dlqa.questions.more_data.learners import linear


def network(drawn, size, *hidden):
    steps = 200 * -(-size // 200)  # (1)!
    batches = shuffled_batches(
        range(3), samples=size, steps=steps, size=min(size, 200))
    start = initialize(
        "xavier", (12, *hidden, 2), range(3), activation="relu")
    task = Task(
        drawn.inputs, one_hot(drawn.labels), batches, torch.arange(3))
    history = train(start, task, steps=steps, loss="cross entropy")
    guesses = history.final.outputs(drawn.fresh_inputs).argmax(1)
    return (guesses == drawn.fresh_labels).float().mean()


def lda(drawn):
    x, new = drawn.inputs.mT.numpy(), drawn.fresh_inputs.mT.numpy()
    y, wanted = drawn.labels.numpy(), drawn.fresh_labels.numpy()
    guesses = (linear(x[i], y[i], new[i], 0) for i in range(3))  # (2)!
    return sum((g == w).mean() for g, w in zip(guesses, wanted)) / 3


for size in (16, 64, 256, 1024):
    drawn = sample("correlated", range(3), samples=size)
    shallow = network(drawn, size, 100)
    deep = network(drawn, size, 100, 100)
    found = f"shallow {shallow:.1f}  deep {deep:.1f}"
    print(f"{size:4}  {found}  lda {lda(drawn):.1f}")
# --8<-- [end:train]
