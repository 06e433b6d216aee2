"""Which tensors torch.func or forward mode takes through a function, besides reverse mode."""

import torch
from torch import Tensor
from torch.autograd import forward_ad


def transformed(tensor: Tensor) -> bool:
    """Whether a tensor has a tangent, or is what vmap, jvp or another of torch.func's sees."""
    if torch._C._functorch.is_functorch_wrapped_tensor(tensor):
        return True
    return forward_ad.unpack_dual(tensor).tangent is not None  # type: ignore[no-untyped-call]
