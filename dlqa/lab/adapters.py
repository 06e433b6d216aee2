"""Low-rank adapters: a trained product of two thin matrices on top of frozen weights."""

from math import isfinite

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize

from dlqa.lab.arguments import check_count, check_generator, check_kind, check_number


class LowRank(nn.Module):
    """W ↦ W + scale · B A with B [O, rank], zero at first, and A [rank, I]: the only trained parts.

    For a weight of any shape with O · I elements; B and A have its type and lie where it lies. LoRA
    (Hu et al. 2021, section 4.1), with its α / rank as `scale`.
    """

    def __init__(
        self, weight: Tensor, rank: int, scale: float, generator: torch.Generator | None = None
    ):
        super().__init__()
        self.scale = scale
        outputs, inputs = weight.shape[:2]
        drawn = weight.new_empty(rank, inputs, device=generator.device if generator else None)
        nn.init.kaiming_uniform_(drawn, a=5**0.5, generator=generator)
        self.down = nn.Parameter(drawn.to(weight.device))
        self.up = nn.Parameter(weight.new_zeros(outputs, rank))

    def forward(self, weight: Tensor) -> Tensor:
        return weight + self.scale * (self.up @ self.down).reshape(weight.shape)


def add_lora(
    model: nn.Module, rank: int, scale: float = 1.0, *, generator: torch.Generator | None = None
) -> list[nn.Parameter]:
    """Freezes the model and puts an adapter on each of its 1×1 convolutions and linear layers.

    Returns the adapters' parameters, the ones to train. The model computes what it did before, as
    one factor of each product is zero; the other is drawn from the generator, or from torch's
    global one where none is given. Layers that share a weight share its adapter. A head that is
    trained in full is better left out: `add_lora(nn.ModuleList(model.parts()), rank)`.

    Raises TypeError or ValueError, and leaves the model as it was, if it has no such layer, or one
    that is too thin for the rank, has an adapter already, or has no plain weight of floating point.
    """
    check_kind("model", model, nn.Module, "a module")
    check_count("rank", rank)
    check_generator(generator)
    check_number("scale", scale, isfinite, "that is finite")
    layers = {name: layer for name, layer in model.named_modules() if _takes(layer)}
    if not layers:
        raise ValueError("expected a model with a 1×1 convolution or a linear layer; it has none")
    for name, layer in layers.items():
        _check(name, layer, rank)
    weights = {layer.weight: None for layer in layers.values()}  # each once, in their order
    adapters = {weight: LowRank(weight, rank, scale, generator) for weight in weights}
    for layer in layers.values():
        parametrize.register_parametrization(layer, "weight", adapters[layer.weight])
    model.requires_grad_(False)
    for adapter in adapters.values():
        adapter.requires_grad_(True)
    return [parameter for parameter in model.parameters() if parameter.requires_grad]


def merge_lora(model: nn.Module) -> None:
    """Adds each product to its weights and removes the adapters: the model costs what it did.

    Other parametrizations stay, and so do weights that others use as well: a merged weight is a
    tensor of its own, shared by the layers that share its adapter. Raises ValueError, and leaves
    the model as it was, where an adapter is not all that makes a layer's weight.
    """
    check_kind("model", model, nn.Module, "a module")
    layers = {name: layer for name, layer in model.named_modules() if _adapted(layer)}
    for name, layer in layers.items():
        if len(makers := _makers(layer)) > 1:
            raise ValueError(
                f"layer {name!r} has its weight from {_names(makers)}; expected LowRank alone"
            )
    merged: dict[tuple[Tensor, nn.Module], nn.Parameter] = {}
    for layer in layers.values():
        (adapter,), sum_ = _makers(layer), layer.weight.detach()
        parametrize.remove_parametrizations(layer, "weight", leave_parametrized=False)
        own = nn.Parameter(sum_, requires_grad=layer.weight.requires_grad)
        layer.weight = merged.setdefault((layer.weight, adapter), own)


def count(parameters: list[nn.Parameter]) -> int:
    """How many numbers they hold."""
    return sum(parameter.numel() for parameter in parameters)


def _takes(layer: nn.Module) -> bool:
    if isinstance(layer, nn.Conv2d):
        return layer.kernel_size == (1, 1) and layer.groups == 1
    return isinstance(layer, nn.Linear)


def _check(name: str, layer: nn.Module, rank: int) -> None:
    if _adapted(layer):
        raise ValueError(f"layer {name!r} has an adapter already")
    if not isinstance(layer.weight, nn.Parameter):  # spectral, weight or orthogonal norm, a mask
        given = _names(_makers(layer)) or "a hook"
        raise ValueError(f"layer {name!r} has its weight from {given}; expected a plain weight")
    if not layer.weight.is_floating_point():
        raise ValueError(f"layer {name!r} holds {layer.weight.dtype}; expected floating point")
    thin = min(layer.weight.shape[:2])
    if not 1 <= rank <= thin:
        raise ValueError(f"expected a rank from 1 to {thin} for layer {name!r}, not {rank}")


def _adapted(layer: nn.Module) -> bool:
    return any(isinstance(each, LowRank) for each in _makers(layer))


def _makers(layer: nn.Module) -> list[nn.Module]:
    """What makes a layer's weight from what it holds, in order; nothing where it is plain."""
    if not parametrize.is_parametrized(layer, "weight"):
        return []
    return list(layer.get_submodule("parametrizations.weight").children())


def _names(makers: list[nn.Module]) -> str:
    return " and ".join(type(each).__name__ for each in makers)
