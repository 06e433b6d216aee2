"""EfficientNet-Lite0: a convolutional network of 4.7 million parameters for photos.

Axes: N images, C channels, H × W pixels. The layers are those of EfficientNet-B0 (Tan & Le 2019,
table 1) without squeeze-and-excitation and with ReLU6 in place of swish (Liu 2020, "Higher accuracy
on vision models with EfficientNet-Lite"). Dropout and stochastic depth are left out.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from dlqa.lab.arguments import check_count, check_generator, check_name, check_tensor
from dlqa.lab.convolutions import depthwise, pointwise

DEPTHS = ("stem", *(f"stage{number}" for number in range(1, 8)), "head")


@dataclass(frozen=True)
class Stage:
    """So many blocks; the first of them brings the stride and the new number of channels."""

    expansion: int
    kernel: int
    stride: int
    channels: int
    blocks: int


STAGES = (
    Stage(expansion=1, kernel=3, stride=1, channels=16, blocks=1),
    Stage(expansion=6, kernel=3, stride=2, channels=24, blocks=2),
    Stage(expansion=6, kernel=5, stride=2, channels=40, blocks=2),
    Stage(expansion=6, kernel=3, stride=2, channels=80, blocks=3),
    Stage(expansion=6, kernel=5, stride=1, channels=112, blocks=3),
    Stage(expansion=6, kernel=5, stride=2, channels=192, blocks=4),
    Stage(expansion=6, kernel=3, stride=1, channels=320, blocks=1),
)
STEM, HEAD = 32, 1280


class SameConv2d(nn.Conv2d):
    """A convolution whose output has ⌈H / stride⌉ × ⌈W / stride⌉ pixels, padded as TensorFlow pads.

    An odd number of rows or columns to add puts the odd one at the end, not at the start; weights
    that were trained so see shifted images under PyTorch's symmetric padding.
    """

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1):
        super().__init__(inputs, outputs, kernel, stride, groups=groups, bias=False)

    def forward(self, images: Tensor) -> Tensor:
        return self.convolve(images, self.weight, None)

    def convolve(self, images: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        """The same with another weight, and a bias."""
        if self.kernel_size[0] == 1:
            return pointwise(images, weight, bias)
        rows, columns = (self._missing(size) for size in images.shape[2:])
        padding = rows // 2
        if rows != columns or rows % 2:
            sides = (columns // 2, columns - columns // 2, rows // 2, rows - rows // 2)
            images, padding = nn.functional.pad(images, sides), 0
        if self.groups > 1:
            return depthwise(images, weight, self.stride[0], padding, bias)
        return nn.functional.conv2d(images, weight, bias, self.stride, padding)

    def _missing(self, size: int) -> int:
        """How many rows or columns to add, so that ⌈size / stride⌉ windows fit."""
        kernel, stride = self.kernel_size[0], self.stride[0]
        return max(0, (-(-size // stride) - 1) * stride + kernel - size)


class Convolution(nn.Module):
    """Convolution and batch norm, as the weights were trained, and ReLU6 unless it is left out."""

    def __init__(
        self,
        inputs: int,
        outputs: int,
        kernel: int = 1,
        stride: int = 1,
        groups: int = 1,
        relu: bool = True,
    ):
        super().__init__()
        self.filter = SameConv2d(inputs, outputs, kernel, stride, groups)
        self.norm = nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.01)
        self.relu = relu

    def forward(self, images: Tensor) -> Tensor:
        fewer = images.numel() < self.filter.weight.numel()
        sums = (
            self.norm(self.filter(images)) if self.norm.training or fewer else self._folded(images)
        )
        # Not in place: a product's result is a view, whose gradient would be copied three times.
        return nn.functional.relu6(sums) if self.relu else sums

    def _folded(self, images: Tensor) -> Tensor:
        """Batch norm with statistics that stay is a factor and a shift: one pass over memory less.

        It pays where there are more numbers in the images than in the weights.
        """
        variance, mean = self.norm.running_var, self.norm.running_mean
        assert variance is not None, "batch norm that tracks its statistics"
        assert mean is not None
        factor = self.norm.weight * (variance + self.norm.eps).rsqrt()
        weight = self.filter.weight * factor.view(-1, 1, 1, 1)
        return self.filter.convolve(images, weight, self.norm.bias - factor * mean)


class Block(nn.Module):
    """Widen, filter each channel by itself, narrow; added to its input where the shapes agree."""

    def __init__(self, inputs: int, outputs: int, expansion: int, kernel: int, stride: int):
        super().__init__()
        wide = inputs * expansion
        self.expand = Convolution(inputs, wide) if expansion > 1 else nn.Identity()
        self.depthwise = Convolution(wide, wide, kernel, stride, groups=wide)
        self.project = Convolution(wide, outputs, relu=False)
        self.residual = stride == 1 and inputs == outputs

    def forward(self, images: Tensor) -> Tensor:
        narrow: Tensor = self.project(self.depthwise(self.expand(images)))
        return narrow + images if self.residual else narrow


class EfficientNetLite0(nn.Module):
    """Stem, seven stages and head, which take any image size; the mean over pixels; a classifier.

    Images are [N, 3, H, W], normalized as in `dlqa.lab.pretrained.normalize`. Its first weights are
    float32, on the CPU, and drawn from the generator, or from torch's global one where none is
    given. `widths` are the channels at each of DEPTHS.
    """

    widths = (STEM, *(stage.channels for stage in STAGES), HEAD)

    def __init__(self, classes: int = 1000, *, generator: torch.Generator | None = None):
        super().__init__()
        check_count("classes", classes, 1)
        check_generator(generator)
        with torch.device("meta"):  # nothing is drawn yet
            self.stem = Convolution(3, STEM, kernel=3, stride=2)
            self.stages = nn.ModuleList(map(_stage, self.widths, STAGES))
            self.head = Convolution(STAGES[-1].channels, HEAD)
        self.float().to_empty(device="cpu")
        for layer in self.modules():
            _draw(layer, generator)
        self.classifier = drawn_classifier(classes, generator)

    def parts(self) -> list[nn.Module]:
        """The modules at DEPTHS, in order: all but the classifier."""
        return [self.stem, *self.stages, self.head]

    def forward(self, images: Tensor) -> Tensor:
        """Logits [N, classes]."""
        logits: Tensor = self.classifier(self.features(images, "head"))
        return logits

    def features(self, images: Tensor, depth: str) -> Tensor:
        """Means over pixels [N, C] of what comes out at one of DEPTHS; later parts do not run.

        Raises TypeError or ValueError for an unknown depth, or for no such images.
        """
        check_name("depth", depth, DEPTHS)
        _check_images(images)
        for part in self.parts()[: DEPTHS.index(depth) + 1]:
            images = part(images)
        return images.mean((2, 3))

    def pooled_by_depth(self, images: Tensor) -> list[Tensor]:
        """Means over pixels [N, C] at each of DEPTHS, from one pass."""
        _check_images(images)
        pooled = []
        for part in self.parts():
            images = part(images)
            pooled.append(images.mean((2, 3)))
        return pooled


def _check_images(images: Tensor) -> None:
    check_tensor("images", images, "[N, 3, H, W]", "floating")
    if images.shape[1] != 3:
        raise ValueError(f"images has shape {list(images.shape)}: expected [N, 3, H, W]")


def drawn_classifier(classes: int, generator: torch.Generator | None) -> nn.Linear:
    """A fresh last layer, drawn as torch draws a linear layer."""
    layer = nn.Linear(HEAD, classes, device="meta").float().to_empty(device="cpu")
    nn.init.kaiming_uniform_(layer.weight, a=5**0.5, generator=generator)
    nn.init.uniform_(layer.bias, -(HEAD**-0.5), HEAD**-0.5, generator=generator)
    return layer


def _draw(layer: nn.Module, generator: torch.Generator | None) -> None:
    """A layer's first weights, as the original draws them."""
    if isinstance(layer, nn.BatchNorm2d):
        layer.reset_parameters()
    if isinstance(layer, nn.Conv2d):
        # What torch would draw first. It is overwritten, but a seed's later numbers count it.
        nn.init.kaiming_uniform_(layer.weight, generator=generator)
        # A depthwise kernel counts as if it fed every output.
        nn.init.kaiming_normal_(layer.weight, mode="fan_out", generator=generator)


def _stage(inputs: int, stage: Stage) -> nn.Sequential:
    first = Block(inputs, stage.channels, stage.expansion, stage.kernel, stage.stride)
    further = [
        Block(stage.channels, stage.channels, stage.expansion, stage.kernel, stride=1)
        for _ in range(stage.blocks - 1)
    ]
    return nn.Sequential(first, *further)
