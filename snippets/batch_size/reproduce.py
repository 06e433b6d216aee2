"""Batches of 4 and of 256 at one learning rate, with `dlqa`."""

# --8<-- [start:train]
from dlqa.lab.grids import grid
from dlqa.lab.training import SGD, train

SAMPLES, EPOCHS, STEPS = 256, 16, 512


def accuracy(batch, steps):
    pairs = grid(
        ["xor"], 1, 4, steps=steps, samples=SAMPLES, batch=batch
    )  # (1)!
    start = pairs.start(["he"], (32, 32), "relu")
    history = train(
        start, pairs.task, steps=steps, optimizer=SGD(1 / 32),
        loss="cross entropy", at=[steps],
        observe=lambda seen: {"right": pairs.accuracy(seen)},  # (2)!
    )
    return history.observed["right"].mean()


for batch in (4, 256):
    epochs = accuracy(batch, EPOCHS * SAMPLES // batch)
    steps = accuracy(batch, STEPS)
    print(f"batch {batch:3}  {EPOCHS} epochs {epochs:.1f}", end="  ")
    print(f"{STEPS} steps {steps:.1f}")
# --8<-- [end:train]
