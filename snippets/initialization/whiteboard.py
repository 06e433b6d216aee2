"""What an initialization does before any step, in plain PyTorch."""

# --8<-- [start:check]
import torch
from torch import nn


def check(name, initialize):
    torch.manual_seed(0)
    model = nn.Sequential(
        nn.Linear(12, 100), nn.Sigmoid(),
        nn.Linear(100, 100), nn.Sigmoid(),
        nn.Linear(100, 2),
    )
    for parameter in model.parameters():
        initialize(parameter)  # (1)!
    inputs = torch.randn(400, 12)
    classes = (inputs.sum(1) > 0).long()
    targets = nn.functional.one_hot(classes, 2).float()
    hidden = model[:4](inputs)
    extreme = ((hidden < 0.05) | (hidden > 0.95)).float().mean()
    nn.functional.mse_loss(model(inputs), targets).backward()
    first, second = (model[layer].weight.grad for layer in (0, 2))
    units = len(second.unique(dim=0))  # (2)!
    print(f"{name:11} saturated {extreme:4.0%}"
          f"  gradient {first.norm():.0e}  units {units}")


def xavier(parameter):
    if parameter.dim() == 2:
        nn.init.xavier_uniform_(parameter)
    else:
        nn.init.zeros_(parameter)


check("Xavier", xavier)
check("N(0, 0.01²)", lambda p: nn.init.normal_(p, std=0.01))
check("N(0, 1)", nn.init.normal_)  # (3)!
check("constant 0", nn.init.zeros_)
check("constant 1", nn.init.ones_)
# --8<-- [end:check]
