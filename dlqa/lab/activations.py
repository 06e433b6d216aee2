"""Activations beside sigmoid, tanh and ReLU, each a function of the sum with its slope.

The trainer does not know them: a `Stack` is given one, as in `Stack(weights, biases, CURVES["gelu"])`.
"""

import math
from collections.abc import Mapping

import torch
from torch import Tensor
from torch.nn.functional import leaky_relu, silu

from dlqa.lab.slopes import Curve

LEAK = 0.01  # the slope below 0 (Maas, Hannun & Ng 2013, eq. 2)


def gelu(sums: Tensor) -> Tensor:
    """x·Φ(x) (Hendrycks & Gimpel 2016, section 2); torch's takes other ways for other layouts."""
    return sums * _normal_cdf(sums)


def _gelu_slope(sums: Tensor) -> Tensor:
    density = (sums * sums * -0.5).exp() / math.sqrt(2 * math.pi)
    return _normal_cdf(sums) + sums * density


def _silu_slope(sums: Tensor) -> Tensor:
    share = sums.sigmoid()
    return share * (1 + sums * (1 - share))


def _normal_cdf(values: Tensor) -> Tensor:
    return ((values * math.sqrt(0.5)).erf() + 1) * 0.5


# silu: x·sigmoid(x) (Elfwing, Uchibe & Doya 2018; as swish, Ramachandran, Zoph & Le 2017). sin: networks
# of it are called SIREN (Sitzmann et al. 2020). sign: -1, 0 or 1; its slope is 0, so what lies below
# learns nothing. sign_through: the same with the slope of clip(x, -1, 1), the straight-through
# estimator (Hubara et al. 2016, eq. 4).
CURVES: Mapping[str, Curve] = {
    each.name: each
    for each in (
        Curve("gelu", gelu, _gelu_slope),
        Curve("silu", silu, _silu_slope),
        Curve(
            "leaky_relu",
            lambda sums: leaky_relu(sums, LEAK),
            lambda sums: torch.ones_like(sums).masked_fill_(sums <= 0, LEAK),
        ),
        Curve("sin", torch.sin, torch.cos),
        Curve("square", torch.square, lambda sums: 2 * sums),
        Curve("sign", torch.sign, torch.zeros_like),
        Curve("sign_through", torch.sign, lambda sums: sums.abs() < 1),
        Curve("identity", torch.clone, torch.ones_like),
    )
}
