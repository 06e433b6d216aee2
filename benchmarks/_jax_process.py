"""Trains a stack with JAX each time a line arrives, and answers with a number.

Arguments: networks, width, steps, and the cores to stay on, as JSON; see `_training_contenders`.
"""

import json
import os
import sys

networks, width, steps = map(int, sys.argv[1:4])
cores = json.loads(sys.argv[4])
os.sched_setaffinity(0, cores)  # before JAX starts its threads, one for each core it finds

import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402

from benchmarks._training_contenders import RATE, Exercise  # noqa: E402


def network(parameters, inputs):
    """Samples are columns, which is faster here too than samples as rows."""
    *hidden, (weight, bias) = parameters
    for w, b in hidden:
        inputs = jax.nn.sigmoid(w @ inputs + b)
    return weight @ inputs + bias


def loss(parameters, inputs, targets):
    return jnp.mean((network(parameters, inputs) - targets) ** 2)


def step(state, picked, inputs, targets):
    """Adam (Kingma & Ba 2015, algorithm 1) on one network."""
    parameters, first, second, count = state
    gradient = jax.grad(loss)(parameters, inputs[picked].T, targets[picked].T)
    count = count + 1
    first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, first, gradient)
    second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, second, gradient)
    one, two = 1 - 0.9**count, 1 - 0.999**count
    move = jax.tree.map(lambda m, v: RATE * (m / one) / (jnp.sqrt(v / two) + 1e-8), first, second)
    return (jax.tree.map(jnp.subtract, parameters, move), first, second, count)


def train_one(parameters, of, inputs, targets, batches):
    zeros = jax.tree.map(jnp.zeros_like, parameters)
    inputs, targets = inputs[of], targets[of]
    state, _ = jax.lax.scan(
        lambda state, picked: (step(state, picked, inputs, targets), None),
        (parameters, zeros, zeros, 0.0),
        batches[of],
    )
    return state[0]


def main() -> None:
    exercise = Exercise(networks, width, steps)
    stack, task = exercise.stack(), exercise.task()
    parameters = [
        (jnp.asarray(w.numpy()), jnp.asarray(b.numpy()))
        for w, b in zip(stack.weights, stack.biases, strict=True)
    ]
    data = [jnp.asarray(t.mT.numpy()) for t in (task.inputs, task.targets)]
    rest = [*data, jnp.asarray(task.batches.numpy())]
    train = jax.jit(jax.vmap(train_one, in_axes=(0, 0, None, None, None)))
    of = jnp.asarray(task.of.numpy())
    train = train.lower(parameters, of, *rest).compile()
    for _ in sys.stdin:
        final = train(parameters, of, *rest)
        print(float(jnp.mean(final[-1][0][0])), flush=True)


if __name__ == "__main__":
    main()
