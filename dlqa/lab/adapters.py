"""Low-rank adapters: a trained product of two thin matrices on top of frozen weights."""

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize


class LowRank(nn.Module):
    """W ↦ W + scale · B A with B [O, rank], zero at first, and A [rank, I]: the only trained parts.

    For a weight of any shape with O · I elements. LoRA (Hu et al. 2021, section 4.1), with its
    α / rank as `scale`.
    """

    def __init__(self, outputs: int, inputs: int, rank: int, scale: float):
        super().__init__()
        self.scale = scale
        self.down = nn.Parameter(torch.empty(rank, inputs))
        self.up = nn.Parameter(torch.zeros(outputs, rank))
        nn.init.kaiming_uniform_(self.down, a=5**0.5)

    def forward(self, weight: Tensor) -> Tensor:
        return weight + self.scale * (self.up @ self.down).reshape(weight.shape)


def add_lora(model: nn.Module, rank: int, scale: float = 1.0) -> list[nn.Parameter]:
    """Freezes the model and puts an adapter on each of its 1×1 convolutions and linear layers.

    Returns the adapters' parameters, the ones to train. The model computes what it did before, as
    one factor of each product is zero; the other is drawn from torch's global generator. A head
    that is trained in full is better left out: `add_lora(nn.ModuleList(model.parts()), rank)`.
    Raises ValueError if a layer is too thin for the rank, or has an adapter already.
    """
    layers = {name: layer for name, layer in model.named_modules() if _takes(layer)}
    for name, layer in layers.items():
        thin = min(layer.weight.shape[:2])
        if not 1 <= rank <= thin:
            raise ValueError(f"expected a rank from 1 to {thin} for layer {name!r}, not {rank}")
        if parametrize.is_parametrized(layer, "weight"):
            raise ValueError(f"layer {name!r} has an adapter already")
    model.requires_grad_(False)
    for layer in layers.values():
        outputs, inputs = layer.weight.shape[:2]
        adapter = LowRank(outputs, inputs, rank, scale)
        parametrize.register_parametrization(layer, "weight", adapter)
    return [parameter for parameter in model.parameters() if parameter.requires_grad]


def merge_lora(model: nn.Module) -> None:
    """Adds each product to its weights and removes the adapters: the model costs what it did."""
    for layer in list(model.modules()):
        if parametrize.is_parametrized(layer, "weight"):
            parametrize.remove_parametrizations(layer, "weight")


def count(parameters: list[nn.Parameter]) -> int:
    """How many numbers they hold."""
    return sum(parameter.numel() for parameter in parameters)


def _takes(layer: nn.Module) -> bool:
    if isinstance(layer, nn.Conv2d):
        return layer.kernel_size == (1, 1) and layer.groups == 1
    return isinstance(layer, nn.Linear)
