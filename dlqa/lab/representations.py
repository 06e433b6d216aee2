"""How alike two representations of the same samples are.

Axes: U units of the first representation, W units of the second, N samples; leading axes are
batched, most often E networks.
"""

from torch import Tensor

from dlqa.lab.arguments import check_tensor


def linear_cka(first: Tensor, second: Tensor) -> Tensor:
    """Linear centred kernel alignment [...] of first [..., U, N] with second [..., W, N], 0 to 1.

    ‖Y Xᵀ‖² / (‖X Xᵀ‖ ‖Y Yᵀ‖) with every unit centred over the samples and Frobenius norms
    (Kornblith et al. 2019, section 3, with a linear kernel): 1 where one representation is the
    other rotated, shifted and scaled as a whole. Computed and returned in double precision. A
    representation in which no unit varies is like nothing and gives NaN. Raises TypeError or
    ValueError where the two are no such tensors, or the samples differ in number.

    >>> import torch
    >>> from dlqa.lab.representations import linear_cka
    >>> ramp = torch.tensor([[0.0, 1.0, 2.0, 3.0]])
    >>> round(linear_cka(ramp, torch.cat([5 - ramp, 2 * ramp])).item(), 6)
    1.0
    """
    check_tensor("first", first, "[..., U, N]")
    check_tensor("second", second, "[..., W, N]")
    if first.shape[-1] != second.shape[-1]:
        given = f"{list(first.shape)} and {list(second.shape)}"
        raise ValueError(f"expected [..., U, N] and [..., W, N] of the same N samples, not {given}")
    return likeness(normalized(first), normalized(second))


def normalized(representation: Tensor) -> Tensor:
    """The representation [..., U, N], every unit centred, ‖X Xᵀ‖ scaled to 1, in double precision.

    Where one is compared with many, it is normalized once: `linear_cka(x, y)` is
    `likeness(normalized(x), normalized(y))`.
    """
    doubles = representation.double()
    centred = doubles - doubles.mean(-1, keepdim=True)
    return centred / _norm(centred @ centred.mT).sqrt()[..., None, None]


def likeness(first: Tensor, second: Tensor) -> Tensor:
    """‖Y Xᵀ‖² [...] of normalized representations [..., U, N] and [..., W, N]."""
    return _norm(second @ first.mT).square()


def _norm(matrix: Tensor) -> Tensor:
    """Frobenius norms [...] of matrices [..., U, W]."""
    return matrix.square().sum((-2, -1)).sqrt()
