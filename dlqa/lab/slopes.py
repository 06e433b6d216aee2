"""Activations with their derivatives: by hand for names and curves, else autograd's.

Axes: E networks, O units of a layer, B samples of a batch.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import torch
from torch import Tensor

from dlqa.lab.company import followers, in_company
from dlqa.lab.networks import Activation


@dataclass(frozen=True)
class Slope:
    """An activation with its derivative, both in place.

    activate(sums, out): the activations; chain(gradient, activations): the derivative by the
    activations becomes the one by the sums. A network's layers are activated in order and chained
    in the reverse.
    """

    activate: Callable[[Tensor, Tensor], object]
    chain: Callable[[Tensor, Tensor], object]


@dataclass(frozen=True)
class Curve:
    """An activation that is given with its derivative: what a `Stack` takes in place of a name.

    value and slope: elementwise functions of the sums, of any shape; the slope may be another than
    the value's derivative, as for a step function. Both must be finite where the sums are 0.
    """

    name: str
    value: Activation = field(repr=False)
    slope: Activation = field(repr=False)

    def __call__(self, values: Tensor) -> Tensor:
        return self.value(values)


_sigmoid_backward = torch.ops.aten.sigmoid_backward.grad_input
_tanh_backward = torch.ops.aten.tanh_backward.grad_input
_threshold_backward = torch.ops.aten.threshold_backward.grad_input

SLOPES: Mapping[str, Slope] = {
    "sigmoid": Slope(
        activate=lambda sums, out: torch.sigmoid(sums, out=out),
        chain=lambda gradient, s: _sigmoid_backward(gradient, s, grad_input=gradient),
    ),
    "tanh": Slope(  # as networks.tanh, in place
        activate=lambda sums, out: torch.sigmoid(sums.mul_(2), out=out).mul_(2).sub_(1),
        chain=lambda gradient, t: _tanh_backward(gradient, t, grad_input=gradient),
    ),
    "relu": Slope(
        activate=lambda sums, out: torch.clamp_min(sums, 0, out=out),
        chain=lambda gradient, r: _threshold_backward(gradient, r, 0, grad_input=gradient),
    ),
}


def slope(activation: str | Activation, samples: int) -> Slope:
    """Of an activation that has a name, of a curve, or of a function.

    A function is shown so many of the columns.
    """
    if isinstance(activation, str):
        return SLOPES[activation]
    if isinstance(activation, Curve):
        return _bent(activation)
    return _left_to_autograd(activation, samples)


def _bent(curve: Curve) -> Slope:
    kept = list[Tensor]()

    def activate(sums: Tensor, out: Tensor) -> None:
        kept.append(in_company(sums, followers(sums[0].numel())))
        out.copy_(curve.value(kept[-1])[: len(out)])

    def chain(gradient: Tensor, _activations: Tensor) -> None:
        gradient.mul_(curve.slope(kept.pop())[: len(gradient)])

    return Slope(activate, chain)


def _left_to_autograd(activation: Activation, samples: int) -> Slope:
    function, kept = activation, list[tuple[Tensor, Tensor]]()

    def activate(sums: Tensor, out: Tensor) -> None:
        shown = sums[:, :, :samples]
        inputs = in_company(shown, followers(shown[0].numel())).requires_grad_()
        with torch.enable_grad():
            values = function(inputs)
        if values.shape != inputs.shape:
            raise ValueError(
                f"the activation gave {list(values.shape)} for {list(inputs.shape)}; "
                "expected as many numbers"
            )
        kept.append((inputs, values))
        out[:, :, :samples] = values[: len(out)].detach()

    def chain(gradient: Tensor, _activations: Tensor) -> None:
        inputs, values = kept.pop()
        shown = gradient[:, :, :samples]
        if not values.requires_grad:  # a step function
            shown.zero_()
            return
        upstream = in_company(shown, len(inputs) - len(gradient))
        (found,) = torch.autograd.grad(values, inputs, upstream, materialize_grads=True)
        shown.copy_(found[: len(gradient)])

    return Slope(activate, chain)
