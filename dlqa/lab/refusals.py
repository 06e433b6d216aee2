"""Whether a classifier takes images of more than one side."""

import torch
from torch import nn

from dlqa.lab.arguments import check_kind


@torch.no_grad()
def refuses(classifier: nn.Module, side: int = 32, then: int = 64) -> bool:
    """Whether it refuses images of a second side after those of a first."""
    check_kind("classifier", classifier, nn.Module, "a module")
    classifier(torch.zeros(1, 3, side, side))
    try:
        classifier(torch.zeros(1, 3, then, then))
    except RuntimeError:
        return True
    return False
